// Writes the demo's pictures to docs/images/: `node scripts/screenshots.mjs` after `npm run build`.
import {mkdirSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import puppeteer from 'puppeteer-core';
import {startDemo} from '../demo/server.mjs';
import {chromium} from './browser.mjs';

const OUT = fileURLToPath(new URL('../docs/images/', import.meta.url));

/** @typedef {{path: string, isReady: () => boolean, fullPage?: boolean}} Shown */

/** In the page: the chat is there, and so is what the back end tells. */
const isShown = () =>
  /** @type {any} */ (document.querySelector('chatapp-dialog')).status === 'loaded' &&
  document.querySelector('#life')?.getAttribute('data-state') === 'live';
/** In the page: every element shows what it stands for. */
const areReached = () => {
  const states = [...document.querySelectorAll('.state')];
  return states.length > 0 && states.every((state) => state.getAttribute('data-reached') === 'true');
};

/** @type {Record<string, Shown>} */
const PAGES = {
  crm: {path: 'full-stack/', isReady: isShown},
  states: {path: 'states.html', isReady: areReached, fullPage: true},
};
const SCHEMES = ['light', 'dark'];
const [WIDTH, HEIGHT] = [1440, 900];

mkdirSync(OUT, {recursive: true});
const demo = await startDemo();
try {
  const browser = await puppeteer.launch(await chromium());
  try {
    for (const [name, {path, isReady, fullPage = false}] of Object.entries(PAGES)) {
      for (const scheme of SCHEMES) {
        const page = await browser.newPage();
        await page.setViewport({width: WIDTH, height: HEIGHT});
        await page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: scheme}]);
        await page.goto(demo.url + path);
        if (fullPage) {
          // A window as high as the page: frames outside of it are not painted.
          await page.waitForSelector('chatapp-dialog');
          await page.setViewport({
            width: WIDTH,
            height: await page.evaluate(() => document.documentElement.scrollHeight),
          });
        }
        await page.waitForFunction(isReady);
        // Small enough for the package.
        await page.screenshot({path: `${OUT}${name}-${scheme}.webp`, type: 'webp', quality: 60});
        await page.close();
        console.log(`docs/images/${name}-${scheme}.webp`);
      }
    }
  } finally {
    await browser.close();
  }
} finally {
  await demo.close();
}
