/** What the agent reads in the element. */
export interface Messages {
  loading: string;
  authorizing: string;
  /** The load takes longer than usual. */
  slow: string;
  /** Any error without a text of its own. */
  error: string;
  /** Nobody answers because the browser has no network. */
  offline: string;
  unreachable: string;
  timeout: string;
  'access-token': string;
  /** The customer has no phone and no chat. */
  empty: string;
  idle: string;
  retry: string;
  open: string;
  /** Text of another error code. */
  [code: string]: string;
}

const ENGLISH: Messages = {
  loading: 'Opening the conversation',
  authorizing: 'Signing in',
  slow: 'This takes longer than usual.',
  error: 'The conversation cannot be opened.',
  offline: 'You are offline.',
  unreachable: 'The server does not answer.',
  timeout: 'The conversation has not loaded.',
  'access-token': 'You could not be signed in.',
  empty: 'This customer has no phone or chat.',
  idle: 'No conversation is open.',
  retry: 'Try again',
  open: 'Open in a new tab',
};

/**
 * By language. The page's and not this module's, because the script tag of a language is a bundle of its own, and may
 * come before the element or after it.
 */
const LANGUAGES: Record<string, Messages> = ((
  globalThis as {chatappDialogMessages?: Record<string, Messages>}
).chatappDialogMessages ??=
  // Without a prototype, for no language is called "constructor".
  Object.create(null) as Record<string, Messages>);

/** The window's event when a language has been added, for elements that are there already. */
export const MESSAGES_EVENT = 'chatapp-messages';

/** Adds a language by its primary subtag, for example `ru`. */
export const addMessages = (language: string, messages: Messages): void => {
  LANGUAGES[language] = messages;
  globalThis.dispatchEvent?.(new Event(MESSAGES_EVENT));
};

/** Texts in the language of the closest `lang`, shadow hosts included; English where there are none. */
export const messagesFor = (element: Element): Messages => {
  let language: string | undefined;
  for (
    let node: Element | undefined = element;
    node && language === undefined;
    node = (node.getRootNode() as ShadowRoot).host
  ) {
    language = node.closest<HTMLElement>('[lang]')?.lang;
  }
  return LANGUAGES[language?.split('-')[0]!.toLowerCase() ?? ''] ?? ENGLISH;
};
