// Scenes: ways in which a frame's load can go wrong. A base URL with `/scene/{name}/` plays one.
// The browser closes its connection, or the server's close() does: no scene has to clean up more than its own timer.
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {readDialogRequest} from './dialog-request.mjs';
import {colourOf} from './scenes/colour.js';

export {colourOf};
export {createResetOrigin, refusedOrigin} from './scenes/dead-origins.mjs';
export {SCENES} from './scenes/list.js';

/**
 * @typedef {import('node:http').IncomingMessage} Incoming
 * @typedef {import('node:http').ServerResponse} Response
 * @typedef {{policy?: (usual: string) => string, html?: string}} AppExtras
 *   What a scene changes in the app's page: its Content-Security-Policy, and HTML at its end.
 * @typedef {{
 *   request: Incoming, response: Response, session: string,
 *   url: string, prefix: string, sendApp(extras?: AppExtras): void,
 * }} Call  `url` is path and query without session and scene, `prefix` is the session's.
 * @typedef {{phone: string, type: string, key: string | null}} Input
 *   A `keydown`, `input` or `focus` event in a slow-paint page. Two events at once may arrive in either order.
 */

const SLOW_PAINT = readFileSync(new URL('./scenes/slow-paint.js', import.meta.url), 'utf8');
const SLOW_PAINT_POLICY = [
  "default-src 'none'; connect-src 'self'; form-action 'none'; base-uri 'none'",
  `script-src 'sha256-${createHash('sha256').update(SLOW_PAINT).digest('base64')}'`,
].join('; ');

/** Says to the outermost page which conversation this is. */
const ANNOUNCE = "<script>top.postMessage({address: location.search}, '*')</script>";

const HTML = {'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store'};

/** @param {number} [paintDelay]  milliseconds that the slow-paint scenes stay white */
export function createScenes(paintDelay = 1000) {
  const gates = createGates();
  /** @type {Map<string, Input[]>} */
  const inputs = new Map();

  /** @type {Record<string, (call: Call) => void>} */
  const plays = {
    never: () => {},
    headers: ({response}) => response.writeHead(200, HTML).flushHeaders(),
    endless: ({response}) => void response.writeHead(200, HTML).write(page('Endless', ENDLESS)),
    'no-content': ({response}) => void response.writeHead(204).end(),
    download: ({response}) =>
      void response
        .writeHead(200, {
          'Content-Type': 'application/octet-stream',
          'Content-Disposition': 'attachment; filename="scene.txt"',
        })
        .end('A file, not a page.\n'),
    release: ({response, session, sendApp}) => gates.hold(session, response, () => sendApp()),
    404: ({response}) => void response.writeHead(404, HTML).end(page('Error', 'Error 404: there is no such page.')),
    announce: ({response}) => void response.writeHead(200, HTML).end(page('Tells its address', ANNOUNCE)),
    500: ({response}) => void response.writeHead(500, HTML).end(page('Error', 'Error 500: the server has failed.')),
    'x-frame-options': ({response, sendApp}) => {
      response.setHeader('X-Frame-Options', 'DENY');
      sendApp();
    },
    'frame-ancestors': ({sendApp}) => sendApp({policy: (usual) => `${usual}; frame-ancestors 'none'`}),
    redirect: ({request, response, prefix, url}) =>
      void response
        .writeHead(302, {Location: otherLoopback(request) + prefix + url, 'Cache-Control': 'no-store'})
        .end(),
    reset: ({request}) => request.socket.resetAndDestroy(),
    'slow-paint': (call) => sendSlowPaint(call, {after: paintDelay}),
    'steal-focus': (call) => sendSlowPaint(call, {steals: true, after: paintDelay}),
    'third-party': ({request, session, sendApp}) => {
      const other = otherLoopback(request);
      sendApp({
        policy: (usual) => usual.replace('img-src', `img-src ${other}`),
        html: `<img src="${other}/_third-party?session=${encodeURIComponent(session)}" alt="">`,
      });
    },
  };

  return {
    /**
     * @param {string} name
     * @param {Call} call
     */
    play(name, call) {
      const [, slow, milliseconds] = /^(slow|slow-paint|steal-focus)-(\d+)$/.exec(name) ?? [];
      if (slow === 'slow') delay(call, Number(milliseconds));
      else if (slow) sendSlowPaint(call, {steals: slow === 'steal-focus', after: Number(milliseconds)});
      else if (Object.hasOwn(plays, name)) plays[name]?.(call);
      else call.response.writeHead(404, {'Content-Type': 'text/plain'}).end('No such scene'); // a misspelt one must not pass
    },

    /**
     * What tests and pages ask beside the scenes.
     * @param {Incoming} request
     * @param {Response} response
     * @returns {boolean}  whether it was such a request
     */
    serve(request, response) {
      const arrived = request.url ?? '/';
      if (!/^\/_(release|inputs)(\?|$)/.test(arrived)) return false;
      const {pathname, searchParams} = new URL(arrived, 'http://stand-in');
      const session = searchParams.get('session') ?? '';
      response.setHeader('Access-Control-Allow-Origin', '*');
      if (pathname === '/_release') {
        gates.release(session);
        response.writeHead(204).end();
      } else if (request.method === 'POST') {
        void takeInput(request, response, (input) => inputs.set(session, [...(inputs.get(session) ?? []), input]));
      } else {
        response.writeHead(200, {'Content-Type': 'application/json', 'Cache-Control': 'no-store'});
        response.end(JSON.stringify(inputs.get(session) ?? []));
      }
      return true;
    },
  };
}

