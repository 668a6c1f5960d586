import {ANONYMOUS, DialogFieldError, type DialogFields, FIELD_ENTRIES, fieldParameters} from './fields.js';
import {encodeQuery} from './http-build-query.js';

/** Where ChatApp Dialog runs, according to the vendor's page. */
const DEFAULT_BASE_URL = 'https://dialogs.pro/';

/** Firefox drops a longer query without a word, and all chats would open; Chromium leaves the frame blank beyond 2 MB. */
const LONGEST_QUERY = 1_000_000;

/** Options of {@link buildDialogUrl} and {@link shareableDialogUrl}. */
export interface DialogUrlOptions {
  /**
   * Where the Dialog runs: `https:` (`http:` only on localhost and loopback), without user info and without parameters
   * `api[…]` or `crm[…]` of its own. Path, other query and hash are kept. Default `https://dialogs.pro/`.
   */
  baseUrl?: string | URL | null | undefined;
}

/**
 * The Dialog's URL for these fields. Its query is, byte for byte, PHP's `http_build_query` of the vendor's `$fields` array.
 * @throws DialogFieldError for a field or base URL that cannot be used; it never holds the value.
 */
export function buildDialogUrl(fields: DialogFields, options: DialogUrlOptions = {}): string {
  return urlOf(fieldParameters(fields), options);
}

/**
 * The URL to give to a colleague: without access token, CRM domain and employee code, which say who signs in.
 * @throws DialogFieldError
 */
export function shareableDialogUrl(fields: DialogFields, options: DialogUrlOptions = {}): string {
  return urlOf(fieldParameters(fields, ANONYMOUS), options);
}

function urlOf(parameters: [string, string][], options: DialogUrlOptions): string {
  // Own properties only: a script may have extended Object.prototype.
  const baseUrl = Object.hasOwn(options, 'baseUrl') ? options.baseUrl : undefined;
  const query = encodeQuery(parameters);
  if (query.length > LONGEST_QUERY) throw new DialogFieldError('phones', 'too many values: the URL is over 1 MB.');
  // The default needs no check, and parsing it would take longer than all the rest.
  if (baseUrl == null) return query ? `${DEFAULT_BASE_URL}?${query}` : DEFAULT_BASE_URL;
  const url = toBaseUrl(baseUrl);
  if (url.href.length + query.length > LONGEST_QUERY) throw new DialogFieldError('baseUrl', 'the URL is over 1 MB.');
  url.search = [url.search, query].filter(Boolean).join('&');
  return url.href;
}

function toBaseUrl(base: string | URL): URL {
  const fail = (problem: string): never => {
    throw new DialogFieldError('baseUrl', problem);
  };
  const url = tryParseUrl(base) ?? fail('not an absolute URL. Pass an https: URL.');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) {
    fail('pass an https: URL. http: works on localhost only.');
  }
  if (url.username || url.password) fail('remove the user name and the password.');
  if (hasOwnNames(url.searchParams)) fail('remove the parameters api[…] and crm[…]. Pass their values as fields.');
  if (CHAT_PATH.test(url.pathname)) fail('this is the link to a chat. Pass what parseDialogUrl() reads from it.');
  return url;
}

/** A URL, or `undefined`: the engine's own error would quote the value. */
function tryParseUrl(url: string | URL): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}

