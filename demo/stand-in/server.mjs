// The stand-in of ChatApp Dialog: a second origin that behaves, as far as the vendor documents it, like dialogs.pro.
// The demo and the browser tests frame it, so neither needs the internet.
import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {fileURLToPath} from 'node:url';
import sirv from 'sirv';
import {readDialogRequest} from './dialog-request.mjs';
import {listen} from './listen.mjs';
import {createScenes, splitScene} from './scenes.mjs';
import {signIn} from './sign-in.mjs';

/**
 * @typedef {import('node:http').IncomingMessage} Incoming
 * @typedef {import('node:http').ServerResponse} Response
 * @typedef {{method: string, url: string, referer: string | null, credentials?: true}} RequestRecord
 *   One request for the app's document; `url` is path and query as they arrived, without the session's prefix.
 *   `credentials` is there where a cookie or an Authorization header came along.
 * @typedef {{
 *   listen(options?: import('./listen.mjs').ListenOptions): Promise<string>,
 *   close(): Promise<void>,
 *   requests(session?: string): RequestRecord[],
 * }} StandIn
 */

const APP = fileURLToPath(new URL('./app/', import.meta.url));
/** What the stand-in's page shares with the demo's own pages. */
const SHARED = fileURLToPath(new URL('../shared/', import.meta.url));
const APP_HTML = readFileSync(APP + 'index.html', 'utf8');

// "Nothing is sent" is a promise to the reader, so the browser is told to keep it.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'";

const PIXEL = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';

/**
 * @param {{
 *   onRequest?: (session: string, record: RequestRecord) => void, apiUrl?: string, appHtml?: string, paintDelay?: number,
 * }} [options]
 *   `onRequest` hears what is recorded; `apiUrl` says of tokens other than the samples whether they serve; `appHtml`
 *   takes the place of the app's document; `paintDelay` is how many milliseconds the slow-paint scenes stay white
 * @returns {StandIn}
 */
export function createStandIn({onRequest, apiUrl, appHtml = APP_HTML, paintDelay} = {}) {
  const assets = sirv(APP, {dev: true});
  const shared = sirv(SHARED, {dev: true});
  const scenes = createScenes(paintDelay);
  /** @type {Map<string, RequestRecord[]>} */
  const log = new Map();
  /** @param {string} session */
  const requests = (session = '') => [...(log.get(session) ?? [])];
  /**
   * @param {string} session
   * @param {Incoming} request
   * @param {string} url
   */
  const record = (session, {method = 'GET', headers}, url) => {
    const credentials = headers.cookie !== undefined || headers.authorization !== undefined;
    const entry = {method, url, referer: headers.referer ?? null, ...(credentials && {credentials})};
    log.set(session, [...requests(session), entry]);
    onRequest?.(session, entry);
  };

  // A long list of phones does not fit Node's default of 16 kB; browsers send up to about 2 MB.
  const server = createServer({maxHeaderSize: 2 ** 21}, (request, response) => {
    const arrived = request.url ?? '/';
    if (arrived.startsWith('/_app/')) {
      request.url = arrived.slice('/_app'.length);
      assets(request, response, () => notFound(response));
    } else if (arrived.startsWith('/shared/')) {
      request.url = arrived.slice('/shared'.length);
      shared(request, response, () => notFound(response));
    } else if (/^\/_requests(\?|$)/.test(arrived)) {
      answerLog(request, response, log);
    } else if (/^\/favicon\.ico(\?|$)/.test(arrived)) {
      response.writeHead(204).end();
    } else if (/^\/_third-party(\?|$)/.test(arrived)) {
      record(`${sessionIn(arrived)}-third-party`, request, arrived);
      response.writeHead(200, {'Content-Type': 'image/svg+xml', 'Cache-Control': 'no-store'}).end(PIXEL);
    } else if (!scenes.serve(request, response)) {
      const {session, prefix, url} = splitSession(arrived);
      record(session, request, url);
      const scene = splitScene(url);
      /** @param {import('./scenes.mjs').AppExtras} [extras] */
      const send = (extras) => void sendApp(response, appHtml, prefix + scene.prefix, scene.url, apiUrl, extras);
      if (scene.name) scenes.play(scene.name, {request, response, session, prefix, url: scene.url, sendApp: send});
      else send();
    }
  });

  return {
    listen: (options) => listen(server, options),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Browsers keep their connections open; close() alone would wait for them.
        server.closeAllConnections();
      }),
    requests,
  };
}

/**
 * `/s/{session}/…` keeps the logs of tests that run side by side apart.
 * @param {string} arrived
 */
function splitSession(arrived) {
  const [prefix, name] = /^\/s\/([^/?]+)(?=[/?]|$)/.exec(arrived) ?? ['', ''];
  const rest = arrived.slice(prefix.length);
  let session = name;
  try {
    session = decodeURIComponent(name);
  } catch {
    // A stray % in a name is no reason to fail: it stays as it came.
  }
  return {session, prefix, url: rest.startsWith('/') ? rest : '/' + rest};
}

/**
 * @param {Response} response
 * @param {string} template
 * @param {string} prefix
 * @param {string} url
 * @param {string | undefined} apiUrl
 * @param {import('./scenes.mjs').AppExtras} [extras]
 */
async function sendApp(response, template, prefix, url, apiUrl, {policy = (usual) => usual, html = ''} = {}) {
  const request = readDialogRequest(url);
  const signedIn = await signIn(request, apiUrl);
  // `<` is escaped because `</script>` or `<!--` in a value would end or bend the script element.
  const json = JSON.stringify({prefix, fields: request.fields, signIn: signedIn}).replaceAll('<', '\\u003C');
  response.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': policy(POLICY),
    'Cache-Control': 'no-store',
  });
  // A function, because `$` in a replacement string has a meaning of its own.
  response.end(template.replace('__REQUEST__', () => json).replace('</body>', () => html + '</body>'));
}

/**
 * @param {Incoming} request
 * @param {Response} response
 * @param {Map<string, RequestRecord[]>} log
 */
function answerLog(request, response, log) {
  const session = sessionIn(request.url ?? '');
  response.setHeader('Access-Control-Allow-Origin', '*');
  if (request.method === 'OPTIONS') {
    response.writeHead(204, {'Access-Control-Allow-Methods': 'GET, DELETE'}).end();
  } else if (request.method === 'DELETE') {
    log.delete(session);
    response.writeHead(204).end();
  } else {
    response.writeHead(200, {'Content-Type': 'application/json', 'Cache-Control': 'no-store'});
    response.end(JSON.stringify(log.get(session) ?? []));
  }
}

/** @param {string} arrived  an address of the stand-in's own, which names the session in its query */
function sessionIn(arrived) {
  return new URL(arrived, 'http://stand-in').searchParams.get('session') ?? '';
}

/** @param {Response} response */
function notFound(response) {
  response.writeHead(404, {'Content-Type': 'text/plain'}).end('Not found');
}