/**
 * `/scene/{name}/…`, behind the session's prefix.
 * @param {string} url
 * @returns {{name: string, prefix: string, url: string}}  `name` is empty where the path names no scene
 */
export function splitScene(url) {
  const [prefix, name] = /^\/scene\/([^/?]+)(?=[/?]|$)/.exec(url) ?? ['', ''];
  const rest = url.slice(prefix.length);
  return {name, prefix, url: rest.startsWith('/') ? rest : '/' + rest};
}

/** Holds requests until their session is released. */
function createGates() {
  /** @type {Map<string, Set<() => void>>} */
  const waiting = new Map();
  /** @type {Set<string>} */
  const early = new Set();
  return {
    /**
     * @param {string} session
     * @param {Response} response
     * @param {() => void} go
     */
    hold(session, response, go) {
      if (early.delete(session)) return go();
      const queue = waiting.get(session) ?? new Set();
      waiting.set(session, queue.add(go));
      response.once('close', () => queue.delete(go)); // the browser gave up
    },
    /**
     * Lets all go that wait; where none waits, the next one passes.
     * @param {string} session
     */
    release(session) {
      const queue = waiting.get(session);
      if (!queue?.size) early.add(session);
      for (const go of queue ?? []) go();
      queue?.clear();
    },
  };
}

/**
 * @param {Call} call
 * @param {number} milliseconds
 */
function delay({response, sendApp}, milliseconds) {
  const timer = setTimeout(sendApp, milliseconds);
  response.once('close', () => clearTimeout(timer));
}

/**
 * @param {Call} call
 * @param {{steals?: boolean, after: number}} options  `after` so many milliseconds it paints
 */
function sendSlowPaint({response, session, url}, {steals = false, after}) {
  const colour = colourOf(readDialogRequest(url).fields.phones[0] ?? '');
  response.writeHead(200, {...HTML, 'Content-Security-Policy': SLOW_PAINT_POLICY});
  response.end(`<!doctype html>
<html lang="en" data-colour="${colour}" data-after="${after}" data-inputs="/_inputs?session=${encodeURIComponent(session)}" ${steals ? 'data-steal' : ''}>
<meta charset="utf-8"><title>Slow paint</title>
<body><script>${SLOW_PAINT}</script></body>
</html>
`);
}

/**
 * @param {Incoming} request
 * @param {Response} response
 * @param {(input: Input) => void} keep
 */
async function takeInput(request, response, keep) {
  try {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const {phone, type, key} = JSON.parse(body);
    keep({phone, type, key});
    response.writeHead(204).end();
  } catch {
    response.writeHead(400).end();
  }
}

/**
 * The same server under its other name, which is another origin.
 * @param {Incoming} request
 */
function otherLoopback({headers, socket}) {
  return `http://${headers.host?.startsWith('localhost') ? '127.0.0.1' : 'localhost'}:${socket.localPort}`;
}

// Long enough for every browser to paint it: WebKit waits for 200 characters.
const ENDLESS = 'This page has begun and never ends. '.repeat(10);

/**
 * @param {string} title
 * @param {string} text
 */
function page(title, text) {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${title}</title><p>${text}</p>\n`;
}
