import type {LitElement, ReactiveController} from 'lit';

/**
 * Opens a tab while the click counts, and cuts its link to this page before the Dialog is in it.
 * @returns `null` where the browser, or a script that has replaced `window.open`, refuses it
 */
export function openBlankTab(): Window | null {
  let tab: Window | null = null;
  try {
    tab = window.open();
    if (tab) tab.opener = null;
    return tab;
  } catch {
    tab?.close();
    return null;
  }
}

/**
 * Waits for a token, as long as the same agent is signed in.
 * @throws DOMException `AbortError` as a rejection, where the page signs out, names another agent, or removes the element
 */
export async function whileSame<T>(
  element: LitElement,
  isSame: () => boolean,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const asking = new AbortController();
  const {signal} = asking;
  const check = () => {
    if (!isSame()) asking.abort(new DOMException('The page has signed out, or has another agent.', 'AbortError'));
  };
  const watch: ReactiveController = {hostUpdate: check, hostDisconnected: () => asking.abort()};
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as DOMException));
  });
  element.addController(watch);
  try {
    const answer = await Promise.race([ask(signal), aborted]);
    check(); // the update may come later
    signal.throwIfAborted();
    return answer;
  } finally {
    element.removeController(watch);
  }
}

export const blockedError = (): DOMException => new DOMException('Tab blocked.', 'NotAllowedError');

/**
 * Leads a blank tab to its address, or closes it if the address does not come.
 * @throws DOMException `NotAllowedError` as a rejection, where the page's sandbox forbids it. The browser's own error would quote the address.
 */
export async function navigate(tab: Window, url: string | Promise<string>): Promise<void> {
  try {
    const address = await url;
    try {
      tab.location.replace(address);
    } catch {
      throw blockedError();
    }
  } catch (error) {
    tab.close();
    throw error;
  }
}
