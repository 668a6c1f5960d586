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
      iframe.sandbox.value = 'allow-forms allow-modals allow-orientation-lock allow-pointer-lock allow-popups allow-popups-to-escape-sandbox allow-presentation allow-same-origin allow-scripts allow-top-navigation allow-top-navigation-by-user-activation';
      iframe.allow = 'camera https://dialogs.pro/; microphone https://dialogs.pro/; clipboard-read https://dialogs.pro/; clipboard-write https://dialogs.pro/';
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
  how: 'By hand, the vendor’s snippet: the same URL, its `sandbox` and `allow`. A customer is `src`; the token stands in `src`, as the vendor’s page has it.',
};
