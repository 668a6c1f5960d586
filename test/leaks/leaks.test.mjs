// What thousands of openings leave behind in a page that lives all day: nothing.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setupPages} from '../support/test-page.mjs';

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('puppeteer-core').CDPSession} CDPSession */
/** @typedef {HTMLElementTagNameMap['chatapp-dialog']} ChatAppDialog */
/** @typedef {Record<string, number>} Counts */

/** By then the engine has compiled most of what it will. With 400, its own code took 100 kB more during the rounds. */
const WARM_UP = 600;
const ROUNDS = 400;
/** In bytes. The engine takes about 25,000 of its own, and an element that stays is 5,000. */
const HEAP_TOLERANCE = 64_000;
/** On a busy machine, the engine may still compile while the rounds are played. A leak shows each time. */
const MOST_TRIES = 3;

// One process for page and frames: what a frame leaves behind is counted too.
const {open, dialogs} = setupPages('<div id="a"></div><div id="far" style="margin-top: 5000px"></div>', {
  host: '127.0.0.1',
});

test(
  `${ROUNDS} elements that come and go leave no node, no listener, no frame and no memory behind`,
  {timeout: 240_000},
  async (t) => {
    const page = await open(t, {width: 400, height: 300, expected: [/getAccessToken rejected/], isRepeated: true});
    const cdp = await page.createCDPSession();
    await Promise.all([cdp.send('Performance.enable'), cdp.send('HeapProfiler.enable')]);
    await page.evaluate(prepare, dialogs());

    await page.evaluate(playRounds, WARM_UP);
    let after = await settled(page, cdp);
    let growth = Infinity;
    let tries = 0;
    for (; tries < MOST_TRIES && growth >= HEAP_TOLERANCE; tries++) {
      const before = after;
      await page.evaluate(playRounds, ROUNDS);
      after = await settled(page, cdp, before);
      t.diagnostic(JSON.stringify(after));
      const {heap: heapBefore = 0, ...countsBefore} = before;
      const {heap: heapAfter = 0, ...countsAfter} = after;
      assert.deepEqual(countsAfter, countsBefore);
      growth = heapAfter - heapBefore;
      t.diagnostic(`the heap has grown by ${growth} bytes`);
    }
    assert.ok(growth < HEAP_TOLERANCE, `the heap has grown by ${growth} bytes`);
    const {loads, opened, rounds} = await page.evaluate(() => /** @type {any} */ (globalThis).tally);
    assert.equal(rounds, WARM_UP + ROUNDS * tries);
    assert.ok(loads > ROUNDS / 10, `a good share has loaded: ${loads}`);
    assert.ok(opened > ROUNDS / 2, `most have opened: ${opened}`);
  },
);

/**
 * Counts once the garbage is away: until the counts are those of `goal` or, without one, repeat.
 * What never gets there is given back as it is.
 * @param {Page} page
 * @param {CDPSession} cdp
 * @param {Counts} [goal]
 */
async function settled(page, cdp, goal) {
  let last = await count(page, cdp);
  for (let calm = 0, i = 0; calm < 3 && i < 40; i++) {
    const next = await count(page, cdp);
    const {heap: wanted = 0, ...counts} = goal ?? last;
    const {heap = 0, ...others} = next;
    const holds =
      Object.entries(counts).every(([name, value]) => others[name] === value) && heap - wanted < HEAP_TOLERANCE;
    calm = holds ? calm + 1 : 0;
    last = next;
  }
  return last;
}

/**
 * @param {Page} page
 * @param {CDPSession} cdp
 * @returns {Promise<Counts>}
 */
async function count(page, cdp) {
  // Two painted frames: what the last removal has left to do is done.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await cdp.send('HeapProfiler.collectGarbage');
  const {nodes, documents, jsEventListeners} = await cdp.send('Memory.getDOMCounters');
  const {metrics} = await cdp.send('Performance.getMetrics');
  const metric = (/** @type {string} */ name) => metrics.find((one) => one.name === name)?.value ?? NaN;
  return {
    nodes,
    documents,
    listeners: jsEventListeners,
    windowListeners: await listenersOf(cdp, 'window'),
    documentListeners: await listenersOf(cdp, 'document'),
    framesInPage: metric('Frames'),
    framesOfPage: page.frames().length,
    elements: await page.evaluate(() => /** @type {any} */ (globalThis).aliveElements()),
    heap: metric('JSHeapUsedSize'),
  };
}

/**
 * @param {CDPSession} cdp
 * @param {string} expression
 */
async function listenersOf(cdp, expression) {
  const {result} = await cdp.send('Runtime.evaluate', {expression});
  const objectId = result.objectId ?? '';
  const {listeners} = await cdp.send('DOMDebugger.getEventListeners', {objectId});
  await cdp.send('Runtime.releaseObject', {objectId});
  return listeners.length;
}

/**
 * In the page: what a round is.
 * @param {string} origin
 */
