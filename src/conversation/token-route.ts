import {ChatAppDialogError} from '../dialog-error.js';
import {isLoopback} from '../url/dialog-url.js';
import type {AnsweredFields} from './access-token.js';

/** In milliseconds, for the whole answer; a back end that takes longer has most likely lost the request. */
const LIMIT = 15_000;
/** In bytes. An answer is a few hundred. */
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
  if (url.origin !== origin)
    return fail("another origin. Pass a path of the page's own server, or use getAccessToken.");
  if (url.username || url.password) return fail('remove the user name and the password.');
  return url.href;
}

/** Whether a token may go to an origin without the server's word for it. */
const isDialogOrigin = (origin: string, pageOrigin: string): boolean =>
  DIALOG_ORIGINS.has(origin) || (isLoopback(new URL(origin)) && isLoopback(new URL(pageOrigin)));

/**
 * Asks the page's own server for a token.
 * @param url  as {@link tokenUrlOf} gives it
 * @param dialogOrigin  where the token is going to be sent
 * @throws ChatAppDialogError as a rejection; it never quotes the answer
 */
export async function fetchAccessToken(
  url: string,
  dialogOrigin: string,
  opening: AbortSignal,
): Promise<AnsweredFields> {
  const asking = new AbortController();
  const abort = () => asking.abort();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    abort();
  }, LIMIT);
  opening.addEventListener('abort', abort);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {Accept: 'application/json'},
      mode: 'same-origin',
      credentials: 'same-origin',
      redirect: 'manual',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: asking.signal,
    });
    checkStatus(response);
    const answer = readAnswer(await textOf(response));
    if (!isDialogOrigin(dialogOrigin, new URL(url).origin) && answer.dialogOrigin !== dialogOrigin) {
      throw routeError(`the token is not for ${dialogOrigin}. Name that origin in the answer's dialogOrigin.`);
    }
    return answer;
  } catch (cause) {
    if (cause instanceof ChatAppDialogError) throw cause;
    throw routeError(
      isLate
        ? 'no whole answer within 15 s.'
        : "the request failed. Check the network, and connect-src in the page's Content-Security-Policy.",
    );
  } finally {
    clearTimeout(timer);
    opening.removeEventListener('abort', abort);
    abort(); // ends the rest of an answer that is not wanted
  }
}

/** What is wrong with an answer of the route. */
export const routeError = (problem: string, status?: number): ChatAppDialogError =>
  new ChatAppDialogError('access-token', `access-token-url: ${problem}`, 'accessTokenUrl', status);

/** @throws ChatAppDialogError for an answer that is not a success */
function checkStatus({ok, type, status, headers}: Response): void {
  if (type === 'opaqueredirect') {
    throw routeError('the server redirects, probably to a login page. Log in, or answer with 401 instead.');
  }
  if (ok) return;
  throw routeError(problemOf(status, headers), status);
}

function problemOf(status: number, headers: Headers): string {
  switch (status) {
    case 401:
      return 'nobody is logged in (401). Log in, and try again.';
    case 403:
    case 419:
    case 422:
      return `the server refuses (${status}). Either this user may have no token, or the route wants a CSRF token, which getAccessToken can send.`;
    case 404:
      return 'the server has no such route (404). Check the path.';
    case 405:
      return 'the route does not take POST (405).';
    case 503:
      return `the server has no token now (503).${waitOf(headers)}`;
    default:
      return `the server answers with status ${status}.`;
  }
}

/** What `Retry-After` says, in seconds or as a date. */
function waitOf(headers: Headers): string {
  const text = headers.get('Retry-After') ?? '';
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - Date.now()) / 1000);
  return seconds > 0 ? ` It asks to wait for ${seconds} s.` : '';
}

/** The body as text, as long as it is short. */
async function textOf({body}: Response): Promise<string> {
  if (!body) return '';
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let length = 0; ;) {
    const {done, value} = await reader.read();
    if (done) return text + decoder.decode();
    length += value.length;
    if (length > LONGEST_ANSWER) throw routeError('the answer is longer than 64 kB.');
    text += decoder.decode(value, {stream: true});
  }
}

function readAnswer(text: string): AnsweredFields {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw routeError(`the answer is ${text ? 'no JSON' : 'empty'}. Answer with {"accessToken": "…"}.`);
  }
  // Own properties only: a script may have extended Object.prototype.
  const fields = Object.assign(Object.create(null) as AnsweredFields, answer);
  if (!fields.accessToken || typeof fields.accessToken !== 'string') {
    throw routeError('the answer has no accessToken. Answer with {"accessToken": "…"}.');
  }
  return fields;
}
