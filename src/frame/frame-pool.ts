import {isWebKit} from './engine.js';
import {isReloaded} from './open-frame.js';

/** Milliseconds between two looks at where the keyboard is, while conversations are kept. */
const LOOK = 50;

/**
 * Conversations that are not shown: their frames stay in the shadow tree as the agent left them, hidden and inert.
 *
 * In Chromium a hidden frame of another site can take the keyboard by script, `inert` or not (measured in Chromium 156;
 * Firefox 153 does not let it). One that is caught so is no longer kept, and the focus goes back to where it was. In
 * WebKit (measured in WebKitGTK 2.50) it can too, and the page is not always told: there nothing is kept.
 */
export class FramePool {
  /** By key, least recently shown first. */
  readonly #kept = new Map<string, HTMLIFrameElement>();
  /** Looks where the keyboard is, while something is kept. */
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Where the focus was at the last look, or before the `blur` event that followed it. */
  #focused: HTMLIFrameElement | null | undefined;

  /** Hides a conversation. */
  keep(key: string, frame: HTMLIFrameElement): void {
    // Now, and not when the browser next paints: until then the keys would be his whom the page no longer means.
    frame.blur();
    // As an attribute: our style hides what has it, also in engines that do not know it.
    frame.toggleAttribute('inert', true);
    // The page's own styles reach parts, and could show it.
    frame.part = '';
    this.#kept.set(key, frame);
  }

  /** Gives a conversation back, to be shown. */
  take(key: string): HTMLIFrameElement | undefined {
    const frame = this.#kept.get(key);
    this.#kept.delete(key);
    if (frame) {
      frame.part = 'frame';
      frame.toggleAttribute('inert', false);
    }
    return frame;
  }

  /** Ends what is too much, and what a move has reloaded. */
  trim(limit: number): void {
    // So written, a limit that is no number (a text, where no types hold it back) keeps nothing.
    for (const [key, frame] of this.#kept) if (isWebKit() || !(this.#kept.size <= limit) || isReloaded(frame)) this.drop(key);
    clearInterval(this.#timer);
    removeEventListener('blur', this.#onBlur, true);
    if (!this.#kept.size) return;
    this.#timer = setInterval(this.#look, LOOK);
    addEventListener('blur', this.#onBlur, true);
  }

  /** Ends a conversation. */
  drop(key: string): void {
    this.take(key)?.remove();
  }

  readonly #onBlur = (event: FocusEvent): void => {
    if (event.target === window) this.#look();
    else [this.#focused] = event.composedPath() as HTMLIFrameElement[];
  };

  /** Sees that no kept conversation has the keyboard. */
  readonly #look = (): void => {
    // What has a window of its own is a frame, and the rest has none.
    let focused = document.activeElement as HTMLIFrameElement | null | undefined;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement as HTMLIFrameElement;
    for (const [key, frame] of this.#kept) {
      const {parentNode} = frame;
      if (frame === focused) {
        focused = this.#focused;
        window.focus();
        (focused?.contentWindow ?? focused)?.focus();
        this.drop(key);
        this.trim(Infinity);
      }
      // A frame that a script has focused as an element stays the active one whatever happens; only Chromium calls that
      // :focus-within. One that the agent clicked or came to by Tab is left alone: in it, the field would lose the focus.
      if (document.hasFocus() && focused?.parentNode === parentNode && focused.matches(':focus-within')) {
        focused.blur();
        focused.contentWindow?.focus();
      }
    }
    this.#focused = focused;
  };
}
