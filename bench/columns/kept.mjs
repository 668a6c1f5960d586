// What kept conversations cost in memory.
import {readFileSync} from 'node:fs';

/** How many are kept in turn. */
const COUNTS = [0, 1, 3, 5];

/**
 * The processes of all pages, and the memory that none of them shares with another.
 * @param {import('puppeteer-core').CDPSession} session  of the browser
 */
async function look(session) {
  const {processInfo} = await session.send('SystemInfo.getProcessInfo');
  const renderers = processInfo.filter(({type}) => type === 'renderer');
  const memory = renderers.map(({id}) => {
    const text = readFileSync(`/proc/${id}/smaps_rollup`, 'utf8');
    return [...text.matchAll(/^Private_\w+: +(\d+) kB$/gm)].reduce((sum, [, kilobytes]) => sum + Number(kilobytes), 0);
  });
  return {processes: renderers.length, bytes: 1024 * memory.reduce((sum, own) => sum + own, 0)};
}

/** @type {import('./index.mjs').Column} */
export const kept = {
  id: 'kept',
  title: 'What kept conversations cost',
  values: {
    ...Object.fromEntries(
      COUNTS.flatMap((count) => [
        [`bytes${count}`, {title: `${count} kept: memory`, unit: 'bytes'}],
        [`processes${count}`, {title: 'processes', unit: 'count'}],
      ]),
    ),
    framesAfter: {title: 'left after `close()`: frames', unit: 'count'},
    nodesAfter: {title: 'DOM nodes of the page', unit: 'count'},
    heapAfter: {title: 'JS heap of the page', unit: 'bytes'},
  },
  only: ['chatapp-dialog, keep-alive'],
  why: 'keeps none',
  browsers: ['chromium'],
  samples: 3,
  wantsOwnBrowser: true,
  async measure({page}) {
    const session = await page.browser().target().createCDPSession();
    const devtools = await page.createCDPSession();
    const settle = async () => {
      await page.evaluate(() => bench.pause(500));
      for (let turn = 0; turn < 3; turn++) await devtools.send('HeapProfiler.collectGarbage');
    };
    const ofPage = async () => ({
      heap: (await devtools.send('Runtime.getHeapUsage')).usedSize,
      nodes: (await devtools.send('Memory.getDOMCounters')).nodes,
    });
    /** @param {number} customer */
    const show = async (customer) => {
      await page.evaluate(
        (customer) => bench.untilReady(customer, () => embed.change(window.handle, customer)),
        customer,
      );
      await page.evaluate(() => bench.pause(100)); // until the element counts it as loaded
    };
    /** Keeps more and more conversations, and closes all. */
    const keep = async () => {
      /** @type {Record<string, number>} */
      const measured = {};
      let customer = 10_000;
      for (const count of COUNTS) {
        while (customer <= 10_000 + count) await show(customer++);
        await settle();
        const {bytes, processes} = await look(session);
        measured[`bytes${count}`] = bytes;
        measured[`processes${count}`] = processes;
      }
      await page.evaluate(() => window.handle.close());
      await settle();
      return measured;
    };
    await page.evaluate(() => {
      window.handle = embed.mount(20_000);
      window.handle.keepAlive = 5;
    });
    await keep(); // once before, so that what only the first time leaves is not counted
    const before = await ofPage();
    const measured = await keep();
    const after = await ofPage();
    return {
      ...measured,
      framesAfter: page.frames().length - 1,
      nodesAfter: after.nodes - before.nodes,
      heapAfter: after.heap - before.heap,
    };
  },
  how: 'Private memory of all renderer processes of the browser, as Linux counts it (`Private_*` in `smaps_rollup`), after garbage collection. One of them holds the page and one its frames; the others belong to a page that keeps the connections. The framed page is some bytes of script, so the figures tell what a frame costs by itself. The memory of the Dialog’s app comes on top, once for each kept conversation. Everything is done twice, and the second time is measured. “Left” is what the page has more after the second `close()` than after the first.',
};
