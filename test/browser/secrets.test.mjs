// The access token where only a whole browser shows it: a policy that a page cannot take back, and the browser's own words.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setupPages} from '../support/test-page.mjs';

const TOKEN = '$2y$10$SECRET/token';
const MARK = 'SECRET';

const {open, dialogs, standIn} = setupPages();

test('a policy that forbids the frame brings the token into no error, no violation and no console', async (t) => {
  const page = await open(t, {
    headers: {'Content-Security-Policy': "frame-src 'none'"},
    expected: [/Content Security Policy/],
  });
  /** @type {string[]} */
  const words = [];
  page.on('console', (message) =>
    words.push(message.text(), JSON.stringify(message.location()), JSON.stringify(message.stackTrace())),
  );
  const seen = await page.evaluate(
    async (properties) => {
      /** @type {string[]} */
      const texts = [];
      /** @type {(value: object) => void} */
      const read = (value) => {
        for (const name in value) texts.push(`${name}: ${/** @type {any} */ (value)[name]}`);
      };
      addEventListener('securitypolicyviolation', read, true);
      new ReportingObserver((reports) => reports.forEach((report) => texts.push(JSON.stringify(report))), {
        buffered: true,
      }).observe();
      const el = Object.assign(document.createElement('chatapp-dialog'), properties);
      const failed = new Promise((resolve) => el.addEventListener('chatapp-error', resolve));
      document.body.append(el);
      await failed;
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const {error} = el;
      if (error) texts.push(error.message, String(error.stack), JSON.stringify(error));
      texts.push(
        document.documentElement.outerHTML,
        String(el.shadowRoot?.innerHTML),
        JSON.stringify(performance.getEntries()),
        JSON.stringify(history.state),
      );
      return {code: error?.code, texts};
    },
    {baseUrl: `${dialogs()}/`, accessToken: TOKEN, phones: ['7999']},
  );
  assert.equal(seen.code, 'blocked-by-csp');
  assert.ok(
    seen.texts.some((text) => text.startsWith('blockedURI: http')),
    'the violation was told',
  );
  assert.ok(
    words.some((word) => word.includes('frame-src')),
    'the console told of it',
  );
  assert.deepEqual(
    [...seen.texts, ...words].filter((text) => text.includes(MARK)),
    [],
  );
  assert.deepEqual(standIn.requests(), []);
});

/** What becomes of the element in a page with this header. @param {import('node:test').TestContext} t @param {Record<string, string>} headers */
async function openUnder(t, headers) {
  const page = await open(t, {headers, expected: [/./], isRepeated: true});
  return page.evaluate(
    async (properties) => {
      const el = Object.assign(document.createElement('chatapp-dialog'), properties);
      const ended = new Promise((resolve) => {
        for (const type of ['chatapp-error', 'chatapp-load']) el.addEventListener(type, () => resolve(type));
      });
      console.warn('opening'); // so that there is something to hear in each engine
      document.body.append(el);
      const event = await ended;
      const {error} = el;
      const texts = [error?.message, String(error?.stack), JSON.stringify(error), String(el.shadowRoot?.innerHTML)];
      return {event, code: error?.code, hasFrame: !!el.frame, texts};
    },
    {baseUrl: `${dialogs()}/`, accessToken: TOKEN, phones: ['7999']},
  );
}

test('a Cross-Origin-Embedder-Policy that blocks the frame is an error that says so, without the token', async (t) => {
  const {texts, ...seen} = await openUnder(t, {'Cross-Origin-Embedder-Policy': 'require-corp'});
  assert.deepEqual(seen, {event: 'chatapp-error', code: 'blocked-by-coep', hasFrame: false});
  assert.match(String(texts[0]), /Cross-Origin-Embedder-Policy/);
  assert.deepEqual(
    texts.filter((text) => text?.includes(MARK)),
    [],
  );
});

test('a Cross-Origin-Embedder-Policy that only reports blocks nothing', async (t) => {
  const {event, code} = await openUnder(t, {'Cross-Origin-Embedder-Policy-Report-Only': 'require-corp'});
  assert.deepEqual([event, code], ['chatapp-load', undefined]);
});
