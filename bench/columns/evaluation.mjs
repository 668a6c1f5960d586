// Compiling and running the script.

/** @type {import('./index.mjs').Column} */
export const evaluation = {
  id: 'evaluation',
  title: 'Script evaluation',
  values: {time: {title: 'compile and run', unit: 'ms', base: 'Lit alone', chart: true}},
  setup: {isolated: true, bare: true},
  samples: 40,
  async measure({page, scriptPath, sample}) {
    const time = await page.evaluate(
      async (path, sample) => {
        // A text that no cache of compiled scripts has seen.
        const text = `${await (await fetch(path)).text()}\n//${sample}`;
        const script = document.createElement('script');
        script.textContent = text;
        const start = performance.now();
        document.head.append(script); // runs at once
        return performance.now() - start;
      },
      scriptPath,
      `${sample} ${Math.random()}`,
    );
    return {time};
  },
  how: 'The time in which an inline classic script is appended, compiled and run, in a fresh page that is isolated from other origins (there the clock is fine). Its text is a new one each time, so that nothing comes out of a cache.',
};
