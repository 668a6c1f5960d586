import type {ChatAppDialogError} from '../dialog-error.js';
import type {AnsweredFields, OpeningReason} from './access-token.js';
import {asksForToken, type Credential, type Intent, isSameIntent} from './intent.js';
import {DEFAULT_MANNER, isSameManner, type Manner} from './manner.js';
import {
  type Authorizing,
  type Base,
  type Failed,
  hasFrame,
  type Idle,
  type Loading,
  type Opening,
  type Settling,
  type State,
  type Waiting,
  type WithFrame,
} from './state.js';

/** What the browser says at the moment of an event. */
export interface Facts {
  /** Whether there is no network for the Dialog's origin. */
  offline: ChatAppDialogError | null;
  /** An earlier answer with a token that may be used again. */
  answer: AnsweredFields | undefined;
  /** Whether the conversation is parked. */
  isParked: boolean;
  /** Whether the page is only prerendered. */
  isPrerendering: boolean;
}

/** What can happen. An event with a `run` counts only while that run is the state's. */
export type StateEvent =
  | {type: 'inputs'; intent: Intent; manner: Manner}
  | {type: 'connected'; intent: Intent; manner: Manner}
  | {type: 'disconnected'}
  | {type: 'moved'}
  | {type: 'closed'; intent: Intent; manner: Manner}
  | {type: 'reload'; reason: OpeningReason; isConnected: boolean}
  | {type: 'resumed'}
  | {type: 'next-task'; run: number; facts: Facts}
  | {type: 'in-view'; run: number; facts: Facts}
  | {type: 'token'; run: number; answer: AnsweredFields}
  | {type: 'loaded'; run: number}
  | {type: 'slow'; run: number}
  | {type: 'timed-out'; run: number; error: ChatAppDialogError}
  | {type: 'failed'; run: number; cause: 'credential' | 'callback' | 'load'; error: ChatAppDialogError}
  | {type: 'online'; run: number};

const OPEN: Opening = {reason: 'open', isOtherSource: false};

const NOTHING: Intent = {kind: 'nothing', id: '', parkingGroup: null, reason: 'disabled'};

/** Before the element is connected for the first time. */
export const initialState = (intent: Intent = NOTHING, manner: Manner = DEFAULT_MANNER): State =>
  idle({intent, manner, run: 0}, 'detached');

/** The state after an event. The same object if nothing changes. */
export function transition(state: State, event: StateEvent): State {
  // Own properties only: a script may have extended Object.prototype.
  if (Object.hasOwn(event, 'run') && (event as {run?: number}).run !== state.run) return state;
  switch (event.type) {
    case 'inputs':
      if (isDetached(state)) return state; // read again when the element is connected
      if (isSameIntent(state.intent, event.intent) && isSameManner(state.manner, event.manner)) return state;
      return withInputs(state, {...state, intent: event.intent, manner: event.manner});
    case 'connected': {
      const next = {...state, intent: event.intent, manner: event.manner};
      const stays = next.kind === 'idle' && next.why !== 'detached' && event.intent.id === state.intent.id;
      return stays ? next : settling(next, next.kind === 'idle' ? next.opening : OPEN);
    }
    case 'disconnected':
      if (state.kind === 'idle' && state.why !== 'nothing') return state;
      return {...idle(state, 'detached'), opening: state.kind === 'settling' ? state.opening : OPEN};
    case 'moved':
      return hasFrame(state) ? settling(state, OPEN) : state;
    case 'closed':
      return idle({...state, intent: event.intent, manner: event.manner}, 'closed');
    case 'reload': {
      const opening = {reason: event.reason, isOtherSource: false};
      const waits = isDetached(state) || !event.isConnected;
      return waits ? {...idle(state, 'detached'), opening} : settling(state, opening);
    }
    case 'resumed':
      return state.kind === 'authorizing' ? settling(state, state.opening) : state;
    case 'next-task':
      return state.kind === 'settling' ? settle(state, event.facts) : state;
    case 'in-view':
      return state.kind === 'waiting' ? proceed(state, event.facts) : state;
    case 'token':
      return state.kind === 'authorizing' ? loading(state, event.answer) : state;
    case 'loaded':
      if (state.kind !== 'loading' && state.kind !== 'overdue') return state;
      return {...baseOf(state), ...tokenOf(state), kind: 'loaded', isRestored: false};
    case 'slow':
      return state.kind === 'loading' ? {...state, isSlow: true} : state;
    case 'timed-out':
      if (state.kind !== 'loading') return state;
      return {...baseOf(state), ...tokenOf(state), kind: 'overdue', error: event.error};
    case 'failed':
      if (state.kind === 'idle' || state.kind === 'settling' || state.kind === 'error') return state;
      return failed(state, event.cause, event.error, 'opening' in state ? state.opening : OPEN);
    case 'online':
      return state.kind === 'error' ? settling(state, {reason: 'retry', isOtherSource: false}) : state;
    default:
      return unreachable(event);
  }
}

const isDetached = (state: State): boolean => state.kind === 'idle' && state.why === 'detached';

