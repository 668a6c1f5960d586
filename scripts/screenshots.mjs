// Writes the demo's pictures to docs/images/: `node scripts/screenshots.mjs` after `npm run build`.
import {mkdirSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import puppeteer from 'puppeteer-core';
import {startDemo} from '../demo/server.mjs';
import {chromium} from './browser.mjs';

const OUT = fileURLToPath(new URL('../docs/images/', import.meta.url));

/** @typedef {{path: string, isReady: () => boolean, fullPage?: boolean}} Shown */

/** In the page: the chat is there. */
const isLoaded = () => /** @type {any} */ (document.querySelector('chatapp-dialog')).status === 'loaded';
/** In the page: and so is what the back end tells. */
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
  playground: {path: '', isReady: isLoaded},
  crm: {path: 'full-stack/', isReady: isShown},
  states: {path: 'states.html', isReady: areReached, fullPage: true},
};
const LOOKS = /** @type {const} */ ({
  light: {width: 1440, height: 900, scheme: 'light'},
  dark: {width: 1440, height: 900, scheme: 'dark'},
  narrow: {width: 390, height: 844, scheme: 'light'},
});

mkdirSync(OUT, {recursive: true});
const demo = await startDemo();
try {
  const browser = await puppeteer.launch(await chromium());
  try {
    for (const [name, {path, isReady, fullPage = false}] of Object.entries(PAGES)) {
      for (const [look, {width, height, scheme}] of Object.entries(LOOKS)) {
        const page = await browser.newPage();
        await page.setViewport({width, height});
        await page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: scheme}]);
        await page.goto(demo.url + path);
        if (fullPage) {
          // A window as high as the page: frames outside of it are not painted.
          await page.waitForSelector('chatapp-dialog');
          await page.setViewport({width, height: await page.evaluate(() => document.documentElement.scrollHeight)});
        }
        await page.waitForFunction(isReady);
        await page.screenshot({path: `${OUT}${name}-${look}.png`});
        await page.close();
        console.log(`docs/images/${name}-${look}.png`);
      }
    }
  } finally {
    await browser.close();
  }
} finally {
  await demo.close();
}