/** Whether a parameter's name belongs to the vendor's `api` or `crm` arrays; PHP ignores spaces before a name. */
const hasOwnNames = (query: URLSearchParams): boolean => [...query].some(([name]) => /^ *(api|crm)(\[|$)/.test(name));

/** The path form of a link: license, messenger and chat id. */
const CHAT_PATH = /^(.*\/)dialogs\/([^/]+)\/([^/]+)\/([^/]+)\/?$/;

/** Whether a URL's host is this very machine. */
export const isLoopback = ({hostname}: URL): boolean => /^(.+\.)?localhost$|^127\.[\d.]+$|^\[::1]$/.test(hostname);

/** What {@link parseDialogUrl} read. */
export interface ParsedDialogUrl {
  /** The URL without what became fields; other query parameters and the hash are kept. */
  baseUrl: string;
  /** The fields found, values as strings. A filter whose entries are all empty is `[]`: no customer, not all chats. */
  fields: {
    -readonly [name in keyof DialogFields]?: name extends 'phones' | 'dialogIds' ? string[] : string;
  };
}

/**
 * Reads a Dialog URL in every form seen in the wild: brackets encoded or raw, `+` as a space, list indices with gaps,
 * out of order or missing, a bare query with or without `?`, an address without scheme or slash, and the
 * path form `/dialogs/{license}/{messenger}/{chat id}`, which wins over the query. Unknown parameters are ignored.
 * @throws DialogFieldError (field `url`) for a text with a scheme or host that is no URL; it never holds the text.
 */
export function parseDialogUrl(url: string | URL): ParsedDialogUrl {
  const base = toUrl(String(url).trim());
  const fields: Record<string, string | string[]> = {};
  const lists = new Map<string, PhpList>();
  for (const [key, value] of base.searchParams) {
    const [, parameter, index, rest] = PHP_KEY.exec(key) ?? [];
    const [name, spec] = FIELD_ENTRIES.find(([, , own]) => own === parameter) ?? [];
    if (!name) continue;
    if (spec?.list) {
      const list = lists.get(name) ?? new PhpList();
      lists.set(name, list);
      // Brackets behind the index make an array of the entry, which is no phone and no chat id.
      list.set(index, rest ? '' : value);
    } else if (index == null) {
      if (value) fields[name] = value;
      else delete fields[name];
    }
  }
  for (const [name, list] of lists) fields[name] = list.values();
  // Cut out of the raw query, because searchParams would write what is not ours in another encoding.
  base.search = base.search
    .slice(1)
    .split('&')
    .filter((part) => !hasOwnNames(new URLSearchParams(part)))
    .join('&');
  const [, root, ...parts] = CHAT_PATH.exec(base.pathname) ?? [];
  if (root) {
    base.pathname = root;
    const [licenseId, messengerType, dialogId] = parts.map(decode);
    Object.assign(fields, {licenseId, messengerType, dialogIds: [dialogId]});
  }
  return {baseUrl: base.href, fields};
}

/**
 * A parameter's name as PHP's parse_str reads it: spaces before it do not count, nor does what stands behind its
 * brackets, for example a bracket that nothing closes.
 */
const PHP_KEY = /^ *(\w+\[\w+\])(?:\[([^\]]*)\](\[[^\]]*\])?)?/;

/** An array as PHP's parse_str fills it. The last value of an index wins. */
class PhpList {
  /** Without a prototype: any text can be an index. The engine keeps the indices below 2³² - 1 in their order. */
  readonly #entries = Object.create(null) as Record<string, string>;
  #next = 0n;

  /** Sets an entry; without an index, behind the highest one. */
  set(index: string | undefined, value: string): void {
    const key = !index || /^\s$/.test(index) ? String(this.#next) : index;
    this.#entries[key] = value;
    // What is longer than PHP's integers, or starts with a zero, is a text to PHP.
    if (/^(0|[1-9]\d{0,17})$/.test(key) && BigInt(key) >= this.#next) this.#next = BigInt(key) + 1n;
  }

  /** The values that are not empty. */
  values(): string[] {
    return Object.values(this.#entries).filter(Boolean);
  }
}

function toUrl(text: string): URL {
  try {
    // Read as a query, an address without scheme would lose its filters without a word.
    if (/^[\w-]+(\.[\w-]+)+(:\d+)?([/?#]|$)/.test(text)) text = `https://${text}`;
    return /^[a-z][a-z\d+.-]*:/i.test(text) ? new URL(text) : new URL(text.replace(/^(?![/?])/, '?'), DEFAULT_BASE_URL);
  } catch {
    // The engine's own error would carry the text, and with it a token.
    throw new DialogFieldError('url', 'not a URL.');
  }
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // a lone percent sign stands for itself
  }
}
