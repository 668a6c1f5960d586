// What changes of the customer and of the token cost in requests and in history.

/** @typedef {import('./index.mjs').Column} Column */

/** Milliseconds in which a request that is on its way arrives. */
const QUIET = 300;

/** @type {Column} */
export const batch = {
  id: 'batch',
  title: 'Requests for 5 changes of customer in one task',
  values: {requests: {title: 'requests', unit: 'count'}},
  samples: 1,
  async measure({page, server}) {
    await page.evaluate(() => bench.untilReady(10_001, () => (window.handle = embed.mount(10_001))));
    server.forget();
    await page.evaluate(async (quiet) => {
      await bench.untilReady(10_006, () => {
        for (let customer = 10_002; customer <= 10_006; customer++) embed.change(window.handle, customer);
      });
      await bench.pause(quiet);
    }, QUIET);
    return {requests: server.arrivals.length};
  },
  how: 'One attribute is set five times, to five customers. The column counts the frame requests that arrive at the server. One request is enough, the one for the last customer.',
};

/** @type {Column} */
export const historyEntries = {
  id: 'history',
  title: 'History entries for 10 changes of customer',
  values: {first: {title: 'the first load', unit: 'count'}, entries: {title: '10 changes', unit: 'count'}},
  samples: 1,
  async measure({page, isQuick}) {
    return page.evaluate(
      async (last) => {
        const before = history.length;
        await bench.untilReady(10_001, () => (window.handle = embed.mount(10_001)));
        await bench.pause(50);
        const first = history.length;
        for (let customer = 10_002; customer <= last; customer++) {
          await bench.untilReady(customer, () => embed.change(window.handle, customer));
          await bench.pause(50); // a navigation before its frame's load event would replace the entry, not add one
        }
        return {first: first - before, entries: history.length - first};
      },
      isQuick ? 10_003 : 10_011,
    );
  },
  how: 'The column tells how much `history.length` grows. Each change waits until the frame of the change before has started.',
};

/** @type {Column} */
export const same = {
  id: 'same',
  title: 'Reloads when the same customer is set again',
  values: {requests: {title: 'requests', unit: 'count'}},
  samples: 1,
  async measure({page, server}) {
    await page.evaluate(() => bench.untilReady(10_001, () => (window.handle = embed.mount(10_001))));
    await page.evaluate(() => bench.pause(50));
    server.forget();
    await page.evaluate((quiet) => {
      embed.change(window.handle, 10_001);
      return bench.pause(quiet);
    }, QUIET);
    return {requests: server.arrivals.length};
  },
  how: 'The same customer is set again. Code does this when it sets its data without looking at what is there.',
};

/** @type {Column} */
export const token = {
  id: 'token',
  title: 'Reloads when the access token is renewed',
  values: {requests: {title: 'requests', unit: 'count'}},
  samples: 1,
  async measure({page, server}) {
    await page.evaluate(() => bench.untilReady(10_001, () => (window.handle = embed.mount(10_001, 'first'))));
    await page.evaluate(() => bench.pause(50));
    server.forget();
    await page.evaluate(async (quiet) => {
      await embed.renew?.(window.handle, 'second');
      await bench.pause(quiet);
    }, QUIET);
    return {requests: server.arrivals.length};
  },
  how: 'The embed was opened with a token and gets another token. The customer stays the same.',
};
