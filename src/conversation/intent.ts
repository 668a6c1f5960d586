import {ChatAppDialogError, toDialogError} from '../dialog-error.js';
import {buildDialogUrl} from '../url/dialog-url.js';
import {
  DialogFieldError,
  type DialogFields,
  fieldParameters,
  hasOnlyEmptyFilters,
  isEmployeeIncomplete,
  readLists,
} from '../url/fields.js';
import {type AnsweredFields, callbackError, type GetAccessToken} from './access-token.js';
import {type Page, routeError, tokenUrlOf} from './token-route.js';
import {allowFor, canEscapeSandbox, DEFAULT_ALLOW, DEFAULT_SANDBOX} from './frame-permissions.js';

/** The element's inputs at one moment, as the page set them. Nothing in it is checked yet. */
export interface Inputs {
  /** Fields of the URL without the token, and names that are no fields. */
  fields: Readonly<Record<string, unknown>>;
  accessToken: unknown;
  getAccessToken: unknown;
  accessTokenUrl: unknown;
  baseUrl: unknown;
  sandbox: unknown;
  allow: unknown;
  disabled: boolean;
  /** Why the fields do not say what the page meant, for example a misspelt attribute. */
  fault: ChatAppDialogError | null;
  /** The fields are still to come: the element is a copy, or part of a template that is not filled in. */
  notReady: boolean;
  page: Page;
}

/** Where a frame's token comes from. `raw` is what the page set, to notice a change. */
export type Credential = {raw: unknown} & (
  | {kind: 'none'}
  | {kind: 'token'}
  | {kind: 'callback'; source: GetAccessToken}
  | {kind: 'url'; source: string}
  | {kind: 'bad'; error: ChatAppDialogError}
);

/** A conversation that the page wants to see. */
export interface ConversationIntent {
  kind: 'conversation';
  /** Two intents with one id belong in one frame, whatever their tokens. */
  id: string;
  /** Conversations stay parked, and an answer with a token may serve again, as long as this stays the same; `null`: never. */
  parkingGroup: string | null;
  /** The Dialog's URL without the token. */
  url: string;
  origin: string;
  sandbox: string;
  allow: string;
  credential: Credential;
  /**
   * The Dialog's URL with the token. A secret.
   * @throws ChatAppDialogError if the answer holds a value that cannot be used
   */
  urlWith(answer?: AnsweredFields): string;
  /** Whether only one of CRM domain and employee code is set; the vendor's page requires both. */
  isEmployeeIncomplete(answer?: AnsweredFields): boolean;
}

/** What the page wants. */
export type Intent =
  | ConversationIntent
  | {kind: 'nothing'; id: string; parkingGroup: string | null; reason: 'disabled' | 'no-filter-value' | 'not-ready'}
  | {kind: 'invalid'; id: string; parkingGroup: string | null; error: ChatAppDialogError};

/** Whether two intents ask for the same, the credential included. */
export function isSameIntent(one: Intent, other: Intent): boolean {
  if (one.id !== other.id || one.parkingGroup !== other.parkingGroup) return false;
  if (one.kind !== 'conversation' || other.kind !== 'conversation') return true; // the id tells the rest
  const [a, b] = [one.credential, other.credential];
  const isSameSource = !('source' in a) || !('source' in b) || a.source === b.source;
  return a.kind === b.kind && Object.is(a.raw, b.raw) && isSameSource;
}

/** A conversation whose token is asked for right before it opens. */
export type AskingIntent = ConversationIntent & {credential: Extract<Credential, {source: unknown}>};

export const asksForToken = (intent: Intent): intent is AskingIntent =>
  intent.kind === 'conversation' && (intent.credential.kind === 'callback' || intent.credential.kind === 'url');

/**
 * Reads what the page wants. Never throws: if a getter, a proxy or a conversion throws, the intent is `invalid`.
 * @param last  the intent before this one: as long as a bad input stays the same, so does its error
 */
export function intentOf(read: () => Inputs, last?: Intent): Intent {
  let inputs: Inputs;
  try {
    inputs = read();
  } catch (cause) {
    return sameError({kind: 'invalid', id: 'unreadable', parkingGroup: null, error: toDialogError(cause)}, last);
  }
  if (inputs.disabled) return {kind: 'nothing', id: 'nothing: disabled', parkingGroup: null, reason: 'disabled'};
  const parkingGroup = parkingGroupOf(inputs);
  try {
    return readConversation(inputs, parkingGroup, last);
  } catch (cause) {
    const error = toDialogError(cause);
    const {fields, baseUrl, sandbox, allow} = inputs;
    const identity = [...Object.keys(fields), ...Object.values(fields), baseUrl, sandbox, allow].map(describe);
    return sameError(
      {kind: 'invalid', id: ['invalid', error.message, ...identity].join('\n'), parkingGroup, error},
      last,
    );
  }
}

