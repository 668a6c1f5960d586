import type {AccessTokenError} from './access-token-error.js';
import {memoryStore} from './stores/memory-store.js';
import type {TokenStore} from './stores/token-store.js';

/** An event of a source. Events hold no secrets, so you can log them. */
export type AccessTokenEvent =
  /** A new token by e-mail and password. `logins` counts the tokens that were minted in the last 24 to 30 hours. */
  | {type: 'login'; expiresAt: Date; logins: number}
  /** A new token by the refresh token. */
  | {type: 'refresh'; expiresAt: Date}
  /** `get()` gave a token that was there. */
  | {type: 'reuse'; expiresAt: Date}
  /** `get()` waits for the process that is asking ChatApp, or for the next attempt. */
  | {type: 'wait'; reason: 'another-process' | 'next-attempt'}
  /** ChatApp or the store failed. `get()` may still have given a token. */
  | {type: 'failure'; error: AccessTokenError};

/** Options of `createAccessTokenSource()`. Times are in milliseconds. */
export interface AccessTokenSourceOptions {
  /** The credentials of your ChatApp account, as `POST /v1/tokens` takes them. Required: an error names what is missing. */
  email: string | undefined;
  password: string | undefined;
  appId: string | undefined;
  /** The address of ChatApp's API, default `https://api.chatapp.online`. The source appends `/v1/tokens` and paths below it. */
  apiUrl?: string | URL | undefined;
  /** Where the source keeps the token. Default `memoryStore()`, for one process. Several processes need to share a store. */
  store?: TokenStore | undefined;
  /** How long before its end a token is renewed. Default one hour, at least a minute, at most half of the token's life. */
  refreshAhead?: number | undefined;
  /** Time limit of one request to ChatApp, default 10,000. `get()` waits as long for another process or the next attempt. */
  timeout?: number | undefined;
  /** How many logins and refreshes all processes may make in 24 hours. Default 90, at most 100: ChatApp allows 100 a day. */
  loginBudget?: number | undefined;
  /** Default: the global `fetch`. */
  fetch?: typeof fetch | undefined;
  /** The machine's clock, in milliseconds since 1970. Default `Date.now`. For tests. */
  now?: (() => number) | undefined;
  /** Called with each event, for logs and metrics. */
  onEvent?: ((event: AccessTokenEvent) => void) | undefined;
}

const CREDENTIALS = ['email', 'password', 'appId'] as const;
/** The least and the greatest value. A timer of Node takes no more than the greatest. */
const NUMBERS = {refreshAhead: [0, 2 ** 31 - 1], timeout: [1, 2 ** 31 - 1], loginBudget: [0, 100]} as const;
const FUNCTIONS = ['fetch', 'now', 'onEvent'] as const;
const METHODS = ['get', 'set', 'setIfAbsent', 'increment', 'delete'] as const satisfies (keyof TokenStore)[];

/**
 * The options with their defaults.
 * @throws TypeError that names what is missing or wrong, never its value
 */
export const checkOptions = (options: AccessTokenSourceOptions) => {
  const complain = (problem: string): never => {
    throw new TypeError(`createAccessTokenSource: ${problem}`);
  };
  const given: Partial<Record<string, unknown>> = {...options};
  const missing = CREDENTIALS.filter((name) => !String(given[name] ?? '').trim());
  if (missing.length)
    complain(`${missing.join(', ')} missing. They are those of ChatApp's API; is the environment set?`);
  for (const name of CREDENTIALS) if (typeof given[name] !== 'string') complain(`${name} must be a string`);
  for (const [name, [least, greatest]] of Object.entries(NUMBERS)) {
    const {[name]: value = 1} = given; // not for null
    if (typeof value !== 'number' || !(value >= least && value <= greatest))
      complain(`${name} must be a number from ${least} to ${greatest}`);
  }
  for (const name of FUNCTIONS)
    if (given[name] !== undefined && typeof given[name] !== 'function') complain(`${name} must be a function`);
  // Not for null: a store that could not be set up must not become one for each process.
  const {store = memoryStore(), apiUrl = 'https://api.chatapp.online'} = options;
  const lacking = METHODS.filter((name) => typeof store?.[name] !== 'function');
  if (lacking.length)
    complain(
      `store lacks ${lacking.join(', ')}: pass memoryStore(), redisStore(client), sqliteStore(database) or a TokenStore`,
    );

  return {
    email: String(options.email),
    password: String(options.password),
    appId: String(options.appId),
    apiUrl: checkApiUrl(apiUrl, complain),
    store,
    refreshAhead: options.refreshAhead ?? 3_600_000,
    timeout: options.timeout ?? 10_000,
    loginBudget: options.loginBudget ?? 90,
    // Looked up at each call: it may be replaced later.
    fetch: options.fetch ?? ((...args: Parameters<typeof fetch>) => globalThis.fetch(...args)),
    now: options.now ?? (() => Date.now()),
    onEvent: options.onEvent,
  };
};

/** With a slash at its end, for the paths that are appended. */
const checkApiUrl = (given: string | URL, complain: (problem: string) => never): URL => {
  const url = URL.canParse(given) ? new URL(given) : complain('apiUrl must be an absolute URL');
  const isLocal = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|.+\.localhost)$/.test(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal))
    complain('apiUrl must be https: (http: on localhost only), for the password goes there');
  if (url.username || url.password || url.search || url.hash)
    complain('apiUrl must hold no user name, password, query or hash');
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
};
