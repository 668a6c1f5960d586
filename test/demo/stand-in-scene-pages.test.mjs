// The scenes whose page does something of its own, in a browser: slow-paint with its inputs, steal-focus, third-party.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {CHATS} from '../../demo/stand-in/app/chats.js';
import {VALID_TOKEN} from '../../demo/stand-in/sample-data.mjs';
import {colourOf} from '../../demo/stand-in/scenes.mjs';
import {createStandIn} from '../../demo/stand-in/server.mjs';
import {until} from '../support/ask.mjs';
import {launch, openPage} from '../support/browser-page.mjs';

const QUERY = '?crm[phones][0]=79991234567';

const standIn = createStandIn();
/** @type {string} */
let origin;
before(async () => {
  origin = await standIn.listen();
});
after(() => standIn.close());

/** @param {string} name @param {string} [session] */
const scene = (name, session = name) => `${origin}/s/${session}/scene/${name}/${QUERY}`;

/** @param {string} session @returns {Promise<import('../../demo/stand-in/scenes.mjs').Input[]>} */
const inputsOf = async (session) => (await fetch(`${origin}/_inputs?session=${session}`)).json();

/** @param {string} colour  `#rrggbb` */
const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

describe('in a browser', () => {
  /** @type {import('puppeteer-core').Browser} */
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser?.close());

  /** @param {import('puppeteer-core').Page} page */
  const background = (page) => page.evaluate(() => document.documentElement.style.background);

  test('slow-paint: keys count before the page is painted, then the phone has its colour', async (t) => {
    const page = await openPage(t, browser);
    // The clock of the page stands still, so that "before" is sure to be before.
    await page.evaluateOnNewDocument(() => {
      window.setTimeout = /** @type {any} */ (
        (/** @type {() => void} */ paint, /** @type {number} */ after) => Object.assign(window, {paint, after})
      );
    });
    await page.goto(scene('slow-paint'));
    assert.equal(await page.evaluate(() => /** @type {any} */ (window).after), 1000);
    assert.equal(await background(page), 'white');
    assert.equal(await page.evaluate(() => document.body.innerText.trim()), '');
    await page.keyboard.press('x');
    await seen('slow-paint', {phone: '79991234567', type: 'keydown', key: 'x'});
    await page.evaluate(() => /** @type {any} */ (window).paint());
    assert.equal(await background(page), `rgb(${channels(colourOf('79991234567')).join(', ')})`);
    assert.equal(
      await page.$eval('input', (input) => input.checkVisibility() && input === document.activeElement),
      true,
    );
    await page.keyboard.press('y');
    await seen('slow-paint', {phone: '79991234567', type: 'input', key: 'y'});
    await seen('slow-paint', {phone: '79991234567', type: 'focus', key: null});
  });

  test('steal-focus: the input has the focus again after it was taken', async (t) => {
    const page = await openPage(t, browser);
    await page.goto(scene('steal-focus'));
    await page.waitForFunction(() => document.activeElement === document.querySelector('input'));
    await page.evaluate(() => document.querySelector('input')?.blur());
    await page.waitForFunction(() => document.activeElement === document.querySelector('input'));
  });

  test('third-party: the image is loaded from the other name, and its Referer holds no token', async (t) => {
    const page = await openPage(t, browser);
    await page.goto(`${scene('third-party')}&api[access_token]=${encodeURIComponent(VALID_TOKEN)}`);
    assert.equal(await page.$eval('img', (image) => new URL(image.src).hostname), 'localhost');
    assert.equal(await page.$eval('img', (image) => image.naturalWidth), 1);
    const records = await (await fetch(`${origin}/_requests?session=third-party-third-party`)).json();
    assert.deepEqual(records, [{method: 'GET', url: '/_third-party?session=third-party', referer: `${origin}/`}]);
  });

  /** @param {string} session @param {import('../../demo/stand-in/scenes.mjs').Input} input */
  const seen = (session, input) =>
    until(async () => (await inputsOf(session)).some((one) => JSON.stringify(one) === JSON.stringify(input)));
});

describe('inputs', () => {
  test('are kept for each session and read from any origin; what is no input is refused', async () => {
    const address = `${origin}/_inputs?session=inputs`;
    const input = {phone: '7', type: 'keydown', key: 'a'};
    assert.equal((await fetch(address, {method: 'POST', body: JSON.stringify(input)})).status, 204);
    assert.equal((await fetch(address, {method: 'POST', body: '{'})).status, 400);
    const answer = await fetch(address);
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    assert.deepEqual(await answer.json(), [input]);
    assert.deepEqual(await inputsOf('inputs-of-others'), []);
  });

  test('the page may send to its own server only', async () => {
    const policy = (await fetch(scene('slow-paint', 'policy'))).headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'; connect-src 'self';.*script-src 'sha256-[^']+'$/);
  });

  for (const [what, phones] of /** @type {const} */ ([
    ['of the sample data', [...new Set(CHATS.map(({phone}) => phone ?? ''))]],
    ['that are neighbours', Array.from({length: 20}, (_, index) => String(79990000000 + index))],
  ])) {
    test(`phones ${what} have colours that are told apart`, () => {
      const colours = [[255, 255, 255], ...phones.map((phone) => channels(colourOf(phone)))];
      for (const [index, colour] of colours.entries()) {
        for (const other of colours.slice(index + 1)) {
          const distance = Math.max(...colour.map((value, at) => Math.abs(value - (other[at] ?? 0))));
          assert.ok(distance >= 24, `${colour} and ${other}`);
        }
      }
    });
  }
});
