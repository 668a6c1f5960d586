// Never the wrong customer: what an agent sees, types into and hears from the moment the page speaks of somebody else.
// In Chromium, by pixels, the real keyboard and the accessibility tree; test/wrong-customer.test.ts is for all engines.
// With conversations that stay loaded, test/browser/keep-alive.test.mjs goes on.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {
  A,
  B,
  develop,
  film,
  heard,
  keysOfPage,
  MARKS,
  pictured,
  press,
  setupAgentView,
  typeInto,
} from '../support/agent-view.mjs';
import {until} from '../support/ask.mjs';
import {insideFrame, reaches} from '../support/browser-page.mjs';

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('../support/agent-view.mjs').ChatAppDialog} ChatAppDialog */
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

/** What the agent types into A before the change, after the change, and into B: no hexadecimal digits, for session ids stand in URLs. */
const [FOR_A, FOR_NOBODY, FOR_B] = ['x', 'n', 'y'];

const {openA} = setupAgentView();

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
    'the conversation has no pause in stealing the focus': {
      scene: 'steal-focus',
      change: (el, phone) => (el.phones = [phone]),
      status: 'loading',
    },
    'it steals the focus, and the phone is bad': {
      scene: 'steal-focus',
      change: (el) => (el.phones = ['no phone']),
      status: 'error',
    },
    'the phone is bad': {change: (el) => (el.phones = ['no phone']), status: 'error'},
    'the customer has no phone': {change: (el) => (el.phones = []), status: 'idle'},
    'the element is disabled': {change: (el, phone) => ((el.phones = [phone]), (el.disabled = true)), status: 'idle'},
    'the page signs out': {
      properties: {accessToken: 'a token'},
      change: (el) => (el.accessToken = null),
      status: 'idle',
    },
    'the token for the next one is still on its way': {
      prepare: (el) => (el.getAccessToken = async () => 'a token'),
      before: (el) => {
        const token = /** @type {Promise<string>} */ (
          new Promise((resolve) => Object.assign(globalThis, {answer: resolve}))
        );
        el.getAccessToken = () => token;
      },
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
      const {page, inputs} = await openA(t, {...one, prepare: async (page) => one.prepare && act(page, one.prepare)});
      const pictures = await film(page);
      const frame = await insideFrame(page);
      await typeInto(page, frame, FOR_A);
      assert.ok((await heard(page)).includes(FOR_A.repeat(3)), 'the accessibility tree holds A');
      await pictured(page, pictures, ({mark, pixels}) => mark === A && Number(pixels[A]) > 1000);
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
        const {[A]: toA = 0, [B]: toB = 0} = await inputs(FOR_NOBODY);
        assert.equal(toA, 0, 'no key typed after the change comes to A');
        return toB + (await keysOfPage(page, FOR_NOBODY)) === 5;
      });
      // So are the others. A page tells of its keys by beacons, which come when they come.
      await until(
        async () => Number((await inputs(FOR_B))[B]) >= (opensB ? 3 : 0) && Number((await inputs(FOR_A))[A]) >= 3,
      );
      const got = await Promise.all([FOR_A, FOR_B].map(inputs));
      assert.deepEqual(
        got.map(({[A]: toA, [B]: toB}) => [toA, toB]),
        [
          [3, 0],
          [0, opensB ? 3 : 0],
        ],
      );

      await pictured(page, pictures, ({mark, pixels}) => mark === B && (!opensB || Number(pixels[B]) > 1000));
      const painted = await develop(page, pictures);
      const after = painted.filter(({mark}) => mark !== A).map(({pixels}) => pixels);
      assert.deepEqual(
        after.filter(({[A]: a}) => a !== 0),
        [],
        'no picture after the change shows A',
      );
    });
  }
});

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
      const isFrameGone =
        old?.isConnected === false && old.contentWindow === null && frames.every((frame) => frame === el.frame);
      return {isFrameGone, isFocusGone: focused !== old};
    },
    String(change),
    MARKS[B],
    B,
  );
}
