// Apache Superset's dashboards: embedDashboard().

/** The whole function is sent to the page as text. @returns {import('../harness.mjs').Embed} */
function embedSuperset() {
  const {embedDashboard} = /** @type {any} */ (window).superset;
  /** A guest token that ends in three seconds, so that it is renewed as early as the library does. @param {string} token */
  const guestToken = (token) =>
    ['{}', JSON.stringify({token, exp: Math.floor(Date.now() / 1000) + 3}), ''].map(btoa).join('.');

  /** @param {{mountPoint: HTMLElement, unmount?: () => void, asked: () => void}} handle @param {number} customer */
  const open = (handle, customer) => {
    handle.unmount?.();
    const opening = embedDashboard({
      id: `customer-${customer}`,
      supersetDomain: 'https://superset.example',
      mountPoint: handle.mountPoint,
      fetchGuestToken: async () => {
        handle.asked();
        return guestToken(String(customer));
      },
    });
    void opening.then((/** @type {{unmount: () => void}} */ {unmount}) => (handle.unmount = unmount));
  };
  return {
    mount(customer) {
      const handle = {mountPoint: document.createElement('div'), asked: () => {}};
      document.body.append(handle.mountPoint);
      open(handle, customer);
      return handle;
    },
    change: open,
    remove(handle) {
      handle.unmount?.();
      handle.mountPoint.remove();
    },
    // It renews by its own clock, five seconds after it has opened at the earliest.
    renew: (handle) => /** @type {Promise<void>} */ (new Promise((resolve) => (handle.asked = resolve))),
  };
}

/** @type {import('./index.mjs').Row} */
export const superset = {
  name: 'superset embedDashboard',
  package: '@superset-ui/embedded-sdk',
  entry: "import {embedDashboard} from '@superset-ui/embedded-sdk'; window.superset = {embedDashboard};",
  embed: embedSuperset,
  hosts: ['superset.example'],
  how: 'This is a function and not an element. A customer is the dashboard’s `id`. A change, also to the same value, is `unmount()` and another call on the same mount point. The page makes the guest token, and the library’s own timer renews it.',
};
