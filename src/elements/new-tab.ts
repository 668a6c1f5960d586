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
