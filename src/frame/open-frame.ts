import {IS_CHROMIUM, IS_WEBKIT} from './engine.js';

/** What a frame is opened with. */
export interface FrameOptions {
  /** The frame's sandbox. */
  sandbox: string;
  /** The frame's permissions policy. */
  allow: string;
}

/** Each frame's window at its opening. */
const windows = new WeakMap<HTMLIFrameElement, Window | null>();

/** Whether a move has reloaded a frame: it then has another window. Chromium keeps each frame that it moves. */
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
  // Never loaded: the navigation takes its place before the browser looks whether the frame is in view. A frame without
  // `src` would load about:blank first, which takes as long again as the way to the request. In WebKit, the navigation
  // would wait for the view as well.
  if (!IS_WEBKIT) {
    frame.loading = 'lazy';
    frame.src = 'https://a.invalid';
  }
  if (IS_CHROMIUM) frame.name = crypto.getRandomValues(new Uint32Array(4)).join();
  parent.appendChild(frame);
  frame.sandbox = sandbox;
  if (IS_CHROMIUM) {
    // By a link: the first look at a frame's window makes a script context of its blank document, which takes half as
    // long as the way to the request. Chromium follows the link within click(), so that the frame is there.
    const link = document.createElement('a');
    link.target = frame.name;
    link.href = url;
    link.click();
    frame.removeAttribute('name');
  } else {
    windows.set(frame, frame.contentWindow);
    frame.contentWindow?.location.replace(url);
  }
  return frame;
}
