import type {LitElement, ReactiveController} from 'lit';
import {type ChatAppDialogError, toDialogError} from '../dialog-error.js';
import {ChatAppErrorEvent, ChatAppLoadEvent, ChatAppLoadStartEvent, ChatAppStatusChangeEvent} from '../events.js';
import {
  accessTokenError,
  type AnsweredFields,
  type GetAccessToken,
  type OpeningReason,
  requestAccessToken,
} from './access-token.js';
import {FramePool} from './frame-pool.js';
import {type FrameEvent, type FrameStatus, next} from './frame-state.js';
import {untilInView} from './in-view.js';
import {isOffline, type LoadNews, type LoadOptions, unreachableError, watchLoad} from './load-watch.js';
import {DialogFieldError} from '../url/fields.js';
import {type FrameOptions, isReloaded, openFrame} from './open-frame.js';
import {preconnect} from './preconnect.js';

/** What the element's inputs ask for at this moment. */
export interface FrameRequest extends FrameOptions, LoadOptions {
  /**
   * Tells conversations apart: two requests of one key belong in one frame, whatever their tokens. Of what opens nothing,
   * on purpose: the origin to connect to early, or `''`.
   */
  key: string;
  /** Where to go, token included, with what `getAccessToken` answered; none where nothing is to be opened. */
  toUrl?: (answered?: AnsweredFields) => string;
  /** Why nothing can be opened, or, with the key of an open conversation, what is wrong with its new token. */
  error?: ChatAppDialogError | undefined;
  /** What kept conversations have in common: with another one, none of them stays. */
  keptScope: string;
  /** How many conversations stay besides the shown one. */
  keepAlive: number;
  /** The page's token, or the callback that gets one. */
  credential?: GetAccessToken | string | null | undefined;
  /** Whether to wait until the element is in view. */
  isLazy: boolean;
}

/**
 * Owns the iframe: makes one for each opening, and takes it away, or has it kept out of sight, as soon as it is not
 * what the page asks for.
 *
 * One opening is one fresh iframe, so that a superseded one can fire no late `load`, and the previous customer's chat is
 * out of sight at once (measured in Chromium 156, Firefox 153, WebKitGTK 2.50).
 */
export class FrameController implements ReactiveController {
  /** The current frame. */
  frame: HTMLIFrameElement | null = null;
  status: FrameStatus = 'idle';
  /** Whether the load takes so long that the agent gets something to do. */
  isSlow = false;
  /** Whether the focus was in the element when a conversation was taken away, and has gone nowhere since. */
  hadFocus = false;

  readonly #host: LitElement;
  readonly #resolve: () => FrameRequest;
  readonly #container: () => Element;
  /** The request that the present state answers; none: the next update answers anew. */
  #current: FrameRequest | null = null;
  /** Ends what an opening left running: the wait, the question for a token, the watch of the load, the wait for a network. */
  #opening: AbortController | null = null;
  /** Why the opening failed, where its inputs were good. */
  #failure: ChatAppDialogError | null = null;
  /** The next update opens, whatever is asked for. */
  #isOutdated = false;
  #reason: OpeningReason = 'open';
  #openedWithToken = false;
  /** Appends the frame after the render that is under way: before the first one, there is no container for it. */
  #appendFrame: (() => void) | null = null;
  readonly #pool = new FramePool();
  /** Who the last answer of `getAccessToken` said the agent is. */
  #agent = '';
  /** The page took its token back; with the next one the same conversation opens again. */
  #signedOut = false;
  /** Another callback was tried after one had failed. */
  #triedAnother = false;
  #events: Event[] = [];
  #announcedStatus: FrameStatus = this.status;

  /**
   * @param resolve  reads the inputs
   * @param container  the element that the frames belong in, once it is rendered
   */
  constructor(host: LitElement, resolve: () => FrameRequest, container: () => Element) {
    this.#host = host;
    this.#resolve = resolve;
    this.#container = container;
    host.addController(this);
  }

