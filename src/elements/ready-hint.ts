import type {LitElement, ReactiveController} from 'lit';
import {Hints} from '../conversation/hints.js';

/** How long a framework may take to fill in a template. */
const PATIENCE_MS = 5000;

/** Tells the page's developer, once, why an element has been waiting for its filter for long. */
export class ReadyHint implements ReactiveController {
  readonly #host: LitElement;
  readonly #reason: () => string | null;
  readonly #hints: Hints;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param reason  why the element is not ready; `null` if it is */
  constructor(host: LitElement, reason: () => string | null) {
    this.#host = host;
    this.#reason = reason;
    this.#hints = new Hints(host);
  }

  hostConnected(): void {
    this.hostUpdated();
  }

  hostUpdated(): void {
    if (!this.#host.isConnected || !this.#read()) this.hostDisconnected();
    else this.#timer ??= setTimeout(() => this.#tell(), PATIENCE_MS);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #tell(): void {
    this.#timer = undefined;
    const reason = this.#read();
    if (reason) this.#hints.give(reason);
  }

  /** A property of the page's class may throw. The element tells of that itself. */
  #read(): string | null {
    try {
      return this.#reason();
    } catch {
      return null;
    }
  }
}
