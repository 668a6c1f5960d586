// A page that the browser keeps for the Back button, and brings back while its elements wait for the next task.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {needs} from '../support/needs.mjs';
import {setupPages} from '../support/test-page.mjs';

const BODY = '<chatapp-dialog disabled></chatapp-dialog>'.repeat(2);

describe(
  'out of the back-forward cache of Firefox, which loses messages that are on their way,',
  process.env.BUNDLED_BROWSER ? {skip: 'BUNDLED_BROWSER asks for another browser'} : needs('firefox-esr'),
  () => {
    const {dialogs, origin, open} = setupPages(BODY, {engine: 'firefox'});

    test('the customers open that were set when the page was left, and later ones', async (t) => {
      const page = await open(t);
      /** Sets the customers, and waits until they are there. @param {string[]} phones */
      const show = async (phones) => {
        await page.evaluate((given) => /** @type {any} */ (globalThis).set(given), phones);
        await shows(phones);
      };
      /** @param {string[]} phones */
      const shows = (phones) =>
        page.waitForFunction(
          (given) =>
            [.../** @type {any} */ (document.querySelectorAll('chatapp-dialog'))].every(
              ({status, url}, i) => status === 'loaded' && url.endsWith(`=${given[i]}`),
            ),
          {},
          phones,
        );
      await page.evaluate((baseUrl) => {
        const set = (/** @type {string[]} */ phones) =>
          document
            .querySelectorAll('chatapp-dialog')
            .forEach((el, i) => Object.assign(el, {baseUrl, phones: [phones[i]], disabled: false}));
        Object.assign(globalThis, {set});
        addEventListener('pagehide', () => set(['3', '4']));
        addEventListener('pageshow', ({persisted}) => Object.assign(globalThis, {isBack: persisted}));
      }, dialogs());
      await show(['1', '2']);
      await page.goto(`${origin()}/other`);
      await page.evaluate(() => history.back());
      await page.waitForFunction(() => 'isBack' in globalThis);
      assert.ok(await page.evaluate(() => /** @type {any} */ (globalThis).isBack), 'the browser has kept the page');
      await shows(['3', '4']);
      await show(['5', '6']);
    });
  },
);
