// From the elements to the requests of their frames.

/** Milliseconds until the last request must have come. */
const LIMIT = 60_000;

/**
 * @param {number} count
 * @param {number} samples
 * @returns {import('./index.mjs').Column}
 */
const mountOf = (count, samples) => ({
  id: `mount-${count}`,
  title: `${count.toLocaleString('en')} ${count === 1 ? 'element' : 'elements'} → ${count === 1 ? 'request' : 'last request'}`,
  values: {time: {title: 'time', unit: 'ms', base: 'raw iframe', chart: true}},
  setup: {frames: 'none'},
  samples,
  async measure({page, server, row, isQuick}) {
    const wanted = isQuick ? Math.min(count, 30) : count;
    // The connection and the frames' process are there before: what is measured is the element, not the handshake.
    const offset = await page.evaluate((host) => bench.connect(host), row.hosts[0]);
    server.forget();
    const start = await page.evaluate((count) => {
      const start = performance.now();
      for (let index = 0; index < count; index++) embed.mount(10_000 + index);
      return start;
    }, wanted);
    const arrivals = await server.arrived(wanted, LIMIT);
    const last = arrivals.reduce((latest, {at}) => Math.max(latest, at), 0);
    return {time: last - (start + offset)};
  },
  how: 'From just before the first element is made and appended, in one task, until the request of the last frame has arrived at the server. The frames are answered with 204, so that no document is made of the answers; a frame of the same host is open before, so that neither the handshake nor the start of a process counts. The page’s clock and the server’s are brought together by the quickest of twelve requests.',
});

export const mounts = [mountOf(1, 24), mountOf(100, 9), mountOf(1_000, 5)];
