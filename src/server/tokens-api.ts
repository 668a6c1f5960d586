import {type AccessTokenErrorCode, systemCode} from './access-token-error.js';
import {type Clock, limited, TimeUp} from './timing.js';

/** The tokens that the API mints. Times are in milliseconds since 1970. */
export interface TokenPair {
  accessToken: string;
  accessTokenEndTime: number;
  refreshToken: string;
  refreshTokenEndTime: number;
}

/** Why the API gave no tokens. It holds no secrets. */
export interface ApiFailure {
  failure: Exclude<AccessTokenErrorCode, 'login-budget' | 'store'>;
  message: string;
  /** The time of `Retry-After` in milliseconds, or 0. */
  retryAfter: number;
}

/** The requests of ChatApp's API that mint and check tokens. None rejects. */
export interface TokensApi {
  /** A failure `credentials` is a refusal: no token was minted. After any other, one may have been. */
  logIn(): Promise<TokenPair | ApiFailure>;
  /** A failure `credentials` is a refusal: the refresh token cannot be used again. */
  refresh(refreshToken: string): Promise<TokenPair | ApiFailure>;
  /** Whether a token is valid. It also sets the clock. */
  check(accessToken: string): Promise<boolean>;
}

export interface TokensApiOptions {
  email: string;
  password: string;
  appId: string;
  apiUrl: URL;
  timeout: number;
  fetch: typeof fetch;
}

/** In bytes. An answer has about 500. */
const LARGEST_ANSWER = 65_536;
/** In milliseconds. If the end is later, the number is not in seconds. */
const LONGEST_LIFE = 10 * 365 * 86_400_000;
/** In milliseconds. All processes wait, even if only one of them has a proxy that asks for it. */
const LONGEST_RETRY_AFTER = 3_600_000;
/** 408, 425, 429 and errors of the server: a later request may succeed. */
const isTemporary = (status: number) => status >= 500 || [408, 425, 429].includes(status);

export const createTokensApi = (
  {email, password, appId, apiUrl, timeout, fetch}: TokensApiOptions,
  clock: Clock,
): TokensApi => {
  /** Gives the data of a successful answer. */
  const ask = async (path: string, what: string, init: RequestInit): Promise<{data: unknown} | ApiFailure> => {
    const failed = (failure: ApiFailure['failure'], problem: string, retryAfter = 0): ApiFailure => ({
      failure,
      message: `ChatApp's API, asked for ${what}, ${problem}.`,
      retryAfter,
    });
    let answered: {code: number; headers: Record<'date' | 'retryAfter', string | null>; text: string | null};
    try {
      answered = await limited(timeout, async (signal) => {
        // A redirect would carry the credentials elsewhere.
        const response = await fetch(new URL(path, apiUrl), {...init, redirect: 'manual', signal});
        const {headers, status: code} = response;
        const text = await readText(response);
        return {code, headers: {date: headers.get('date'), retryAfter: headers.get('retry-after')}, text};
      });
    } catch (error) {
      return error instanceof TimeUp
        ? failed('timeout', `gave no answer within ${timeout} ms`)
        : failed('unreachable', `cannot be reached${systemCode(error)}`);
    }
    const {code, headers, text} = answered;
    const date = Date.parse(headers.date ?? '');
    const status = `HTTP ${code}`;
    const retryAfter = readRetryAfter(headers.retryAfter, date || clock.time());
    if (isTemporary(code)) return failed('unreachable', `answered ${status}`, retryAfter);

    const answer = text === null ? null : readJson(text);
    // Only now: the page of a proxy would have the proxy's time.
    if (date && typeof answer?.success === 'boolean') clock.set(date);
    // Not every 403 or 404: a firewall also answers 403, and a wrong apiUrl leads to 404.
    if (code === 401 || (answer?.success === false && code !== 404)) {
      // The vendor's name of the failure. Anything else may quote what was sent.
      const {code: given} = isObject(answer?.error) ? answer.error : {};
      const name = typeof given === 'string' && /^Api[A-Za-z]{1,60}Error$/.test(given) && given;
      return failed('credentials', `refused it (${name ? `${name}, ` : ''}${status})`, retryAfter);
    }
    if (text === null)
      return failed('bad-response', `answered ${status} with more than ${LARGEST_ANSWER} bytes`, retryAfter);
    if (!answer?.success)
      return failed('bad-response', `answered ${status} that is not of its own: check apiUrl`, retryAfter);
    return {data: answer.data};
  };

  const mint = async (path: string, what: string, init: RequestInit): Promise<TokenPair | ApiFailure> => {
    const answer = await ask(path, what, {method: 'POST', ...init});
    if ('failure' in answer) return answer;
    const pair = readPair(answer.data, clock.time());
    return (
      pair ?? {
        failure: 'bad-response',
        message: `ChatApp's API, asked for ${what}, answered without live accessToken, accessTokenEndTime, refreshToken and refreshTokenEndTime.`,
        retryAfter: 0,
      }
    );
  };

  const Accept = 'application/json';
  return {
    logIn: () =>
      mint('v1/tokens', 'a login', {
        headers: {Accept, 'Content-Type': Accept},
        body: JSON.stringify({email, password, appId}),
      }),
    refresh: (refreshToken) => mint('v1/tokens/refresh', 'a refresh', {headers: {Accept, Refresh: refreshToken}}),
    check: async (accessToken) =>
      'data' in (await ask('v1/tokens/check', 'a check', {headers: {Accept, Authorization: accessToken}})),
  };
};

/** `null` if it is too long. */
const readText = async (response: Response): Promise<string | null> => {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const {done = true, value} = (await reader?.read()) ?? {};
    if (done) return text + decoder.decode();
    size += value?.byteLength ?? 0;
    if (size > LARGEST_ANSWER) {
      await reader?.cancel();
      return null;
    }
    text += decoder.decode(value, {stream: true});
  }
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const readJson = (text: string): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
};

const readPair = (data: unknown, time: number): TokenPair | null => {
  if (!isObject(data)) return null;
  const {accessToken, refreshToken} = data;
  const accessTokenEndTime = Number(data.accessTokenEndTime) * 1000;
  const refreshTokenEndTime = Number(data.refreshTokenEndTime) * 1000;
  const areEnds = [accessTokenEndTime, refreshTokenEndTime].every((end) => end > time && end < time + LONGEST_LIFE);
  return isToken(accessToken) && isToken(refreshToken) && areEnds
    ? {accessToken, accessTokenEndTime, refreshToken, refreshTokenEndTime}
    : null;
};

/** Whether a header can hold it. */
export const isToken = (value: unknown): value is string =>
  typeof value === 'string' && /^[\x21-\x7e]{1,4096}$/.test(value);

/** Seconds or a date (RFC 9110, section 10.2.3). */
const readRetryAfter = (header: string | null, date: number): number => {
  if (!header) return 0;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - date;
  return ms > 0 ? Math.min(ms, LONGEST_RETRY_AFTER) : 0;
};
