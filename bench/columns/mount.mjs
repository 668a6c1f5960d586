// From the elements to the requests of their frames.

/** Milliseconds until the last request must have come. */
const LIMIT = 90_000;

/** Keeps the token out of the DOM, as the element does. */
const BASE = 'raw iframe, location.replace()';

/**
 * @param {number} count
 * @param {number} samples
 * @returns {import('./index.mjs').Column}
 */
const mountOf = (count, samples) => ({
  id: `mount-${count}`,
  title: `${count} ${count === 1 ? 'element' : 'elements'} → ${count === 1 ? 'request' : 'last request'}`,
  values: {
    time: {title: 'last request', unit: 'ms', base: BASE, chart: true},
    painted: {title: 'page painted', unit: 'ms', base: BASE},
  },
  setup: {frames: 'none'},
  samples,
  async measure({page, server, isQuick}) {
    const wanted = isQuick ? Math.min(count, 10) : count;
    // The pages before are taken down meanwhile.
    await page.evaluate(() => bench.pause(300));
    const offset = await page.evaluate(() => bench.clockOffset());
    server.forget();
    const {start, painted} = await page.evaluate(async (count) => {
      const start = performance.now();
      for (let index = 0; index < count; index++) embed.mount(10_000 + index);
      await bench.painted();
      return {start, painted: performance.now() - start};
    }, wanted);
    const arrivals = await server.arrived(wanted, LIMIT);
    const last = arrivals.reduce((latest, {at}) => Math.max(latest, at), 0);
    return {time: last - (start + offset), painted};
  },
  how: 'The time begins just before the first element is made. All elements are made and appended in one task. The time ends when the request of the last frame has arrived at the server. The server answers the frames with 204, so the browser makes no document of the answers. Another page has a frame of each host open, so neither the handshake nor the start of a process counts. The quickest of twelve requests tells how the page’s clock and the server’s differ. “Page painted” ends when the page has made and painted everything else, also its own UI. It has no target, because a raw iframe has nothing to paint, and ours paints a spinner and a text. Most of the difference is order. A raw iframe sends its request first, and the page paints afterwards. Ours waits until the page has made all its changes, and by then the browser has already painted the spinner.',
});

export const mounts = [mountOf(1, 30), mountOf(100, 12)];
