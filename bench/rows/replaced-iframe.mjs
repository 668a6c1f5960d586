// By hand, a frame without `src`, navigated by location.replace(): the simple way to keep the URL out of the DOM.

/** The whole function is sent to the page as text. @returns {import('../harness.mjs').Embed} */
function embedReplaced() {
  /** @param {number} customer @param {(iframe: HTMLIFrameElement) => void} place */
  const open = (customer, place) => {
    const iframe = document.createElement('iframe');
    const query = new URLSearchParams({'api[license_id]': '30310', 'crm[phones][0]': String(79990000000 + customer)});
    iframe.sandbox.value = 'allow-forms allow-modals allow-orientation-lock allow-pointer-lock allow-popups allow-popups-to-escape-sandbox allow-presentation allow-same-origin allow-scripts allow-top-navigation allow-top-navigation-by-user-activation';
    iframe.allow = 'camera https://dialogs.pro/; microphone https://dialogs.pro/; clipboard-read https://dialogs.pro/; clipboard-write https://dialogs.pro/';
    place(iframe);
    iframe.contentWindow?.location.replace(`https://dialogs.pro/?${query}`);
    return iframe;
  };
  return {
    mount: (customer) => ({iframe: open(customer, (iframe) => document.body.append(iframe))}),
    change(handle, customer) {
      handle.iframe = open(customer, (iframe) => handle.iframe.replaceWith(iframe));
    },
    remove: ({iframe}) => iframe.remove(),
  };
}

/** @type {import('./index.mjs').Row} */
export const replacedIframe = {
  name: 'raw iframe, location.replace()',
  embed: embedReplaced,
  hosts: ['dialogs.pro'],
  without: {
    bytes: 'no script',
    evaluation: 'no script',
    ...Object.fromEntries(['batch', 'history', 'same', 'token', 'heap', 'listeners', 'policy'].map((column) => [column, 'for times only'])),
  },
  how: 'By hand, as the row before, but without `src`: navigated by `location.replace()`, the simple way to keep the URL with its token out of the DOM. The row tells what that costs.',
};
