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
  how: 'From just before the first element is made and appended, in one task, until the request of the last frame has arrived at the server. The frames are answered with 204, so that no document is made of the answers; another page has a frame of each host open, so that neither the handshake nor the start of a process counts. The page’s clock and the server’s are brought together by the quickest of twelve requests. “Page painted” is until the page has made all else, its own UI too, and painted it; it has no target, for a raw iframe has nothing to paint, and ours a spinner and a text.',
});

export const mounts = [mountOf(1, 30), mountOf(100, 12)];
