// From a change of the customer to the frame's request, where the token comes from a route that takes its time.
import {median} from '../statistics.mjs';

/** Changes in each page; their median is one sample. */
const CHANGES = 4;

const BASE = 'raw iframe, location.replace()';

/**
 * @param {import('./index.mjs').Context} context
 * @param {string} route
 */
async function changesWith({page, server}, route) {
  const offset = await page.evaluate(() => bench.clockOffset());
  const times = [];
  for (let customer = 10_001; customer <= 10_002 + CHANGES; customer++) {
    server.forget();
    const start = await page.evaluate(
      async (customer, route) => {
        const isFirst = !window.handle;
        let start = 0;
        await bench.untilReady(customer, () => {
          start = performance.now();
          if (!isFirst) return embed.change(window.handle, customer);
          window.handle = embed.mount(customer);
          if (window.handle instanceof HTMLElement) window.handle.setAttribute('access-token-url', route);
        });
        await bench.pause(60); // until the load has settled
        return start;
      },
      customer,
      route,
    );
    const [{at}] = /** @type {[import('../server.mjs').Arrival]} */ (await server.arrived(1, 10_000));
    times.push(at - (start + offset));
  }
  await page.evaluate(() => {
    embed.remove(window.handle);
    window.handle = undefined;
  });
  // The mount and the first change are not counted: it is the first time that this code runs.
  return median(times.slice(2));
}

/** @type {import('./index.mjs').Column} */
export const signedIn = {
  id: 'signed-in',
  title: 'Switch to a new customer, signed in by `access-token-url`',
  values: {
    reused: {title: 'the route gives a `maxAge`', unit: 'ms', base: BASE},
    asked: {title: 'it gives none', unit: 'ms', base: BASE},
  },
  only: ['chatapp-dialog', BASE],
  why: 'for ours and the row to compare with',
  samples: 12,
  async measure(context) {
    return {
      reused: await changesWith(context, '/token?max-age=3600'),
      asked: await changesWith(context, '/token'),
    };
  },
  how: 'The time from the change until the request of the new frame has arrived at the server. The token’s route takes 100 ms. With a `maxAge` the element uses its answer again, and without one it asks at each change. The iframe has no token to wait for. A sample is the median of four changes in a fresh page.',
};
