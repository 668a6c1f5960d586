"""As much of Django as docs/recipes/django.md uses: PyPI is not at hand in the tests. It runs the recipe's files as they
stand. Who sends the cookie session=1 is logged in."""
import html
import json
import mimetypes
import os
import re
import sys
import threading
import time
import types
from functools import wraps
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

sys.path.insert(0, os.getcwd())
CSRF = 'csrf-of-"this"-session'
routes = {}
names = {}


def module(name, **members):
    sys.modules[name] = made = types.ModuleType(name)
    made.__dict__.update(members)


class HttpResponse:
    def __init__(self, content="", status=200, content_type="text/html; charset=utf-8"):
        self.content, self.status, self.headers = content, status, {"Content-Type": content_type}

    def __setitem__(self, name, value):
        self.headers[name] = value


class JsonResponse(HttpResponse):
    def __init__(self, data):
        super().__init__(json.dumps(data), content_type="application/json")


class Cache:
    """Like a cache that all processes share: add() is true for one caller only."""

    def __init__(self):
        self.kept, self.lock = {}, threading.Lock()

    def get(self, key, default=None):
        value, until = self.kept.get(key, (default, float("inf")))
        return value if until > time.monotonic() else default

    def set(self, key, value, timeout):
        self.kept[key] = (value, time.monotonic() + timeout)

    def add(self, key, value, timeout):
        with self.lock:
            if self.get(key) is not None:
                return False
            self.set(key, value, timeout)
            return True

    def delete(self, key):
        self.kept.pop(key, None)


def login_required(view):
    return wraps(view)(lambda request: view(request) if request.user.is_authenticated else HttpResponse(status=302))


def require_POST(view):
    return wraps(view)(lambda request: view(request) if request.method == "POST" else HttpResponse(status=405))


def render(request, template, context):
    with open(f"crm/templates/{template}", encoding="utf-8") as file:
        text = file.read()
    values = {**context, "csrf_token": CSRF}
    text = text.replace("{% load static %}", "")
    text = re.sub(r"\{% static '([^']+)' %\}", r"/static/\1", text)
    text = re.sub(r"\{% url '([^']+)' %\}", lambda found: names[found[1]], text)
    text = re.sub(r"\{\{ (\w+) \}\}", lambda found: html.escape(str(values[found[1]])), text)
    if re.search(r"\{[{%]", text):
        raise ValueError("The shim knows no such tag: " + text)
    return HttpResponse(text)


def path(route, view, name):
    names[name] = f"/{route}"
    routes[f"/{route}"] = view


for name in ["django", "django.contrib", "django.contrib.auth", "django.core", "django.views", "django.views.decorators"]:
    module(name, __path__=[])
module("django.contrib.auth.decorators", login_required=login_required)
module("django.core.cache", cache=Cache())
module("django.http", HttpResponse=HttpResponse, JsonResponse=JsonResponse)
module("django.shortcuts", render=render)
module("django.urls", path=path)
module("django.views.decorators.http", require_POST=require_POST)

import crm.urls  # noqa: E402, F401


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self):
        is_known = "session=1" in self.headers.get("Cookie", "")
        request = types.SimpleNamespace(method=self.command, user=types.SimpleNamespace(is_authenticated=is_known))
        if self.path.startswith("/static/"):
            with open("crm" + self.path, encoding="utf-8") as file:
                response = HttpResponse(file.read(), content_type=mimetypes.guess_type(self.path)[0])
        elif self.path not in routes:
            response = HttpResponse(status=404)
        elif self.command == "POST" and self.headers.get("X-CSRFToken") != CSRF:
            response = HttpResponse(status=403)
        else:
            response = routes[self.path](request)
        body = response.content.encode()
        self.send_response(response.status)
        for name, value in {**response.headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = answer


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(f"http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
