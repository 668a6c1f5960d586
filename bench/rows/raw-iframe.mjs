// What a page does without any library: an iframe of the same URL.

/** The whole function is sent to the page as text. @returns {import('../harness.mjs').Embed} */
function embedRaw() {
  /** @param {number} customer @param {string} [token] */
  const urlOf = (customer, token) => {
    const query = new URLSearchParams({'api[license_id]': '30310', 'crm[phones][0]': String(79990000000 + customer)});
    if (token) query.set('api[access_token]', token);
    return `https://dialogs.pro/?${query}`;
  };
  return {
    mount(customer, token) {
      const iframe = document.createElement('iframe');
      iframe.allow = 'camera; microphone; clipboard-read; clipboard-write; fullscreen';
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
  hosts: ['dialogs.pro'],
  without: {bytes: 'no script', evaluation: 'no script'},
  how: 'By hand, the same URL and permissions. A customer is `src`; the token stands in `src`, as the vendor’s page has it.',
};
