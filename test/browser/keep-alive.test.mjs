// Never the wrong customer, with conversations that stay loaded: what an agent sees, hears and types into when the page goes
// back and forth between customers: by pixels, the real keyboard, and in Chromium the accessibility tree too. WebKit keeps none.
// test/conversation/parked-frames.test.ts is for all engines.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {
  A,
  B,
  C,
  develop,
  film,
  heard,
  keysOfPage,
  MARKS,
  painted,
  pictured,
  press,
  setupAgentView,
  takePicture,
  typeInto,
} from '../support/agent-view.mjs';
import {until} from '../support/ask.mjs';
import {insideFrame, isFirefox, reaches} from '../support/browser-page.mjs';
import {needs} from '../support/needs.mjs';

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('puppeteer-core').Frame} Frame */
/** @typedef {import('../support/agent-view.mjs').ChatAppDialog} ChatAppDialog */
/** @typedef {keyof typeof MARKS} Customer */
/** @typedef {{customer: Customer, properties: Record<string, unknown>, status: string}} Step  What the page sets, and what comes of it. */

/** What the agent types into each conversation, and while no conversation is his: no hexadecimal digits, for session ids stand in URLs. */
const LETTERS = {[A]: 'x', [B]: 'y', [C]: 'z'};
const FOR_NOBODY = 'n';

/** @type {(phone: Customer) => Step} */
const to = (phone) => ({customer: phone, properties: {phones: [phone], disabled: false}, status: 'loaded'});
/** @type {(properties: Record<string, unknown>, status: string) => Step} */
const toNobody = (properties, status) => ({customer: 'nobody', properties, status});

/**
 * What holds in each engine that keeps conversations.
 * @param {ReturnType<typeof setupAgentView>['openA']} openA
 * @param {(name: string) => boolean} [isChosen]
 */
function testJourneys(openA, isChosen = () => true) {
  /** Where the page goes from A, and of whom a page was asked for in all. @type {Record<string, {steps: Step[], opened: Customer[]}>} */
  const journeys = {
    'to a new customer and back': {steps: [to(B), to(A)], opened: [A, B]},
    'between three': {steps: [to(B), to(C), to(A), to(C)], opened: [A, B, C]},
    'back from a bad phone': {steps: [toNobody({phones: ['no phone']}, 'error'), to(A)], opened: [A]},
    'over a bad phone to another one': {
      steps: [to(B), toNobody({phones: ['no phone']}, 'error'), to(A)],
      opened: [A, B],
    },
    'back from a customer without a phone': {steps: [to(B), toNobody({phones: []}, 'idle'), to(B)], opened: [A, B]},
    'back after it was disabled, which ends all': {
      steps: [to(B), toNobody({disabled: true}, 'idle'), to(A)],
      opened: [A, B, A],
    },
  };
  for (const [behaviour, {steps, opened: expected}] of Object.entries(journeys)) {
    if (!isChosen(behaviour)) continue;
    test(behaviour, async (t) => {
      const {page, inputs, opened} = await openA(t, {properties: {keepAlive: 3}});
      const pictures = await film(page);
      /** What stands in each conversation's input. @type {Partial<Record<Customer, string>>} */
      const typed = {};
      let keys = 0;
      for (const step of [undefined, ...steps]) {
        const {customer, status} = step ?? to(A);
        if (step) {
          await show(page, step);
          await takePicture(page, pictures); // before the next one is painted
          // Before the agent has clicked anywhere.
          for (let i = 0; i < 2; i++, keys++) await press(page, FOR_NOBODY);
          // Disabled, it forgets what was typed.
          if ('disabled' in step.properties && step.properties.disabled)
            for (const phone of [A, B, C]) delete typed[phone];
        }
        await reaches(page, status);
        if (customer !== 'nobody') {
          const frame = await insideFrame(page);
          const input = await frame.waitForSelector('input:not([hidden])');
          assert.equal(await input?.evaluate(({value}) => value), typed[customer] ?? '', 'the half-typed answer');
          await typeInto(page, frame, LETTERS[customer]);
          typed[customer] = (typed[customer] ?? '') + LETTERS[customer].repeat(3);
        }
        if (!(await isFirefox(page))) {
          const said = await heard(page);
          for (const [phone, text] of Object.entries(typed))
            assert.equal(said.includes(text), phone === customer, `${phone} is in the accessibility tree`);
          assert.equal(await framesHeard(page), customer === 'nobody' ? 0 : 1, 'frames in the accessibility tree');
        }
        await showsIn(page, pictures, customer);
      }
      await until(async () => (await keysOfPage(page, FOR_NOBODY)) === keys);
      assert.deepEqual(await inputs(FOR_NOBODY), {[A]: 0, [B]: 0, [C]: 0});
      assert.deepEqual(await opened(), expected);
      assertOnlyTheShown(await develop(page, pictures), [A, ...steps.map(({customer}) => customer)]);
    });
  }

  for (const [direction, back] of /** @type {const} */ ([
    ['Tab', false],
    ['Shift+Tab', true],
  ])) {
    if (!isChosen(direction)) continue;
    test(`${direction} through the whole page comes to the shown conversation alone`, async (t) => {
      const {page} = await openA(t, {properties: {keepAlive: 3}});
      await page.evaluate(() => {
        const field = (/** @type {string} */ id) => Object.assign(document.createElement('input'), {id});
        /** @type {any} */ (globalThis).el.before(field('before'));
        /** @type {any} */ (globalThis).el.after(field('after'));
      });
      await shownFrame(page);
      for (const phone of [B, C]) {
        await show(page, to(phone));
        await shownFrame(page);
      }
      await page.focus(back ? '#after' : '#before');
      if (back) await page.keyboard.down('Shift');
      const places = [await focused(page)];
      // Three rounds: more stops than there are places.
      for (let i = 0; i < 12; i++) {
        await press(page, 'Tab');
        await looked(page); // the focus goes from process to process by then
        places.push(await focused(page));
      }
      if (back) await page.keyboard.up('Shift');
      const [start, end] = back ? ['#after', '#before'] : ['#before', '#after'];
      assert.deepEqual([places[0], places.includes(C), places.includes(end)], [start, true, true]);
      assert.deepEqual(
        places.filter((place) => place === A || place === B),
        [],
        places.join(' '),
      );
    });
  }
}

