// Never the wrong customer: what an agent sees, types into and hears from the moment the page speaks of somebody else.
// In Chromium, by pixels, the real keyboard and the accessibility tree; test/wrong-customer.test.ts is for all engines.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {colourOf} from '../../demo/stand-in/scenes.mjs';
import {until} from '../support/ask.mjs';
import {insideFrame, reaches} from '../support/browser-page.mjs';
import {setupPages} from '../support/test-page.mjs';

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('puppeteer-core').Frame} Frame */
/** @typedef {HTMLElementTagNameMap['chatapp-dialog']} ChatAppDialog */
/** @typedef {(el: ChatAppDialog, phone: string) => unknown} Act  Runs in the page. */
/**
 * @typedef {{
 *   properties?: Record<string, unknown>,
 *   scene?: string,
 *   prepare?: Act,
 *   before?: Act,
 *   change: Act,
 *   status: string,
 *   after?: Act,
 * }} Switch
 *   `prepare` runs before A is opened, `before` once the agent has typed into it, `change` is what the page does then,
 *   `status` what comes of it, and `after` what has to be done until B opens; `status` loading is followed by B too.
 */

const A = '79990000001';
const B = '79990000002';
/** What the agent types into A before the change, after the change, and into B: no hexadecimal digits, for session ids stand in URLs. */
const [FOR_A, FOR_NOBODY, FOR_B] = ['x', 'n', 'y'];
/** Stands in the page and changes in the task in which the page does: it dates each picture. */
const MARK = '#ff00ff';

const {open, dialogs, inputs} = setupSwitches();

describe('once the page speaks of another customer, the one before is neither seen nor heard nor typed to', () => {
  /** @type {Record<string, Switch>} */
  const switches = {
    'the property is set': {change: (el, phone) => (el.phones = [phone]), status: 'loading'},
    'the attribute is set': {change: (el, phone) => el.setAttribute('phones', phone), status: 'loading'},
    'customers change fast, there and back': {
      change: async (el, phone) => {
        for (let i = 0; i < 20; i++) {
          el.phones = [i % 2 ? '79990000001' : phone];
          await el.updateComplete;
        }
        el.phones = [phone];
      },
      status: 'loading',
    },
    'the conversation has no pause in stealing the focus': {scene: 'steal-focus', change: (el, phone) => (el.phones = [phone]), status: 'loading'},
    'it steals the focus, and the phone is bad': {scene: 'steal-focus', change: (el) => (el.phones = ['no phone']), status: 'error'},
    'the phone is bad': {change: (el) => (el.phones = ['no phone']), status: 'error'},
    'the customer has no phone': {change: (el) => (el.phones = []), status: 'idle'},
    'the element is disabled': {change: (el, phone) => ((el.phones = [phone]), (el.disabled = true)), status: 'idle'},
    'the page signs out': {properties: {accessToken: 'a token'}, change: (el) => (el.accessToken = null), status: 'idle'},
    'the token for the next one is still on its way': {
      prepare: (el) => (el.getAccessToken = async () => 'a token'),
      before: (el) => (el.getAccessToken = () => new Promise((resolve) => (/** @type {any} */ (globalThis).answer = resolve))),
      change: (el, phone) => (el.phones = [phone]),
      status: 'authorizing',
      after: () => /** @type {any} */ (globalThis).answer('a token'),
    },
    'the next one waits out of sight': {
      properties: {loading: 'lazy'},
      before: () => scrollTo(0, 3000),
      change: (el, phone) => (el.phones = [phone]),
      status: 'waiting',
      after: () => scrollTo(0, 0),
    },
  };
  for (const [behaviour, one] of Object.entries(switches)) {
    test(behaviour, async (t) => {
      const {page, session} = await openA(t, one);
      const pictures = await film(page);
      const frame = await insideFrame(page);
      await typeInto(page, frame, FOR_A);
      assert.ok((await heard(page)).includes(FOR_A.repeat(3)), 'the accessibility tree holds A');
      await until(() => pictures.length > 0);
      if (one.before) await act(page, one.before);

      const seen = await switchTo(page, one.change);
      assert.deepEqual(seen, {isFrameGone: true, isFocusGone: true}, 'before the next picture is painted');
      for (let i = 0; i < 5; i++) await press(page, FOR_NOBODY);
      assert.ok(!(await heard(page)).includes(FOR_A.repeat(3)), 'the accessibility tree holds A no longer');
      await until(() => !page.frames().some((one) => one.url().includes(A)));
      if (one.status !== 'loading') await reaches(page, one.status);

      const opensB = one.status === 'loading' || one.after;
      if (one.after) await act(page, one.after);
      if (opensB) {
        await reaches(page, 'loaded');
        await typeInto(page, await insideFrame(page), FOR_B);
      }
      // Each key is accounted for: the page got it, or B, which steals the focus like A.
      await until(async () => {
        const {[A]: toA = 0, [B]: toB = 0} = await inputs(session, FOR_NOBODY);
        assert.equal(toA, 0, 'no key typed after the change comes to A');
        return toB + (await page.evaluate(countKeys, FOR_NOBODY)) === 5;
      });
      assert.deepEqual(await inputs(session, FOR_A), {[A]: 3, [B]: 0});
      assert.deepEqual(await inputs(session, FOR_B), {[A]: 0, [B]: opensB ? 3 : 0});

      const painted = await develop(page, pictures);
      const before = painted.filter(({isAfter}) => !isAfter);
      const after = painted.filter(({isAfter}) => isAfter);
      assert.ok(before.some(({a}) => a > 1000), 'A was painted');
      assert.ok(after.length > 0, 'something was painted after the change');
      assert.deepEqual(after.filter(({a}) => a > 0), [], 'no picture after the change shows A');
      if (opensB) assert.ok(Number(after.at(-1)?.b) > 1000, 'B was painted');
    });
  }
});

