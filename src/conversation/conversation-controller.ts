import type {LitElement, ReactiveController} from 'lit';
import {toDialogError} from '../dialog-error.js';
import type {OpeningReason} from './access-token.js';
import {watchRemoval} from './frame.js';
import {Frames} from './frames.js';
import {isPrerendering, untilInView, untilPrerendered} from './in-view.js';
import {Hints} from './hints.js';
import {asksForToken, type Inputs, intentOf} from './intent.js';
import {isOffline, unreachableError, untilOnline, watchLoad} from './load-watch.js';
import {type MannerInputs, mannerOf} from './manner.js';
import {nextTask, untilRendered, untilSettled} from './next-task.js';
import {eventsBetween} from './page-events.js';
import {causeOf, type State, tokenGroupOf} from './state.js';
import {Tokens} from './tokens.js';
import {crashed, type Facts, initialState, type StateEvent, transition} from './transition.js';

/** What the controller reads from its element. */
export interface Sources {
  inputs: () => Inputs;
  manner: () => MannerInputs;
  /** The element that the frames belong in. It is there from the first render on. */
  container: () => HTMLElement;
}

/**
 * Carries out what the states ask for: has frames taken away, parked and restored, asks for tokens, opens frames, and
 * tells the page. Which state follows is decided by {@link transition}.
 */
export class ConversationController implements ReactiveController {
  readonly #host: LitElement;
  readonly #sources: Sources;
  readonly #frames: Frames;
  #state: State = initialState();
  /** The state that the page was last told of by events. */
  #told = this.#state;
  /** Ends everything that belongs to the state's run. */
  #runController = new AbortController();
  /** Events to carry out. The page's code can run in the middle of the first one, and cause further ones. */
  readonly #queue: StateEvent[] = [];
  readonly #hints: Hints;
  readonly #tokens = new Tokens();

  constructor(host: LitElement, sources: Sources) {
    this.#host = host;
    this.#sources = sources;
    this.#hints = new Hints(host);
    this.#frames = new Frames(host, sources.container);
    host.addController(this);
  }

  get state(): State {
    return this.#state;
  }

  get frame(): HTMLIFrameElement | null {
    return this.#frames.shown;
  }

