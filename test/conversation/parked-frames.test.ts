// keep-alive: which conversations stay out of sight, and when they go. parked-frames-focus.test.ts: who gets the keys.
import {expect} from '@open-wc/testing';
import type {ChatAppDialog, ChatAppLoadEvent} from '../../src/element.js';
import {loadAfter, nextEvent, settleAfter, settled, setupTest} from '../support/harness.js';
import {A, B, C, D, describeKeeping, frames, IS_WEBKIT, kept, setupKeeping} from '../support/keeping.js';
import {watchResources} from '../support/resources.js';

(IS_WEBKIT ? describe : () => {})('keep-alive in WebKit', () => {
  it('keeps nothing, because a hidden conversation could get the agent’s keys', async () => {
    const {el, opened, show} = await setupKeeping();
    await show(B);
    expect(frames(el)).to.deep.equal([el.frame]);
    await show(A);
    expect(await opened()).to.deep.equal([A, B, A]);
  });
});

describeKeeping('keep-alive', () => {
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
    expect([first!.inert, second!.inert, first!.part.value, second!.part.value]).to.deep.equal([
      false,
      true,
      'frame',
      '',
    ]);
    expect(events).to.deep.equal(['chatapp-load']);
    expect(await opened()).to.deep.equal([A, B]);
    expect(asked).to.equal(2);
  });

  it('hides what it keeps also in an engine that does not know inert (Firefox before 112, Chromium before 102)', async () => {
    const {el, show} = await setupKeeping();
    const first = el.frame!;
    // There the property is one like any other.
    Object.defineProperty(first, 'inert', {value: undefined, writable: true});
    await show(B);
    expect(getComputedStyle(first).visibility).to.equal('hidden');
    await show(A);
    expect([el.frame === first, getComputedStyle(first).visibility]).to.deep.equal([true, 'visible']);
  });

  it('says of a load that it is none of these', async () => {
    const {el, show} = await setupKeeping();
    const load = nextEvent(el, 'chatapp-load');
    await Promise.all([load, show(B)]);
    expect(((await load) as ChatAppLoadEvent).restored).to.equal(false);
  });

  for (const [text, count] of [
    ['many', 0],
    ['1', 1],
    ['NaN', 0],
  ] as const) {
    it(`keeps ${count} where the property is the text "${text}"`, async () => {
      const {el, show} = await setupKeeping();
      el.keepAlive = text as unknown as number;
      for (const phone of [B, C]) await show(phone);
      expect(kept(el)).to.equal(count);
    });
  }

  it('keeps nothing in another document, which has not the style that hides', async () => {
    const {el, show} = await setupKeeping();
    const other = el.parentElement!.appendChild(document.createElement('iframe'));
    await loadAfter(el, () => other.contentDocument!.body.append(el));
    await show(B);
    expect([frames(el).length, kept(el)]).to.deep.equal([1, 0]);
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
    for (const [number, left] of [
      [2, 2],
      [5, 2],
      ['abc', 0],
      [-1, 0],
      [null, 0],
    ] as const) {
      await settleAfter(el, () =>
        number === null ? el.removeAttribute('keep-alive') : el.setAttribute('keep-alive', String(number)),
      );
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
      const {el, show} = await setupKeeping({
        properties: {accessToken: 'a token', crmDomain: 'crm.example', employeeExtCode: '1'},
      });
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

  it('does not keep what was opened without a token, once there is one', async () => {
    const {el, opened, show} = await setupKeeping();
    el.accessToken = 'undefined';
    await el.updateComplete;
    await loadAfter(el, () => Object.assign(el, {accessToken: 'a token', phones: [B]}));
    await show(A);
    expect(await opened()).to.deep.equal([A, B, A]);
  });

  it('ends all when the server answers that the agent is another one', async () => {
    let employeeExtCode = '1';
    const {el, show} = await setupKeeping({
      properties: {getAccessToken: async () => ({accessToken: 'a token', crmDomain: 'crm.example', employeeExtCode})},
    });
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
    const before = [...frames(el)];
    const windows = before.map(({contentWindow}) => contentWindow);
    (box as unknown as {moveBefore(node: Node, child: null): void}).moveBefore(el, null);
    const isSame = before.every(({contentWindow}, at) => contentWindow === windows[at]);
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
      // of the window, and of the document
      expect(running()).to.deep.equal([
        'a timer of 50 ms',
        'a listener for chatapp-messages',
        'a listener for blur',
        'a listener for blur',
      ]);
      el.keepAlive = 0;
      await settled(el); // what waits for the next task has a listener until then
      expect(running()).to.deep.equal(['a listener for chatapp-messages']);
    } finally {
      restore();
    }
  });
});
