import {ChatAppDialogError, errorNameOf} from '../dialog-error.js';
import type {DialogFields} from '../url/fields.js';

/** Why a conversation opens: the page's inputs, `reload()`, or "Try again" (the agent's, or the one when the browser comes online). */
export type OpeningReason = 'open' | 'reload' | 'retry';

/** What `getAccessToken` is called with. */
export interface AccessTokenRequest {
  /** Aborts when the answer is no longer wanted: another opening, `close()`, a disconnect, 15 seconds. */
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

/** Never holds what the callback threw: it may quote a request with its credentials. */
export const callbackError = (problem: string): ChatAppDialogError =>
  new ChatAppDialogError(
    'access-token',
    `getAccessToken ${problem}: it must return a token, null or {accessToken} within 15 s.`,
    'getAccessToken',
  );

/**
 * Asks the page's callback.
 * @throws ChatAppDialogError as a rejection: the callback threw, or answered something else
 */
export async function askCallback(
  getAccessToken: GetAccessToken,
  request: AccessTokenRequest,
): Promise<AnsweredFields> {
  let fields: AnsweredFields | null;
  try {
    const answer = await getAccessToken(request);
    if (answer === null) return {};
    fields = readAnswer(typeof answer === 'string' ? {accessToken: answer} : answer);
  } catch (cause) {
    const name = errorNameOf(cause);
    throw callbackError(name && name !== 'Error' ? `rejected with a ${name}` : 'rejected');
  }
  if (!fields) throw callbackError('answered something else');
  return fields;
}

/** An answer's own properties, as a copy: a getter could give another value, or throw, the next time. `null` without a token. */
export function readAnswer(answer: unknown): AnsweredFields | null {
  const fields = Object.assign(Object.create(null) as AnsweredFields, answer);
  return fields.accessToken && typeof fields.accessToken === 'string' ? fields : null;
}