function setupSwitches() {
  const pages = setupPages(`
    <style>
      body { margin: 0; min-height: 5000px }
      #mark { position: fixed; top: 0; width: 100%; height: 20px; background: black }
      chatapp-dialog { margin-top: 20px; height: 280px; min-height: 0 }
    </style>
    <div id="mark"></div>`);
  return {
    ...pages,
    /**
     * How often each customer's page has got a key.
     * @param {string} session
     * @param {string} key
     * @returns {Promise<Record<string, number>>}
     */
    async inputs(session, key) {
      const response = await fetch(`${pages.dialogs()}/_inputs?session=${session}`);
      const log = /** @type {import('../../demo/stand-in/scenes.mjs').Input[]} */ (await response.json());
      const of = (/** @type {string} */ phone) => log.filter((input) => input.type === 'keydown' && input.phone === phone && input.key === key).length;
      return {[A]: of(A), [B]: of(B)};
    },
  };
}

/**
 * A page with A's conversation open.
 * @param {import('node:test').TestContext} t
 * @param {Switch} options
 */
async function openA(t, {properties, scene = 'slow-paint', prepare}) {
  const page = await open(t, {width: 400, height: 300});
  await page.bringToFront();
  const session = crypto.randomUUID();
  await page.evaluate(() => {
    const el = document.createElement('chatapp-dialog');
    /** @type {string[]} */
    const keys = [];
    addEventListener('keydown', ({key}) => keys.push(key), true);
    Object.assign(globalThis, {el, keys});
  });
  if (prepare) await act(page, prepare);
  await page.evaluate((given) => {
    document.body.append(Object.assign(/** @type {any} */ (globalThis).el, given));
  }, {baseUrl: `${dialogs()}/s/${session}/scene/${scene}/`, phones: [A], ...properties});
  return {page, session};
}

/**
 * Runs something with the element and B's phone in the page.
 * @param {Page} page
 * @param {Act} what
 */
async function act(page, what) {
  await page.evaluate(`(${what})(el, '${B}'); undefined`);
}

