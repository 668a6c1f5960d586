// What a page does without any library: an iframe of the same URL.
import {VENDOR_ATTRIBUTES} from './vendor.mjs';

/** The whole function is sent to the page as text. @param {Record<string, string>} attributes  of each iframe @returns {import('../harness.mjs').Embed} */
function embedRaw(attributes) {
  /** @param {number} customer @param {string} [token] */
  const urlOf = (customer, token) => {
    const query = new URLSearchParams({'api[license_id]': '30310', 'crm[phones][0]': String(79990000000 + customer)});
    if (token) query.set('api[access_token]', token);
    return `https://dialogs.pro/?${query}`;
  };
  return {
    mount(customer, token) {
      const iframe = document.createElement('iframe');
      for (const [name, value] of Object.entries(attributes)) iframe.setAttribute(name, value);
      iframe.src = urlOf(customer, token);
      document.body.append(iframe);
      return {iframe, customer};
    },
    change(handle, customer) {
      handle.customer = customer;
      handle.iframe.src = urlOf(customer);
    },
    remove: ({iframe}) => iframe.remove(),
    renew: ({iframe, customer}, token) => (iframe.src = urlOf(customer, token)),
  };
}

/** @type {import('./index.mjs').Row} */
export const rawIframe = {
  name: 'raw iframe',
  embed: embedRaw,
  attributes: VENDOR_ATTRIBUTES,
  hosts: ['dialogs.pro'],
  without: {bytes: 'no script', evaluation: 'no script'},
  how: 'The vendor’s snippet, written by hand, with the same URL and the vendor’s `sandbox` and `allow`. A customer is the attribute `src`. The token stands in `src`, as on the vendor’s page.',
};
