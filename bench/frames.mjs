// What the framed pages are. They tell their parent when they have started, and answer nothing else.

const SAY_READY = "parent.postMessage({ready: location.href}, '*')";

/** A framed app that takes 800 milliseconds to boot: it computes for 300 and waits for 500, in turns. */
const BOOT = `
const turns = 5;
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const work = (milliseconds) => { for (const end = performance.now() + milliseconds; performance.now() < end;); };
(async () => {
  for (let turn = 0; turn < turns; turn++) {
    work(300 / turns);
    await wait(500 / turns);
  }
  document.body.textContent = location.href;
  ${SAY_READY};
})();`;

/** @param {string} script */
const pageWith = (script) => ({
  body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Frame</title><link rel="icon" href="data:,"><body><script>${script}</script>`,
});

export const FRAMES = {
  /** Starts at once. */
  ready: pageWith(SAY_READY),
  /** Starts after 800 milliseconds. */
  boot: pageWith(BOOT),
  /** No document: the frame stays as it is, so that only the way to the request is measured. */
  none: {status: 204},
};
