// By hand, a frame without `src`, navigated by location.replace(): the simple way to keep the URL out of the DOM.
import {VENDOR_ATTRIBUTES} from './vendor.mjs';

/** The whole function is sent to the page as text. @param {Record<string, string>} attributes  of each iframe @returns {import('../harness.mjs').Embed} */
function embedReplaced(attributes) {
  /** @param {number} customer @param {(iframe: HTMLIFrameElement) => void} place */
  const open = (customer, place) => {
    const iframe = document.createElement('iframe');
    const query = new URLSearchParams({'api[license_id]': '30310', 'crm[phones][0]': String(79990000000 + customer)});
    for (const [name, value] of Object.entries(attributes)) iframe.setAttribute(name, value);
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
  attributes: VENDOR_ATTRIBUTES,
  hosts: ['dialogs.pro'],
  without: {
    bytes: 'no script',
    evaluation: 'no script',
    ...Object.fromEntries(
      ['batch', 'history', 'same', 'token', 'heap', 'listeners', 'policy'].map((column) => [column, 'for times only']),
    ),
  },
  how: 'Written by hand, as the row before, but without `src`. `location.replace()` navigates the frame, which is the simple way to keep the URL with its token out of the DOM. The row tells what that costs.',
};
