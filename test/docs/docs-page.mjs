// Opens what the documentation shows, as it stands there: https://dialogs.pro/ and https://unpkg.com/ are answered here,
// by the stand-in and by the package's own files, so that no block has to be changed for the test.
import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {join} from 'node:path';
import {after, before} from 'node:test';
import sirv from 'sirv';
import {createStandInApi} from '../../demo/stand-in/api.mjs';
import {listen} from '../../demo/stand-in/listen.mjs';
import {VALID_TOKEN} from '../../demo/stand-in/sample-data.mjs';
import {createStandIn} from '../../demo/stand-in/server.mjs';
import {PATIENCE_MS} from '../support/ask.mjs';
import {hearPage, insideFrame, launch} from '../support/browser-page.mjs';
import {root} from '../support/packed-project.mjs';

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('puppeteer-core').HTTPRequest} Request */

/** Where the documentation says that the Dialog runs. */
const DIALOGS = new Set(['https://dialogs.pro', 'https://new.dialogs.pro', 'http://localhost:8001']);

/** Credentials of the recipes. */
export const CREDENTIALS = {
  CHATAPP_EMAIL: 'integration@example.com',
  CHATAPP_PASSWORD: 'change-me',
  CHATAPP_APP_ID: 'app_12345_1',
};

const {CHATAPP_EMAIL: email, CHATAPP_PASSWORD: password, CHATAPP_APP_ID: appId} = CREDENTIALS;

/** A browser, and stand-ins of the Dialog and of the API that mints its tokens, for the tests of a file. */
export function setupDocs() {
  const api = createStandInApi({accounts: [{email, password, appId}]});
  let apiUrl = '';
  /** @type {import('../../demo/stand-in/server.mjs').StandIn} */
  let standIn;
  let dialogs = '';
  /** @type {import('puppeteer-core').Browser} */
  let browser;
  before(async () => {
    apiUrl = await api.listen();
    standIn = createStandIn({apiUrl});
    dialogs = await standIn.listen();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await standIn?.close();
    await api.close();
  });

  return {
    api,
    apiUrl: () => apiUrl,
    /**
     * A page whose console must stay silent, but for what `expected` says.
     * @param {import('node:test').TestContext} t
     * @param {{expected?: RegExp[], hosts?: Record<string, string>}} [options]  `hosts`: origins by the host that they play
     */
    async page(t, {expected = [], hosts = {}} = {}) {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      const {troubles, end} = hearPage(page, expected, {isRepeated: true});
      /** The Dialogs that were opened, as their parameters read. @type {string[]} */
      const openings = [];
      page.on('request', (request) => {
        const url = new URL(request.url());
        const host = hosts[url.hostname];
        if (DIALOGS.has(url.origin)) {
          if (request.isNavigationRequest()) openings.push(decodeURIComponent(url.search.slice(1)));
          void answerFrom(request, dialogs + url.pathname + url.search);
        } else if (host) {
          void answerFrom(request, host + url.pathname + url.search);
        } else if (url.hostname === 'unpkg.com') {
          void answerPackage(request, url.pathname);
        } else {
          if (url.protocol.startsWith('http') && !['localhost', '127.0.0.1'].includes(url.hostname))
            troubles.push(`left the machine: ${url}`);
          void request.continue();
        }
      });
      await page.setRequestInterception(true);
      page.setDefaultTimeout(PATIENCE_MS);
      t.after(end);
      return {page, openings};
    },
  };
}

/** @param {Request} request @param {string} address */
async function answerFrom(request, address) {
  const response = await fetch(address, {method: request.method()});
  const passed = new Set(['content-security-policy', 'permissions-policy', 'cache-control']);
  const headers = Object.fromEntries([...response.headers].filter(([name]) => passed.has(name)));
  const body = Buffer.from(await response.arrayBuffer());
  // A frame may be gone by now, and its request with it.
  await request
    .respond({status: response.status, contentType: response.headers.get('content-type') ?? '', headers, body})
    .catch(() => {});
}

/** @param {Request} request @param {string} path */
async function answerPackage(request, path) {
  const {version} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [, file] = path.split(`/chatapp-dialog@${version}/`);
  if (!file) return request.respond({status: 404});
  const headers = {'Access-Control-Allow-Origin': '*'};
  return request.respond({contentType: 'text/javascript', headers, body: readFileSync(join(root, file))});
}

/** What the Dialog shows: `chat` where it is signed in. @param {Page} page */
export async function view(page) {
  const frame = await insideFrame(page);
  return (await frame.waitForSelector('body[data-view]'))?.evaluate((body) => body.dataset.view);
}

/** The link's address, or nothing. @param {Page} page */
export const linkOf = (page) =>
  page.$eval(
    'chatapp-dialog-link',
    (link) => link.shadowRoot?.querySelector('[part=link]')?.getAttribute('href') ?? null,
  );

/**
 * A web server for a page: files of folders, pages by path, the token's route, headers.
 * @param {{folders?: string[], pages?: Record<string, string>, headers?: Record<string, string>}} options
 */
export async function serve({folders = [], pages = {}, headers = {}}) {
  const files = folders.map((folder) => sirv(folder, {dev: true}));
  let tokens = 0;
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path === '/api/chatapp-token' && request.method === 'POST') {
      tokens++;
      response
        .writeHead(200, {'Content-Type': 'application/json', 'Cache-Control': 'no-store'})
        .end(JSON.stringify({accessToken: VALID_TOKEN}));
    } else if (Object.hasOwn(pages, path)) {
      response.writeHead(200, {'Content-Type': 'text/html; charset=utf-8'}).end(pages[path]);
    } else if (['/favicon.ico', '/csp-reports'].includes(path)) {
      response.writeHead(204).end();
    } else {
      const pass = (/** @type {number} */ index) => {
        const next = files[index];
        if (next) next(request, response, () => pass(index + 1));
        else response.writeHead(404).end();
      };
      pass(0);
    }
  });
  const origin = (await listen(server)).replace('127.0.0.1', 'localhost');
  return {
    origin,
    tokens: () => tokens,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
