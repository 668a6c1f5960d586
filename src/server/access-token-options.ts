import type {AccessTokenError} from './access-token-error.js';
import {memoryStore} from './stores/memory-store.js';
import type {TokenStore} from './stores/token-store.js';

/** What a source tells of its work. None holds a secret, so that it can be logged. */
export type AccessTokenEvent =
  /** E-mail and password were exchanged for a token; `logins`: tokens minted for the account in the last 24 to 30 hours. */
  | {type: 'login'; expiresAt: Date; logins: number}
  /** A refresh token was exchanged for a new pair. */
  | {type: 'refresh'; expiresAt: Date}
  /** The stored token was handed out. */
  | {type: 'reuse'; expiresAt: Date}
  /** `get()` waits: for the process that is asking ChatApp now, or for the next attempt. */
  | {type: 'wait'; reason: 'another-process' | 'next-attempt'}
  /** A request to ChatApp, or the store, failed. `get()` may answer the stored token all the same. */
  | {type: 'failure'; error: AccessTokenError};

/** Options of `createAccessTokenSource()`. Times are in milliseconds. */
export interface AccessTokenSourceOptions {
  /** Of ChatApp's account, as `POST /v1/tokens` wants them. Required; what is missing is named by an error at once. */
  email: string | undefined;
  password: string | undefined;
  appId: string | undefined;
  /** Where ChatApp's API is, default `https://api.chatapp.online`; the paths, `/v1/tokens` and below, are appended. */
  apiUrl?: string | URL | undefined;
  /** Shared by all processes of the account, default `memoryStore()`: one process. */
  store?: TokenStore | undefined;
  /** How long before its end a token is renewed, default one hour; at least a minute, at most half of the token's life. */
  refreshAhead?: number | undefined;
  /** Of a request to ChatApp, default 10,000; `get()` waits as long for another process or the next attempt. */
  timeout?: number | undefined;
  /** Tokens minted in 24 hours before no more are, default 90: ChatApp allows 100 a day. */
  loginBudget?: number | undefined;
  /** Default: the global one. */
  fetch?: typeof fetch | undefined;
  /** The own clock, in milliseconds since 1970, default `Date.now`. For tests. */
  now?: (() => number) | undefined;
  /** Hears what is done, for logs and figures. */
  onEvent?: ((event: AccessTokenEvent) => void) | undefined;
}

const CREDENTIALS = ['email', 'password', 'appId'] as const;
const NUMBERS = ['refreshAhead', 'timeout', 'loginBudget'] as const;
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
  const missing = CREDENTIALS.filter((name) => given[name] === undefined || given[name] === null || given[name] === '');
  if (missing.length)
    complain(`${missing.join(', ')} missing. They are those of ChatApp's API; is the environment set?`);
  for (const name of CREDENTIALS) if (typeof given[name] !== 'string') complain(`${name} must be a string`);
  for (const name of NUMBERS) {
    const value = given[name] ?? 1;
    if (typeof value !== 'number' || !(value >= 0 && value <= 2 ** 31 - 1))
      complain(`${name} must be a number, 0 to 2,147,483,647`);
  }
  for (const name of FUNCTIONS)
    if (given[name] !== undefined && typeof given[name] !== 'function') complain(`${name} must be a function`);
  const store = options.store ?? memoryStore();
  const lacking = METHODS.filter((name) => typeof store[name] !== 'function');
  if (lacking.length)
    complain(
      `store lacks ${lacking.join(', ')}: pass memoryStore(), redisStore(client), sqliteStore(database) or a TokenStore`,
    );

  return {
    email: String(options.email),
    password: String(options.password),
    appId: String(options.appId),
    apiUrl: checkApiUrl(options.apiUrl ?? 'https://api.chatapp.online', complain),
    store,
    refreshAhead: options.refreshAhead ?? 3_600_000,
    timeout: options.timeout || 10_000,
    loginBudget: options.loginBudget ?? 90,
    // Looked up at each call, so that what replaces it later is used.
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
