// `npm start`: the demo's pages on one port, the stand-in of ChatApp Dialog on another, so that both are origins of
// their own as in life. Both listen on the loopback only.
import {existsSync} from 'node:fs';
import {createServer} from 'node:http';
import {pathToFileURL, fileURLToPath} from 'node:url';
import sirv from 'sirv';
import {createRequestFeed, SESSION} from './request-feed.mjs';
import {CRM_DOMAIN, VALID_TOKEN} from './stand-in/sample-data.mjs';
import {createResetOrigin, refusedOrigin} from './stand-in/scenes.mjs';
import {createStandIn} from './stand-in/server.mjs';

const PAGES = fileURLToPath(new URL('./', import.meta.url));
const DIST = fileURLToPath(new URL('../dist/', import.meta.url));
/** The sample apps, where `npm run frameworks` has built them. */
const FRAMEWORKS = fileURLToPath(new URL('../node_modules/.cache/frameworks/', import.meta.url));
const HOST = '127.0.0.1';

/** `/?csp={name}` is a page whose own policy is in the element's way. */
const POLICIES = new Map([['frame', "frame-src 'none'"], ['connect', "connect-src 'self'"]]);

/** @typedef {import('./stand-in/server.mjs').RequestRecord} RequestRecord */

/**
 * @param {{port?: number, standInPort?: number}} [options]  0, the default, takes a free port
 * @returns {Promise<{url: string, standInUrl: string, requests(session?: string): RequestRecord[], close(): Promise<void>}>}
 */
export async function startDemo({port = 0, standInPort = 0} = {}) {
  const feed = createRequestFeed();
  const standIn = createStandIn({onRequest: (session, record) => feed.add(session, record)});
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
    } else if (url === '/api/chatapp-token' && request.method === 'POST') {
      // What a CRM's back end does after it has seen whose session this is: the token of its cache, and who the agent is.
      sendJson(response, {accessToken: VALID_TOKEN, crmDomain: CRM_DOMAIN, employeeExtCode: '101'});
    } else if (url.startsWith('/dist/')) {
      request.url = url.slice('/dist'.length);
      dist(request, response, notFound);
    } else if (url.startsWith('/frameworks/')) {
      request.url = url.slice('/frameworks'.length);
      frameworks(request, response, notFound);
    } else {
      const policy = POLICIES.get(/^\/\?(?:.*&)?csp=(\w+)/.exec(url)?.[1] ?? '');
      if (policy) response.setHeader('Content-Security-Policy', policy);
      pages(request, response, notFound);
    }
  });
  /** @type {number} */
  const taken = await orFreePort(port, (free) => listen(server, free)).catch(async (error) => {
    await Promise.all([standIn.close(), resetting.close()]);
    throw error;
  });

  return {
    url: `http://localhost:${taken}/`,
    standInUrl,
    requests: (session) => standIn.requests(session),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections(); // browsers keep theirs open
      await Promise.all([closed, standIn.close(), resetting.close()]);
    },
  };
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

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @returns {Promise<number>} the port taken
 */
function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      resolve(/** @type {import('node:net').AddressInfo} */ (server.address()).port);
    });
  });
}

async function main() {
  if (!existsSync(DIST + 'chatapp-dialog.min.js')) {
    console.error('The package is not built yet, so the pages would have no element: run npm run build');
    process.exitCode = 1;
    return;
  }
  const demo = await startDemo({
    port: Number(process.env.PORT ?? 8000),
    standInPort: Number(process.env.STAND_IN_PORT ?? 8001),
  });
  console.log(`
  Playground   ${demo.url}
  CRM example  ${demo.url}crm.html

  Stand-in of ChatApp Dialog (sample data): ${demo.standInUrl}
  Ctrl-C stops both.
`);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => void demo.close());
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
