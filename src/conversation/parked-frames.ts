import {isReloaded} from './frame.js';

/** Milliseconds between two looks at where the keyboard is, while conversations are parked. */
const LOOK_INTERVAL_MS = 50;

/** WebKit does not always tell the page that a hidden frame has taken the focus (measured in WebKitGTK 2.50). */
const canPark = (): boolean => !navigator.vendor.startsWith('Apple');

/**
 * Conversations that are not shown. Their frames stay in the shadow tree as the agent left them, hidden and inert.
 *
 * In Chromium a hidden frame of another site can take the keyboard by script (measured in Chromium 156; Firefox 153 does
 * not let it). A frame that does so is dropped, and the focus goes back to where it was.
 */
export class ParkedFrames {
  /** By the id of the intent, least recently shown first. */
  readonly #frames = new Map<string, HTMLIFrameElement>();
  /** What the parked conversations have in common. */
  #group: string | null = null;
  /** Who the agent is, as the last answer with a token said. */
  #agent = '';
  /** Ends the guard of the keyboard, which is there while something is parked. */
  #guard: AbortController | undefined;
  /** Where the focus was at the last look, or before the `blur` event that followed it. */
  #focused: HTMLIFrameElement | null | undefined;

  has(id: string): boolean {
    const frame = this.#frames.get(id);
    return !!frame && isUsable(frame);
  }

  /** Hides a conversation, or drops it where that is not safe. */
  park(id: string, frame: HTMLIFrameElement): void {
    // A frame that still has the focus would get the agent's keys. Its box may be hidden, or the page may be a frame itself.
    if (!canPark() || (frame.getRootNode() as ShadowRoot).activeElement === frame) {
      frame.remove();
      return;
    }
    this.#frames.set(id, frame);
    frame.setAttribute('inert', '');
    // Inline, because an element that came back from another document may have lost its style sheets.
    frame.style.setProperty('visibility', 'hidden', 'important');
    // The page's own styles reach parts, and could show it.
    frame.removeAttribute('part');
  }

  /** Shows a conversation again. */
  restore(id: string): HTMLIFrameElement | null {
    const frame = this.#frames.get(id);
    if (!frame || !isUsable(frame)) return null;
    frame.setAttribute('part', 'frame');
    frame.style.removeProperty('visibility');
    frame.removeAttribute('inert');
    this.#frames.delete(id); // last: what a page has replaced may throw, and then the frame must go with the others
    return frame;
  }

  drop(id: string): void {
    this.#frames.get(id)?.remove();
    this.#frames.delete(id);
  }

  clear(): void {
    for (const frame of this.#frames.values()) frame.parentNode?.removeChild(frame); // as in Frames.clear()
    this.#frames.clear();
    this.dropOthers(null, 0);
  }

  /** Drops what belongs to another group and what is too much, and guards the keyboard if any frame is left. */
  dropOthers(group: string | null, limit: number): void {
    const isSameGroup = group !== null && group === this.#group;
    this.#group = group;
    for (const [id, frame] of this.#frames) {
      if (!isSameGroup || this.#frames.size > limit || !isUsable(frame)) this.drop(id);
    }
    this.#guard?.abort();
    const [frame] = this.#frames.values();
    if (frame) this.#watch(frame);
  }

  /** Drops frames that a move has reloaded. */
  dropUnusable(): void {
    this.dropOthers(this.#group, this.#frames.size);
  }

  /** Drops everything if the server says that another agent is signed in. */
  setAgent(agent: string): void {
    if (agent !== this.#agent) this.dropOthers(this.#group, 0);
    this.#agent = agent;
  }

  /** Sees that no parked conversation has the keyboard, until the next `dropOthers()`. */
  #watch(frame: HTMLIFrameElement): void {
    const parentNode = frame.parentNode!;
    const trees = treesAround(frame);
    const look = () => {
      let focused = focusedIn(trees);
      for (const [id, parked] of this.#frames) {
        // One that was clicked a moment ago may still enter full screen.
        if (parked !== focused && isUsable(parked)) continue;
        // First: a page may have a function of its own named focus, which throws.
        this.drop(id);
        if (parked === focused) {
          focused = this.#focused;
          focus(); // of the page, because another frame may have it
          (focused?.contentWindow ?? focused)?.focus();
        }
      }
      if (!this.#frames.size) this.#guard?.abort();
      // A frame of the page that a script has focused as an element stays the active one whatever happens; only Chromium
      // calls that :focus-within. One that the agent clicked or came to by Tab is left alone: in it, the field would lose
      // the focus.
      if (document.hasFocus() && focused?.contentWindow && focused.matches(':focus-within')) {
        focused.blur();
        focused.contentWindow?.focus();
      }
      this.#focused = focused;
    };
    const timer = setInterval(look, LOOK_INTERVAL_MS);
    this.#guard = new AbortController();
    const {signal} = this.#guard;
    signal.addEventListener('abort', () => clearInterval(timer));
    // At once, while nobody types: later, Chromium may send a key that comes in between to a parked conversation.
    parentNode.addEventListener('focusin', look, {signal});
    for (const target of [window, ...trees]) {
      target.addEventListener(
        'blur',
        (event) => {
          if (event.target === window) look();
          // The innermost tree is heard last, and its target is the most exact one.
          else [this.#focused] = event.composedPath() as HTMLIFrameElement[];
        },
        {capture: true, signal},
      );
    }
    // A page may render more often than the timer is due.
    look();
  }
}

/** The trees that a frame is in, from the innermost: the focus in a closed one is seen from inside only. */
function treesAround(frame: Node): (Document | ShadowRoot)[] {
  const trees: (Document | ShadowRoot)[] = [];
  for (let node: Node | undefined = frame; node; node = (trees.at(-1) as ShadowRoot).host) {
    trees.push(node.getRootNode() as Document | ShadowRoot);
  }
  return trees;
}

/** The innermost element that has the focus. Most often it is a frame, and others have no window. */
function focusedIn(trees: (Document | ShadowRoot)[]): HTMLIFrameElement | null | undefined {
  let focused: Element | null | undefined = trees.map(({activeElement}) => activeElement).find((element) => element);
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused as HTMLIFrameElement | null | undefined;
}

/**
 * Whether a parked frame still is what the agent left. Another document has no guard of the keyboard, and a frame in full
 * screen would cover everything with a blank page (measured in Chromium 156).
 */
const isUsable = (frame: HTMLIFrameElement): boolean =>
  frame.isConnected && frame.ownerDocument === document && !isReloaded(frame) && !frame.matches(':fullscreen');
