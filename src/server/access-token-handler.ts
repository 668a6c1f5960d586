import type {AccessTokenSource} from './access-token-source.js';
import {notify} from './timing.js';

/**
 * `true` allows the request. An employee allows it too, and the Dialog signs that employee in. Any other value refuses the
 * request.
 */
export type Authorization = boolean | null | undefined | Employee;

interface Employee {
  crmDomain?: string;
  employeeExtCode?: string | number;
}

/** Options of `createAccessTokenHandler()`. */
export interface AccessTokenHandlerOptions<Context> {
  /**
   * Finds out from your own session who asks. It must look at a cookie or a header of the session. An address is not enough: a
   * foreign page can reach your server through DNS rebinding. `false` is answered with 403. If it throws, the answer is 401 without details.
   * Required, because the token opens the company's whole account. `context` is the handler's second argument; from
   * `toNodeListener()` it is Node's request.
   */
  authorize(request: Request, context: Context): Authorization | Promise<Authorization>;
  /** Other origins whose pages may ask, with their cookies (CORS): `https://crm.example.com`. Default: none. */
  allowedOrigins?: readonly string[] | undefined;
  /**
   * For how many seconds a page may use the token again without asking. Default 0: it asks at each opening. The handler
   * answers less if the token ends sooner. An agent who was logged out can still open chats for that long.
   */
  maxAge?: number | undefined;
  /**
   * Called with the error that `authorize` threw, a wrong result of it, or the reason why there is no token. The page gets
   * only a status. Default: `console.error`.
   */
  onError?: ((error: unknown) => void) | undefined;
}

/**
 * Answers `POST` with `{accessToken, maxAge?, crmDomain?, employeeExtCode?}`, which the element takes as it is. It never
 * rejects.
 * @param request  Fetch's, as route handlers of Next, Hono, Bun and Deno get it
 * @param context  for `authorize`
 */
export type AccessTokenHandler<Context = unknown> = (request: Request, context: Context) => Promise<Response>;

/** In seconds: a token that ends so soon is not used again. */
const MARGIN = 60;

/**
 * The route from which a page gets its token.
 * @throws TypeError  if an option is missing or wrong
 */
