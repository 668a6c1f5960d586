// <chatapp-dialog> by its script tag, as a page without a bundler uses it.

/** @typedef {import('./index.mjs').Row} Row */

/** The whole function is sent to the page as text. @param {Record<string, string>} attributes  of each element @returns {import('../harness.mjs').Embed} */
function embedOurs(attributes) {
  return {
    mount(customer, token) {
      const dialog = /** @type {any} */ (document.createElement('chatapp-dialog'));
      for (const [name, value] of Object.entries(attributes)) dialog.setAttribute(name, value);
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

/** @type {Row} */
export const ours = {
  name: 'chatapp-dialog',
  file: 'dist/chatapp-dialog.min.js',
  embed: embedOurs,
  hosts: ['dialogs.pro'],
  how: 'The script tag. A customer is the attribute `phones`, beside a `license-id`; the token is the property `accessToken`.',
};
