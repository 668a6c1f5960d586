// By hand, what the element does: a frame without `src`, navigated by location.replace(). The URL is then nowhere in the DOM.

/** The whole function is sent to the page as text. @returns {import('../harness.mjs').Embed} */
function embedReplaced() {
  /** @param {number} customer @param {(iframe: HTMLIFrameElement) => void} place */
  const open = (customer, place) => {
    const iframe = document.createElement('iframe');
    const query = new URLSearchParams({'api[license_id]': '30310', 'crm[phones][0]': String(79990000000 + customer)});
    iframe.allow = ['camera', 'microphone', 'clipboard-read', 'clipboard-write', 'fullscreen'].map((name) => `${name} https://dialogs.pro`).join('; ');
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
  how: 'By hand, what the element does inside: a fresh iframe without `src`, navigated by `location.replace()`, so that the URL with its token is nowhere in the DOM. The row tells what that costs, apart from the element.',
};
