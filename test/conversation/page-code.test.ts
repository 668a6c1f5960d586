// What pages do to the element: half-made changes, moves, removals, patched functions and prototypes.
import {expect, fixture, html} from '@open-wc/testing';
import type {ChatAppDialog, ChatAppDialogLink} from '../../src/element.js';
import {loadAfter, nextEvent, part, queries, secondOrigin, settled, setupTest} from '../support/harness.js';
import {itKeeps, setupKeeping} from '../support/keeping.js';

const visibleFrames = (el: ChatAppDialog) =>
  [...el.shadowRoot!.querySelectorAll('iframe')].filter((frame) => frame.checkVisibility({visibilityProperty: true}));

const box = () => fixture<HTMLElement>(html`<div style="height: 400px"></div>`);

/** An element that is not connected yet, and what reaches its server. */
function makeElement() {
  const {base, requests} = secondOrigin();
  const el = document.createElement('chatapp-dialog');
  el.baseUrl = base;
  return {el, requests};
}

/** Runs with a property of Object.prototype, as some old libraries leave it. */
async function withPrototypeProperty(name: string, value: unknown, run: () => Promise<void>): Promise<void> {
  const prototype = Object.prototype as unknown as Record<string, unknown>;
  prototype[name] = value;
  try {
    await run();
  } finally {
    delete prototype[name];
  }
}

describe('a change in several microtasks', () => {
  it('after append() is one opening, of what is set in the end', async () => {
    const {el, requests} = makeElement();
    (await box()).append(el);
    await loadAfter(el, async () => {
      el.licenseId = 1;
      await Promise.resolve();
      el.phones = ['7'];
    });
    expect(await queries({requests})).to.deep.equal(['license_id=1&phones=7']);
  });

  it('of a loaded element never requests the new license with the old phone', async () => {
    const test = await setupTest({properties: {licenseId: 1, phones: ['1']}});
    const {el, events} = test;
    events.length = 0;
    await loadAfter(el, async () => {
      el.licenseId = 2;
      await Promise.all([Promise.resolve(), Promise.resolve()]);
      await el.updateComplete;
      el.phones = ['2'];
    });
    expect(await queries(test)).to.deep.equal(['license_id=1&phones=1', 'license_id=2&phones=2']);
    expect(events.filter((type) => type === 'chatapp-loadstart').length).to.equal(1);
  });

  it('that is bad in between is no error', async () => {
    const {el, events} = await setupTest({properties: {phones: ['1']}});
    await loadAfter(el, async () => {
      el.phones = ['abc'];
      await el.updateComplete;
      el.phones = ['2'];
    });
    expect(events).not.to.include('chatapp-error');
  });

  it('remove() and append() in one task are one opening with one question for the token', async () => {
    let asked = 0;
    const test = await setupTest({properties: {phones: ['1'], getAccessToken: () => `t${++asked}`}});
    const {el, events} = test;
    events.length = 0;
    const parent = el.parentElement!;
    await loadAfter(el, () => {
      for (let i = 0; i < 3; i++) {
        el.remove();
        parent.append(el);
      }
    });
    expect(await queries(test)).to.deep.equal(['access_token=t1&phones=1', 'access_token=t2&phones=1']);
    expect(events.filter((type) => type === 'chatapp-loadstart').length).to.equal(1);
  });

  it('by a handler of chatapp-loadstart requests the new customer only', async () => {
    const test = await setupTest({properties: {phones: ['1']}});
    const {el} = test;
    el.addEventListener(
      'chatapp-loadstart',
      () => {
        expect(el.frame).to.equal(null);
        el.phones = ['3'];
      },
      {once: true},
    );
    await loadAfter(el, () => (el.phones = ['2']));
    expect(await queries(test)).to.deep.equal(['phones=1', 'phones=3']);
  });

  it('by a handler of another element makes no frame any more for the customer before', async () => {
    // The two elements go on in one task, each a step after the other.
    for (let microtasks = 0; microtasks < 6; microtasks++) {
      const [{el: other}, {el}] = [await setupTest(), await setupTest()];
      let made = 0;
      const observer = new MutationObserver((records) => (made += records.flatMap((r) => [...r.addedNodes]).length));
      const changed = nextEvent(other, 'chatapp-loadstart').then(async () => {
        for (let i = 0; i < microtasks; i++) await Promise.resolve();
        el.phones = ['3'];
        observer.observe(el.shadowRoot!.querySelector('.frames')!, {childList: true});
      });
      other.phones = ['2'];
      el.phones = ['2'];
      await changed;
      await nextEvent(el, 'chatapp-load');
      observer.disconnect();
      expect(made, `${microtasks} microtasks after the event`).to.equal(1);
    }
  });
});

