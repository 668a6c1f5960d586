import {parseDialogUrl} from '../../dist/url/index.js';
import {find} from '../shared/dom.js';
import {listText} from './values.js';

/** @typedef {import('./values.js').Values} Values */

/**
 * The field for a link to a dialog.
 * @param {{use(read: Partial<Values>): void, opensReal(): boolean}} page
 */
export function pasteField({use, opensReal}) {
  find('#paste').addEventListener('submit', (event) => {
    event.preventDefault();
    /** @type {HTMLInputElement} */
    const input = find('#link');
    const said = find('#paste-said');
    try {
      const {baseUrl, fields} = parseDialogUrl(input.value.trim());
      // A link may hold a token, so it does not stay in sight.
      input.value = '';
      if (!fields.phones?.length && !fields.dialogIds?.length) {
        // Without a filter all chats would open, which nobody who pastes a link wants.
        said.textContent = 'The link names no phone and no chat: nothing was changed.';
        return;
      }
      // The link says which chat; who signs in stays who it is, whatever the link says.
      const read = {
        licenseId: fields.licenseId ?? null,
        messengerType: fields.messengerType ?? null,
        phones: fields.phones ? listText(fields.phones) : null,
        dialogIds: fields.dialogIds ? listText(fields.dialogIds) : null,
      };
      said.textContent = `Read: ${Object.keys(read)
        .filter((name) => name in fields)
        .join(', ')}.`;
      if (!opensReal()) said.textContent += ' Opened at the stand-in.';
      use({.../** @type {Partial<Values>} */ (read), baseUrl: opensReal() ? baseUrl : null});
    } catch (error) {
      said.textContent = error instanceof Error ? error.message : String(error);
    }
  });
}
