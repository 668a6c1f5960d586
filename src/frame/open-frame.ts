import {IS_CHROMIUM, IS_WEBKIT} from './engine.js';

/** What a frame is opened with. */
export interface FrameOptions {
  /** The frame's sandbox. */
  sandbox: string;
  /** The frame's permissions policy. */
  allow: string;
}

/** Frames of Chromium, where a frame keeps its window. */
const linked = new Set<HTMLIFrameElement>();
/** Chromium gives no window to the frames of a tab beyond 1,000; the link would then open one. */
const MOST_FRAMES = 900;

/** The others' windows at their opening. */
const windows = new WeakMap<HTMLIFrameElement, Window | null>();

/** Whether a move has reloaded a frame: it then has another window. */
export const isReloaded = (frame: HTMLIFrameElement): boolean => windows.has(frame) && windows.get(frame) !== frame.contentWindow;

/**
 * Makes a frame, appends it, and navigates it in the same task, so that the page's history does not grow and the URL
 * with its token is nowhere in the DOM (measured in Chromium 156, Firefox 153, WebKitGTK 2.50).
 */
export function openFrame(parent: Node, url: string, {allow, sandbox}: FrameOptions): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.part = 'frame';
  frame.allow = allow;
  // The initial about:blank is of our origin: with the page's own list at once, Chromium would warn of it at each
  // opening. A list that only changes before the navigation holds in all three engines; one that is added may not.
  // This one lets the watch see whether about:blank is still there.
  frame.sandbox = 'allow-same-origin';
  if (!IS_WEBKIT) {
    // Never loaded, for our navigation takes its place; but without it about:blank would load first, which takes as
    // long again as all the rest. In WebKit our navigation would wait for the view as well.
    frame.loading = 'lazy';
    frame.src = 'https://a.invalid';
  }
  for (const other of linked) if (!other.isConnected) linked.delete(other);
  const isLinked = IS_CHROMIUM && linked.size + window.length < MOST_FRAMES;
  if (isLinked) {
    linked.add(frame);
    // Nobody else's frame can have this name.
    frame.name = crypto.getRandomValues(new Uint32Array(4)).join();
  }
  parent.appendChild(frame);
  frame.sandbox = sandbox;
  if (isLinked) {
    // Whoever touches a frame's window makes Chromium set up JavaScript for the blank document, which takes half as long
    // as all the rest. A link does not, and is followed within click(): the frame cannot be gone. It is a link of the
    // frame's document, so that one without a window opens nothing.
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
