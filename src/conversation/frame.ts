import {ChatAppDialogError} from '../dialog-error.js';

/** What a frame is opened with. */
export interface FrameOptions {
  sandbox: string;
  /** The permissions policy. */
  allow: string;
  /** The accessible name. */
  title: string;
}

/** The window of each frame when it was opened. */
const windows = new WeakMap<HTMLIFrameElement, Window | null>();

/** Whether a move has reloaded a frame: it then has another window. */
export const isReloaded = (frame: HTMLIFrameElement): boolean => windows.get(frame) !== frame.contentWindow;

/**
 * Makes a frame, appends it, and navigates it in the same task. So the page's history does not grow, and the URL with
 * its token is nowhere in the DOM (measured in Chromium 156, Firefox 153 and WebKitGTK 2.50).
 */
export function openFrame(container: Element, url: string, {allow, sandbox, title}: FrameOptions): HTMLIFrameElement {
  const frame = container.ownerDocument.createElement('iframe');
  frame.title = title;
  frame.setAttribute('part', 'frame');
  frame.setAttribute('allow', allow);
  // With the full list at once, Chromium warns on the console: the initial about:blank has the page's origin.
  frame.setAttribute('sandbox', 'allow-same-origin');
  container.append(frame);
  frame.setAttribute('sandbox', sandbox);
  try {
    if (!frame.contentWindow) throw new Error('The frame has no window.');
    windows.set(frame, frame.contentWindow);
    frame.contentWindow.location.replace(url);
  } catch (cause) {
    frame.remove();
    throw cause;
  }
  return frame;
}

/** Reports once if somebody else takes a frame out of its container, or the container out of its tree. */
export function watchRemoval(
  frame: HTMLIFrameElement,
  signal: AbortSignal,
  report: (error: ChatAppDialogError) => void,
): void {
  const root = frame.getRootNode();
  const observer = new MutationObserver(() => {
    if (root.contains(frame)) return;
    observer.disconnect();
    const message = 'Something outside the element removed its frame, for example an ad blocker or a script.';
    report(new ChatAppDialogError('frame-removed', message));
  });
  observer.observe(root, {childList: true, subtree: true});
  signal.addEventListener('abort', () => observer.disconnect());
}
