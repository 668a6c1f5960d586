// The same with keep-alive: the script and its bytes are those of the row before.
import {ours} from './ours.mjs';

/** The whole function is sent to the page as text. @returns {import('../harness.mjs').Embed} */
function embedKept() {
  return {
    mount(customer, token) {
      const dialog = /** @type {any} */ (document.createElement('chatapp-dialog'));
      dialog.setAttribute('keep-alive', '3');
      dialog.setAttribute('license-id', '30310');
      dialog.setAttribute('phones', String(79990000000 + customer));
      if (token) dialog.accessToken = token;
      document.body.append(dialog);
      return dialog;
    },
    change: (dialog, customer) => dialog.setAttribute('phones', String(79990000000 + customer)),
    remove: (dialog) => dialog.remove(),
    renew: (dialog, token) => (dialog.accessToken = token),
  };
}

/** @type {import('./index.mjs').Row} */
export const oursKept = {
  ...ours,
  name: 'chatapp-dialog, keep-alive',
  embed: embedKept,
  without: {
    bytes: 'the same script',
    evaluation: 'the same script',
    'mount-1': 'keeps nothing yet',
    'mount-100': 'keeps nothing yet',
    'mount-1000': 'keeps nothing yet',
  },
  how: 'The same with `keep-alive="3"`.',
};
