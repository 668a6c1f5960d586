// What a page's ReportingObserver hears, and with it the services that collect such reports.

/** @type {import('./index.mjs').Column} */
export const reports = {
  id: 'reports',
  title: 'Reports',
  values: {reports: {title: 'reports to a `ReportingObserver`', unit: 'count'}},
  browsers: ['chromium'],
  samples: 1,
  async measure({page}) {
    const types = await page.evaluate(async () => {
      /** @type {string[]} */
      const heard = [];
      const Observer = /** @type {any} */ (window).ReportingObserver;
      const observer = new Observer(
        (/** @type {{type: string}[]} */ reports) => heard.push(...reports.map(({type}) => type)),
        {buffered: true},
      );
      observer.observe();
      await bench.untilReady(10_001, () => (window.handle = embed.mount(10_001)));
      await bench.untilReady(10_002, () => embed.change(window.handle, 10_002));
      await bench.pause(300); // reports come in a task of their own
      observer.disconnect();
      return heard;
    });
    return {reports: types.length, notes: [...new Set(types)]};
  },
  how: 'The embed is mounted and changed once. Firefox has no such observer.',
};
