import type {LitElement, ReactiveController} from 'lit';
import type {ChatAppDialogError} from '../dialog-error.js';
import {ChatAppErrorEvent, ChatAppLoadEvent, ChatAppLoadStartEvent, ChatAppStatusChangeEvent} from '../events.js';
import {type FrameEvent, type FrameStatus, next} from './frame-state.js';

/** What the element's inputs ask for at this moment. */
export interface FrameRequest {
  /** Tells conversations apart: two requests of one key belong in one frame, whatever their tokens. `''` opens nothing, on purpose. */
  key: string;
  /** Where to go, token included; none where nothing is to be opened. */
  url?: string;
  /** Why nothing can be opened, or, with the key of an open conversation, what is wrong with its new token. */
  error?: ChatAppDialogError | undefined;
  /** Whether the page has given a token. */
  hasToken?: boolean;
  /** The frame's sandbox. */
  sandbox?: string;
  /** The frame's permissions policy. */
  allow?: string;
}

/**
 * Owns the iframe: makes one for each opening, and takes it away as soon as it is not what the page asks for.
 *
 * One opening is one fresh iframe without `src`, navigated by `location.replace()` in the task of its insertion. So
 * the page's history does not grow, the URL with its token is nowhere in the DOM, a superseded frame can fire no late
 * `load`, and the previous customer's chat is gone at once (measured in Chromium 156, Firefox 153, WebKitGTK 2.50).
 */
export class FrameController implements ReactiveController {
  /** The current frame. */
  frame: HTMLIFrameElement | null = null;
  status: FrameStatus = 'idle';
  error: ChatAppDialogError | null = null;

  readonly #host: LitElement;
  readonly #resolve: () => FrameRequest;
  /** The request that the present state answers; none: the next update answers anew. */
  #current: FrameRequest | null = null;
  #openedWithToken: boolean | undefined;
  /** The page took its token back; with the next one the same conversation opens again. */
  #signedOut = false;
  #events: Event[] = [];
  #announcedStatus: FrameStatus = this.status;

  constructor(host: LitElement, resolve: () => FrameRequest) {
    this.#host = host;
    this.#resolve = resolve;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    // What was closed, signed out or failed stays so; what was open opens anew.
    if (!this.frame) return;
    this.#current = null;
    this.#end('close');
  }

  hostUpdate(): void {
    if (!this.#host.isConnected) return;
    const last = this.#current;
    const request = (this.#current = this.#resolve());
    if (request.key === last?.key) this.#updateToken(request);
    else this.#show(request);
  }

  /** Opens again, whatever there is. */
  reload(): void {
    this.#current = null;
    this.#host.requestUpdate();
  }

  /** Closes until another conversation is asked for, or until `reload()`. */
  close(): void {
    this.#current = this.#resolve();
    this.#end('close');
  }

  /** Tells the page what happened, once it is rendered: a handler sees the new state and may change attributes. */
  announce(): void {
    if (this.#announcedStatus !== this.status) {
      this.#announcedStatus = this.status;
      this.#host.dispatchEvent(new ChatAppStatusChangeEvent());
    }
    // A handler may close the conversation, and with it what was still to be said.
    for (let event; (event = this.#events.shift()); ) this.#host.dispatchEvent(event);
  }

  #show(request: FrameRequest): void {
    const {error, url} = request;
    this.#end(error ? 'fail' : 'close');
    if (error) this.#report(error);
    else if (url) this.#open(request, url);
  }

  /** The conversation is the same; its token came, went, or turned bad. A renewed one serves the next opening. */
  #updateToken(request: FrameRequest): void {
    const {error, hasToken} = request;
    const isOtherError = this.error?.message !== error?.message;
    if (!this.frame && !this.#signedOut) {
      if (this.error && isOtherError) this.#show(request);
    } else if (error) {
      // No reason to take away what the agent is working in.
      if (isOtherError) this.#report(error);
    } else {
      this.error = null;
      if (hasToken) {
        if (!this.frame || !this.#openedWithToken) this.#show(request);
      } else if (this.frame && this.#openedWithToken) {
        this.#end('close');
        this.#signedOut = true;
      }
    }
  }

  #open({sandbox, allow, hasToken}: FrameRequest, url: string): void {
    const frame = (this.frame = document.createElement('iframe'));
    frame.part = 'frame';
    frame.allow = allow!;
    // The initial about:blank is of our origin: with the page's own list at once, Chromium would warn of it at each
    // opening. A list that only changes before the navigation holds in all three engines; one that is added may not.
    frame.sandbox = '';
    this.#host.renderRoot.append(frame);
    frame.sandbox = sandbox!;
    frame.contentWindow?.location.replace(url);
    // After the insertion, because the load of the initial about:blank fires inside it.
    frame.addEventListener('load', () => this.#dispatch('load', new ChatAppLoadEvent()), {once: true});
    this.#openedWithToken = hasToken;
    this.#dispatch('open', new ChatAppLoadStartEvent());
  }

  #report(error: ChatAppDialogError): void {
    this.error = error;
    this.#events.push(new ChatAppErrorEvent(error));
  }

  /** Takes the conversation away, with all that was still to be said of it. */
  #end(event: 'close' | 'fail'): void {
    this.frame?.remove();
    this.frame = this.error = null;
    this.#signedOut = false;
    this.#events = [];
    this.#dispatch(event);
  }

  #dispatch(event: FrameEvent, ...toAnnounce: Event[]): void {
    this.status = next(this.status, event);
    this.#events.push(...toAnnounce);
    this.#host.requestUpdate();
  }
}
