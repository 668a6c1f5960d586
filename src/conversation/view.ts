import type {ChatAppDialogError, ChatAppDialogErrorCode} from '../dialog-error.js';
import {errorOf, hasFrame, type State} from './state.js';

/** The texts that say what is wrong: by the kind of a bad field, by the circumstances, or by the error's code. */
type ErrorText = 'phones' | 'dialog-ids' | 'channel' | 'employee' | 'renewal' | 'offline' | ChatAppDialogErrorCode;

/** What the element shows of its own, one value for each state. */
export type View = {
  /** `overlay` covers the frame, `banner` stands above it. `skip` is the strip beside a loaded frame. */
  cover: 'overlay' | 'banner' | 'skip';
  /** Whether there is the button that opens again. */
  canRetry: boolean;
} & (
  | {content: 'loading'; text: 'loading' | 'authorizing'}
  | {content: 'empty'; text: 'idle' | 'empty'}
  | {content: 'slow'; text: 'slow'}
  | {content: 'error'; text: ErrorText; error: ChatAppDialogError}
  | {content: 'chat'}
);

/** What the element shows in a state. */
export function viewOf(state: State, isOnline: boolean): View {
  const error = errorOf(state);
  // What is wrong with a credential that came meanwhile is said when the cover goes: it must not come and go.
  const isOpening = state.kind === 'loading' && !state.isSlow;
  if (error && !isOpening) return errorView(state, error, isOnline);
  switch (state.kind) {
    case 'idle': {
      const {intent} = state;
      const isEmpty = intent.kind === 'nothing' && intent.reason === 'no-filter-value';
      return {cover: 'overlay', content: 'empty', text: isEmpty ? 'empty' : 'idle', canRetry: false};
    }
    case 'authorizing':
      return {cover: 'overlay', content: 'loading', text: 'authorizing', canRetry: false};
    case 'loaded':
      return {cover: 'skip', content: 'chat', canRetry: false};
    case 'loading':
      if (state.isSlow) return {cover: 'banner', content: 'slow', text: 'slow', canRetry: true};
      return {cover: 'overlay', content: 'loading', text: 'loading', canRetry: false};
    default:
      return {cover: 'overlay', content: 'loading', text: 'loading', canRetry: false};
  }
}

/** Whether the agent must not reach the frame, because something covers it. The network changes only texts. */
export const isCovered = (state: State): boolean => viewOf(state, true).cover === 'overlay';

function errorView(state: State, error: ChatAppDialogError, isOnline: boolean): View {
  return {
    cover: hasFrame(state) ? 'banner' : 'overlay',
    content: 'error',
    // A banner above an open conversation must not say that it cannot be opened.
    text: hasFrame(state) && error === state.tokenError ? 'renewal' : errorText(error, isOnline),
    error,
    canRetry: state.kind !== 'loaded' && !FOR_DEVELOPERS.has(error.code),
  };
}

/** Opening again does not help: only the page's developer can mend these. */
const FOR_DEVELOPERS: ReadonlySet<ChatAppDialogErrorCode> = new Set<ChatAppDialogErrorCode>([
  'invalid-field',
  'invalid-base-url',
  'same-origin',
  'blocked-by-csp',
  'blocked-by-coep',
]);

/** Fields that have a text of their own. */
const FIELD_TEXTS: ReadonlyMap<string | undefined, ErrorText> = new Map<string | undefined, ErrorText>([
  ['phones', 'phones'],
  ['dialogIds', 'dialog-ids'],
  ['licenseId', 'channel'],
  ['messengerType', 'channel'],
  ['crmDomain', 'employee'],
  ['employeeExtCode', 'employee'],
  ['accessToken', 'access-token'],
  ['accessTokenUrl', 'access-token'],
  ['getAccessToken', 'access-token'],
]);

/** What to tell the agent of an error. */
export const errorText = (error: ChatAppDialogError, isOnline: boolean): ErrorText => {
  if (error.code === 'unreachable' && !isOnline) return 'offline';
  return (error.code === 'invalid-field' && FIELD_TEXTS.get(error.field)) || error.code;
};
