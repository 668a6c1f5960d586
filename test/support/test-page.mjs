// What tests that drive a page share: a browser, a server of the page, and the stand-in on another origin.
import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {after, before} from 'node:test';
import {listen} from '../../demo/stand-in/listen.mjs';
import {createStandIn} from '../../demo/stand-in/server.mjs';
import {launch, openPage} from './browser-page.mjs';

const SCRIPT = new URL('../../dist/chatapp-dialog.min.js', import.meta.url);

/**
 * Starts a browser, a server and a stand-in for the tests of this file or suite.
 * @param {import('node:http').RequestListener} answer  of the server
 * @param {{host?: 'localhost' | '127.0.0.1', engine?: Parameters<typeof launch>[0]}} [options]  `host`
 *   of the page. The stand-in's is 127.0.0.1: on `localhost`, the default, the page is another site, and its frames run in
 *   another process, as they do in life.
 */
export function setupServers(answer, {host = 'localhost', engine} = {}) {
  const standIn = createStandIn();
  const server = createServer(answer);
  /** @type {import('puppeteer-core').Browser} */
  let browser;
  let origin = '';
  let dialogs = '';

  before(async () => {
    browser = await launch(engine);
    dialogs = await standIn.listen();
    origin = (await listen(server)).replace('127.0.0.1', host);
  });
  after(async () => {
    await browser?.close();
    server.close();
    server.closeAllConnections();
    await standIn.close();
  });

  return {
    standIn,
    /** The origin of the stand-in. */
    dialogs: () => dialogs,
    /** The origin of the page. */
    origin: () => origin,
    /** @param {import('node:test').TestContext} t @param {Parameters<typeof openPage>[2]} [options] */
    page: (t, options) => openPage(t, browser, options),
  };
}

/**
 * Pages of one body, with dist/chatapp-dialog.min.js; see {@link setupServers}.
 * @param {string} body  of the page
 * @param {Parameters<typeof setupServers>[1]} [options]
 */
export function setupPages(body = '', options) {
  let headers = {};
  const {
    standIn,
    dialogs,
    origin,
    page: newPage,
  } = setupServers((request, response) => {
    if (request.url === '/script.js')
      response.writeHead(200, {'Content-Type': 'text/javascript'}).end(readFileSync(SCRIPT));
    else if (request.url === '/favicon.ico') response.writeHead(204).end();
    else
      response
        .writeHead(200, {'Content-Type': 'text/html; charset=utf-8', ...headers})
        .end(`<!doctype html><html lang="en"><title>Test</title><script src="/script.js"></script>${body}`);
  }, options);

  return {
    standIn,
    dialogs,
    origin,
    /**
     * Opens the page; its console must stay silent, but for what `expected` says.
     * @param {import('node:test').TestContext} t
     * @param {{width?: number, height?: number, expected?: RegExp[], isRepeated?: boolean, headers?: Record<string, string>}} [options]  `headers` of the page
     */
    async open(t, options = {}) {
      const page = await newPage(t, options);
      headers = options.headers ?? {};
      await page.goto(`${origin()}/`);
      return page;
    },
  };
}