describe(
  'with keep-alive in Firefox, none but the shown conversation is seen or typed to',
  process.env.BUNDLED_BROWSER ? {skip: 'BUNDLED_BROWSER asks for another browser'} : needs('firefox-esr'),
  () => {
    // Some of them: Firefox is slow to start its pages.
    const {openA} = setupAgentView({engine: 'firefox'});
    testJourneys(openA, (name) => /^(to a new|over a bad|Tab)/.test(name));
  },
);

describe('with keep-alive, none but the shown conversation is seen, heard or typed to', () => {
  const {openA} = setupAgentView();
  testJourneys(openA);

  test('switching there and back with each picture, while the hidden one goes on painting', async (t) => {
    const {page, opened} = await openA(t, {properties: {keepAlive: 1}});
    const [a, b] = [await shownFrame(page), (await show(page, to(B)), await shownFrame(page))];
    const pictures = await film(page);
    for (const frame of [a, b]) await frame.evaluate(paintOn);
    await page.evaluate(
      async (phones, marks) => {
        const {el} = /** @type {{el: ChatAppDialog}} */ (/** @type {unknown} */ (globalThis));
        const mark = /** @type {HTMLElement} */ (document.querySelector('#mark'));
        for (let i = 0; i < 60; i++) {
          el.phones = [phones[i % 2] ?? ''];
          mark.style.background = marks[i % 2] ?? '';
          // In turn: with every picture, after some pictures of each, and several times for one.
          const pictures = i % 10 < 4 ? 1 : i % 10 < 7 ? 4 : 0;
          for (let picture = 0; picture < pictures; picture++) await new Promise(requestAnimationFrame);
          await el.updateComplete;
        }
      },
      [A, B],
      [MARKS[A], MARKS[B]],
    );
    await painted(page);
    assert.deepEqual(await opened(), [A, B]);
    assertOnlyTheShown(await develop(page, pictures), [A, B]);
  });

  test('a hidden one that goes on painting for a second', async (t) => {
    const {page} = await openA(t, {properties: {keepAlive: 1}});
    const a = await shownFrame(page);
    await a.evaluate(paintOn);
    const pictures = await film(page);
    await showsIn(page, pictures, A);
    await show(page, to(B));
    const b = await shownFrame(page);
    await b.evaluate(paintOn);
    // So that the browser composes pictures, in which A could be.
    const [fromA, from] = [await paintings(a), pictures.length];
    await until(async () => pictures.length > from + 20 && (await paintings(a)) > fromA + 20);
    assertOnlyTheShown(await develop(page, pictures), [A, B]);
  });

  test('one that steals the focus is neither seen nor heard, is ended for it, and the keys are the shown one’s again', async (t) => {
    const {page, inputs, opened} = await openA(t, {properties: {keepAlive: 3}});
    const a = await shownFrame(page);
    await typeInto(page, a, LETTERS[A]);
    const pictures = await film(page);
    await showsIn(page, pictures, A);
    await show(page, to(B));
    const b = await shownFrame(page);
    await typeInto(page, b, LETTERS[B]);
    await a.evaluate(() => {
      setInterval(() => {
        window.focus();
        document.querySelector('input')?.focus();
      }, 50);
    });
    // Until it is caught; its end swallows the answer to a key that is on its way to it.
    const frames = () =>
      page.evaluate(() => /** @type {any} */ (globalThis).el.shadowRoot.querySelectorAll('iframe').length);
    const caught = page.waitForFunction(
      () => /** @type {any} */ (globalThis).el.shadowRoot.querySelectorAll('iframe').length === 1,
    );
    while ((await frames()) > 1) await Promise.race([press(page, FOR_NOBODY), caught]);
    await b.waitForFunction(() => document.hasFocus());
    assert.ok(!(await heard(page)).includes(LETTERS[A].repeat(3)));
    await typeInto(page, b, LETTERS[B]);
    // A page tells of its keys by beacons, which come when they come.
    await until(async () => Number((await inputs(LETTERS[B]))[B]) >= 6);
    assert.deepEqual(await inputs(LETTERS[B]), {[A]: 0, [B]: 6, [C]: 0});
    assert.deepEqual(await opened(), [A, B]);
    await showsIn(page, pictures, B);
    assertOnlyTheShown(await develop(page, pictures), [A, B]);
  });

  test('one in full screen ends, and the full screen with it: the next one is seen and typed into', async (t) => {
    const {page, opened} = await openA(t, {properties: {keepAlive: 3}});
    const a = await shownFrame(page);
    await typeInto(page, a, LETTERS[A]);
    await a.evaluate(() => addEventListener('keydown', () => void document.body.requestFullscreen(), {once: true}));
    await press(page, LETTERS[A]);
    await a.waitForFunction(() => document.fullscreenElement);
    const pictures = await film(page);
    await until(() => pictures.length > 0);
    await show(page, to(B));
    const b = await shownFrame(page);
    await typeInto(page, b, LETTERS[B]);
    assert.equal(await page.evaluate(() => document.fullscreenElement), null);
    await showsIn(page, pictures, B);
    await show(page, to(A));
    await shownFrame(page);
    assert.deepEqual(await opened(), [A, B, A]);
    await showsIn(page, pictures, A);
    assertOnlyTheShown(await develop(page, pictures), [A, B]);
  });

  test('one that enters full screen after it was hidden ends, and the full screen with it', async (t) => {
    const {page, opened} = await openA(t, {properties: {keepAlive: 3}});
    const a = await shownFrame(page);
    await page.evaluate(() => {
      const changed = new Promise((resolve) => document.addEventListener('fullscreenchange', resolve, {once: true}));
      Object.assign(globalThis, {changed});
    });
    await typeInto(page, a, LETTERS[A]); // which lets it enter full screen for some seconds
    const pictures = await film(page);
    await showsIn(page, pictures, A);
    await show(page, to(B));
    const b = await shownFrame(page); // a load would end it too
    await a.evaluate(() => void document.body.requestFullscreen().catch(() => {}));
    // It did enter. The element may have ended it before the event of the entering comes.
    await page.evaluate(() => /** @type {any} */ (globalThis).changed.then(() => {}));
    await page.waitForFunction(() => !document.fullscreenElement);
    await typeInto(page, b, LETTERS[B]);
    await showsIn(page, pictures, B);
    await show(page, to(A));
    await shownFrame(page);
    assert.deepEqual(await opened(), [A, B, A]);
    await showsIn(page, pictures, A);
    assertOnlyTheShown(await develop(page, pictures), [A, B]);
  });

  test('the field that the agent clicks in the shown one keeps the focus, and a list that it opens stays open', async (t) => {
    const {page} = await openA(t, {properties: {keepAlive: 1}});
    await show(page, to(B));
    const frame = await shownFrame(page);
    // This page would give its own input the focus again, whatever the element does.
    await frame.evaluate(() => {
      const [field, list] = [document.createElement('textarea'), document.createElement('select')];
      list.append(new Option('one'), new Option('two'));
      document.body.replaceChildren(field, list);
      Object.assign(globalThis, {field, list, blurs: 0});
      addEventListener('blur', () => /** @type {any} */ (globalThis).blurs++);
    });
    for (const what of ['textarea', 'select']) {
      await page.evaluate(() => window.focus());
      await page.evaluate(() => /** @type {any} */ (document.activeElement).blur());
      await frame.waitForFunction(() => !document.hasFocus());
      const before = await frame.evaluate(() => /** @type {any} */ (globalThis).blurs);
      await frame.click(what);
      await looked(page);
      const after = await frame.evaluate(() => ({
        blurs: /** @type {any} */ (globalThis).blurs,
        focused: document.activeElement?.localName,
        isOpen: document.querySelector('select')?.matches(':open'),
      }));
      assert.deepEqual(after, {blurs: before, focused: what, isOpen: what === 'select'});
    }
  });
});