  hostConnected(): void {
    if (this.#isLive) this.#readAs('connected');
  }

  hostDisconnected(): void {
    this.#dispatch({type: 'disconnected'});
  }

  /** Call it after `moveBefore()`, which disconnects nothing. Some engines reload the frame all the same. */
  hostMoved(): void {
    if (this.#frames.checkAfterMove()) this.#dispatch({type: 'moved'});
  }

  /** Reads the inputs, and takes away what no longer matches them. Call it in each update, before it renders. */
  readInputs(): void {
    if (this.#isLive) this.#readAs('inputs');
  }

  /** Opens again, whatever there is. */
  reload(reason: OpeningReason): void {
    this.#tokens.forget(); // they always ask, also if another customer comes meanwhile
    this.#dispatch({type: 'reload', reason, isConnected: this.#isLive});
  }

  /** Closes until another conversation is asked for, or until `reload()`. */
  close(): void {
    this.#readAs('closed');
  }

  /** Nothing loads in a document without a window. */
  get #isLive(): boolean {
    return this.#host.isConnected && this.#host.ownerDocument.defaultView !== null;
  }

  /** Reads the inputs for an event. `intentOf` and `mannerOf` do not throw; if one did, the old chat must not stay. */
  #readAs(type: 'connected' | 'inputs' | 'closed'): void {
    try {
      const intent = intentOf(this.#sources.inputs, this.#state.intent);
      const manner = mannerOf(this.#sources.manner, (problem) => this.#hints.give(problem));
      this.#dispatch({type, intent, manner});
    } catch (cause) {
      this.#failClosed(cause);
    }
  }

  #dispatch(event: StateEvent): void {
    if (this.#queue.push(event) > 1) return;
    while (this.#queue.length > 0) {
      try {
        this.#carryOut(this.#queue[0]!);
      } catch (cause) {
        this.#failClosed(cause);
      } finally {
        this.#queue.shift();
      }
    }
  }

  #carryOut(event: StateEvent): void {
    const before = this.#state;
    const after = transition(before, event);
    if (after === before) return;
    this.#state = after;
    if (after.run !== before.run) this.#endRun();
    this.#tokens.forgetOthers(tokenGroupOf(after)); // first, because the page's code may throw while frames go
    this.#frames.update(before, after);
    if (after.kind === 'loaded' && before.kind === 'settling') this.#watchRemoval(after.run);
    this.#host.requestUpdate();
    if (after.kind === before.kind && after.run === before.run) void this.#tell();
    else if (after.kind === 'settling') void this.#settle(after.run);
    else void this.#begin(after);
  }

  #endRun(): void {
    this.#runController.abort();
    this.#runController = new AbortController();
  }

  /** An exception that no input explains. The old conversation goes, and the page gets an error. */
  #failClosed(cause: unknown): void {
    this.#endRun();
    this.#state = crashed(this.#state, toDialogError(cause));
    void Promise.resolve().then(() => this.#tell()); // also where one of the next lines throws
    this.#frames.clear();
    this.#host.requestUpdate();
  }

  /** Waits until the page has made all its changes. */
  async #settle(run: number): Promise<void> {
    try {
      await untilSettled(this.#runController.signal);
      this.#dispatch({type: 'next-task', run, facts: this.#facts()});
    } catch (cause) {
      this.#failClosed(cause);
    }
  }

  #facts(): Facts {
    const {intent} = this.#state;
    return {
      offline: intent.kind === 'conversation' && isOffline(intent.origin) ? unreachableError() : null,
      answer: this.#tokens.earlier(intent),
      isParked: this.#frames.isParked(intent.id),
      isPrerendering: isPrerendering(this.#host.ownerDocument),
    };
  }

  /** Tells the page, and then begins what the state stands for, unless the page changes it in the same task. */
  async #begin({kind, run}: State): Promise<void> {
    await this.#tell();
    await untilRendered(this.#host);
    try {
      if (this.#host.isUpdatePending) await nextTask(this.#runController.signal); // a microtask has changed an input
      const state = this.#state;
      if (state.kind !== kind || state.run !== run) return;
      if (state.kind === 'waiting') await this.#waitForView(run);
      else if (state.kind === 'authorizing') await this.#askForToken(state);
      else if (state.kind === 'loading') this.#open(state);
      else if (state.kind === 'error' && state.error.code === 'unreachable') {
        await untilOnline(this.#runController.signal);
        this.#dispatch({type: 'online', run});
      }
    } catch (caught) {
      const error = toDialogError(caught);
      const cause = causeOf(error, this.#state);
      // The developer sees it too where the page's own UI replaces the element's.
      if (cause === 'callback' && this.#state.run === run) this.#hints.give(error.message);
      this.#dispatch({type: 'failed', run, cause, error});
    }
  }

  async #tell(): Promise<void> {
    await untilRendered(this.#host);
    const now = this.#state;
    if (now.kind === 'settling') return; // told when it has settled
    const events = eventsBetween(this.#told, now);
    this.#told = now;
    for (const event of events) {
      try {
        this.#host.dispatchEvent(event);
      } catch (cause) {
        reportError(cause); // a page may have replaced the method; listeners' exceptions end up there too
      }
      // A handler may have closed the conversation, and with it everything that was still to be told.
      if (this.#state.run !== now.run) return;
    }
  }

  async #waitForView(run: number): Promise<void> {
    const {signal} = this.#runController;
    await untilPrerendered(this.#host.ownerDocument, signal);
    if (this.#state.manner.isLazy) await untilInView(this.#host, signal);
    // The page may set another customer in the task that scrolls the element into view.
    await untilSettled(signal);
    this.#dispatch({type: 'in-view', run, facts: this.#facts()});
  }

  async #askForToken({intent, opening, run}: State & {kind: 'authorizing'}): Promise<void> {
    if (!asksForToken(intent)) return;
    const {signal} = this.#runController;
    // The browser ends requests of a page that it keeps for the Back button, and the answer would never come.
    const resume = ({persisted}: PageTransitionEvent) => persisted && this.#dispatch({type: 'resumed'});
    addEventListener('pageshow', resume, {signal});
    const answer = await this.#tokens.ask(intent, opening.reason, signal);
    // The page may set another customer in the task that answers.
    await untilSettled(signal);
    this.#dispatch({type: 'token', run, answer});
  }

  #open({intent, manner, opening, run, ...state}: State & {kind: 'loading'}): void {
    if (intent.kind !== 'conversation') return;
    // A handler of the page may have set another credential after the opening began.
    if (intent.credential.kind === 'bad') throw intent.credential.error;
    const answer = asksForToken(intent) ? state.answer : undefined;
    if (asksForToken(intent) && !answer) return this.reload(opening.reason);
    const url = intent.urlWith(answer);
    if (intent.isEmployeeIncomplete(answer)) this.#hints.give('crm-domain and employee-ext-code need each other.');
    const {signal} = this.#runController;
    const agent = JSON.stringify([answer?.crmDomain, answer?.employeeExtCode]);
    const frame = this.#frames.open(url, agent, intent, manner, signal);
    if (!frame) return;
    const hint = (text: string) => this.#hints.give(text);
    watchLoad(frame, {...manner, origin: intent.origin, hint}, signal, (news) => this.#dispatch({...news, run}));
    this.#watchRemoval(run);
  }

  #watchRemoval(run: number): void {
    watchRemoval(this.#frames.shown!, this.#runController.signal, (error) => {
      this.#dispatch({type: 'failed', run, cause: 'load', error});
    });
  }
}
