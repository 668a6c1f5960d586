// The sample apps of demo/frameworks/, each built by its framework's tools from the packed package (npm run frameworks): the
// element must do the same in all of them.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {startDemo} from '../../demo/server.mjs';
import {CRM_DOMAIN} from '../../demo/stand-in/sample-data.mjs';
import {VARIANTS} from '../../scripts/frameworks.mjs';
import {launch, openPage, reaches, text} from '../support/browser-page.mjs';

/** @typedef {import('puppeteer-core').Page} Page */

/** What the Dialog is asked for, by customer; the demo's server names the employee when it hands out the token. */
const CHANNEL = ['api[license_id]=30310', 'api[messenger_type]=grWhatsApp'];
const signIn = () => [
  `api[access_token]=${demo.api.accessTokens().at(-1)?.accessToken}`,
  `api[crm_domain]=${CRM_DOMAIN}`,
  'api[employee_ext_code]=101',
];
const MARINA = [...CHANNEL, 'crm[phones][0]=79991234567'];
const DANIEL = [
  ...CHANNEL,
  'crm[phones][0]=491713920012',
  'crm[phones][1]=491713920034',
  'crm[dialogIds][0]=491713920012@c.us',
];
/** @param {string[]} customer */
const opening = (customer) => [...signIn(), ...customer].toSorted();
/** @param {string} url */
const query = (url) =>
  decodeURIComponent(url.slice(url.indexOf('?') + 1))
    .split('&')
    .toSorted();

/** @type {Awaited<ReturnType<typeof startDemo>>} */
let demo;
/** @type {import('puppeteer-core').Browser} */
let browser;
let sessions = 0;

before(async () => {
  demo = await startDemo();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await demo?.close();
});

/**
 * Opens an app, and waits for its first chat; its console must stay silent.
 * @param {import('node:test').TestContext} t
 * @param {string} variant
 */
async function open(t, variant) {
  const isDevelopment = VARIANTS[variant]?.env?.NODE_ENV === 'development';
  const page = await openPage(t, browser, {expected: isDevelopment ? [/^Lit is in dev mode/] : []});
  let tokens = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/api/chatapp-token')) tokens++;
  });
  const session = `frameworks-${sessions++}`;
  // Another site than the page's, as in life.
  const baseUrl = `${demo.standInUrl.replace('localhost', '127.0.0.1')}s/${session}/`;
  await page.goto(`${demo.url}frameworks/${variant}/?base-url=${encodeURIComponent(baseUrl)}`);
  await loads(page, 1);
  return {
    page,
    baseUrl,
    tokens: () => tokens,
    requests: () => demo.requests(session).map(({url}) => query(url)),
    choose: (/** @type {string} */ customer) => page.click(`[data-customer=${customer}]`),
    act: (/** @type {string} */ action) => page.click(`[data-action=${action}]`),
    says: (/** @type {string} */ output) => text(page, `[data-${output}]`),
    link: () => page.$eval('chatapp-dialog-link', (link) => link.shadowRoot?.querySelector('a')?.href ?? 'no link'),
  };
}

/** Waits until the app has heard of so many loads. @param {Page} page @param {number} count */
async function loads(page, count) {
  await page.waitForFunction(
    (wanted) => document.querySelector('[data-loads]')?.textContent === wanted,
    {},
    String(count),
  );
}

/** @param {Page} page */
const frameOf = (page) =>
  page.evaluateHandle(() => /** @type {any} */ (document.querySelector('chatapp-dialog')).frame);

