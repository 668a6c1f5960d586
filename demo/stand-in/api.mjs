// The stand-in of ChatApp's API, as far as the vendor's answers are known: the requests that mint and check tokens. Everything
// that it keeps for tests and pages to look at is without secrets, but for accessTokens().
import {createServer} from 'node:http';
import {createFailures} from './api-failures.mjs';
import {listen} from './listen.mjs';
import {API_ACCOUNT} from './sample-data.mjs';
import {createTokenMint} from './token-mint.mjs';

/**
 * @typedef {import('node:http').IncomingMessage} Incoming
 * @typedef {import('./api-failures.mjs').Answer} Answer
 * @typedef {import('./api-failures.mjs').FailureKind} FailureKind
 * @typedef {{method: string, path: string, at: number, account?: string, outcome: string}} ApiRequest
 *   `account` is its e-mail, where one was found; `outcome` is `pending`, `ok`, the error's code or the failure's kind.
 * @typedef {{
 *   now?: () => number, accounts?: readonly import('./token-mint.mjs').Account[], refreshExtends?: boolean,
 *   inject?: (request: ApiRequest) => FailureKind | undefined,
 * }} ApiOptions
 *   `now` gives milliseconds. `refreshExtends`: a refresh token's 14 days begin anew with each refresh, or else end as those
 *   of the login; which of them the vendor does is not known. `inject` is asked at each request that mints tokens.
 * @typedef {ReturnType<typeof createStandInApi>} StandInApi
 */

const LARGEST_BODY = 65_536;
const JSON_TYPE = {'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store'};

/** @param {ApiOptions} [options] */
export function createStandInApi({now = Date.now, accounts = [API_ACCOUNT], refreshExtends = true, inject} = {}) {
  const mint = createTokenMint({now, accounts, refreshExtends});
  const failures = createFailures(inject);
  /** @type {ApiRequest[]} */
  const requests = [];
  let checks = 0;
  let inFlight = 0;
  let maxInFlight = 0;

  /** @type {Record<string, (request: Incoming, entry: ApiRequest) => Promise<Answer>>} */
  const minting = {
    'POST /v1/tokens': async (request, entry) => {
      const body = await readJson(request);
      return 'refusal' in body ? body.refusal : answerTo(mint.logIn(body.json), entry);
    },
    'POST /v1/tokens/refresh': async ({headers}, entry) => answerTo(mint.refresh(String(headers.refresh)), entry),
  };

  /** @param {Incoming} request */
  const check = ({headers}) => {
    checks++;
    const refusal = mint.check(headers.authorization ?? '');
    return refusal ? failure(refusal) : {status: 200, body: {success: true}};
  };

  /** @param {Incoming} request @param {import('node:http').ServerResponse} response */
  const serve = async (request, response) => {
    const {method = 'GET', url = '/'} = request;
    const [path = ''] = url.split('?');
    /** @type {ApiRequest} */
    const entry = {method, path, at: now(), outcome: 'pending'};
    requests.push(entry);
    const setDate = () => void response.setHeader('Date', new Date(now()).toUTCString());
    setDate();
    /** @param {Answer} answer */
    const send = ({status, body}) => {
      if (entry.outcome === 'pending') entry.outcome = body.error?.code ?? 'ok';
      setDate(); // a slow one's time is another
      response.writeHead(status, JSON_TYPE).end(JSON.stringify(body));
    };

    const mints = minting[`${method} ${path}`];
    if (mints) {
      maxInFlight = Math.max(maxInFlight, ++inFlight);
      response.once('close', () => inFlight--);
      const work = () => mints(request, entry);
      const kind = failures.next(entry);
      if (!kind) return send(await work());
      entry.outcome = kind;
      await failures.play(kind, {response, work, send});
    } else if (method === 'GET' && path === '/v1/tokens/check') {
      send(check(request));
    } else {
      send(failure({status: 404, code: 'ApiNotFoundError', message: 'There is no such request.'})); // our name
    }
  };

  // Longer than a busy machine may let a client wait: who asks on a connection that ends meanwhile gets no answer.
  const server = createServer({keepAliveTimeout: 60_000}, (request, response) => {
    serve(request, response).catch(() => response.destroy()); // the client went before its body's end
  });

  return {
    listen: (/** @type {import('./listen.mjs').ListenOptions} */ options = {}) => listen(server, options),
    close: () =>
      new Promise((/** @type {(value: void) => void} */ resolve) => {
        server.close(() => resolve());
        server.closeAllConnections(); // clients keep theirs open
      }),
    /** All requests, the newest last. @type {readonly ApiRequest[]} */
    requests,
    /** How much was minted and checked. */
    figures: () => ({...mint.figures(), checks}),
    /** How many requests that mint wait for their answer. */
    get inFlight() {
      return inFlight;
    },
    /** How many did at once, at most. */
    get maxInFlight() {
      return maxInFlight;
    },
    resetMaxInFlight: () => void (maxInFlight = inFlight),
    accessTokens: mint.accessTokens,
    failNext: failures.failNext,
    held: failures.held,
    release: failures.release,
  };
}

/** @param {import('./token-mint.mjs').Minting} minting @param {ApiRequest} entry @returns {Answer} */
function answerTo(minting, entry) {
  if (minting.account) entry.account = minting.account;
  return 'pair' in minting ? {status: 200, body: {success: true, data: minting.pair}} : failure(minting.refusal);
}

/** @param {import('./token-mint.mjs').Refusal} refusal @returns {Answer} */
function failure({status, code, message}) {
  return {status, body: {success: false, error: {code, message}}};
}

/** The names of these failures are ours. @param {Incoming} request @returns {Promise<{json: Record<string, unknown>} | {refusal: Answer}>} */
async function readJson(request) {
  let text = '';
  let size = 0;
  for await (const chunk of request.setEncoding('utf8')) {
    size += Buffer.byteLength(chunk);
    if (size <= LARGEST_BODY) text += chunk; // the rest is read and forgotten: who still sends hears no answer
  }
  if (size > LARGEST_BODY)
    return {refusal: failure({status: 413, code: 'ApiBodyTooLargeError', message: `More than ${LARGEST_BODY} bytes.`})};
  try {
    const json = JSON.parse(text);
    if (json !== null && typeof json === 'object') return {json};
  } catch {
    // The same answer.
  }
  return {refusal: failure({status: 400, code: 'ApiBadRequestError', message: 'The body is no JSON object.'})};
}