export const createAccessTokenHandler = <Context = unknown>(
  source: Pick<AccessTokenSource, 'get'>,
  options: AccessTokenHandlerOptions<Context>,
): AccessTokenHandler<Context> => {
  const {
    authorize,
    allowedOrigins = [],
    maxAge = 0,
    onError = (error: unknown) => console.error(error),
  } = options ?? {};
  const complain = (problem: string): never => {
    throw new TypeError(`createAccessTokenHandler: ${problem}`);
  };
  if (typeof source?.get !== 'function') complain('pass the source that createAccessTokenSource() gives');
  if (typeof authorize !== 'function') complain('authorize must be a function that says who may have a token');
  if (typeof onError !== 'function') complain('onError must be a function');
  if (!(Number.isFinite(maxAge) && maxAge >= 0)) complain('maxAge must be a number of seconds, 0 or more');
  if (!Array.isArray(allowedOrigins)) complain('allowedOrigins must be an array of origins');
  for (const origin of allowedOrigins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin)
      complain(`allowedOrigins must hold origins such as https://crm.example.com, not ${origin}`);
  }

  const respond = async (request: Request, context: Context): Promise<Response> => {
    const origin = request.headers.get('origin');
    const isListed = origin !== null && allowedOrigins.includes(origin);
    const answer = (status: number, body?: object | string, headers?: Record<string, string>) =>
      new Response(typeof body === 'object' ? JSON.stringify(body) : body, {
        status,
        headers: {
          'Cache-Control': 'no-store',
          ...(typeof body === 'object' && {'Content-Type': 'application/json'}),
          ...(allowedOrigins.length && {Vary: 'Origin'}),
          ...(isListed && {'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Credentials': 'true'}),
          ...headers,
        },
      });

    if (request.method === 'OPTIONS' && isListed) {
      const asked = request.headers.get('access-control-request-headers');
      return answer(204, undefined, {
        'Access-Control-Allow-Methods': 'POST',
        ...(asked && {'Access-Control-Allow-Headers': asked}),
        'Access-Control-Max-Age': '600',
      });
    }
    if (request.method !== 'POST') return answer(405, undefined, {Allow: 'POST'});
    if (!isListed && isCrossOrigin(request, origin)) return answer(403, 'Another origin: see allowedOrigins.');

    let authorization: unknown;
    let employee: Employee | null;
    try {
      authorization = await authorize(request, context);
      employee = readEmployee(authorization);
    } catch (error) {
      notify(onError, error);
      return answer(401);
    }
    if (!employee) {
      // A refusal needs no reason. Anything else is a mistake that would be hard to find.
      if (authorization !== false && authorization !== null && authorization !== undefined)
        notify(
          onError,
          new TypeError(
            'createAccessTokenHandler: authorize must give true, false or an object of crmDomain and employeeExtCode, both with a value',
          ),
        );
      return answer(403);
    }

    try {
      const {accessToken, expiresAt} = await source.get();
      const left = Math.floor(Math.min(maxAge, secondsUntil(expiresAt) - MARGIN));
      return answer(200, {accessToken, ...(left > 0 && {maxAge: left}), ...employee});
    } catch (error) {
      notify(onError, error);
      const seconds = Math.ceil(secondsUntil(isObject(error) ? error.retryAt : undefined));
      return answer(503, undefined, seconds > 0 ? {'Retry-After': String(seconds)} : {});
    }
  };

  return async (request, context) => {
    try {
      return await respond(request, context);
    } catch (error) {
      notify(onError, error);
      return new Response(null, {status: 500, headers: {'Cache-Control': 'no-store'}});
    }
  };
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** 0 if it is not a date. */
const secondsUntil = (date: unknown): number =>
  date instanceof Date && date.getTime() ? (date.getTime() - Date.now()) / 1000 : 0;

/**
 * Whether a page of another origin asks. The handler does not know its own origin for sure, because a proxy may change scheme
 * and host. A client that is not a browser sends neither header, and nobody can make it send the agent's cookies.
 */
const isCrossOrigin = ({headers, url}: Request, origin: string | null): boolean => {
  const site = headers.get('sec-fetch-site');
  if (site) return site !== 'same-origin';
  if (origin === null) return false;
  // For example `null`, of a frame without an origin, or the origin of a browser extension.
  if (!/^https?:/.test(origin) || !URL.canParse(origin)) return true;
  const {host, protocol} = new URL(origin);
  const ownHosts = [
    URL.canParse(url) && new URL(url).host,
    headers.get('host'),
    headers.get('x-forwarded-host')?.split(',')[0]?.trim(),
  ];
  // With the origin's scheme, which decides what port may be left out. A host that is missing matches nothing.
  return !ownHosts.some((own) => {
    const address = `${protocol}//${own}`;
    return own && URL.canParse(address) && new URL(address).host === host;
  });
};

/** Reads the answer of `authorize`. Returns `null` if it refuses the request, and an empty object if it names nobody. */
const readEmployee = (authorization: unknown): Employee | null => {
  if (authorization === true) return {};
  // Only a plain object allows the request. A framework's own check may refuse with a `Response`, which is an object too.
  if (!isObject(authorization) || ![Object.prototype, null].includes(Object.getPrototypeOf(authorization))) return null;
  // The values are read once: a getter must not give another one after the check. A name that is misspelt or has no value
  // would make the Dialog sign in somebody else.
  const entries = Object.entries(authorization);
  return entries.length > 0 && entries.every(([name, value]) => isName(name, value))
    ? Object.fromEntries(entries)
    : null;
};

const isName = (name: string, value: unknown): boolean =>
  (['crmDomain', 'employeeExtCode'].includes(name) &&
    typeof value === 'string' &&
    !/^(\s*|undefined|null|NaN)$/.test(value)) ||
  (name === 'employeeExtCode' && Number.isSafeInteger(value));
