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
  /** Ends the guard of the keyboard, which is there while something is kept. */
  #guard: AbortController | undefined;
  /** Where the focus was at the last look, or before the `blur` event that followed it. */
  #focused: HTMLIFrameElement | null | undefined;

  /** Hides a conversation. */
  keep(key: string, frame: HTMLIFrameElement): void {
    // As an attribute: our style hides what has it, also in engines that do not know it.
    frame.setAttribute('inert', '');
    // The page's own styles reach parts, and could show it.
    frame.removeAttribute('part');
    this.#kept.set(key, frame);
    // Now, and not when the browser next paints: until then the keys would be his whom the page no longer means. Last,
    // for a handler of the page may hear of it, and close the conversation.
    frame.blur();
  }

  /** Gives a conversation back, to be shown. */
  takeOut(key: string): HTMLIFrameElement | undefined {
    const frame = this.#kept.get(key);
    this.#kept.delete(key);
    if (frame) {
      frame.setAttribute('part', 'frame');
      frame.removeAttribute('inert');
    }
    return frame;
  }

  /** Ends what is too much, and what a move has reloaded; sees from then on who has the keyboard, if any is left. */
  limitTo(limit: number): void {
    for (const [key, frame] of this.#kept) {
      // So written, a limit that is no number (a text, where no types hold it back) keeps nothing. Another document has
      // not the style that hides. In full screen a hidden frame would leave nothing else to be seen (measured in
      // Chromium 156) until the agent presses Escape; taken away, it ends the full screen.
      if (
        isWebKit() ||
        frame.ownerDocument !== document ||
        !(this.#kept.size <= limit) ||
        isReloaded(frame) ||
        frame.matches(':fullscreen')
      )
        this.unkeep(key);
    }
    this.#guard?.abort();
    const [frame] = this.#kept.values();
    if (frame) this.#watch(frame);
  }

  /** Ends a conversation. */
  unkeep(key: string): void {
    this.takeOut(key)?.remove();
  }

  /** Sees that no kept conversation has the keyboard, until the next `limitTo()`. */
  #watch(frame: HTMLIFrameElement): void {
    const parentNode = frame.parentNode!;
    /** The trees that the frames are in, from the innermost: the focus in a closed one is seen from inside only. */
    const trees: (Document | ShadowRoot)[] = [];
    const look = () => {
      // What has a window of its own is a frame, and the rest has none.
      let focused: HTMLIFrameElement | null | undefined;
      for (const tree of trees) focused ??= tree.activeElement as HTMLIFrameElement | null;
      while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement as HTMLIFrameElement;
      for (const [key, kept] of this.#kept) {
        if (kept !== focused) continue;
        focused = this.#focused;
        focus(); // of the page, in case that another frame has it
        (focused?.contentWindow ?? focused)?.focus();
        this.unkeep(key);
        this.limitTo(Infinity);
      }
      // A frame that a script has focused as an element stays the active one whatever happens; only Chromium calls that
      // :focus-within. One that the agent clicked or came to by Tab is left alone: in it, the field would lose the focus.
      if (document.hasFocus() && focused?.parentNode === parentNode && focused.matches(':focus-within')) {
        focused.blur();
        focused.contentWindow?.focus();
      }
      this.#focused = focused;
    };
    const timer = setInterval(look, LOOK);
    const {signal} = (this.#guard = new AbortController());
    signal.addEventListener('abort', () => clearInterval(timer));
    for (let tree: ShadowRoot, node: Node = frame; node; node = tree.host)
      trees.push((tree = node.getRootNode() as ShadowRoot));
    // At once, while nobody types: later, Chromium may send a key that comes in between to a kept conversation.
    parentNode.addEventListener('focusin', look, {signal});
    for (const target of [window, ...trees])
      target.addEventListener(
        'blur',
        (event) => {
          if (event.target === window) look();
          // The innermost tree is heard last, and tells most.
          else [this.#focused] = event.composedPath() as HTMLIFrameElement[];
        },
        {capture: true, signal},
      );
    // A page may render more often than the timer is due.
    look();
  }
}
