// What stays in memory when elements come and go.

/** Before the first look at the memory. By then V8 has compiled what runs often, which takes 230 kB in Chromium 156. */
const WARM_UP = 1_000;
/** V8 goes on compiling now and then, 25 kB at a time. Over this many, a real leak is larger than that. */
const REMOUNTS = 5_000;
/** Side by side, so that their requests do not wait for each other. */
const BATCH = 20;

/** @param {import('puppeteer-core').Page} page @param {number} count */
const remount = (page, count) =>
  page.evaluate(
    async (count, batch) => {
      for (let done = 0; done < count; done += batch) {
        const handles = Array.from({length: batch}, (_, index) => embed.mount(10_000 + index));
        await bench.pause(20);
        for (const handle of handles) embed.remove(handle);
      }
      await bench.pause(200);
    },
    count,
    BATCH,
  );

/** @param {import('puppeteer-core').CDPSession} session */
async function look(session) {
  // What the first collection frees may hold on to what only the next one finds.
  for (let turn = 0; turn < 3; turn++) await session.send('HeapProfiler.collectGarbage');
  const {metrics} = await session.send('Performance.getMetrics');
  const heap = metrics.find(({name}) => name === 'JSHeapUsedSize')?.value ?? NaN;
  const {nodes, jsEventListeners} = await session.send('Memory.getDOMCounters');
  return {heap, nodes, listeners: jsEventListeners};
}

/** @type {import('./index.mjs').Column} */
export const heap = {
  id: 'heap',
  title: 'Left after 5,000 remounts',
  values: {
    heap: {title: 'JS heap', unit: 'bytes', chart: true},
    each: {title: 'JS heap for each remount', unit: 'bytes'},
    nodes: {title: 'DOM nodes', unit: 'count'},
    listeners: {title: 'event listeners', unit: 'count'},
  },
  browsers: ['chromium'],
  setup: {frames: 'none'},
  samples: 1,
  wantsOwnBrowser: true,
  async measure({page, isQuick}) {
    const session = await page.createCDPSession();
    await session.send('Performance.enable');
    const count = isQuick ? BATCH : REMOUNTS;
    await remount(page, isQuick ? BATCH : WARM_UP);
    const before = await look(session);
    await remount(page, count);
    const after = await look(session);
    return {
      heap: after.heap - before.heap,
      each: (after.heap - before.heap) / count,
      nodes: after.nodes - before.nodes,
      listeners: after.listeners - before.listeners,
    };
  },
  how: 'Twenty elements are appended, wait for 20 ms, and are removed. This is repeated until 5,000 elements have come and gone. A thousand more come before these and are not counted, because V8 compiles the code meanwhile. The server answers the frames with 204. Chromium’s own counters are read after a garbage collection. Each element is removed before its frame has loaded. What a row leaves behind in this case, it may not leave behind after a load.',
};
