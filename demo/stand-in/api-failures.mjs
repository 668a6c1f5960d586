// Failures that a test orders of the stand-in of the API, each at a request that mints tokens.

/**
 * @typedef {{success: boolean, data?: object, error?: {code: string, message: string}}} Body
 * @typedef {{status: number, body: Body}} Answer
 * @typedef {{
 *   response: import('node:http').ServerResponse, work: () => Promise<Answer>, send: (answer: Answer) => void, released: () => Promise<void>,
 * }} Call  `work` mints, `send` answers.
 * @typedef {keyof typeof PLAYS} FailureKind
 */

const HTML = '<!doctype html><title>Sign in to the Wi-Fi</title><p>This is no answer of an API.';

/** @satisfies {Record<string, (call: Call) => unknown>} */
const PLAYS = {
  /** Never answers, until the client goes. */
  timeout() {},
  'error-500'({send}) {
    send({status: 500, body: {success: false, error: {code: 'ApiInternalError', message: 'The server has failed.'}}});
  },
  /** Too many requests, with a `Retry-After` of 30 seconds. */
  'rate-limit'({response, send}) {
    response.setHeader('Retry-After', '30');
    send({status: 429, body: {success: false, error: {code: 'ApiRateLimitError', message: 'Too many requests.'}}});
  },
  /** Mints, and drops the connection: the client never gets the pair. */
  async lost({response, work}) {
    await work();
    response.destroy();
  },
  /** A proxy's page, as HTTP 200. */
  html({response}) {
    response.writeHead(200, {'Content-Type': 'text/html'}).end(HTML);
  },
  /** An answer of 1 MB. */
  huge: ({work, send}) => bend(work, send, (data) => ({...data, padding: 'x'.repeat(2 ** 20)})),
  /** Without the access token. */
  lacking: ({work, send}) => bend(work, send, (data) => ({...data, accessToken: undefined})),
  /** With an access token that ended in 1970. */
  past: ({work, send}) => bend(work, send, (data) => ({...data, accessTokenEndTime: 1})),
  /** Waits for `release()`, then mints and answers as usual. */
  async slow({work, send, released}) {
    await released();
    send(await work());
  },
};

/**
 * @param {((request: import('./api.mjs').ApiRequest) => FailureKind | undefined)} [inject]
 */
export function createFailures(inject) {
  /** @type {FailureKind[]} */
  const ordered = [];
  /** @type {(() => void)[]} */
  const held = [];
  const released = () => new Promise((/** @type {(value: void) => void} */ resolve) => void held.push(resolve));

  return {
    /** @param {import('./api.mjs').ApiRequest} request @returns {FailureKind | undefined} */
    next: (request) => inject?.(request) ?? ordered.shift(),

    /** @param {FailureKind} kind @param {Omit<Call, 'released'>} call */
    play: (kind, call) => PLAYS[kind]({...call, released}),

    /** The next requests that mint tokens fail. @param {FailureKind} kind @param {number} [count] */
    failNext(kind, count = 1) {
      if (!Object.hasOwn(PLAYS, kind)) throw new Error(`No such failure: ${kind}`); // a misspelt one must not pass
      ordered.push(...Array.from({length: count}, () => kind));
    },

    /** How many `slow` requests wait. */
    held: () => held.length,

    /** Lets all `slow` requests go that wait. */
    release() {
      for (const go of held.splice(0)) go();
    },
  };
}

/** @param {Call['work']} work @param {Call['send']} send @param {(data: object) => object} change */
async function bend(work, send, change) {
  const {status, body} = await work();
  send({status, body: {...body, ...(body.data && {data: change(body.data)})}});
}
