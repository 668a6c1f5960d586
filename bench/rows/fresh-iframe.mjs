// A raw iframe as a careful page has it: another customer is another iframe element.
import {VENDOR_ATTRIBUTES} from './vendor.mjs';

/** The whole function is sent to the page as text. @param {Record<string, string>} attributes  of each iframe @returns {import('../harness.mjs').Embed} */
function embedFresh(attributes) {
  /** @param {number} customer @param {string} [token] */
  const makeFrame = (customer, token) => {
    const iframe = document.createElement('iframe');
    const query = new URLSearchParams({'api[license_id]': '30310', 'crm[phones][0]': String(79990000000 + customer)});
    if (token) query.set('api[access_token]', token);
    for (const [name, value] of Object.entries(attributes)) iframe.setAttribute(name, value);
    iframe.src = `https://dialogs.pro/?${query}`;
    return iframe;
  };
  return {
    mount(customer, token) {
      const handle = {iframe: makeFrame(customer, token), customer};
      document.body.append(handle.iframe);
      return handle;
    },
    change(handle, customer) {
      const iframe = makeFrame(customer);
      handle.iframe.replaceWith(iframe);
      Object.assign(handle, {iframe, customer});
    },
    remove: ({iframe}) => iframe.remove(),
    renew(handle, token) {
      const iframe = makeFrame(handle.customer, token);
      handle.iframe.replaceWith(iframe);
      handle.iframe = iframe;
    },
  };
}

/** @type {import('./index.mjs').Row} */
export const freshIframe = {
  name: 'raw iframe, a fresh one each time',
  embed: embedFresh,
  attributes: VENDOR_ATTRIBUTES,
  hosts: ['dialogs.pro'],
  without: {
    bytes: 'no script',
    evaluation: 'no script',
    'mount-1': 'as the row before',
    'mount-100': 'as the row before',
    heap: 'as the row before',
    listeners: 'as the row before',
  },
  how: 'Written by hand. Each change replaces the iframe element.',
};
