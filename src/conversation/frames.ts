import {isReloaded, openFrame} from './frame.js';
import type {Manner} from './manner.js';
import {ParkedFrames} from './parked-frames.js';
import {isParkable, keepsFrame, parkingOf, type State} from './state.js';
import {isCovered} from './view.js';

/** The frames of one element: the shown one, and the parked ones beside it. */
export class Frames {
  readonly #host: Element;
  readonly #container: () => HTMLElement;
  readonly #parked = new ParkedFrames();
  #shown: HTMLIFrameElement | null = null;

  /** @param container  gives the element that the frames belong in; it is there from the first render on */
  constructor(host: Element, container: () => HTMLElement) {
    this.#host = host;
    this.#container = container;
  }

  get shown(): HTMLIFrameElement | null {
    return this.#shown;
  }

  isParked(id: string): boolean {
    return this.#parked.has(id);
  }

  /** Whether a move has reloaded the shown frame. Parked ones that were reloaded are dropped. */
  checkAfterMove(): boolean {
    this.#parked.dropUnusable();
    return this.#shown !== null && isReloaded(this.#shown);
  }

  /** Takes away, parks and restores what a new state asks for. */
  update(before: State, after: State): void {
    if (after.run !== before.run) this.#keepFocus();
    const frame = this.#shown;
    if (frame && !keepsFrame(before, after)) {
      if (isParkable(before, after)) this.#parked.park(before.intent.id, frame);
      else frame.remove();
      this.#shown = null;
    }
    if (after.kind === 'settling' && after.opening.reason !== 'open') this.#parked.drop(after.intent.id);
    if (after.kind === 'loaded' && before.kind === 'settling') {
      this.#shown = this.#parked.restore(after.intent.id);
      if (!this.#shown) throw new Error('The parked frame is gone.');
    }
    const {group, limit} = parkingOf(after);
    this.#parked.dropOthers(group, limit);
    if (this.#shown) {
      this.#shown.title = after.manner.label;
      this.#shown.toggleAttribute('inert', isCovered(after));
    }
  }

  /**
   * Opens a frame and shows it.
   * @param url  the Dialog's URL with the token: a secret
   * @param agent  who the answer with the token says the agent is; another one's parked conversations are dropped
   * @returns `null` if the signal has aborted meanwhile
   */
  open(
    url: string,
    agent: string,
    rights: {sandbox: string; allow: string},
    {label}: Manner,
    signal: AbortSignal,
  ): HTMLIFrameElement | null {
    this.#parked.setAgent(agent);
    const frame = openFrame(this.#container(), url, {...rights, title: label}, signal);
    if (!frame) return null;
    this.#shown = frame;
    // While the cover is there, see update().
    frame.setAttribute('inert', '');
    return frame;
  }

  /** Takes all frames away. */
  clear(): void {
    const frame = this.#shown;
    this.#shown = null;
    frame?.parentNode?.removeChild(frame); // a page's own `remove()` may have thrown
    this.#parked.clear();
  }

  /** The frame or the button that has the focus is about to go. In the container, the focus stays in the element. */
  #keepFocus(): void {
    if (hasFocus(this.#host)) this.#container().focus({preventScroll: true});
  }
}

/**
 * Whether something in an element's shadow tree has the focus. A page that is itself in a frame remembers what was focused
 * in it while the page around it has the focus, and `focus()` would take the keyboard away from there.
 */
export function hasFocus({shadowRoot, ownerDocument}: Element): boolean {
  const {defaultView} = ownerDocument;
  return !!shadowRoot?.activeElement && (defaultView === defaultView?.parent || ownerDocument.hasFocus());
}
