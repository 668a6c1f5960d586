// In Chromium a frame is opened by a link to it: where there is no such frame, the link would open a window, token and all.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {reaches} from '../support/browser-page.mjs';
import {setupPages} from '../support/test-page.mjs';

const {origin, dialogs, open} = setupPages('<button>Allow windows</button>');

/** @typedef {import('../../dist/index.js').ChatAppDialog} ChatAppDialog */

/** What happens to an element in the very task of its opening, and its status then. @type {Record<string, [(el: ChatAppDialog) => void, string]>} */
const CASES = {
  'is closed as it opens': [(el) => el.addEventListener('chatapp-loadstart', () => el.close()), 'idle'],
  'is removed as it opens': [(el) => el.addEventListener('chatapp-loadstart', () => el.remove()), 'idle'],
  'goes to another customer as it opens': [
    (el) => el.addEventListener('chatapp-loadstart', () => (el.phones = ['7992']), {once: true}),
    'loaded',
  ],
  'is moved to a document without a window': [
    (el) => document.implementation.createHTMLDocument().body.append(el),
    'loading',
  ],
  'is one more than Chromium gives windows to': [
    () => {
      for (let count = 0; count < 1_001; count++) document.body.append(document.createElement('iframe'));
    },
    'loading',
  ],
};

describe('no window opens for an element that', () => {
  for (const [behaviour, [act, status]] of Object.entries(CASES)) {
    test(behaviour, async (t) => {
      const page = await open(t);
      let windows = 0;
      page.on('popup', () => windows++);
      await page.click('button');
      await page.evaluate(
        async (source, baseUrl) => {
          const el = Object.assign(document.createElement('chatapp-dialog'), {
            baseUrl,
            phones: ['7991'],
            accessToken: 'secret',
          });
          Object.assign(window, {el});
          const act = /** @type {(el: ChatAppDialog) => void} */ (new Function(`return ${source}`)());
          if (source.includes('addEventListener')) act(el);
          document.body.append(el);
          if (!source.includes('addEventListener')) act(el);
          await el.updateComplete;
        },
        act.toString(),
        `${dialogs()}/`,
      );
      if (status === 'loaded') await reaches(page, status);
      assert.equal(await page.evaluate(() => /** @type {any} */ (window).el.status), status);
      // A window that was to be opened would be there before this one.
      const popup = new Promise((resolve) => page.once('popup', resolve));
      await page.evaluate((url) => void window.open(url, 'wanted', 'width=100'), origin());
      await popup;
      assert.equal(windows, 1);
    });
  }
});