  get error(): ChatAppDialogError | null {
    return (this.status === 'idle' ? null : this.#current?.error) ?? this.#failure;
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#pool.limitTo(0);
    // What was closed, signed out or refused stays so; what was open, or tried to, opens anew.
    if (!this.frame && !this.#opening && !this.#failure) return;
    this.#current = null;
    this.#end('close');
  }

  /** After a move that disconnects nothing: where the engine reloaded the frame all the same, the conversation opens anew. */
  hostMoved(): void {
    if (this.frame && isReloaded(this.frame)) this.reload('open');
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    if (!this.#host.isConnected) return;
    const last = this.#current;
    const request = (this.#current = this.#resolve());
    const {keepAlive, key, keptScope} = request;
    this.#pool.limitTo(keptScope === last?.keptScope ? keepAlive : 0);
    if (!this.#isOutdated && key === last?.key) return this.#update(request, last);
    if (this.#isOutdated) this.#pool.unkeep(key);
    else this.#reason = 'open';
    this.#isOutdated = false;
    this.#triedAnother = false;
    this.#show(request, last);
  }

  /** Opens again, whatever there is. */
  reload(reason: OpeningReason): void {
    this.#isOutdated = true;
    this.#reason = reason;
    this.#host.requestUpdate();
  }

  /** Closes until another conversation is asked for, or until `reload()`. */
  close(): void {
    this.#current = this.#resolve();
    this.#signedOut = this.#isOutdated = false;
    this.#pool.limitTo(0);
    this.#end('close');
  }

  /** Call it after each update. Appends the frame of a new opening, and tells the page what happened. */
  rendered(): void {
    const appendFrame = this.#appendFrame;
    this.#appendFrame = null;
    appendFrame?.();
    if (this.#announcedStatus !== this.status) {
      this.#announcedStatus = this.status;
      this.#host.dispatchEvent(new ChatAppStatusChangeEvent());
    }
    // A handler may close the conversation, and with it what was still to be said.
    while (this.#events.length) this.#host.dispatchEvent(this.#events.shift()!);
  }

  #show(request: FrameRequest, last: FrameRequest | null): void {
    const {credential, error, isLazy, keepAlive, key, origin, keptScope, toUrl} = request;
    // Opened without a token, it would come back with its login form once there is one.
    const isKept =
      keepAlive &&
      this.status === 'loaded' &&
      last?.key !== key &&
      last?.keptScope === keptScope &&
      !credential !== this.#openedWithToken;
    this.#end(error ? 'fail' : 'close', isKept ? last.key : '');
    // A handler of the page may have heard that the focus went, and closed the conversation.
    if (this.#current !== request) return;
    const kept = this.#pool.takeOut(key);
    this.#pool.limitTo(keepAlive);
    if (kept) {
      this.frame = kept;
      this.#openedWithToken = !!credential;
      this.#signedOut = false;
      this.#dispatch('restore', new ChatAppLoadEvent(true));
    }
    if (error) this.#report(error);
    else if (!kept) {
      if (origin && (isLazy || !toUrl || typeof credential === 'function')) preconnect(origin);
      if (toUrl) void this.#open(request);
    }
  }

  /** The conversation is the same; its token came, went or turned bad, or something changed that does not navigate. */
  #update(request: FrameRequest, last: FrameRequest): void {
    const {credential, error} = request;
    const isOtherError = error?.message !== last.error?.message;
    if (error) {
      if (!isOtherError || (this.status === 'idle' && !this.#signedOut)) return;
      // A bad token is no reason to take away what the agent is working in.
      if (!this.frame) this.#end('fail');
      this.#report(error);
    } else if (!credential && (this.#signedOut || this.#openedWithToken)) {
      this.#signedOut = true;
      if (this.status !== 'idle') this.#end('close');
    } else if (this.#mustOpen(request, last)) {
      this.#triedAnother = this.status === 'error';
      this.#show(request, last);
    }
  }

  /** Whether what changed is what the present state waits for. */
  #mustOpen({credential, isLazy}: FrameRequest, last: FrameRequest): boolean {
    const isCallback = typeof credential === 'function';
    if (this.frame || this.#appendFrame) return !!credential && !this.#openedWithToken;
    switch (this.status) {
      case 'waiting':
        return !isLazy;
      case 'authorizing':
        return !isCallback;
      case 'error':
        if (last.error) return true; // it is mended
        // Another callback only once: a framework may make a new one at each render, and each error may make it render.
        return (
          this.#failure?.code === 'access-token' &&
          credential !== last.credential &&
          !(isCallback && this.#triedAnother)
        );
      default:
        return this.#signedOut && !!credential;
    }
  }

  async #open(request: FrameRequest): Promise<void> {
    const {signal} = (this.#opening = new AbortController());
    this.#signedOut = false;
    try {
      if (request.isLazy) {
        this.#dispatch('wait');
        await untilInView(this.#host, signal);
        while (this.#host.isUpdatePending) await this.#host.updateComplete;
        signal.throwIfAborted();
      }
      if (isOffline(request.origin)) throw unreachableError();
      let answered: AnsweredFields | undefined;
      if (typeof this.#current!.credential === 'function') {
        this.#openedWithToken = true;
        this.#dispatch('authorize');
        await this.#host.updateComplete;
        while (this.#host.isUpdatePending) await this.#host.updateComplete;
        // Checked in the very tick of the act, here and below: a tick later the page may mean another customer.
        signal.throwIfAborted();
        answered = await requestAccessToken(this.#current!.credential as GetAccessToken, this.#reason, signal);
        while (this.#host.isUpdatePending) await this.#host.updateComplete;
        signal.throwIfAborted();
      }
      this.#append(this.#current!, answered, signal);
    } catch (error) {
      if (!signal.aborted) this.#fail(toDialogError(error));
    }
  }

  #append(request: FrameRequest, answered: AnsweredFields | undefined, signal: AbortSignal): void {
    const url = urlWith(request, answered);
    // Another agent's conversations are not this one's.
    const agent = [answered?.crmDomain, answered?.employeeExtCode].join('\n');
    if (agent !== this.#agent) this.#pool.limitTo(0);
    this.#agent = agent;
    this.#openedWithToken = !!request.credential;
    this.#triedAnother = false;
    this.#reason = 'open';
    const appendFrame = () => {
      if (signal.aborted) return;
      const frame = openFrame(this.#container(), url, request);
      this.frame = frame;
      // After the insertion, because the load of about:blank fires inside it, in WebKit.
      watchLoad(frame, request, signal, (news) => signal.aborted || this.#hear(news));
    };
    if (this.#host.isUpdatePending) this.#appendFrame = appendFrame;
    else appendFrame();
    this.#dispatch('open', new ChatAppLoadStartEvent());
  }

  /** What became known of the load. */
  #hear(news: LoadNews): void {
    if (news === 'slow') {
      this.isSlow = true;
      this.#host.requestUpdate();
    } else if (news === 'load') {
      this.#opening!.abort();
      this.#opening = this.#failure = null;
      this.#dispatch('load', new ChatAppLoadEvent());
    } else if (news.code === 'timeout') {
      // The frame stays: a slow image may hold its load back while the chat works.
      this.#failure = news;
      this.#report(news);
      this.#dispatch('fail');
    } else this.#fail(news);
  }

  #fail(error: ChatAppDialogError): void {
    this.#end('fail');
    this.#failure = error;
    this.#report(error);
    if (error.code === 'unreachable' && !navigator.onLine) {
      this.#opening = new AbortController();
      addEventListener('online', () => this.reload('retry'), {once: true, signal: this.#opening.signal});
    }
  }

  #report(error: ChatAppDialogError): void {
    this.#events.push(new ChatAppErrorEvent(error));
  }

  /** Takes the conversation away, with all that was still to be said of it; with a key, only out of sight. */
  #end(event: 'close' | 'fail', key?: string): void {
    const {activeElement, body} = document;
    // The frame's own focus only Chromium calls :focus-within.
    this.hadFocus =
      !!this.#host.shadowRoot?.activeElement ||
      this.#host.matches(':focus-within') ||
      (this.hadFocus && activeElement === body);
    this.#opening?.abort();
    if (this.frame && key) this.#pool.keep(key, this.frame);
    else this.frame?.remove();
    this.frame = this.#opening = this.#failure = null;
    this.isSlow = this.#openedWithToken = false;
    this.#events = [];
    this.#dispatch(event);
  }

  #dispatch(event: FrameEvent, ...toAnnounce: Event[]): void {
    this.status = next(this.status, event);
    this.#events.push(...toAnnounce);
    this.#host.requestUpdate();
  }
}

/** @throws ChatAppDialogError if the answer holds a field that cannot be used */
function urlWith(request: FrameRequest, answered: AnsweredFields | undefined): string {
  try {
    return request.toUrl!(answered);
  } catch (cause) {
    throw answered && cause instanceof DialogFieldError
      ? accessTokenError(`answered an unusable ${cause.field}`)
      : cause;
  }
}
