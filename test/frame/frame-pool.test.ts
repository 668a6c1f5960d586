// keep-alive: which conversations stay out of sight, when they go, and that none of them is seen or typed to.
import {expect, nextFrame} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {ChatAppDialog, ChatAppLoadEvent} from '../../src/element.js';
import {loadAfter, nextEvent, queryOf, settleAfter, setupTest, type SetupOptions} from '../support/harness.js';
import {watchResources} from '../support/resources.js';

const [A, B, C, D] = ['79990000001', '79990000002', '79990000003', '79990000004'] as const;

const IS_WEBKIT = navigator.vendor.startsWith('Apple');
const IS_FIREFOX = navigator.userAgent.includes('Firefox');

const frames = (el: ChatAppDialog) => [...el.shadowRoot!.querySelectorAll('iframe')];
const kept = (el: ChatAppDialog) => frames(el).filter(({inert}) => inert).length;

/** An element that keeps, with the first customer's conversation open. */
async function setupKeeping({attributes, properties}: SetupOptions = {}, limit = '3') {
  const test = await setupTest({attributes: {phones: A, 'keep-alive': limit, ...attributes}, ...(properties && {properties})});
  const {el} = test;
  return {
    ...test,
    show: (phone: string) => loadAfter(el, () => (el.phones = [phone])),
    /** The phones of which a page was asked for, in their order. */
    opened: async () => (await test.requests()).map((request) => queryOf(request).find(([name]) => name === 'crm[phones][0]')?.[1]),
  };
}

(IS_WEBKIT ? describe : () => {})('keep-alive in WebKit', () => {
  it('keeps nothing, because a hidden conversation could get the agent’s keys', async () => {
    const {el, opened, show} = await setupKeeping();
    await show(B);
    expect(frames(el)).to.deep.equal([el.frame]);
    await show(A);
    expect(await opened()).to.deep.equal([A, B, A]);
  });
});

