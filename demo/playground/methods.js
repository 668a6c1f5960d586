import {find} from '../shared/dom.js';

/**
 * The buttons that call the element's methods, and what the page around the element may do to it.
 * @param {import('../shared/setup.js').ChatAppDialog} dialog
 */
export function wireMethods(dialog) {
  const said = find('#said');
  for (const button of document.querySelectorAll('[data-method]')) {
    button.addEventListener('click', async () => {
      said.textContent = '';
      try {
        said.textContent = await call(dialog, button.getAttribute('data-method'));
      } catch (error) {
        said.textContent = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      }
    });
  }
}

/**
 * @param {HTMLElement} box  the element is in it
 * @param {import('../shared/setup.js').ChatAppDialog} dialog
 */
export function wireSurroundings(box, dialog) {
  find('#lang').addEventListener('change', ({target}) => {
    box.lang = /** @type {HTMLSelectElement} */ (target).value;
    // The element notices a change of `lang` on itself and on <html>, but not on another ancestor.
    dialog.requestUpdate();
  });
  find('#out-of-sight').addEventListener('change', ({target}) => {
    box.hidden = /** @type {HTMLInputElement} */ (target).checked;
    find('#hidden-said').hidden = !box.hidden;
  });
}

/**
 * @param {import('../shared/setup.js').ChatAppDialog} dialog
 * @param {string | null} method
 * @returns {Promise<string>}  what there is to say
 */
async function call(dialog, method) {
  if (method === 'reload') dialog.reload();
  if (method === 'close') dialog.close();
  if (method === 'focus') dialog.focus();
  if (method === 'open')
    await dialog.openInNewTab({withToken: /** @type {HTMLInputElement} */ (find('#with-token')).checked});
  if (method !== 'copy') return '';
  await dialog.copyLink();
  return `Copied: ${dialog.url}`;
}
