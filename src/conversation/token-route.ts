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
  if (url.origin !== origin || url.username)
    return fail('another origin. Pass a path of your server, or use getAccessToken.');
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
      throw routeError(`no token for ${dialogOrigin}. Name that origin in the answer's dialogOrigin.`);
    }
    return answer;
  } catch (cause) {
    abort(); // the rest of an answer that cannot be used
    if (cause instanceof ChatAppDialogError) throw cause;
    throw routeError(
      isLate
        ? 'no answer within 15 s.'
        : "the request failed. Check the network, and the page's Content-Security-Policy.",
    );
  } finally {
    clearTimeout(timer);
    opening.removeEventListener('abort', abort);
  }
}

/** What is wrong with an answer of the route. */
export const routeError = (problem: string, status?: number): ChatAppDialogError =>
  new ChatAppDialogError('access-token', `access-token-url: ${problem}`, 'accessTokenUrl', status);

/** @throws ChatAppDialogError for an answer that is not a success */
function checkStatus({ok, type, status, headers}: Response): void {
  if (type === 'opaqueredirect') throw routeError('a redirect, probably to a login page.');
  if (ok) return;
  const wait = /^\d+$/.exec(headers.get('Retry-After') ?? '');
  const problem = PROBLEMS[status] ?? 'the server failed.';
  throw routeError(`status ${status}: ${problem}${wait ? ` It asks to wait for ${wait[0]} s.` : ''}`, status);
}

const REFUSED = 'refused. If the route wants a CSRF header, use getAccessToken.';
const PROBLEMS: Readonly<Partial<Record<number, string>>> = {
  401: 'nobody is logged in.',
  403: REFUSED,
  404: 'no such route. Check the path.',
  419: REFUSED,
  422: REFUSED,
  503: 'the server has no token now.',
};

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
    if (length > LONGEST_ANSWER) throw routeError('over 64 kB.');
    text += decoder.decode(value, {stream: true});
  }
}

function readAnswer(text: string): AnsweredFields {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw routeError(text ? 'the answer is no JSON.' : 'the answer is empty.');
  }
  // Own properties only: a script may have extended Object.prototype.
  const fields = Object.assign(Object.create(null) as AnsweredFields, answer);
  if (!fields.accessToken || typeof fields.accessToken !== 'string') {
    throw routeError('the answer has no accessToken.');
  }
  return fields;
}