/**
 * Waits for a picture of a customer, or of nobody.
 * @param {Page} page
 * @param {string[]} pictures
 * @param {Customer} customer
 */
const showsIn = (page, pictures, customer) =>
  pictured(
    page,
    pictures,
    ({mark, pixels}) => mark === customer && (customer === 'nobody' || Number(pixels[customer]) > 1000),
  );

/**
 * Every picture shows nobody but whom the page spoke of, and each of these was shown.
 * @param {import('../support/agent-view.mjs').Picture[]} pictures
 * @param {Customer[]} customers
 */
function assertOnlyTheShown(pictures, customers) {
  const wrong = pictures.filter(({mark, pixels}) =>
    Object.entries(pixels).some(([phone, count]) => count > 0 && phone !== mark),
  );
  assert.deepEqual(wrong, [], `of ${pictures.length} pictures`);
  for (const customer of customers) {
    const ofThis = pictures.filter(({mark}) => mark === customer);
    assert.ok(
      ofThis.some(({pixels}) => customer === 'nobody' || Number(pixels[customer]) > 1000),
      `${customer} was painted`,
    );
  }
}

/**
 * What the page sets, marked by its task.
 * @param {Page} page
 * @param {Step} step
 */
async function show(page, {customer, properties}) {
  await page.evaluate(
    async (properties, mark) => {
      const {el} = /** @type {{el: ChatAppDialog}} */ (/** @type {unknown} */ (globalThis));
      Object.assign(el, properties);
      /** @type {HTMLElement} */ (document.querySelector('#mark')).style.background = mark;
      await el.updateComplete;
    },
    properties,
    MARKS[customer],
  );
}