for (const variant of Object.keys(VARIANTS)) {
  describe(variant, () => {
    test('opens the customer once, when the data is there, with a token asked for once', async (t) => {
      const {requests, tokens, says} = await open(t, variant);
      assert.deepEqual(requests(), [opening(MARINA)]);
      assert.equal(tokens(), 1);
      assert.equal(await says('status'), 'loaded');
      assert.equal(await says('error'), '');
    });

    test('opens another customer once, with a new token, and adds nothing to the history', async (t) => {
      const {page, requests, tokens, choose} = await open(t, variant);
      const entries = await page.evaluate(() => history.length);
      await choose('daniel');
      await loads(page, 2);
      assert.deepEqual(requests(), [opening(MARINA), opening(DANIEL)]);
      assert.equal(tokens(), 2);
      assert.equal(await page.evaluate(() => history.length), entries);
    });

    test('keeps the conversation when it renders again, and reload() through its ref opens it anew, once', async (t) => {
      const {page, requests, tokens, act} = await open(t, variant);
      const frame = await frameOf(page);
      await act('rerender');
      await act('rerender');
      await page.waitForFunction(
        () => document.querySelector('[data-action=rerender]')?.textContent?.trim() === 'Re-render (2)',
      );
      await page.evaluate(() => /** @type {any} */ (document.querySelector('chatapp-dialog')).updateComplete);
      assert.equal(await page.evaluate((before, now) => before === now, frame, await frameOf(page)), true);
      await act('reload');
      await loads(page, 2);
      assert.deepEqual(requests(), [opening(MARINA), opening(MARINA)]);
      assert.equal(tokens(), 2);
    });

    test('a customer without a phone closes the chat, says so and opens nothing', async (t) => {
      const {page, requests, tokens, choose, says} = await open(t, variant);
      await choose('noah');
      await page.waitForSelector('[data-status=idle]');
      assert.equal(await says('status'), 'idle');
      assert.match(
        await page.$eval('chatapp-dialog', (dialog) => dialog.shadowRoot?.textContent ?? ''),
        /This customer has no phone or chat\./,
      );
      assert.equal(page.frames().length, 1);
      await choose('daniel');
      await loads(page, 2);
      assert.deepEqual(requests(), [opening(MARINA), opening(DANIEL)]);
      assert.equal(tokens(), 2);
    });

    test('a bad phone closes the chat and reaches the error handler; another customer recovers', async (t) => {
      const {page, requests, choose, act, says} = await open(t, variant);
      await act('bad-phone');
      await page.waitForSelector('[data-status=error]');
      await page.waitForSelector('[data-error]:not(:empty)');
      assert.match(await says('error'), /^phones\[0\]/);
      assert.equal(page.frames().length, 1);
      await choose('daniel');
      await loads(page, 2);
      assert.equal(await says('status'), 'loaded');
      assert.equal(await says('error'), '');
      assert.deepEqual(requests(), [opening(MARINA), opening(DANIEL)]);
    });

    test('unmounted it leaves nothing, and mounted again it opens once', async (t) => {
      const {page, requests, tokens, choose, act} = await open(t, variant);
      const inside = page.frames()[1];
      await act('toggle');
      await page.waitForFunction(() => document.querySelector('chatapp-dialog') === null);
      assert.equal(inside?.detached, true);
      assert.equal(page.frames().length, 1);
      await choose('daniel');
      await page.waitForSelector('[data-customer=daniel][aria-pressed=true]');
      await act('toggle');
      await loads(page, 2);
      await reaches(page, 'loaded');
      assert.deepEqual(requests(), [opening(MARINA), opening(DANIEL)]);
      assert.equal(tokens(), 2);
    });

    test('the link beside it opens the same customer, without the token', async (t) => {
      const {page, baseUrl, choose, link} = await open(t, variant);
      assert.equal((await link()).split('?')[0], baseUrl);
      assert.deepEqual(query(await link()), MARINA.toSorted());
      assert.equal(await text(page, 'chatapp-dialog-link'), 'Open in a tab');
      await choose('daniel');
      await loads(page, 2);
      assert.deepEqual(query(await link()), DANIEL.toSorted());
      await choose('noah');
      await page.waitForSelector('[data-status=idle]');
      assert.equal(await link(), '');
    });
  });
}