describe('the same fault', () => {
  it('is told once; another bad phone is told again', async () => {
    const {el, events} = await setupTest();
    events.length = 0;
    for (const [phone, count] of [
      ['abc', 1],
      ['abc', 1],
      ['abd', 2],
      ['abd', 2],
    ] as const) {
      el.phones = [phone];
      await settled(el);
      expect(events.filter((type) => type === 'chatapp-error').length, phone).to.equal(count);
    }
  });

  it('set again by the handler that hears of it is told once', async () => {
    const {el, events} = await setupTest();
    let renders = 0;
    const render = () => {
      renders++;
      el.phones = ['abc'];
      el.requestUpdate();
    };
    el.addEventListener('chatapp-error', render);
    render();
    for (let i = 0; i < 5; i++) await settled(el);
    expect([renders, events.filter((type) => type === 'chatapp-error').length]).to.deep.equal([2, 1]);
  });

  it('of time is told again after reload()', async () => {
    const {el, base} = await setupTest({loaded: false, properties: {loadTimeout: 50, disabled: true}});
    el.baseUrl = `${base}scene/never/`;
    const errors = [];
    for (const act of [() => (el.disabled = false), () => el.reload()]) {
      const told = nextEvent(el, 'chatapp-error');
      act();
      errors.push((await told).error);
    }
    expect(errors.map(({code}) => code)).to.deep.equal(['timeout', 'timeout']);
    expect(errors[0]).not.to.equal(errors[1]);
  });
});

describe('somebody else', () => {
  it('who removes the frame makes an error, and "Try again" opens the conversation again', async () => {
    const {el} = await setupTest({properties: {phones: ['1']}});
    const told = nextEvent(el, 'chatapp-error');
    el.frame!.remove();
    expect((await told).error.code).to.equal('frame-removed');
    expect([el.status, el.frame]).to.deep.equal(['error', null]);
    await loadAfter(el, () => part(el, 'retry')!.click());
    expect([el.status, el.error, visibleFrames(el).length]).to.deep.equal(['loaded', null, 1]);
  });

  itKeeps('who removes a frame that was parked before makes an error too', async () => {
    const {el, show} = await setupKeeping();
    await show('79990000002');
    await show('79990000001');
    const told = nextEvent(el, 'chatapp-error');
    el.frame!.remove();
    expect((await told).error.code).to.equal('frame-removed');
  });

  it('who makes createElement() throw for frames makes an error, and it works again afterwards', async () => {
    const test = await setupTest({properties: {phones: ['1']}});
    const {el, events} = test;
    events.length = 0;
    document.createElement = ((name: string) => {
      if (name === 'iframe') throw new Error('SECRET');
      return Document.prototype.createElement.call(document, name);
    }) as typeof document.createElement;
    try {
      el.phones = ['2'];
      await settled(el);
      expect([el.status, el.error?.code, el.frame, visibleFrames(el).length]).to.deep.equal([
        'error',
        'internal',
        null,
        0,
      ]);
      expect(el.error!.message).not.to.contain('SECRET');
      expect(events.filter((type) => type === 'chatapp-error').length).to.equal(1);
    } finally {
      delete (document as Partial<Document>).createElement;
    }
    await loadAfter(el, () => el.reload());
    expect(await queries(test)).to.deep.equal(['phones=1', 'phones=2']);
  });

  it('who has a global variable named origin changes neither what is the page’s own origin nor where its token comes from', async () => {
    const descriptor = Object.getOwnPropertyDescriptor(globalThis, 'origin')!;
    Object.defineProperty(globalThis, 'origin', {value: {x: 0}, configurable: true});
    try {
      const own = await setupTest({attributes: {phones: '1', 'base-url': `${location.origin}/`}, loaded: false});
      expect(own.el.error?.code).to.equal('same-origin');
      const {el} = await setupTest({attributes: {phones: '1', 'access-token-url': '/no-such-route'}, loaded: false});
      if (el.status !== 'error') await nextEvent(el, 'chatapp-error');
      expect(el.error!.status).to.equal(404);
    } finally {
      Object.defineProperty(globalThis, 'origin', descriptor);
    }
  });

  it('who makes append() throw after it has appended leaves no frame behind', async () => {
    const {el} = await setupTest({attributes: {phones: '1'}});
    const told = nextEvent(el, 'chatapp-error');
    const box = el.shadowRoot!.querySelector<HTMLElement>('.frames')!;
    box.append = (...nodes: Node[]) => {
      HTMLElement.prototype.append.apply(box, nodes);
      throw new Error('of the page');
    };
    try {
      el.phones = ['2'];
      expect((await told).error.code).to.equal('internal');
    } finally {
      Reflect.deleteProperty(box, 'append');
    }
    expect(box.childElementCount).to.equal(0);
  });

  it('who extends Object.prototype harms nothing', async () => {
    await withPrototypeProperty(
      'extend',
      () => {},
      async () => {
        const test = await setupTest({properties: {phones: ['1']}});
        const {el} = test;
        await loadAfter(el, () => (el.fields = {phones: ['2'], licenseId: 1}));
        expect(el.error).to.equal(null);
      },
    );
  });

  it('who sets a field or a name of ours on Object.prototype sets no input', async () => {
    for (const name of ['phones', 'dialogIds', 'crmDomain', 'employeeExtCode', 'accessToken', 'run', 'opening']) {
      const test = await setupTest({properties: {licenseId: 1, getAccessToken: () => 't'}});
      const {el} = test;
      await withPrototypeProperty(name, name === 'phones' || name === 'dialogIds' ? ['9'] : '9', async () => {
        el.fields = {licenseId: 2};
        await settled(el);
        await settled(el);
      });
      if (el.status !== 'loaded') await nextEvent(el, 'chatapp-load');
      expect(await queries(test), name).to.deep.equal(['access_token=t&license_id=1', 'access_token=t&license_id=2']);
      expect(el.fields).to.deep.equal({licenseId: 2});
    }
  });

  it('who sets an attribute of the link on the dialog makes no error', async () => {
    const {el} = await setupTest({attributes: {withtoken: '', 'with-token': '', target: '_self'}});
    expect([el.status, el.error]).to.deep.equal(['loaded', null]);
  });
});

