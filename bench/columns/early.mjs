// What a head start is worth where the connection takes its time: see SLOW_HOSTS in server.mjs.

/** Milliseconds between the page's knowing where to connect and its need: more than the connection takes. */
const AHEAD = 900;

/**
 * Takes both ways, each in a fresh page, the first one first in every other sample.
 * @param {import('puppeteer-core').Page} page
 * @param {number} sample
 * @param {(isHelped: boolean) => Promise<number>} take
 * @returns {Promise<[number, number]>}  without help, with it
 */
async function inTurns(page, sample, take) {
  const isFirst = sample % 2 === 1;
  const first = await take(isFirst);
  await page.reload();
  const second = await take(!isFirst);
  return isFirst ? [second, first] : [first, second];
}

/** @type {import('./index.mjs').Column} */
export const earlyScript = {
  id: 'early-script',
  title: 'The script, imported when it is wanted',
  values: {
    time: {title: '`import()` alone', unit: 'ms', chart: true},
    preloaded: {title: 'with `<link rel="modulepreload">` in the page', unit: 'ms', chart: true},
  },
  setup: {bare: true},
  only: ['chatapp-dialog'],
  why: 'left out: it is about the element’s own snippet',
  samples: 10,
  async measure({page, server, scriptPath, sample}) {
    /** @param {boolean} isPreloaded */
    const take = (isPreloaded) =>
      page.evaluate(
        async (url, isPreloaded, ahead) => {
          if (isPreloaded)
            document.head.append(Object.assign(document.createElement('link'), {rel: 'modulepreload', href: url}));
          await bench.pause(ahead);
          const start = performance.now();
          await import(url);
          return performance.now() - start;
        },
        server.slowOrigin() + scriptPath,
        isPreloaded,
        AHEAD,
      );
    const [time, preloaded] = await inTurns(page, sample, take);
    return {time, preloaded};
  },
  how: 'The time from `import()` until the script has run. With the link, the link has been in the page for 900 ms by then. Each sample has a host of its own, and a connection to it takes 400 ms. There is no proxy in between.',
};