/** Inputs have changed. `next` is the state with the new ones. */
function withInputs(state: State, next: State): State {
  const {intent} = next;
  if (state.kind === 'settling') return next; // decided in the next task
  if (intent.id !== state.intent.id) return settling(next, OPEN);
  if (intent.kind !== 'conversation') return next;
  const {credential} = intent;
  switch (next.kind) {
    case 'loading':
    case 'loaded':
    case 'overdue':
      // A bad token is no reason to take away what the agent is working in.
      if (credential.kind === 'bad') return {...next, tokenError: credential.error};
      if (credential.kind === 'none' && next.withToken) return idle(next, 'signed-out');
      if (credential.kind !== 'none' && !next.withToken) return settling(next, OPEN);
      return {...next, tokenError: null};
    case 'waiting':
      if (credential.kind === 'bad') return failed(next, 'credential', credential.error, next.opening);
      // A prerendered page waits too, and its element need not be lazy.
      return state.manner.isLazy && !next.manner.isLazy ? settling(next, next.opening) : next;
    case 'authorizing':
      if (credential.kind === 'bad') return failed(next, 'credential', credential.error, next.opening);
      if (credential.kind === 'none') return idle(next, 'signed-out');
      return isAsked(credential, state.intent) ? next : settling(next, next.opening);
    case 'error':
      return withInputsAfterError(next, state);
    case 'idle':
      if (next.why !== 'signed-out') return next;
      if (credential.kind === 'bad') return {...next, error: credential.error};
      return credential.kind === 'none' ? {...next, error: null} : settling(next, OPEN);
    default:
      return next;
  }
}

/** The conversation is the same, and the last opening has failed. A new credential may mend it. */
function withInputsAfterError(next: Failed, {intent: lastIntent}: State): State {
  if (next.intent.kind !== 'conversation' || lastIntent.kind !== 'conversation') return next;
  const {credential} = next.intent;
  if (credential.kind === 'bad') {
    return credential.error === next.error ? next : failed(next, 'credential', credential.error, next.opening);
  }
  if (next.cause === 'credential') return settling(next, OPEN); // the credential is good now
  if (next.cause !== 'callback' || credential.raw === lastIntent.credential.raw) return next;
  const isOtherSource = asksForToken(next.intent);
  // Only once by itself: each error may make a framework render, and each render may make another callback.
  if (isOtherSource && next.opening.isOtherSource) return next;
  return settling(next, {reason: 'open', isOtherSource});
}

/** The next task has come: what the inputs ask for begins. */
function settle(state: Settling, facts: Facts): State {
  const {intent, manner, opening} = state;
  switch (intent.kind) {
    case 'nothing':
      return idle(state, 'nothing');
    case 'invalid':
      return failed(state, 'intent', intent.error, opening);
    case 'conversation': {
      const {credential} = intent;
      const badToken = credential.kind === 'bad' ? credential.error : null;
      if (facts.isParked && opening.reason === 'open') {
        const withToken = credential.kind !== 'none';
        return {...baseOf(state), kind: 'loaded', withToken, tokenError: badToken, isRestored: true};
      }
      if (badToken) return failed(state, 'credential', badToken, opening);
      if (manner.isLazy || facts.isPrerendering) return {...baseOf(state), kind: 'waiting', opening};
      return proceed(state, facts);
    }
    default:
      return unreachable(intent);
  }
}

/** Nothing more to wait for. */
function proceed(state: Settling | Waiting, {offline, answer}: Facts): State {
  const {intent, opening} = state;
  if (offline) return failed(state, 'load', offline, opening);
  if (!asksForToken(intent)) return loading(state, undefined);
  // reload() and "Try again" always ask.
  if (answer && opening.reason === 'open') return loading(state, answer);
  return {...baseOf(state), kind: 'authorizing', opening};
}

/** The state after an exception that no input explains. */
export const crashed = (state: State, error: ChatAppDialogError): State => failed(state, 'load', error, OPEN);

/** Whether the answer that is awaited serves a credential. Frameworks make another callback at each render. */
const isAsked = ({kind, raw}: Credential, intent: Intent): boolean =>
  intent.kind === 'conversation' &&
  intent.credential.kind === kind &&
  (kind === 'callback' || intent.credential.raw === raw);

const baseOf = ({intent, manner, run}: Base): Base => ({intent, manner, run});
const tokenOf = ({withToken, tokenError}: WithFrame) => ({withToken, tokenError});

const loading = (state: Settling | Waiting | Authorizing, answer: AnsweredFields | undefined): Loading => ({
  ...baseOf(state),
  kind: 'loading',
  opening: state.opening,
  answer,
  isSlow: false,
  withToken: state.intent.kind === 'conversation' && state.intent.credential.kind !== 'none',
  tokenError: null,
});

const settling = (state: Base & {kind?: State['kind']}, opening: Opening): Settling => ({
  ...baseOf(state),
  kind: 'settling',
  // A later change in the same wait does not begin the wait anew, or a page that changes all the time would open nothing.
  run: state.kind === 'settling' ? state.run : state.run + 1,
  opening,
});

const idle = (state: Base, why: Idle['why']): Idle => ({
  ...baseOf(state),
  kind: 'idle',
  run: state.run + 1,
  why,
  error: null,
  opening: OPEN,
});

const failed = (state: Base, cause: Failed['cause'], error: ChatAppDialogError, opening: Opening): Failed => ({
  ...baseOf(state),
  kind: 'error',
  run: state.run + 1,
  cause,
  error,
  opening,
});

function unreachable(value: never): never {
  throw new Error(`Unexpected ${String(value)}`);
}