/**
 * The change, marked in the page by its task; tells how things stand before anything can have been painted.
 * @param {Page} page
 * @param {Act} change
 */
function switchTo(page, change) {
  return page.evaluate(
    async (source, mark, phone) => {
      const {el} = /** @type {{el: ChatAppDialog}} */ (/** @type {unknown} */ (globalThis));
      const old = el.frame;
      const run = /** @type {Act} */ (Function(`return ${source}`)());
      const done = run(el, phone);
      // What takes more than a task marks only its end.
      if (done instanceof Promise) await done;
      /** @type {HTMLElement} */ (document.querySelector('#mark')).style.background = mark;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      let focused = document.activeElement;
      while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
      const frames = [...(el.shadowRoot?.querySelectorAll('iframe') ?? [])];
      const isFrameGone = old?.isConnected === false && old.contentWindow === null && frames.every((frame) => frame === el.frame);
      return {isFrameGone, isFocusGone: focused !== old};
    },
    String(change),
    MARK,
    B,
  );
}

/**
 * The agent clicks into the conversation's input, once it is painted, and types a letter three times.
 * @param {Page} page
 * @param {Frame} frame
 * @param {string} letter
 */
async function typeInto(page, frame, letter) {
  const input = await frame.waitForSelector('input:not([hidden])');
  await page.bringToFront();
  await input?.click();
  // The frame runs in another process: until it has the focus there, keys go elsewhere.
  await frame.waitForFunction(() => document.hasFocus() && document.activeElement?.matches('input'));
  for (let i = 0; i < 3; i++) await press(page, letter);
  await frame.waitForFunction((wanted) => document.querySelector('input')?.value.endsWith(wanted), {}, letter.repeat(3));
  await frame.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/**
 * @param {Page} page
 * @param {string} key
 */
async function press(page, key) {
  await page.keyboard.press(/** @type {import('puppeteer-core').KeyInput} */ (key));
}

/**
 * In the page: how often it has got a key itself.
 * @param {string} key
 */
function countKeys(key) {
  return /** @type {string[]} */ (/** @type {any} */ (globalThis).keys).filter((one) => one === key).length;
}

/**
 * What a screen reader is told, the frames' insides included.
 * @param {Page} page
 */
async function heard(page) {
  return JSON.stringify(await page.accessibility.snapshot({interestingOnly: false, includeIframes: true}));
}

/**
 * Takes a picture of every painted frame, as the browser composes it.
 * @param {Page} page
 */
async function film(page) {
  /** @type {string[]} */
  const pictures = [];
  const cdp = await page.createCDPSession();
  cdp.on('Page.screencastFrame', ({data, sessionId}) => {
    pictures.push(data);
    // The page may be closing.
    cdp.send('Page.screencastFrameAck', {sessionId}).catch(() => {});
  });
  await cdp.send('Page.startScreencast', {format: 'png', everyNthFrame: 1});
  return pictures;
}

/**
 * What is on the pictures: whether the change has happened, and how many pixels have A's and B's colour.
 * @param {Page} page
 * @param {string[]} pictures
 */
function develop(page, pictures) {
  return page.evaluate(
    async (pictures, colours) => {
      const [mark, a, b] = colours.map((colour) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)));
      const found = [];
      for (const picture of pictures) {
        const image = new Image();
        image.src = `data:image/png;base64,${picture}`;
        await image.decode();
        const {width, height} = image;
        const context = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(width, height).getContext('2d'));
        context.drawImage(image, 0, 0);
        const {data} = context.getImageData(0, 0, width, height);
        const count = (/** @type {number[] | undefined} */ colour) => {
          let pixels = 0;
          for (let i = 0; i < data.length; i += 4) if (colour?.every((value, channel) => Math.abs(Number(data[i + channel]) - value) < 8)) pixels++;
          return pixels;
        };
        found.push({isAfter: count(mark) > 0, a: count(a), b: count(b)});
      }
      return found;
    },
    pictures,
    [MARK, colourOf(A), colourOf(B)],
  );
}
