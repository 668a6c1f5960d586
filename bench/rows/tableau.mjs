// Tableau's dashboards: <tableau-viz>.

/** The whole function is sent to the page as text. @returns {import('../harness.mjs').Embed} */
function embedTableau() {
  /** @param {number} customer */
  const srcOf = (customer) => `https://tableau.example/views/customer${customer}/sheet`;
  return {
    mount(customer, token) {
      const viz = document.createElement('tableau-viz');
      // Lazy by default: most of many would not open.
      viz.setAttribute('iframe-attr-loading', 'eager');
      // With a size of its own: otherwise it reads its parent's, which makes the browser lay out the page.
      viz.setAttribute('width', '300');
      viz.setAttribute('height', '150');
      if (token) viz.setAttribute('token', token);
      viz.setAttribute('src', srcOf(customer));
      document.body.append(viz);
      return viz;
    },
    change: (viz, customer) => viz.setAttribute('src', srcOf(customer)),
    remove: (viz) => viz.remove(),
    renew: (viz, token) => viz.setAttribute('token', token),
  };
}

/** @type {import('./index.mjs').Row} */
export const tableau = {
  name: 'tableau-viz',
  package: '@tableau/embedding-api',
  entry: "import '@tableau/embedding-api';",
  embed: embedTableau,
  hosts: ['tableau.example'],
  answers: {'tableau.example/vizportal/api/web/v1/auth/embed/signin': {type: 'application/json', body: '{}'}},
  connect: ['https://tableau.example'],
  how: 'A customer is the attribute `src`, and the token is the attribute `token`. A local stub answers its request to sign in. It has `iframe-attr-loading="eager"`, because its default is lazy, and a fixed size, which spares it a layout.',
};
