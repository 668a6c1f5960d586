/** What the agent reads in the elements. */
export interface Messages {
  /** The conversation opens. */
  loading: string;
  /** A token was asked for. */
  authorizing: string;
  /** The load takes longer than usual. */
  slow: string;
  /** Nothing is open, on purpose. */
  idle: string;
  /** The customer has no phone and no chat. */
  empty: string;
  /** The button that opens again. */
  retry: string;
  /** The link to the conversation in a new tab. */
  open: string;
  /** The switch that shows the English message for the page's developer. */
  details: string;
  /** `phones` cannot be used. */
  phones: string;
  /** `dialog-ids` cannot be used. */
  'dialog-ids': string;
  /** `license-id` or `messenger-type` cannot be used. */
  channel: string;
  /** `crm-domain` or `employee-ext-code` cannot be used. */
  employee: string;
  /** A token that came later cannot be used. The chat beside this text stays. */
  renewal: string;
  /** Nobody answers because the browser has no network. */
  offline: string;
  /** Another input cannot be used. The texts from here on are those of `error.code`. */
  'invalid-field': string;
  'invalid-base-url': string;
  'same-origin': string;
  'access-token': string;
  'blocked-by-csp': string;
  'blocked-by-coep': string;
  unreachable: string;
  timeout: string;
  'frame-removed': string;
  internal: string;
}

/** The texts that every language falls back on, one by one. */
export const ENGLISH: Readonly<Messages> = {
  loading: 'Opening the chat',
  authorizing: 'Signing in',
  slow: 'The chat is still loading. This takes longer than usual.',
  idle: 'No chat is open.',
  empty: 'This customer has no phone or chat. Add a phone number.',
  retry: 'Try again',
  open: 'Open in a new tab',
  details: 'Technical details',
  phones: "This customer's phone number can't be used. Correct it.",
  'dialog-ids': "This customer's chat can't be opened. Tell your administrator.",
  channel: "The channel of this chat can't be used. Tell your administrator.",
  employee: "Your employee account can't be used. Tell your administrator.",
  renewal: "This chat stays open, but your sign-in couldn't be renewed. Tell your administrator.",
  offline: 'You are offline.',
  'invalid-field': "This page's chat settings can't be used. Tell your administrator.",
  'invalid-base-url': "The chat's address can't be used. Tell your administrator.",
  'same-origin': "The chat's address can't be used. Tell your administrator.",
  'access-token': "You couldn't be signed in. If this happens again, tell your administrator.",
  'blocked-by-csp': "This page doesn't allow the chat. Tell your administrator.",
  'blocked-by-coep': "This page doesn't allow the chat. Tell your administrator.",
  unreachable: "The chat server doesn't answer.",
  timeout: "The chat hasn't loaded yet.",
  'frame-removed': 'Something on this page removed the chat window.',
  internal: "The chat can't be opened.",
};

/**
 * The page's and not this module's, because the script tag of a language is a bundle of its own, and may come before the
 * element or after it. A symbol, because an element with that id would stand in place of a global name.
 */
const KEY = Symbol.for('chatapp-dialog.messages');
const page = globalThis as {[KEY]?: Map<string, Partial<Messages>>};
const languages = (page[KEY] ??= new Map<string, Partial<Messages>>());

/** The window's event when texts have been added, or when the page's language has changed. */
export const MESSAGES_EVENT = 'chatapp-messages';

/**
 * Adds texts of a language, or replaces some of them. Elements that are on the page already show them at once.
 * @param language  the primary subtag, for example `de`; `pt-BR` counts as `pt`
 * @param messages  a text that is missing, empty or not a string stays as it was, in English if there was none
 */
export function addMessages(language: string, messages: Partial<Messages>): void {
  const texts = {...languages.get(subtagOf(language))};
  for (const key of Object.keys(ENGLISH) as (keyof Messages)[]) {
    try {
      const text: unknown = messages[key];
      if (typeof text === 'string' && text.trim()) texts[key] = text;
    } catch {
      // A getter of the page has thrown.
    }
  }
  languages.set(subtagOf(language), texts);
  globalThis.dispatchEvent?.(new Event(MESSAGES_EVENT));
}

/** Texts in the language of the closest `lang`, shadow hosts included. Those that it has not are missing. */
export function translationFor(element: Element): Partial<Messages> {
  let language: string | undefined;
  for (
    let node: Element | undefined = element;
    node && language === undefined;
    node = (node.getRootNode() as ShadowRoot).host
  ) {
    language = node.closest<HTMLElement>('[lang]')?.lang;
  }
  return languages.get(subtagOf(language)) ?? {};
}

/** Texts in the language of the closest `lang`; in English, one by one, where it has none. */
export const messagesFor = (element: Element): Messages => ({...ENGLISH, ...translationFor(element)});

const subtagOf = (language: unknown): string => String(language).split('-')[0]!.toLowerCase();

const watched = new WeakSet<Document>();
let observer: MutationObserver | undefined;

/** Notices when the `lang` of a document's root changes. One observer serves all elements. */
export function watchLanguageOf(document: Document): void {
  if (watched.has(document)) return;
  watched.add(document);
  observer ??= new MutationObserver(() => dispatchEvent(new Event(MESSAGES_EVENT)));
  observer.observe(document.documentElement, {attributeFilter: ['lang']});
}