(IS_WEBKIT ? () => {} : describe)('keep-alive', () => {
  it('keeps nothing by default', async () => {
    const {el} = await setupTest({attributes: {phones: A}});
    await loadAfter(el, () => (el.phones = [B]));
    expect([el.keepAlive, frames(el).length]).to.deep.equal([undefined, 1]);
  });

  it('brings the same frame back, without a request, a token or a loadstart, and says so', async () => {
    let asked = 0;
    const getAccessToken = async () => `token ${++asked}`;
    const {el, events, opened, show} = await setupKeeping({properties: {getAccessToken}});
    const first = el.frame;
    await show(B);
    const second = el.frame;
    events.length = 0;
    const load = nextEvent(el, 'chatapp-load');
    el.phones = [A];
    await el.updateComplete;
    expect(((await load) as ChatAppLoadEvent).restored).to.equal(true);
    expect([el.frame === first, el.status, el.error]).to.deep.equal([true, 'loaded', null]);
    expect([first!.inert, second!.inert, first!.part.value, second!.part.value]).to.deep.equal([false, true, 'frame', '']);
    expect(events).to.deep.equal(['chatapp-load']);
    expect(await opened()).to.deep.equal([A, B]);
    expect(asked).to.equal(2);
  });

  it('says of a load that it is none of these', async () => {
    const {el, show} = await setupKeeping();
    const load = nextEvent(el, 'chatapp-load');
    await Promise.all([load, show(B)]);
    expect(((await load) as ChatAppLoadEvent).restored).to.equal(false);
  });

  it('ends the conversation that was shown longest ago', async () => {
    const {el, opened, show} = await setupKeeping({}, '2');
    for (const phone of [B, A, C, D]) await show(phone);
    expect(kept(el)).to.equal(2); // A and C
    for (const phone of [A, C, B]) await show(phone);
    expect(await opened()).to.deep.equal([A, B, C, D, B]);
  });

  it('comes back from a bad phone, and from a customer without one', async () => {
    const {el, opened, show} = await setupKeeping();
    for (const between of [['no phone'], []]) {
      el.phones = between;
      await el.updateComplete;
      expect([el.frame, kept(el)]).to.deep.equal([null, 1]);
      await show(A);
      expect([el.status, el.error]).to.deep.equal(['loaded', null]);
    }
    expect(await opened()).to.deep.equal([A]);
  });

  it('does not keep what has not loaded', async () => {
    const {el, show} = await setupKeeping();
    el.phones = [B];
    await el.updateComplete;
    expect(el.status).to.equal('loading');
    await show(C);
    expect(kept(el)).to.equal(1);
  });

  it('opens again after reload(), and keeps the others', async () => {
    const {el, opened, show} = await setupKeeping();
    await show(B);
    await loadAfter(el, () => el.reload());
    expect(kept(el)).to.equal(1);
    await show(A);
    expect(await opened()).to.deep.equal([A, B, B]);
  });

  it('opens a kept one again where reload() comes with its return', async () => {
    const {el, opened, show} = await setupKeeping();
    await show(B);
    await loadAfter(el, () => {
      el.phones = [A];
      el.reload();
    });
    expect(await opened()).to.deep.equal([A, B, A]);
  });

  it('never navigates when the number changes, and ends what is too much', async () => {
    const {el, opened, show} = await setupKeeping();
    for (const phone of [B, C, D]) await show(phone);
    const {frame} = el;
    for (const [number, left] of [[2, 2], [5, 2], ['abc', 0], [-1, 0], [null, 0]] as const) {
      await settleAfter(el, () => (number === null ? el.removeAttribute('keep-alive') : el.setAttribute('keep-alive', String(number))));
      expect([kept(el), el.frame === frame]).to.deep.equal([left, true]);
    }
    expect(await opened()).to.deep.equal([A, B, C, D]);
  });

  it('takes a bad token beside a kept conversation as it does beside an open one', async () => {
    const {el, opened, show} = await setupKeeping({properties: {accessToken: 'a token'}});
    await show(B);
    el.accessToken = 'undefined';
    await show(A);
    expect([el.status, el.error?.code, kept(el)]).to.deep.equal(['loaded', 'invalid-field', 1]);
    expect(await opened()).to.deep.equal([A, B]);
  });

  const ENDINGS: Record<string, (el: ChatAppDialog) => unknown> = {
    'crm-domain changes': (el) => (el.crmDomain = 'other.example'),
    'employee-ext-code changes': (el) => (el.employeeExtCode = '2'),
    'base-url changes': (el) => (el.baseUrl = `${el.baseUrl}sub/`),
    'sandbox changes': (el) => (el.sandbox = 'allow-scripts'),
    'allow changes': (el) => (el.allow = 'camera'),
    'the page signs out': (el) => (el.accessToken = null),
    'the page signs out at the next customer': (el) => Object.assign(el, {accessToken: null, phones: [C]}),
    'the page signs out at the return': (el) => Object.assign(el, {accessToken: null, phones: [A]}),
    'the page signs out where nobody is shown': async (el) => {
      el.phones = [];
      await el.updateComplete;
      el.accessToken = null;
    },
    'the element is disabled': (el) => (el.disabled = true),
    'it is disabled at the next customer': (el) => Object.assign(el, {disabled: true, phones: [C]}),
    'the page closes it': (el) => el.close(),
    'the page takes it away': (el) => el.remove(),
    'the page takes it away where nobody is shown': async (el) => {
      el.phones = [];
      await el.updateComplete;
      el.remove();
    },
    'the page moves it by an append': (el) => el.parentElement!.append(el),
  };
  for (const [ending, end] of Object.entries(ENDINGS)) {
    it(`ends all when ${ending}`, async () => {
      const {el, show} = await setupKeeping({properties: {accessToken: 'a token', crmDomain: 'crm.example', employeeExtCode: '1'}});
      await show(B);
      const [old] = frames(el);
      await end(el);
      await el.updateComplete;
      expect([kept(el), old!.isConnected]).to.deep.equal([0, false]);
    });
  }

  it('ends all when the first token comes', async () => {
    const {el, opened, show} = await setupKeeping();
    await show(B);
    el.phones = [];
    await el.updateComplete;
    el.accessToken = 'a token';
    await show(A);
    expect(await opened()).to.deep.equal([A, B, A]);
  });

  it('ends all when the server answers that the agent is another one', async () => {
    let employeeExtCode = '1';
    const {el, show} = await setupKeeping({properties: {getAccessToken: async () => ({accessToken: 'a token', crmDomain: 'crm.example', employeeExtCode})}});
    await show(B);
    expect(kept(el)).to.equal(1);
    employeeExtCode = '2';
    await show(C);
    expect(kept(el)).to.equal(0);
  });

  it('keeps what is renewed by another token', async () => {
    const {el, opened, show} = await setupKeeping({properties: {accessToken: 'a token'}});
    await show(B);
    el.accessToken = 'another';
    await show(A);
    expect(await opened()).to.deep.equal([A, B]);
  });

  const movesBefore = 'moveBefore' in Element.prototype ? it : () => {};
  movesBefore('keeps by a move what the engine keeps', async () => {
    const {el, opened, show} = await setupKeeping();
    await show(B);
    const box = el.parentElement!.appendChild(document.createElement('div'));
    const windows = frames(el).map(({contentWindow}) => contentWindow);
    (box as unknown as {moveBefore(node: Node, child: null): void}).moveBefore(el, null);
    const isSame = frames(el).every(({contentWindow}, at) => contentWindow === windows[at]);
    await el.updateComplete;
    expect(kept(el)).to.equal(isSame ? 1 : 0);
    if (isSame) await show(A);
    // Where the engine reloads, the shown one opens anew.
    expect((await opened()).slice(0, 2)).to.deep.equal([A, B]);
  });

  it('runs a timer and a listener only while something is kept', async () => {
    const {running, restore} = watchResources();
    try {
      const {el, show} = await setupKeeping();
      expect(running()).to.deep.equal(['a listener for chatapp-messages']);
      await show(B);
      expect(running()).to.deep.equal(['a timer of 50 ms', 'a listener for chatapp-messages', 'a listener for blur']);
      el.keepAlive = 0;
      await el.updateComplete;
      expect(running()).to.deep.equal(['a listener for chatapp-messages']);
    } finally {
      restore();
    }
  });
});