function readConversation(inputs: Inputs, parkingGroup: string | null, last: Intent | undefined): Intent {
  if (inputs.fault) throw inputs.fault;
  if (inputs.notReady) return {kind: 'nothing', id: 'nothing: not ready', parkingGroup: null, reason: 'not-ready'};
  const baseUrl = baseUrlOf(inputs.baseUrl);
  const fields = readLists(inputs.fields);
  const url = buildDialogUrl(fields, {baseUrl});
  if (hasOnlyEmptyFilters(fields)) {
    return {kind: 'nothing', id: 'nothing: no filter value', parkingGroup, reason: 'no-filter-value'};
  }
  const {origin} = new URL(url);
  const sandbox = textOf(inputs.sandbox, 'sandbox') ?? DEFAULT_SANDBOX;
  const allow = allowFor(textOf(inputs.allow, 'allow') ?? DEFAULT_ALLOW, origin);
  if (origin === inputs.page.origin && canEscapeSandbox(sandbox)) {
    throw new ChatAppDialogError(
      'same-origin',
      "base-url: this is the page's own origin. Use the Dialog's address.",
      'baseUrl',
    );
  }
  const credential = credentialOf(inputs, last);
  const fieldsWith = (answer?: AnsweredFields): DialogFields => ({
    ...fields,
    accessToken: answer ? answer.accessToken : credential.kind === 'token' ? (credential.raw as string) : null,
    crmDomain: answer?.crmDomain ?? fields.crmDomain,
    employeeExtCode: answer?.employeeExtCode ?? fields.employeeExtCode,
  });
  return {
    kind: 'conversation',
    id: [url, sandbox, allow].join('\n'),
    parkingGroup,
    url,
    origin,
    sandbox,
    allow,
    credential,
    urlWith(answer) {
      try {
        return buildDialogUrl(fieldsWith(answer), {baseUrl});
      } catch (cause) {
        const isAnswer = answer !== undefined && cause instanceof DialogFieldError;
        if (!isAnswer) throw toDialogError(cause);
        throw credential.kind === 'url'
          ? routeError(`the answer has an unusable ${cause.field}.`)
          : callbackError(`answered an unusable ${cause.field}`);
      }
    },
    isEmployeeIncomplete: (answer) => isEmployeeIncomplete(fieldsWith(answer)),
  };
}

/** Reads the credential. A bad one is told, and leaves an open chat alone. */
function credentialOf(
  {accessToken, getAccessToken, accessTokenUrl, page}: Inputs,
  last: Intent | undefined,
): Credential {
  const lastCredential = last?.kind === 'conversation' ? last.credential : undefined;
  const bad = (raw: unknown, error: ChatAppDialogError): Credential =>
    lastCredential?.kind === 'bad' && Object.is(lastCredential.raw, raw) ? lastCredential : {kind: 'bad', raw, error};
  if (getAccessToken != null && getAccessToken !== '') {
    if (typeof getAccessToken === 'function') {
      return {kind: 'callback', raw: getAccessToken, source: getAccessToken as GetAccessToken};
    }
    const message = 'get-access-token: set the property getAccessToken to a function.';
    return bad(getAccessToken, new ChatAppDialogError('invalid-field', message, 'getAccessToken'));
  }
  if (accessTokenUrl != null && accessTokenUrl !== '') {
    try {
      return {kind: 'url', raw: accessTokenUrl, source: tokenUrlOf(accessTokenUrl, page)};
    } catch (cause) {
      return bad(accessTokenUrl, toDialogError(cause));
    }
  }
  if (accessToken == null || accessToken === '') return {kind: 'none', raw: accessToken};
  try {
    fieldParameters({accessToken: accessToken as string});
    return {kind: 'token', raw: accessToken};
  } catch (cause) {
    return bad(accessToken, toDialogError(cause));
  }
}

/** What parked conversations have in common. With an input that is not plain text, nothing is parked. */
function parkingGroupOf(inputs: Inputs): string | null {
  const {fields, baseUrl, sandbox, allow} = inputs;
  const parts = [fields.crmDomain, fields.employeeExtCode, baseUrl, sandbox ?? DEFAULT_SANDBOX, allow ?? DEFAULT_ALLOW];
  const {getAccessToken, accessTokenUrl, accessToken} = inputs;
  const hasCredential = [getAccessToken, accessTokenUrl, accessToken].some((value) => value != null && value !== '');
  try {
    return parts.every(isPlainInput) ? JSON.stringify([...parts, hasCredential]) : null;
  } catch {
    return null; // a revoked proxy throws even if it is asked what it is
  }
}

const isPlainInput = (value: unknown): boolean =>
  value == null || typeof value === 'string' || typeof value === 'number' || value instanceof URL;

/** Reads a base URL once: an object could give another text the next time. */
function baseUrlOf(value: unknown): string | null {
  if (value == null) return null;
  try {
    return String(value);
  } catch {
    throw new DialogFieldError('baseUrl', 'pass a string or a URL.');
  }
}

function textOf(value: unknown, name: string): string | null {
  if (value == null) return null;
  if (typeof value === 'string') return value;
  throw new ChatAppDialogError('invalid-field', `${name}: pass a string.`, name);
}

/** An input as text, to notice a change; by its type where it cannot be read. */
function describe(value: unknown): string {
  try {
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  } catch {
    return typeof value;
  }
}

/** An error is told once, so an intent that says the same keeps the same error object. */
const sameError = (intent: Extract<Intent, {kind: 'invalid'}>, last: Intent | undefined): Intent =>
  last?.kind === 'invalid' && last.id === intent.id ? {...intent, error: last.error} : intent;
