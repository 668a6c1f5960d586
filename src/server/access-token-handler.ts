import type {AccessTokenSource} from './access-token-source.js';

/** Whether who asks may have a token: `true`, or as whom the Dialog signs them in. All else is a refusal. */
export type Authorization = boolean | null | undefined | {crmDomain?: string; employeeExtCode?: string | number};

/** Options of `createAccessTokenHandler()`. */
export interface AccessTokenHandlerOptions<Context> {
  /**
   * Says who asks, by your own session: `false` is answered with 403; what it throws, with 401 and no detail. Required, for
   * the token opens the company's whole account. `context` is the handler's second argument; from `toNodeListener()`, Node's request.
   */
  authorize(request: Request, context: Context): Authorization | Promise<Authorization>;
  /** Other origins whose pages may ask, with their cookies (CORS): `https://crm.example.com`. Default: none. */
  allowedOrigins?: readonly string[] | undefined;
  /** Hears what `authorize` threw or gave wrongly, and why the source had no token; the page is told neither. Default: `console.error`. */
  onError?: ((error: unknown) => void) | undefined;
}

/**
 * Answers `POST` with `{accessToken, crmDomain?, employeeExtCode?}`, which the element's `getAccessToken` takes as it is. Never rejects.
 * @param request  Fetch's, as route handlers of Next, Hono, Bun and Deno get it
 * @param context  for `authorize`
 */
export type AccessTokenHandler<Context = unknown> = (request: Request, context: Context) => Promise<Response>;

/**
 * The route from which a page's `getAccessToken` gets its token.
 * @throws TypeError  `authorize` is no function, or `allowedOrigins` holds what is no origin
 */
export const createAccessTokenHandler = <Context = unknown>(
  source: Pick<AccessTokenSource, 'get'>,
  {authorize, allowedOrigins = [], onError = (error) => console.error(error)}: AccessTokenHandlerOptions<Context>,
): AccessTokenHandler<Context> => {
  if (typeof source?.get !== 'function')
    throw new TypeError('createAccessTokenHandler: pass the source that createAccessTokenSource() gives');
  if (typeof authorize !== 'function')
    throw new TypeError('createAccessTokenHandler: authorize must be a function that says who may have a token');
  for (const origin of allowedOrigins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin)
      throw new TypeError(
        `createAccessTokenHandler: allowedOrigins must hold origins such as https://crm.example.com, not ${origin}`,
      );
  }

  const tell = (error: unknown) => {
    try {
      onError(error);
    } catch {
      // What a logger throws is no reason to give no answer.
    }
  };

  return async (request, context) => {
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
    try {
      authorization = await authorize(request, context);
    } catch (error) {
      tell(error);
      return answer(401);
    }
    const employee = readEmployee(authorization);
    if (!employee) {
      // A refusal needs no reason; anything else is a mistake that would be hard to find.
      if (authorization !== false && authorization != null)
        tell(
          new TypeError(
            'createAccessTokenHandler: authorize must give true, false or an object of crmDomain and employeeExtCode, both with a value',
          ),
        );
      return answer(403);
    }

    try {
      const {accessToken} = await source.get();
      return answer(200, {accessToken, ...employee});
    } catch (error) {
      tell(error);
      const {retryAt} = error as {retryAt?: Date};
      const seconds = Math.ceil(((retryAt?.getTime() ?? 0) - Date.now()) / 1000);
      return answer(503, undefined, seconds > 0 ? {'Retry-After': String(seconds)} : {});
    }
  };
};

/**
 * Whether a page of another origin asks, without knowing the own one for sure: a proxy may change scheme and host. What is no
 * browser sends neither header, and cannot be made to send the agent's cookies.
 */
const isCrossOrigin = ({headers, url}: Request, origin: string | null): boolean => {
  const site = headers.get('sec-fetch-site');
  if (site) return site !== 'same-origin';
  if (origin === null) return false;
  if (!URL.canParse(origin)) return true; // `null`, of a frame without one
  const {host, protocol} = new URL(origin);
  const hosts = [new URL(url).host, headers.get('host'), headers.get('x-forwarded-host')?.split(',')[0]?.trim()];
  // By the origin's scheme, which knows the port that may be left out.
  return !hosts.some((one) => URL.canParse(`${protocol}//${one}`) && new URL(`${protocol}//${one}`).host === host);
};

/** Who the answer names; `null` for a refusal. */
const readEmployee = (authorization: unknown): object | null => {
  if (authorization === true) return {};
  // A Response, say, which a framework's own check gives where it refuses, is no permission.
  if (
    typeof authorization !== 'object' ||
    authorization === null ||
    ![Object.prototype, null].includes(Object.getPrototypeOf(authorization))
  )
    return null;
  // Nor is a session of nobody. A misspelt name, or one without a value, would have the Dialog sign in somebody else.
  const entries = Object.entries(authorization);
  return entries.length > 0 && entries.every(([name, value]) => isName(name, value)) ? authorization : null;
};

const isName = (name: string, value: unknown): boolean =>
  (['crmDomain', 'employeeExtCode'].includes(name) &&
    typeof value === 'string' &&
    !/^(\s*|undefined|null|NaN)$/.test(value)) ||
  (name === 'employeeExtCode' && Number.isSafeInteger(value));