(IS_WEBKIT ? () => {} : describe)('a kept conversation', () => {
  interface Input {
    phone: string;
    type: string;
    key: string | null;
  }

  async function setupTyping(scene = 'slow-paint') {
    const test = await setupKeeping();
    const {el, base} = test;
    const [, origin, session] = /^(.+)\/s\/(.+)\/$/.exec(base)!;
    await loadAfter(el, () => (el.baseUrl = `${base}scene/${scene}/`));
    const inputs = async () => (await (await fetch(`${origin}/_inputs?session=${session}`)).json()) as Input[];
    const got = async (phone: string, key: string, type = 'keydown') =>
      (await inputs()).filter((input) => input.phone === phone && input.key === key && input.type === type).length;
    return {...test, got};
  }

  async function until(holds: () => boolean | Promise<boolean>, act: () => unknown = nextFrame): Promise<void> {
    while (!(await holds())) await act();
  }

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

  const GUARDED: Record<string, (el: ChatAppDialog, input: HTMLElement) => void> = {
    'a field of the page': (_el, input) => input.focus(),
    'the shown conversation': (el) => el.focus(),
  };
  for (const [place, focus] of Object.entries(GUARDED)) {
    it(`that steals the keyboard has to give it back to ${place}`, async () => {
      const {el, got} = await setupTyping('steal-focus');
      const input = el.parentElement!.appendChild(document.createElement('input'));
      el.focus();
      await until(async () => (await got(A, 'a', 'input')) > 0, () => sendKeys({press: 'a'}));
      await loadAfter(el, () => Object.assign(el, {phones: [B], messengerType: 'calm'}));
      focus(el, input);
      const {activeElement} = document;
      const pageGot: string[] = [];
      input.addEventListener('keydown', ({key}) => pageGot.push(key));
      // Until it is caught: Firefox does not let it steal.
      // The driver never hears of a key on its way to a frame that is taken away.
      const caught = IS_FIREFOX ? new Promise<void>(() => {}) : until(() => !kept(el));
      const left = IS_FIREFOX ? 1 : 0;
      for (let i = 0; i < 20 || kept(el) > left; i++) await Promise.race([sendKeys({press: 'n'}), caught]);
      expect(kept(el)).to.equal(left);
      for (let i = 0; i < 10; i++) await sendKeys({press: 'm'});
      // With the last key all before it have arrived.
      await until(async () => pageGot.includes('z') || (await got(B, 'z')) > 0, () => sendKeys({press: 'z'}));
      expect(document.activeElement === activeElement).to.equal(true);
      const inPage = pageGot.filter((key) => key === 'm').length;
      expect([inPage, await got(B, 'm'), await got(A, 'm')]).to.deep.equal(activeElement === input ? [10, 0, 0] : [0, 10, 0]);
    });
  }

  it('gets no key from the change on, and has its half-typed answer when it comes back', async () => {
    const {el, got, show} = await setupTyping();
    el.focus();
    await until(async () => (await got(A, 'a', 'input')) > 0, () => sendKeys({press: 'a'}));
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
    el.focus();
    await until(async () => (await got(B, 'b', 'input')) > 0, () => sendKeys({press: 'b'}));
    await show(A);
    expect(el.frame === old).to.equal(true);
    el.focus();
    await until(async () => (await got(A, 'c', 'input')) > 0, () => sendKeys({press: 'c'}));
    expect([await got(A, 'n'), await got(A, 'b'), await got(B, 'c')]).to.deep.equal([0, 0, 0]);
  });
});
