/**
 * Opens a tab while the click counts, and cuts its link to this page before the Dialog is in it.
 * @returns `null` where the browser, or a script that has replaced `window.open`, refuses it
 */
export function openBlankTab(): Window | null {
  try {
    const tab = window.open();
    if (tab) tab.opener = null;
    return tab;
  } catch {
    return null;
  }
}

/** Leads a blank tab to its address, or closes it where there is none. */
export async function navigate(tab: Window, url: string | Promise<string>): Promise<void> {
  try {
    tab.location.replace(await url);
  } catch (error) {
    tab.close();
    throw error;
  }
}
