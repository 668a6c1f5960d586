// `npm start`: the demo's pages and the CRM's back end on one port, the stand-ins of ChatApp Dialog and of its API on two
// others, so that they are origins of their own as in life. All listen on the loopback only.
import {existsSync} from 'node:fs';
import {createServer} from 'node:http';
import {pathToFileURL, fileURLToPath} from 'node:url';
import sirv from 'sirv';
import {createTokenLife, describeEvent} from './full-stack/token-life.mjs';
import {createRequestFeed, SESSION} from './request-feed.mjs';
import {createStandInApi} from './stand-in/api.mjs';
import {listen} from './stand-in/listen.mjs';
import {API_ACCOUNT} from './stand-in/sample-data.mjs';
import {createResetOrigin, refusedOrigin} from './stand-in/scenes.mjs';
import {createStandIn} from './stand-in/server.mjs';

const PAGES = fileURLToPath(new URL('./', import.meta.url));
const DIST = fileURLToPath(new URL('../dist/', import.meta.url));
/** The sample apps, where `npm run frameworks` has built them. */
const FRAMEWORKS = fileURLToPath(new URL('../node_modules/.cache/frameworks/', import.meta.url));
const HOST = '127.0.0.1';

/** `/?csp={name}` is a page whose own policy is in the element's way. */
const POLICIES = new Map([
  ['frame', "frame-src 'none'"],
  ['connect', "connect-src 'self'"],
]);

/** In milliseconds. */
const DAY = 86_400_000;

/**
 * @typedef {import('./stand-in/server.mjs').RequestRecord} RequestRecord
 * @typedef {{port?: number, standInPort?: number, apiPort?: number, log?: (line: string) => void}} DemoOptions
 *   Ports: 0, the default, takes a free one. `log` hears of the back end's tokens.
 * @typedef {{
 *   url: string, standInUrl: string, apiUrl: string,
 *   requests(session?: string): RequestRecord[],
 *   api: import('./stand-in/api.mjs').StandInApi,
 *   moveClock(ms: number): void,
 *   close(): Promise<void>,
 * }} Demo  `moveClock` moves the clock of the API and the back end.
 */

/** @param {DemoOptions} [options] @returns {Promise<Demo>} */
export async function startDemo({port = 0, standInPort = 0, apiPort = 0, log} = {}) {
  // Not at the top: without a build there is no such module, and main() could not say so.
  const {createBackEnd} = await import('./full-stack/back-end.mjs');
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const moveClock = (/** @type {number} */ ms) => void (ahead += ms);

  const api = createStandInApi({now});
  const apiUrl = `${await orFreePort(apiPort, (free) => api.listen({port: free, host: HOST}))}/`;
  const life = createTokenLife({now, inFlight: () => api.inFlight});
  /** @param {import('chatapp-dialog/server').AccessTokenEvent} event */
  const onEvent = (event) => {
    life.hear(event);
    if (event.type !== 'reuse') log?.(describeEvent(event));
  };
  const backEnd = createBackEnd({...API_ACCOUNT, apiUrl, now, onEvent});

  const feed = createRequestFeed();
  const standIn = createStandIn({onRequest: (session, record) => feed.add(session, record), apiUrl});
  const standInOrigin = await orFreePort(standInPort, (free) => standIn.listen({port: free, host: HOST}));
  const standInUrl = `http://localhost:${new URL(standInOrigin).port}/`;

  const resetting = createResetOrigin();
  const config = {
    standIn: standInUrl,
    playground: `${standInUrl}s/${SESSION}/`,
    refused: `${await refusedOrigin()}/`,
    reset: `${await resetting.listen()}/`,
  };

  const pages = sirv(PAGES, {dev: true});
  const dist = sirv(DIST, {dev: true});
  const frameworks = sirv(FRAMEWORKS, {dev: true});
  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    const notFound = () => void response.writeHead(404, {'Content-Type': 'text/plain'}).end('Not found');
    if (url === '/demo-config.json') {
      sendJson(response, {...config, nextRequest: feed.next});
    } else if (url.startsWith('/demo-requests')) {
      feed.serve(request, response);
    } else if (url === '/api/token-life') {
      if (request.method === 'POST') moveClock(DAY); // "Next morning"
      sendJson(response, life.report());
    } else if (backEnd.serve(request, response)) {
      // The CRM's own.
    } else if (url === '/crm.html' || url.startsWith('/crm.html?')) {
      response.writeHead(302, {Location: url.replace('crm.html', 'full-stack/')}).end(); // where the page was before
    } else if (isServers(url)) {
      notFound();
    } else if (url.startsWith('/dist/')) {
      request.url = url.slice('/dist'.length);
      dist(request, response, notFound);
    } else if (url.startsWith('/frameworks/')) {
      request.url = url.slice('/frameworks'.length);
      backEnd.greet(request, response);
      frameworks(request, response, notFound);
    } else {
      const policy = POLICIES.get(/^\/\?(?:.*&)?csp=(\w+)/.exec(url)?.[1] ?? '');
      if (policy) response.setHeader('Content-Security-Policy', policy);
      if (/^\/(full-stack\/)?(\?|$)/.test(url)) backEnd.greet(request, response);
      pages(request, response, notFound);
    }
  });
  const origin = await orFreePort(port, (free) => listen(server, {port: free, host: HOST})).catch(async (error) => {
    await Promise.all([standIn.close(), resetting.close(), api.close()]);
    throw error;
  });

  return {
    url: `http://localhost:${new URL(origin).port}/`,
    standInUrl,
    apiUrl,
    api,
    moveClock,
    requests: (session) => standIn.requests(session),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections(); // browsers keep theirs open
      await Promise.all([closed, standIn.close(), resetting.close(), api.close()]);
    },
  };
}

/** What runs here and in no page, some of it with the password: `.mjs`. @param {string} url */
function isServers(url) {
  const [path = ''] = url.split('?');
  try {
    return /\.mjs\/*$/i.test(decodeURIComponent(path));
  } catch {
    return true; // no page has such an address
  }
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {unknown} value
 */
function sendJson(response, value) {
  response.writeHead(200, {'Content-Type': 'application/json', 'Cache-Control': 'no-store'}).end(JSON.stringify(value));
}

/**
 * @template Result
 * @param {number} port
 * @param {(port: number) => Promise<Result>} start
 * @returns {Promise<Result>}
 */
async function orFreePort(port, start) {
  try {
    return await start(port);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EADDRINUSE') throw error;
    return start(0);
  }
}

async function main() {
  if (!['chatapp-dialog.min.js', 'server/index.js'].every((file) => existsSync(DIST + file))) {
    console.error('The package is not built yet, so the pages would have no element: run npm run build');
    process.exitCode = 1;
    return;
  }
  const demo = await startDemo({
    port: Number(process.env.PORT ?? 8000),
    standInPort: Number(process.env.STAND_IN_PORT ?? 8001),
    apiPort: Number(process.env.API_PORT ?? 8002),
    log: (line) => console.log(`  ${line}`),
  });
  console.log(`
  Playground   ${demo.url}
  CRM example  ${demo.url}full-stack/

  Stand-in of ChatApp Dialog (sample data): ${demo.standInUrl}
  Stand-in of ChatApp's API:                ${demo.apiUrl}
  Ctrl-C stops all.
`);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => void demo.close());
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
