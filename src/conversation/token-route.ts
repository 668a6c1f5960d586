import {ChatAppDialogError} from '../dialog-error.js';
import {isLoopback} from '../url/dialog-url.js';
import {type AnsweredFields, readAnswer} from './access-token.js';

/** In characters. An answer has a few hundred. */
const LONGEST_ANSWER = 64 * 1024;

/** Origins of ChatApp. Markup can name any `base-url`, so a token that markup asks for goes only to these. */
const DIALOG_ORIGINS: ReadonlySet<string> = new Set([
  'https://dialogs.pro',
  'https://new.dialogs.pro',
  'https://chat.chatapp.online',
]);

/** The page that the element is in. */
export interface Page {
  /** `'null'` for a page without an origin of its own, for example a sandboxed frame. */
  origin: string;
  /** What relative URLs are relative to. */
  baseURI: string;
}

/**
 * Reads the attribute `access-token-url`.
 * @throws ChatAppDialogError for what is no URL of the page's own origin
 */
export function tokenUrlOf(value: unknown, {origin, baseURI}: Page): string {
  const fail = (problem: string): never => {
    throw new ChatAppDialogError('invalid-field', `access-token-url: ${problem}`, 'accessTokenUrl');
  };
  if (typeof value !== 'string') return fail('pass a string.');
  if (!/^https?:/.test(origin)) return fail('this page has no origin of its own. Use getAccessToken.');
  let url: URL;
  try {
    url = new URL(value, baseURI);
  } catch {
    return fail('not a URL. Pass a path of your server.');
  }
  if (url.origin !== origin || url.username)
    return fail('another origin. Pass a path of your server, or use getAccessToken.');
  return url.href;
}

/** The origin of a sandboxed page is `'null'`. Scripts of maps like to replace the global name. */
export const pageOrigin = (): string => (origin === 'null' ? origin : location.origin);

/**
 * Whether a token may go to the Dialog at a URL without the server's word for it: only to the Dialog itself, because another
 * path, query or hash of a base URL could lead on to another server.
 */
function isDialog({origin, pathname, search, hash}: URL, page: URL): boolean {
  if (isLoopback(page) && isLoopback(new URL(origin))) return true;
  return DIALOG_ORIGINS.has(origin) && pathname === '/' && !hash && /^(\?(api|crm)%5B|$)/.test(search);
}

/**
 * Asks the page's own server for a token.
 * @param url  as {@link tokenUrlOf} gives it
 * @param dialogUrl  where the token is going to be sent
 * @throws ChatAppDialogError as a rejection; it never quotes the answer
 */
export async function fetchAccessToken(url: string, dialogUrl: string, signal: AbortSignal): Promise<AnsweredFields> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: {Accept: 'application/json'},
      mode: 'same-origin',
      credentials: 'same-origin',
      redirect: 'manual',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal,
    });
    text = response.ok ? await response.text() : '';
  } catch {
    throw routeError("the request failed. Check the network, and the page's Content-Security-Policy.");
  }
  checkStatus(response);
  if (text.length > LONGEST_ANSWER) throw routeError('over 64 kB.');
  const answer = readJson(text);
  const dialog = new URL(dialogUrl);
  if (!isDialog(dialog, new URL(url)) && answer.dialogOrigin !== dialog.origin) {
    throw routeError(`no token for this base-url. Name ${dialog.origin} in the answer's dialogOrigin.`);
  }
  return answer;
}

/** What is wrong with an answer of the route. */
export const routeError = (problem: string, status?: number): ChatAppDialogError =>
  new ChatAppDialogError('access-token', `access-token-url: ${problem}`, 'accessTokenUrl', status);

/** @throws ChatAppDialogError for an answer that is not a success */
function checkStatus({ok, type, status, headers}: Response): void {
  if (type === 'opaqueredirect') throw routeError('a redirect, probably to a login page.');
  if (ok) return;
  const wait = /^\d+$/.exec(headers.get('Retry-After') ?? '');
  const problem = PROBLEMS[status] ?? "see the server's log.";
  throw routeError(`status ${status}: ${problem}${wait ? ` It asks to wait for ${wait[0]} s.` : ''}`, status);
}

const REFUSED = 'refused. If the route wants a CSRF header, use getAccessToken.';
const PROBLEMS: Readonly<Partial<Record<number, string>>> = {
  401: 'nobody is logged in.',
  403: REFUSED,
  404: 'no such route. Check the path.',
  405: 'the route must accept POST.',
  419: REFUSED,
  422: REFUSED,
  503: 'the server has no token now.',
};

function readJson(text: string): AnsweredFields {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw routeError(text ? 'the answer is not JSON.' : 'the answer is empty.');
  }
  const fields = typeof answer === 'string' ? null : readAnswer(answer);
  if (!fields) throw routeError('the answer has no accessToken.');
  return fields;
}
