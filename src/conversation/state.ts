import type {ChatAppDialogError} from '../dialog-error.js';
import type {FrameStatus} from '../events.js';
import type {AnsweredFields, OpeningReason} from './access-token.js';
import {asksForToken, type Intent} from './intent.js';
import type {Manner} from './manner.js';

/** What an opening needs to know of how it came about. */
export interface Opening {
  reason: OpeningReason;
  /** Whether it was begun by another callback or URL, after one had failed. That is tried only once by itself. */
  isOtherSource: boolean;
}

export interface Base {
  /** What the page wants. */
  intent: Intent;
  manner: Manner;
  /** Number of the opening, or of the idle or error state. What belongs to an earlier one is ignored. */
  run: number;
}

export interface WithFrame extends Base {
  /** Whether the frame was opened with a credential. */
  withToken: boolean;
  /** What is wrong with a credential that came later. The open chat stays. */
  tokenError: ChatAppDialogError | null;
}

/** No conversation. `detached` opens when the element is connected; the others stay until an input changes, or `reload()`. */
export interface Idle extends Base {
  kind: 'idle';
  why: 'nothing' | 'closed' | 'signed-out' | 'detached';
  /** A bad credential while signed out. */
  error: ChatAppDialogError | null;
  /** How to open when the element is connected again. */
  opening: Opening;
}

/** Inputs have changed, or the conversation opens again. The old one is gone, and the next task decides what follows. */
export interface Settling extends Base {
  kind: 'settling';
  opening: Opening;
}

/** Until the element comes into view, or until the agent comes to a page that was prerendered. */
export interface Waiting extends Base {
  kind: 'waiting';
  opening: Opening;
}

/** Until the page's callback, or its server, gives a token. */
export interface Authorizing extends Base {
  kind: 'authorizing';
  opening: Opening;
}

export interface Loading extends WithFrame {
  kind: 'loading';
  opening: Opening;
  answer: AnsweredFields | undefined;
  /** Whether the load takes longer than usual. */
  isSlow: boolean;
}

export interface Loaded extends WithFrame {
  kind: 'loaded';
  /** Whether it was parked, and nothing was loaded. */
  isRestored: boolean;
}

/** The frame has not loaded in time. It stays: a slow image may hold its load back while the chat works. */
export interface Overdue extends WithFrame {
  kind: 'overdue';
  error: ChatAppDialogError;
}

/** Nothing is open, because the intent, the credential, the callback or the load failed. */
export interface Failed extends Base {
  kind: 'error';
  /** `callback`: neither `getAccessToken` nor `access-token-url` gave a token. */
  cause: 'intent' | 'credential' | 'callback' | 'load';
  error: ChatAppDialogError;
  opening: Opening;
}

export type State = Idle | Settling | Waiting | Authorizing | Loading | Loaded | Overdue | Failed;

/** What is to blame for an error at the beginning of a state's work. */
export function causeOf(error: ChatAppDialogError, {intent}: State): 'credential' | 'callback' | 'load' {
  if (intent.kind === 'conversation' && intent.credential.kind === 'bad') return 'credential';
  return error.code === 'access-token' ? 'callback' : 'load';
}

/** Whether a frame belongs to the state. */
export const hasFrame = (state: State): state is Loading | Loaded | Overdue =>
  state.kind === 'loading' || state.kind === 'loaded' || state.kind === 'overdue';

/** The status that the page sees. */
export function statusOf(state: State): FrameStatus {
  switch (state.kind) {
    case 'overdue':
      return 'error';
    case 'settling': {
      const {intent, manner} = state;
      if (intent.kind !== 'conversation' || intent.credential.kind === 'bad') return 'idle';
      if (manner.isLazy) return 'waiting';
      return asksForToken(intent) ? 'authorizing' : 'loading';
    }
    default:
      return state.kind;
  }
}

/** All that is wrong; what is wrong with a token that came later is first. */
export function errorsOf(state: State): ChatAppDialogError[] {
  const tokenError = hasFrame(state) ? state.tokenError : null;
  const error = state.kind === 'idle' || state.kind === 'error' || state.kind === 'overdue' ? state.error : null;
  return [tokenError, error].filter((each) => each !== null);
}

/** The error that the page sees. */
export const errorOf = (state: State): ChatAppDialogError | null => errorsOf(state)[0] ?? null;

/** Whether the frame of the first state is the frame of the second one. */
export const keepsFrame = (before: State, after: State): boolean => hasFrame(after) && after.run === before.run;

/** Whether the frame that goes is parked: another conversation follows, of the same agent and with the same rights. */
export const isParkable = (before: State, after: State): boolean =>
  before.kind === 'loaded' &&
  before.manner.keepAlive > 0 &&
  before.intent.kind === 'conversation' &&
  before.withToken === (before.intent.credential.kind !== 'none') &&
  after.kind === 'settling' &&
  after.opening.reason === 'open' &&
  after.intent.id !== before.intent.id &&
  after.intent.parkingGroup !== null &&
  after.intent.parkingGroup === before.intent.parkingGroup;

/** How many conversations stay parked, and of which group. */
export function parkingOf({intent, manner, ...state}: State): {group: string | null; limit: number} {
  if (state.kind === 'idle' && state.why !== 'nothing') return {group: null, limit: 0};
  // While settling, the one that is about to return must not be evicted.
  return {
    group: intent.parkingGroup,
    limit: manner.keepAlive > 0 && state.kind === 'settling' ? manner.keepAlive + 1 : manner.keepAlive,
  };
}

/** In which group an earlier answer with a token may be used again; in none where the token may be bad. */
export const tokenGroupOf = (state: State): string | null =>
  state.kind === 'error' && state.cause === 'callback' ? null : parkingOf(state).group;