/** The shown conversation, once it is painted. @param {Page} page */
async function shownFrame(page) {
  const frame = await insideFrame(page);
  await frame.waitForSelector('input:not([hidden])');
  await painted(frame);
  return frame;
}

/** In a conversation: it paints on, by a timer and by an animation, and counts. */
function paintOn() {
  const counting = /** @type {{paintings: number}} */ (/** @type {unknown} */ (globalThis));
  counting.paintings = 0;
  const bar = document.body.appendChild(document.createElement('div'));
  bar.style.cssText = 'position: fixed; top: 0; height: 20px; background: white';
  bar.animate({width: ['0', '100%']}, {duration: 500, iterations: Infinity, direction: 'alternate'});
  setInterval(() => {
    document.body.style.borderBottom = `${++counting.paintings % 30}px solid white`;
  }, 16);
}

/** @param {Frame} frame @returns {Promise<number>} */
const paintings = (frame) => frame.evaluate(() => /** @type {any} */ (globalThis).paintings);

/** Until the element has looked where the keyboard is: it does so twenty times a second. @param {Page} page */
async function looked(page) {
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        let times = 0;
        const timer = setInterval(() => {
          if (++times < 4) return;
          clearInterval(timer);
          resolve(undefined);
        }, 50);
      }),
  );
}

/** How many frames the page's accessibility tree has, those aside of which a screen reader is not told. @param {Page} page */
async function framesHeard(page) {
  const cdp = await page.createCDPSession();
  const {nodes} = await cdp.send('Accessibility.getFullAXTree');
  await cdp.detach();
  return nodes.filter(({role, ignored}) => role?.value === 'Iframe' && !ignored).length;
}

/** Where the keyboard is: the phone of a conversation, or what has the focus in the page itself. @param {Page} page */
async function focused(page) {
  const inPage = await page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.id ? `#${element.id}` : String(element?.localName);
  });
  if (inPage !== 'iframe') return inPage;
  const phones = [];
  for (const frame of page.frames()) {
    if (frame !== page.mainFrame() && (await frame.evaluate(() => document.hasFocus())))
      phones.push([A, B, C].find((phone) => frame.url().includes(phone)));
  }
  return phones.join('+');
}
