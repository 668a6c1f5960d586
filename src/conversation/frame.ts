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
 * @returns `null` if the signal has aborted meanwhile
 */
export function openFrame(
  container: Element,
  url: string,
  {allow, sandbox, title}: FrameOptions,
  signal: AbortSignal,
): HTMLIFrameElement | null {
  const frame = container.ownerDocument.createElement('iframe');
  frame.title = title;
  frame.setAttribute('part', 'frame');
  frame.setAttribute('allow', allow);
  // With the full list at once, Chromium warns on the console: the initial about:blank has the page's origin.
  frame.setAttribute('sandbox', 'allow-same-origin');
  try {
    container.append(frame);
    // A listener of the page for the `load` of the blank frame may have closed or changed the conversation.
    if (signal.aborted) {
      frame.remove();
      return null;
    }
    frame.setAttribute('sandbox', sandbox);
    windows.set(frame, frame.contentWindow);
    frame.contentWindow!.location.replace(url);
  } catch (cause) {
    frame.remove();
    throw cause;
  }
  return frame;
}

/** Reports once if somebody else moves a frame, or takes it or its container out of the tree. */
export function watchRemoval(
  frame: HTMLIFrameElement,
  signal: AbortSignal,
  report: (error: ChatAppDialogError) => void,
): void {
  const root = frame.getRootNode();
  const observer = new MutationObserver(() => {
    if (root.contains(frame) && !isReloaded(frame)) return;
    observer.disconnect();
    const message = 'Another script or an ad blocker has removed or moved the frame.';
    report(new ChatAppDialogError('frame-removed', message));
  });
  observer.observe(root, {childList: true, subtree: true});
  signal.addEventListener('abort', () => observer.disconnect());
}
