import {ChatAppDialogError} from '../dialog-error.js';
import type {DialogFields} from '../url/fields.js';
import {fetchAccessToken} from './token-route.js';

/** Why a token is asked for: the page's inputs, `reload()`, or "Try again" (the agent's, or the one when the browser comes online). */
export type OpeningReason = 'open' | 'reload' | 'retry';

/** What `getAccessToken` is called with. */
export interface AccessTokenRequest {
  /** Aborts when the answer is no longer wanted: another opening, a disconnect, 15 seconds. */
  signal: AbortSignal;
  reason: OpeningReason;
}

/**
 * The token; or `null`, to open without one; or the token and who the agent is, which win over the attributes.
 */
export type AccessTokenAnswer =
  | string
  | null
  | {
      accessToken: string;
      crmDomain?: DialogFields['crmDomain'];
      employeeExtCode?: DialogFields['employeeExtCode'];
      /**
       * Seconds for which the answer may be used again for further openings, without asking. An agent who was logged out
       * can still open chats for that long. Default: not at all.
       */
      maxAge?: number;
    };

/** Fetches a live access token, right before an opening. */
export type GetAccessToken = (request: AccessTokenRequest) => AccessTokenAnswer | Promise<AccessTokenAnswer>;

/** What an answer says; fields that it leaves out are the attributes'. Nothing but the token is checked yet. */
export interface AnsweredFields extends Pick<DialogFields, 'accessToken' | 'crmDomain' | 'employeeExtCode'> {
  maxAge?: unknown;
  /** Where the token may be sent besides ChatApp's own origins. Only the route of `access-token-url` says it. */
  dialogOrigin?: unknown;
}

/** In milliseconds; a back end that takes longer has most likely lost the request. */
const LIMIT = 15_000;

/** Never holds what the callback threw: it may quote a request with its credentials. */
export const accessTokenError = (problem = 'answered something else'): ChatAppDialogError =>
  new ChatAppDialogError(
    'access-token',
    `getAccessToken ${problem}: it must answer a token, null or {accessToken} within 15 s.`,
    'getAccessToken',
  );

/**
 * Asks the page's callback, for one opening; where that is over, the promise stays pending.
 * @throws ChatAppDialogError as a rejection: the callback threw, took too long or answered something else.
 */
const requestAccessToken = (
  getAccessToken: GetAccessToken,
  reason: OpeningReason,
  opening: AbortSignal,
): Promise<AnsweredFields> =>
  new Promise((resolve, reject) => {
    const asking = new AbortController();
    const end = () => {
      clearTimeout(timer);
      asking.abort();
    };
    const fail = (problem?: string) => {
      end();
      reject(accessTokenError(problem));
    };
    const timer = setTimeout(fail, LIMIT, 'timed out');
    opening.addEventListener('abort', end);
    // In a function of its own, so that what is thrown at once counts as a rejection.
    (async () => getAccessToken({signal: asking.signal, reason}))()
      .then((answer) => {
        clearTimeout(timer);
        opening.removeEventListener('abort', end);
        // A copy, because a getter could give another value, or throw, the next time. Its own properties only.
        const fields = Object.assign(
          Object.create(null) as AnsweredFields,
          typeof answer === 'string' ? {accessToken: answer} : answer,
        );
        if (answer === null || (fields.accessToken && typeof fields.accessToken === 'string')) resolve(fields);
        else fail();
      })
      .catch((cause: unknown) => fail(`rejected${nameOf(cause)}`));
  });

/** The name of what a callback threw, and no more: its message may quote a request with its credentials. */
function nameOf(cause: unknown): string {
  try {
    const {name} = cause as Error;
    return /^[A-Z]\w{0,30}Error$/.test(name) ? ` with a ${name}` : '';
  } catch {
    return '';
  }
}

/**
 * Asks for a token right before an opening.
 * @param dialogOrigin  where the token is going to be sent
 * @throws ChatAppDialogError as a rejection: there is none
 */
export const requestToken = (
  {kind, source}: {kind: 'callback'; source: GetAccessToken} | {kind: 'url'; source: string},
  dialogOrigin: string,
  reason: OpeningReason,
  opening: AbortSignal,
): Promise<AnsweredFields> =>
  kind === 'url' ? fetchAccessToken(source, dialogOrigin, opening) : requestAccessToken(source, reason, opening);
