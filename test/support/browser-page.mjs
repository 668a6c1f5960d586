// What the tests that drive a browser from outside share.
import assert from 'node:assert/strict';
import puppeteer from 'puppeteer-core';
import {chromium, firefox} from '../../scripts/browser.mjs';
import {PATIENCE_MS} from './ask.mjs';

/** @typedef {import('puppeteer-core').Page} Page */

/** What the frames have in `src`. Chromium begins to load it where an append() takes an element along, and the element ends that in the same task. */
const NEVER_LOADED = 'a.invalid';

/** A browser for which there is nothing but the loopback. @param {'chromium' | 'firefox'} [engine] */
export async function launch(engine = 'chromium') {
  const options = engine === 'firefox' ? firefox() : await chromium();
  assert.ok(options, `${engine} is not installed`);
  return puppeteer.launch({...options, timeout: PATIENCE_MS});
}

/** @param {Page} page */
export const isFirefox = async (page) => /^firefox/i.test(await page.browser().version());

/**
 * A page in a profile of its own, which must stay silent and on the loopback (or `answered`) until the test's end.
 * @param {import('node:test').TestContext} t
 * @param {import('puppeteer-core').Browser} browser
 * @param {{width?: number, height?: number, answered?: string, expected?: RegExp[], isRepeated?: boolean}} [options]
 *   `answered`: a host of the internet that an empty page stands in for; `expected`: console messages that must come; `isRepeated`: they may come again
 * @returns {Promise<Page>}
 */
export async function openPage(t, browser, options = {}) {
  const {width = 1280, height = 900, answered = '', expected = [], isRepeated = false} = options;
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const {troubles, end} = hearPage(page, expected, {isRepeated});
  page.on('request', (request) => {
    const {protocol, hostname} = new URL(request.url());
    if (protocol.startsWith('http') && !['localhost', '127.0.0.1', NEVER_LOADED, answered].includes(hostname))
      troubles.push(`left the machine: ${hostname}`);
    if (!answered) return;
    if (hostname === answered) void request.respond({contentType: 'text/html', body: ''});
    else void request.continue();
  });
  await page.setRequestInterception(answered !== '');
  await page.setViewport({width, height});
  page.setDefaultTimeout(PATIENCE_MS);
  t.after(end);
  return page;
}

/**
 * Hears what a page's console says, and its errors, until the test's end.
 * @param {Page} page
 * @param {RegExp[]} expected  messages that must come, each once
 * @param {{isRepeated?: boolean}} [options]  `isRepeated`: they may come again
 */
export function hearPage(page, expected, {isRepeated = false} = {}) {
  /** @type {string[]} */
  const troubles = [];
  const missing = [...expected];
  let allCame = () => {};
  page.on('console', (message) => {
    const matches = (/** @type {RegExp} */ pattern) => pattern.test(message.text());
    const wanted = missing.findIndex(matches);
    if (wanted >= 0) missing.splice(wanted, 1);
    else if (/error|warn/.test(message.type()) && !(isRepeated && expected.some(matches)))
      troubles.push(`console: ${message.text()} ${message.location().url ?? ''}`);
    if (!missing.length) allCame();
  });
  page.on('pageerror', (error) => troubles.push(`error: ${error}`));
  return {
    troubles,
    /** Closes the page's profile; fails where there was trouble, or where a message did not come. */
    async end() {
      // The browser tells what a page says apart from what it does: the one may come after the other.
      if (missing.length) {
        await new Promise((resolve) => {
          allCame = () => resolve(undefined);
          setTimeout(allCame, PATIENCE_MS).unref();
        });
      }
      await page.browserContext().close();
      assert.deepEqual(troubles, []);
      assert.deepEqual(missing, []);
    },
  };
}

/**
 * Waits for the element's status. It is `idle` a little before the element says that nothing is open.
 * @param {Page} page
 * @param {string} status
 * @param {string} [selector]
 */
export async function reaches(page, status, selector = 'chatapp-dialog') {
  await page.waitForFunction(
    (wanted, which) => {
      const {status, shadowRoot} = /** @type {any} */ (document.querySelector(which) ?? {});
      return status === wanted && !(wanted === 'idle' && shadowRoot?.querySelector('slot[name=loading]'));
    },
    {},
    status,
    selector,
  );
}

/**
 * The document inside the element's frame.
 * @param {Page} page
 */
export async function insideFrame(page) {
  await reaches(page, 'loaded');
  const handle = await page.evaluateHandle(() => /** @type {any} */ (document.querySelector('chatapp-dialog')).frame);
  const frame = await /** @type {import('puppeteer-core').ElementHandle<HTMLIFrameElement>} */ (handle).contentFrame();
  assert.ok(frame, 'the element has a frame');
  return frame;
}

/**
 * What the stand-in shows.
 * @param {Page | import('puppeteer-core').Frame} frame
 */
export function shown(frame) {
  return frame.evaluate(() => ({
    view: document.body.dataset.view,
    employee: document.body.dataset.employee,
    heading: document.querySelector('h1')?.textContent,
  }));
}

/**
 * @param {Page | import('puppeteer-core').Frame} page
 * @param {string} selector
 */
export function text(page, selector) {
  return page.$eval(selector, (element) => element.textContent?.trim() ?? '');
}

/**
 * Opens the drawer of the CRM page: what lies in it can be clicked only then.
 * @param {Page} page
 */
export async function openDrawer(page) {
  await page.click('#drawer:not([open]) > summary');
  await page.waitForSelector('#drawer[open]');
}
