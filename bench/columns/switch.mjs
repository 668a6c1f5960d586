// From a change of the customer until the new frame's page runs.

import {median} from '../statistics.mjs';

/** Changes in each page; their median is one sample. */
const CHANGES = 4;

/** @type {import('./index.mjs').Column} */
export const switchCustomer = {
  id: 'switch',
  title: 'Switch to a new customer',
  values: {time: {title: 'time', unit: 'ms', base: 'raw iframe, location.replace()', chart: true}},
  samples: 12,
  async measure({page}) {
    const times = await page.evaluate(async (changes) => {
      await bench.untilReady(10_001, () => (window.handle = embed.mount(10_001)));
      const times = [];
      // The first change is not counted: it is the first time that this code runs.
      for (let customer = 10_002; customer <= 10_002 + changes; customer++) {
        await bench.pause(60); // until the load before has settled
        times.push(await bench.untilReady(customer, () => embed.change(window.handle, customer)));
      }
      return times.slice(1);
    }, CHANGES);
    return {time: median(times)};
  },
  how: 'The time from the change until the new frame’s page sends a message that it runs. This page is some bytes of script. A sample is the median of four changes in a fresh page. The row *raw iframe* sets `src` on the same iframe. That adds to the history, and shows the customer before until the new page has begun.',
};
