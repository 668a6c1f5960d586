// keep-alive: that no kept conversation is seen or typed to, and what it costs the shown one. WebKit keeps none.
import {expect, nextFrame} from '@open-wc/testing';
import {sendKeys, sendMouse} from '@web/test-runner-commands';
import type {ChatAppDialog} from '../../src/element.js';
import {focusPage, loadAfter, nextEvent, secondOrigin, type SetupOptions} from '../support/harness.js';
import {A, B, describeKeeping, frames, kept, setupKeeping} from '../support/keeping.js';
import {pageWithPolicy} from '../support/page-with-policy.js';

const IS_FIREFOX = navigator.userAgent.includes('Firefox');

describeKeeping('a kept conversation', () => {
  beforeEach(focusPage);

  interface Input {
    phone: string;
    type: string;
    key: string | null;
  }

  async function setupTyping(scene = 'slow-paint', options: SetupOptions = {}) {
    const test = await setupKeeping(options);
    const {el, base} = test;
    const [, origin, session] = /^(.+)\/s\/(.+)\/$/.exec(base)!;
    await loadAfter(el, () => (el.baseUrl = `${base}scene/${scene}/`));
    const inputs = async () => (await (await fetch(`${origin}/_inputs?session=${session}`)).json()) as Input[];
    const got = async (phone: string, key: string | null, type = 'keydown') =>
      (await inputs()).filter((input) => input.phone === phone && input.key === key && input.type === type).length;
    return {...test, got};
  }

  /** Clicks into the shown conversation until it has the focus: for a moment after the load, Chromium's page gets the click. */
  async function clickInto(el: ChatAppDialog): Promise<void> {
    let lastEvent = '';
    const listening = new AbortController();
    for (const type of ['focus', 'blur']) {
      addEventListener(type, () => (lastEvent = type), {signal: listening.signal});
    }
    const {left, top, width, height} = el.getBoundingClientRect();
    await until(
      () => lastEvent === 'blur',
      async () => {
        await sendMouse({type: 'click', position: [Math.round(left + width / 2), Math.round(top + height / 2)]});
        await nextFrame();
      },
    );
    listening.abort();
  }

  async function until(holds: () => boolean | Promise<boolean>, act: () => unknown = nextFrame): Promise<void> {
    while (!(await holds())) await act();
  }

  it('has no keyboard in a page that is a frame, and takes it from nobody outside', async () => {
    const field = document.body.appendChild(document.createElement('input'));
    try {
      const {base} = secondOrigin();
      const {el, view} = await pageWithPolicy('img-src *', {'base-url': base, phones: A, 'keep-alive': '3'});
      await loadAfter(el, () => (el.disabled = false));
      el.frame!.focus();
      expect(el.shadowRoot!.activeElement === el.frame).to.equal(true);
      field.focus();
      await loadAfter(el, () => (el.phones = [B]));
      expect(document.activeElement === field).to.equal(true);
      view.focus();
      const focused = el.shadowRoot!.activeElement;
      expect(focused === null || focused === el.frame).to.equal(true);
    } finally {
      field.remove();
    }
  });

  it('is hidden, inert, and not styled by the page', async () => {
    const {el, show} = await setupKeeping();
    const style = document.head.appendChild(document.createElement('style'));
    style.textContent = 'chatapp-dialog::part(frame) {visibility: visible; position: static}';
    try {
      const old = el.frame!;
      await show(B);
      expect(getComputedStyle(old).visibility).to.equal('hidden');
      expect(getComputedStyle(el.frame!).visibility).to.equal('visible');
      expect([old.clientWidth, old.clientHeight]).to.deep.equal([el.frame!.clientWidth, el.frame!.clientHeight]);
      old.focus();
      expect(el.shadowRoot!.activeElement).not.to.equal(old);
    } finally {
      style.remove();
    }
  });

  /** How the keyboard comes to where it is when a kept conversation steals it. */
  const GUARDED: Record<string, (el: ChatAppDialog, input: HTMLElement) => unknown> = {
    'a field of the page': (_el, input) => input.focus(),
    'the shown conversation, which the page gave the focus': (el) => el.focus(),
    'the shown conversation, which the agent clicked': clickInto,
  };
  /** Where the element is, and the page's field beside it. */
  const PLACES: Record<string, (box: HTMLElement) => ParentNode> = {
    '': (box) => box,
    ', in a closed shadow root': (box) => box.attachShadow({mode: 'closed'}),
  };
  const CASES = Object.entries(GUARDED).flatMap(([owner, focus]) =>
    Object.entries(PLACES).map(([where, place]) => ({owner, focus, where, place})),
  );
  for (const {owner, focus, where, place} of CASES) {
    it(`that steals the keyboard has to give it back to ${owner}${where}`, async () => {
      const {el, got} = await setupTyping('steal-focus', {properties: {messengerType: 'calm'}, place});
      const tree = el.getRootNode() as Document | ShadowRoot;
      const input = el.parentNode!.appendChild(document.createElement('input'));
      await loadAfter(el, () => (el.phones = [B]));
      const thief = frames(el).find(({inert}) => inert)!;
      const pageGot: string[] = [];
      input.addEventListener('keydown', ({key}) => pageGot.push(key));
      /** Types a key until it has arrived where it belongs, and all before it too. */
      const arrives = (key: string) =>
        until(
          async () => pageGot.includes(key) || (await got(B, key)) > 0,
          () => sendKeys({press: key}),
        );
      await focus(el, input);
      await arrives('x'); // Chromium may send a key of the same moment to a frame that had none of it
      await arrives('y');
      const {activeElement} = tree;
      expect([kept(el), await got(A, 'y'), activeElement === input]).to.deep.equal([1, 0, owner.startsWith('a field')]);

      const start = performance.now();
      let end = start;
      const left = IS_FIREFOX ? 1 : 0;
      thief.contentWindow!.postMessage('steal', '*');
      // Until it is caught: Firefox does not let it steal.
      // The driver never hears of a key on its way to a frame that is taken away.
      const caught = IS_FIREFOX
        ? new Promise<void>(() => {})
        : until(() => !thief.isConnected).then(() => void (end = performance.now()));
      for (let i = 0; i < 20 || kept(el) > left; i++) await Promise.race([sendKeys({press: 'n'}), caught]);
      expect([kept(el), thief.isConnected]).to.deep.equal([left, left === 1]);
      // An eighth of a second in life; the rest is for a busy machine.
      expect(end - start).to.be.below(1000);
      await arrives('l'); // the browser itself hears a little later of where the keyboard is
      for (let i = 0; i < 10; i++) await sendKeys({press: 'm'});
      await arrives('z');
      expect(tree.activeElement === activeElement).to.equal(true);
      const inPage = pageGot.filter((key) => key === 'm').length;
      expect([inPage, await got(B, 'm'), await got(A, 'm')]).to.deep.equal(
        activeElement === input ? [10, 0, 0] : [0, 10, 0],
      );
    });
  }

  // Firefox does not let it steal.
  const itSteals = IS_FIREFOX ? () => {} : it;

  /** A kept conversation that steals the keyboard when it is told to, and another customer's beside it. */
  async function setupThief() {
    const {el, got} = await setupTyping('steal-focus', {properties: {messengerType: 'calm'}});
    await loadAfter(el, () => (el.phones = [B]));
    const thief = frames(el).find(({inert}) => inert)!;
    return {el, got, thief, steal: () => thief.contentWindow!.postMessage('steal', '*')};
  }

  itSteals('that steals the keyboard is caught also where another frame of the page has it, by a script', async () => {
    const {el, thief, steal} = await setupThief();
    const other = document.createElement('iframe');
    const loaded = new Promise((resolve) => other.addEventListener('load', resolve));
    el.parentNode!.append(other);
    await loaded;
    other.focus();
    expect(document.activeElement).to.equal(other);
    steal();
    const caught = until(() => !thief.isConnected);
    while (thief.isConnected) await Promise.race([sendKeys({press: 'n'}), caught]);
    expect([kept(el), document.activeElement === other]).to.deep.equal([0, true]);
  });

  itSteals('that steals the keyboard is caught also where the page has a function of its own named focus', async () => {
    const {el, thief, steal} = await setupThief();
    await clickInto(el);
    const {focus, onerror} = window;
    Object.assign(window, {onerror: () => true});
    window.focus = () => {
      throw new Error('of the page');
    };
    try {
      steal();
      await until(() => !thief.isConnected);
      expect(kept(el)).to.equal(0);
    } finally {
      Object.assign(window, {focus, onerror});
    }
  });

  itSteals('that steals the keyboard is caught also where the page renders all the time', async () => {
    const {el, got, thief, steal} = await setupThief();
    await clickInto(el);
    await until(
      async () => (await got(B, 'y')) > 0,
      () => sendKeys({press: 'y'}),
    );
    // More often than the element looks by itself.
    const renders = setInterval(() => el.requestUpdate(), 10);
    try {
      steal();
      await until(() => !thief.isConnected);
      expect([kept(el), el.shadowRoot!.activeElement === el.frame]).to.deep.equal([0, true]);
    } finally {
      clearInterval(renders);
    }
  });

  it('does not outlive its element, which the page takes out as the focus comes back to it', async () => {
    const {el, opened} = await setupKeeping();
    const box = el.parentElement!;
    await clickInto(el);
    await until(() => document.activeElement === el);
    let isHeard = false;
    // In the midst of the change: the frame that goes out of sight gives the focus back.
    addEventListener('focus', () => (el.remove(), (isHeard = true)), {once: true});
    el.phones = [B];
    await el.updateComplete;
    expect([isHeard, frames(el).length, el.status, el.error]).to.deep.equal([true, 0, 'idle', null]);
    await loadAfter(el, () => box.append(el));
    expect([kept(el), await opened()]).to.deep.equal([0, [A, B]]);
  });

  it('leaves the shown one, which the page gives the focus, no element’s focus that would hide a theft', async () => {
    const {el, show} = await setupKeeping();
    await show(B);
    el.focus();
    expect([el.shadowRoot!.activeElement === el.frame, el.frame!.matches(':focus-within')]).to.deep.equal([
      true,
      false,
    ]);
  });

  it('costs the field in the shown one nothing that the agent has clicked', async () => {
    const {el, got, show} = await setupTyping();
    const input = el.parentElement!.appendChild(document.createElement('input'));
    await show(B);
    el.focus();
    await until(
      async () => (await got(B, 'b', 'input')) > 0,
      () => sendKeys({press: 'b'}),
    );
    /** How many focus events the shown page has from a click into it. */
    const focusEvents = async (key: string) => {
      input.focus();
      await until(
        () => input.value.endsWith(key),
        () => sendKeys({press: key}),
      );
      const before = await got(B, null, 'focus');
      await clickInto(el);
      await until(
        async () => (await got(B, key, 'input')) > 0,
        () => sendKeys({press: key}),
      );
      // The element has looked where the keyboard is: it does so twenty times a second.
      await new Promise<void>((resolve) => {
        let times = 0;
        const timer = setInterval(() => ++times === 4 && (clearInterval(timer), resolve()), 50);
      });
      await sendKeys({press: 'e'});
      await until(async () => (await got(B, 'e', 'input')) > 0);
      return (await got(B, null, 'focus')) - before;
    };
    const whileKept = await focusEvents('c');
    expect(kept(el)).to.equal(1);
    el.keepAlive = 0;
    await el.updateComplete;
    expect([kept(el), whileKept]).to.deep.equal([0, await focusEvents('d')]);
  });

  it('gets no key from the change on, and has its half-typed answer when it comes back', async () => {
    const {el, got, show} = await setupTyping();
    el.focus();
    await until(
      async () => (await got(A, 'a', 'input')) > 0,
      () => sendKeys({press: 'a'}),
    );
    const old = el.frame;
    el.phones = [B];
    await el.updateComplete;
    expect(el.shadowRoot!.activeElement === old).to.equal(false);
    const pageGot: string[] = [];
    const listening = new AbortController();
    addEventListener('keydown', ({key}) => pageGot.push(key), {capture: true, signal: listening.signal});
    try {
      for (let i = 0; i < 3; i++) await sendKeys({press: 'n'});
      await until(() => pageGot.filter((key) => key === 'n').length === 3);
    } finally {
      listening.abort();
    }
    if (el.status !== 'loaded') await nextEvent(el, 'chatapp-load');
    /** Types into a conversation, once the focus has gone there: Chromium may send a key of the same millisecond where it was. */
    const typeInto = async (phone: string, key: string) => {
      el.focus();
      await until(
        async () => (await got(phone, 'l', 'input')) > 0,
        () => sendKeys({press: 'l'}),
      );
      await until(
        async () => (await got(phone, key, 'input')) >= 3,
        () => sendKeys({press: key}),
      );
    };
    await typeInto(B, 'b');
    await show(A);
    expect(el.frame === old).to.equal(true);
    await typeInto(A, 'c');
    expect([await got(A, 'n'), await got(A, 'b'), await got(B, 'c')]).to.deep.equal([0, 0, 0]);
  });
});
