// Listeners that an element leaves behind on the window and the document.

/** @type {import('./index.mjs').Column} */
export const listeners = {
  id: 'listeners',
  title: 'Listeners left after 20 remounts',
  values: {listeners: {title: 'on window and document', unit: 'count'}},
  setup: {countsListeners: true},
  samples: 1,
  async measure({page, isQuick}) {
    const listeners = await page.evaluate(
      async (last) => {
        const before = window.listenerCount();
        for (let customer = 10_001; customer <= last; customer++) {
          /** @type {unknown} */
          let handle;
          await bench.untilReady(customer, () => (handle = embed.mount(customer)));
          await bench.pause(30);
          // So that a conversation is kept, where the row keeps any.
          await bench.untilReady(customer + 1_000, () => embed.change(handle, customer + 1_000));
          await bench.pause(30);
          embed.remove(handle);
        }
        await bench.pause(50);
        return window.listenerCount() - before;
      },
      isQuick ? 10_002 : 10_020,
    );
    return {listeners};
  },
  how: 'Each element is mounted and starts, gets another customer and starts again, and is removed. `addEventListener` and `removeEventListener` are watched from before the first script. A listener whose signal has aborted counts as removed, and so does a `once` listener that was called.',
};