async function prepare(origin) {
  const near = /** @type {HTMLElement} */ (document.querySelector('#a'));
  const far = /** @type {HTMLElement} */ (document.querySelector('#far'));
  const tally = {rounds: 0, loads: 0, opened: 0};
  addEventListener('chatapp-load', () => tally.loads++);
  addEventListener('chatapp-loadstart', () => tally.opened++);
  /** @type {Set<WeakRef<Element>>} */
  let created = new Set();

  // The scene is the smallest page of the stand-in: what counts here is the page around the frame.
  /** @param {object} [properties] @param {HTMLElement} [parent] */
  const connect = (properties, parent = near) => {
    const el = document.createElement('chatapp-dialog');
    created.add(new WeakRef(el));
    Object.assign(el, {baseUrl: `${origin}/scene/slow-paint/`, phones: [`7999${tally.rounds}`], ...properties});
    parent.append(el);
    return el;
  };
  /** @param {Element} el @param {() => unknown} [change] */
  const loaded = async (el, change) => {
    const load = new Promise((resolve) => el.addEventListener('chatapp-load', resolve, {once: true}));
    await change?.();
    await load;
  };
  /** Until what follows from a change has begun: the element waits for a few tasks. */
  const begun = async (/** @type {ChatAppDialog} */ el) => {
    for (let task = 0; task < 6; task++) {
      await el.updateComplete;
      await new Promise((resolve) => {
        const {port1, port2} = new MessageChannel();
        port1.addEventListener('message', () => resolve(port1.close()), {once: true});
        port1.start();
        port2.postMessage(null);
      });
    }
  };
  const status = (/** @type {ChatAppDialog} */ el, /** @type {string} */ wanted) =>
    new Promise((resolve) => {
      const look = () => el.status === wanted && resolve(undefined);
      el.addEventListener('chatapp-statuschange', look);
      look();
    });

  /** One kind of life for each round; all end with the removal. @type {(() => Promise<ChatAppDialog>)[]} */
  const lives = [
    async function loads() {
      const el = connect();
      await loaded(el);
      return el;
    },
    async function isRemovedWhileLoading() {
      const el = connect();
      await begun(el);
      return el;
    },
    async function changesCustomer() {
      const el = connect();
      await begun(el);
      el.phones = ['1'];
      await begun(el);
      el.setAttribute('phones', '2');
      await begun(el);
      return el;
    },
    async function getsATokenAndLoads() {
      const el = connect({getAccessToken: async () => 'a token'});
      await loaded(el);
      return el;
    },
    async function isRemovedWhileAuthorizing() {
      const el = connect({getAccessToken: () => new Promise(() => {})});
      await status(el, 'authorizing');
      await begun(el);
      return el;
    },
    async function isAnsweredTooLate() {
      let answer = (/** @type {string} */ _token) => {};
      const el = connect({getAccessToken: () => new Promise((resolve) => (answer = resolve))});
      await status(el, 'authorizing');
      await begun(el);
      el.phones = [];
      await begun(el);
      answer('a token');
      return el;
    },
    async function isRefusedAToken() {
      const el = connect({getAccessToken: () => Promise.reject(new Error('no'))});
      await status(el, 'error');
      return el;
    },
    async function probesAndLoads() {
      const el = connect({probe: true});
      await loaded(el);
      return el;
    },
    async function isRemovedWhileProbing() {
      const el = connect({probe: true});
      await begun(el);
      return el;
    },
    async function waitsOutOfSight() {
      const el = connect({loading: 'lazy'}, far);
      await status(el, 'waiting');
      // Keeps what an append would end.
      if ('moveBefore' in far) /** @type {any} */ (far).moveBefore(el, null);
      await begun(el);
      return el;
    },
    async function isLazyInSight() {
      const el = connect({loading: 'lazy', phones: ['79991234567']});
      await status(el, 'loading');
      return el;
    },
    async function isMoved() {
      // Chromium warns of the default sandbox where an append takes a frame along.
      const el = connect({sandbox: 'allow-scripts'});
      await begun(el);
      far.append(el);
      await begun(el);
      return el;
    },
    async function isClosedAndReloaded() {
      const el = connect();
      await begun(el);
      el.close();
      await begun(el);
      el.reload();
      await begun(el);
      return el;
    },
    async function isDisabled() {
      const el = connect();
      await begun(el);
      el.disabled = true;
      await begun(el);
      return el;
    },
    async function isBad() {
      const el = connect({phones: ['no phone']});
      await begun(el);
      return el;
    },
    async function hasANeverEndingLoad() {
      const el = connect({baseUrl: `${origin}/scene/never/`, loadTimeout: 5});
      await status(el, 'error');
      return el;
    },
    async function takesTheFocus() {
      const el = connect();
      await begun(el);
      el.focus();
      el.phones = ['bad'];
      await begun(el);
      return el;
    },
  ];

  Object.assign(globalThis, {
    tally,
    async playRound() {
      const el = await lives[tally.rounds++ % lives.length]?.();
      el?.remove();
    },
    aliveElements() {
      created = new Set([...created].filter((one) => one.deref()));
      return created.size;
    },
  });

  // One frame stays: with the last frame of a site, Chromium ends the site's process, and starting one takes longer
  // than all the rest.
  await loaded(connect());
}

/**
 * In the page.
 * @param {number} rounds
 */
async function playRounds(rounds) {
  for (let i = 0; i < rounds; i++) await /** @type {any} */ (globalThis).playRound();
  performance.clearResourceTimings();
}
