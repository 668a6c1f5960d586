// Violations of a strict Content-Security-Policy.

/** @type {import('./index.mjs').Column} */
export const policy = {
  id: 'policy',
  title: 'Violations of a strict Content-Security-Policy',
  values: {violations: {title: 'violations', unit: 'count'}, unopened: {title: 'did not open', unit: 'count'}},
  setup: {strict: true},
  samples: 1,
  async measure({page, isQuick}) {
    const {violations, opened} = await page.evaluate(
      async (limit) => {
        const opens = (/** @type {number} */ customer, /** @type {() => unknown} */ act) =>
          Promise.race([
            bench.untilReady(customer, act).then(
              () => true,
              () => false,
            ),
            bench.pause(limit).then(() => false),
          ]);
        let opened = false;
        try {
          opened = await opens(10_001, () => (window.handle = embed.mount(10_001)));
          opened = (await opens(10_002, () => embed.change(window.handle, 10_002))) && opened;
          embed.remove(window.handle);
        } catch {
          opened = false;
        }
        await bench.pause(100);
        return {violations: bench.violations, opened};
      },
      isQuick ? 700 : 2_000,
    );
    return {
      violations: violations.length,
      unopened: opened ? 0 : 1,
      notes: [...new Set(violations.map((text) => text.split(' ')[0] ?? ''))],
    };
  },
  how: "`default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html 'allow-duplicates'`, with `frame-src` and `connect-src` for the service alone, and with YouTube’s script in `script-src`. Pictures are allowed because Firefox asks for an icon by itself. The embed is mounted, changed once, and removed.",
};
