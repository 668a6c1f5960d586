import {isChromium, isWebKit} from './engine.js';

/** What a frame is opened with. */
export interface FrameOptions {
  /** The frame's sandbox. */
  sandbox: string;
  /** The frame's permissions policy. */
  allow: string;
}

/** Windows at the opening, but for Chromium's frames, which keep theirs. */
const windows = new WeakMap<HTMLIFrameElement, Window | null>();

/** Whether a move has reloaded a frame: it then has another window. */
export const isReloaded = (frame: HTMLIFrameElement): boolean =>
  windows.has(frame) && windows.get(frame) !== frame.contentWindow;

/**
 * Makes a frame, appends it, and navigates it in the same task, so that the page's history does not grow and the URL
 * with its token is nowhere in the DOM (measured in Chromium 156, Firefox 153, WebKitGTK 2.50).
 */
export function openFrame(parent: Node, url: string, {allow, sandbox}: FrameOptions): HTMLIFrameElement {
  // The initial about:blank is of our origin: with the page's own list at once, Chromium would warn of it at each
  // opening. A list that only changes before the navigation holds in all three engines; one that is added may not.
  // This one lets the watch see whether about:blank is still there.
  const frame = parent.ownerDocument!.createElement('iframe');
  frame.setAttribute('part', 'frame');
  frame.setAttribute('allow', allow);
  frame.setAttribute('sandbox', 'allow-same-origin');
  if (!isWebKit() && 'loading' in frame) {
    // Never loaded, for our navigation takes its place; but without it about:blank would load first, which takes as
    // long again as all the rest. In WebKit our navigation would wait for the view as well.
    frame.loading = 'lazy';
    frame.src = 'https://a.invalid';
  }
  // Nobody else's frame can have this name.
  if (isChromium()) frame.name = crypto.getRandomValues(new Uint32Array(4)).join();
  parent.appendChild(frame);
  frame.setAttribute('sandbox', sandbox);
  // In Chromium only a frame with a window is laid out; its tabs give none to those beyond 1,000.
  if (isChromium() && frame.checkVisibility?.()) {
    // Whoever touches a frame's window makes Chromium set up JavaScript for the blank document, which takes half as long
    // as all the rest. A link does not. Where nothing has its target's name it would open a tab; but the frame is there,
    // and Chromium follows the link within click().
    const link = frame.ownerDocument.createElement('a');
    link.target = frame.name;
    link.href = url;
    link.click();
  } else {
    windows.set(frame, frame.contentWindow);
    frame.contentWindow?.location.replace(url);
  }
  return frame;
}