describe('another document', () => {
  const positionOf = (el: ChatAppDialog) =>
    el.ownerDocument.defaultView!.getComputedStyle(el.shadowRoot!.querySelector('section')!).position;

  it('of a frame and back: the element has its styles and works in each', async () => {
    const test = await setupTest({properties: {phones: ['1']}});
    const {el} = test;
    const home = el.parentElement!;
    const position = positionOf(el);
    expect(position).to.equal('relative');
    const inner = (await fixture<HTMLIFrameElement>(html`<iframe style="height: 400px"></iframe>`)).contentDocument!;
    await loadAfter(el, () => inner.body.append(el));
    expect([positionOf(el), visibleFrames(el).length]).to.deep.equal([position, 1]);
    await loadAfter(el, () => (el.phones = ['2']));
    await loadAfter(el, () => home.append(el));
    expect([positionOf(el), visibleFrames(el).length]).to.deep.equal([position, 1]);
    await loadAfter(el, () => (el.phones = ['3']));
    expect(await queries(test)).to.deep.equal(['phones=1', 'phones=1', 'phones=2', 'phones=2', 'phones=3']);
  });

  it('without a window: asks for no token and opens nothing, until it is in the page', async () => {
    const {el, requests} = makeElement();
    let asked = 0;
    el.phones = ['1'];
    el.getAccessToken = () => `t${++asked}`;
    document.implementation.createHTMLDocument().body.append(el);
    await settled(el);
    el.phones = ['2'];
    el.reload();
    await settled(el);
    expect([el.status, el.error, el.frame, asked]).to.deep.equal(['idle', null, null, 0]);
    const parent = await box();
    await loadAfter(el, () => parent.append(el));
    expect([positionOf(el), asked]).to.deep.equal(['relative', 1]);
    expect(await queries({requests})).to.deep.equal(['access_token=t1&phones=2']);
  });
});

describe('the browser', () => {
  // Other engines report no violation of a permissions policy.
  (navigator.userAgent.includes('Chrome/') ? it : () => {})('reports nothing about an opening', async () => {
    const reports: unknown[] = [];
    let hear = () => {};
    const observer = new ReportingObserver((list) => {
      reports.push(...list.map(({body}) => body));
      hear();
    });
    observer.observe();
    try {
      const {el} = await setupTest({properties: {phones: ['1']}});
      await loadAfter(el, () => (el.phones = ['2']));
      reports.push(...observer.takeRecords());
      expect(reports).to.deep.equal([]);
      // A policy without the page's origin is reported, so the list above is not empty by accident.
      const heard = new Promise<void>((resolve) => (hear = resolve));
      const frame = document.createElement('iframe');
      frame.allow = `camera ${new URL(String(el.baseUrl)).origin}`;
      el.parentElement!.append(frame);
      frame.contentWindow!.location.replace(el.url!);
      await heard;
    } finally {
      observer.disconnect();
    }
  });
});

describe('a link with a token, where the browser opens no tab', () => {
  it('leaves the click to the browser, and rejects nothing', async () => {
    const link = document.createElement('chatapp-dialog-link') as ChatAppDialogLink;
    link.phones = ['1'];
    link.withToken = true;
    link.getAccessToken = () => 't';
    (await box()).append(link);
    await link.updateComplete;
    const rejections: unknown[] = [];
    const listening = new AbortController();
    addEventListener('unhandledrejection', ({reason}) => rejections.push(reason), {signal: listening.signal});
    window.open = () => null;
    const prevented: boolean[] = [];
    link.addEventListener('click', (event) => {
      prevented.push(event.defaultPrevented);
      event.preventDefault(); // the test needs no tab
    });
    link.shadowRoot!.querySelector('a')!.click();
    // A rejection is told in a task of its own.
    await new Promise((resolve) => setTimeout(resolve));
    await new Promise((resolve) => setTimeout(resolve));
    listening.abort();
    expect([prevented, rejections, link.error]).to.deep.equal([[false], [], null]);
  });
});
