// Back to the customer before.

/** @type {import('./index.mjs').Column} */
export const returnToCustomer = {
  id: 'return',
  title: 'Return to the customer before',
  values: {time: {title: 'time', unit: 'ms', base: 'raw iframe, a fresh one each time', chart: true}},
  only: ['chatapp-dialog, keep-alive', 'raw iframe', 'raw iframe, a fresh one each time'],
  why: 'keeps no frame: as a raw iframe',
  setup: {frames: 'boot'},
  samples: 6,
  async measure({page}) {
    const time = await page.evaluate(async () => {
      await bench.untilReady(10_001, () => (window.handle = embed.mount(10_001)));
      await bench.pause(100);
      await bench.untilReady(10_002, () => embed.change(window.handle, 10_002));
      await bench.pause(100);
      // The element says when it shows the kept conversation; a frame that boots again says so itself.
      const isKept = window.handle instanceof HTMLElement;
      const shown = isKept
        ? new Promise((resolve, reject) =>
            window.handle.addEventListener(
              'chatapp-load',
              (/** @type {any} */ event) =>
                event.restored ? resolve(undefined) : reject(new Error('it was loaded again')),
              {once: true},
            ),
          )
        : undefined;
      const start = performance.now();
      if (shown) {
        embed.change(window.handle, 10_001);
        await shown;
      } else await bench.untilReady(10_001, () => embed.change(window.handle, 10_001));
      await bench.painted();
      return performance.now() - start;
    });
    return {time};
  },
  how: 'The framed page computes for 300 ms and waits for 500 before it says that it is ready. With keep-alive, the time ends with `chatapp-load` whose `restored` is true. With a raw iframe, it ends when the framed page is ready again. In both cases the next paint of the page is added, which says nothing of what the framed page paints. How many times faster a return is follows from those 800 ms.',
};
