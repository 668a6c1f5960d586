import {DialogFieldError, toAttribute} from './url/fields.js';

/** What `ChatAppDialogError.code` can be. */
export const ERROR_CODES = [
  'invalid-field',
  'invalid-base-url',
  'same-origin',
  'access-token',
  'blocked-by-csp',
  'blocked-by-coep',
  'unreachable',
  'timeout',
  'frame-removed',
  'internal',
] as const;

/** What is wrong; docs/reference.md says what to do for each code. */
export type ChatAppDialogErrorCode = (typeof ERROR_CODES)[number];

/**
 * Says what is wrong, with which attribute and what to do, in English, for the page's developer.
 * Never holds a phone, a token or another input's value.
 */
export class ChatAppDialogError extends Error {
  override name = 'ChatAppDialogError';

  constructor(
    /** Kind of the error. */
    readonly code: ChatAppDialogErrorCode,
    message: string,
    /** Property at fault, for example `phones` or `baseUrl`; `undefined` where no single one is. */
    readonly field?: string,
    /** HTTP status with which the route of `access-token-url` answered; `undefined` where that is not the cause. */
    readonly status?: number,
  ) {
    super(message);
  }
}

/** What was thrown for an input, in the words of the elements: an attribute's name instead of the field's. */
export function toDialogError(cause: unknown): ChatAppDialogError {
  try {
    if (cause instanceof ChatAppDialogError) return cause;
    if (cause instanceof DialogFieldError) {
      const {field, message} = cause;
      const code = field === 'baseUrl' ? 'invalid-base-url' : 'invalid-field';
      return new ChatAppDialogError(code, message.replace(field, toAttribute(field)), field);
    }
  } catch {
    // A page can throw what throws again when it is asked what it is, for example a revoked proxy.
  }
  const name = errorNameOf(cause) ?? typeof cause;
  return new ChatAppDialogError('internal', `An unexpected ${name} was thrown. Check the values that the page sets.`);
}

/** The name of what a page threw, and no more: its message may quote a phone, or a request with its token. */
export function errorNameOf(cause: unknown): string | null {
  try {
    return /^([A-Z]\w{0,30})?Error$/.exec((cause as Error).name)?.[0] ?? null;
  } catch {
    return null;
  }
}
