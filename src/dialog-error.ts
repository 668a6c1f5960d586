import {DialogFieldError, toAttribute} from './url/fields.js';

/** What `ChatAppDialogError.code` can be. */
export const ERROR_CODES = [
  'invalid-field',
  'invalid-base-url',
  'same-origin',
  'access-token',
  'blocked-by-csp',
  'unreachable',
  'timeout',
  'internal',
] as const;

/** Why a conversation is not opened; the README says what to do for each code. */
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
  ) {
    super(message);
  }
}

/** What was thrown for an input, in the words of the elements: an attribute's name instead of the field's. */
export const toDialogError = (cause: unknown): ChatAppDialogError => {
  if (cause instanceof ChatAppDialogError) return cause;
  if (cause instanceof DialogFieldError) {
    const {field, message} = cause;
    const code = field === 'baseUrl' ? 'invalid-base-url' : 'invalid-field';
    return new ChatAppDialogError(code, message.replace(field, toAttribute(field)), field);
  }
  // Only the name: the message of an unknown error may quote a phone or a token.
  const name = cause instanceof Error ? cause.name : typeof cause;
  return new ChatAppDialogError('internal', `An unexpected ${name} was thrown. Check the values that the page sets.`);
};
