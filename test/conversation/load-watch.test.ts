// What the page's own policy and the network's absence do to a load; the server's doings are in load-scenes.test.ts.
import {expect, nextFrame} from '@open-wc/testing';
import {executeServerCommand} from '@web/test-runner-commands';
import type {ChatAppDialog} from '../../src/element.js';
import {
  developerText,
  loadAfter,
  nextEvent,
  part,
  secondOrigin,
  settleAfter,
  setupTest,
  type StandInRequest,
  TOKEN,
  visibleText,
  untilStatus,
} from '../support/harness.js';
import {pageWithPolicy} from '../support/page-with-policy.js';
import {record} from '../support/scene-record.js';

/** A stand-in on a port of its own, whose root the probe asks. */
async function ownStandIn() {
  const origin = (await executeServerCommand<string, undefined>('stand-in:own')).replace('127.0.0.1', 'localhost');
  return {
    origin,
    requests: async () => (await fetch(`${origin}/_requests?session=`)).json() as Promise<StandInRequest[]>,
  };
}

/** The browser says that it is offline, as far as a page can be told. */
function setOnline(isOnline: boolean): void {
  if (isOnline) delete (navigator as {onLine?: boolean}).onLine;
  else Object.defineProperty(navigator, 'onLine', {configurable: true, value: false});
  dispatchEvent(new Event(isOnline ? 'online' : 'offline'));
}

describe('the page’s own policy', () => {
  for (const policy of ["frame-src 'none'", "child-src 'none'", `default-src ${location.origin}`]) {
    it(`that forbids the frame by ${policy} is an error at once, with the directive to add`, async () => {
      const {base, requests} = secondOrigin();
      const {el} = await pageWithPolicy(policy, {'base-url': base, phones: '7999', 'load-timeout': '0'});
      const error = nextEvent(el, 'chatapp-error');
      el.disabled = false;
      await error;
      expect([el.status, el.frame === null]).to.deep.equal(['error', true]);
      expect(el.error).to.include({code: 'blocked-by-csp'});
      expect(el.error!.message).to.contain(`Allow ${new URL(base).origin} in frame-src`);
      expect(developerText(el)).to.equal(el.error!.message);
      expect([part(el, 'retry') !== null, part(el, 'open') !== null]).to.deep.equal([false, true]);
      expect(await requests()).to.have.length(0);
      await record(`the page’s policy: ${policy.split(' ')[0]}`, el, 0);
    });
  }

  it('that names the origin is none', async () => {
    const {base} = secondOrigin();
    const {el} = await pageWithPolicy(`frame-src ${new URL(base).origin}`, {'base-url': base});
    await loadAfter(el, () => (el.disabled = false));
  });

  it('that forbids another frame of the page does not concern this one', async () => {
    const {base} = secondOrigin();
    const {el, view} = await pageWithPolicy(`frame-src ${new URL(base).origin}`, {'base-url': base});
    const violation = new Promise((resolve) =>
      view.document.addEventListener('securitypolicyviolation', resolve, {once: true}),
    );
    await loadAfter(el, () => {
      const other = view.document.createElement('iframe');
      other.src = 'https://other.invalid/';
      view.document.body.append(other);
      el.disabled = false;
    });
    await violation;
    expect([el.status, el.error]).to.deep.equal(['loaded', null]);
  });

  it('that forbids a frame of a longer host with the same beginning does not concern this one', async () => {
    const {el, view} = await pageWithPolicy('frame-src https://chat.invalid', {'base-url': 'https://chat.invalid/'});
    const violation = new Promise((resolve) =>
      view.document.addEventListener('securitypolicyviolation', resolve, {once: true}),
    );
    const start = nextEvent(el, 'chatapp-loadstart');
    el.disabled = false;
    await start;
    const other = view.document.createElement('iframe');
    other.src = 'https://chat.invalid.example/';
    view.document.body.append(other);
    await violation;
    await settleAfter(el, () => undefined);
    expect(el.error).to.equal(null);
  });

  it('that forbids the probe makes its answer unknown; one hint on the console names the directive', async () => {
    const {origin, requests} = await ownStandIn();
    const {el, view} = await pageWithPolicy("connect-src 'self'", {'base-url': origin, probe: ''});
    const heard: unknown[] = [];
    (view as unknown as {console: Console}).console.warn = (...words: unknown[]) => void heard.push(...words);
    await loadAfter(el, () => (el.disabled = false));
    await loadAfter(el, () => el.reload());
    expect([el.status, el.error]).to.deep.equal(['loaded', null]);
    expect(heard.filter((text) => String(text).includes('connect-src'))).to.deep.equal([
      `<chatapp-dialog>: for probe, allow ${origin} in connect-src of the page's Content-Security-Policy.`,
    ]);
    expect((await requests()).map(({method}) => method)).to.deep.equal(['GET', 'GET']);
  });

  it('is reported nothing where there is no probe', async () => {
    const {base} = secondOrigin();
    const {el, view} = await pageWithPolicy("connect-src 'none'", {'base-url': base});
    let violations = 0;
    view.document.addEventListener('securitypolicyviolation', () => violations++);
    await loadAfter(el, () => (el.disabled = false));
    await settleAfter(el, () => undefined);
    expect(violations).to.equal(0);
  });
});

describe('probe', () => {
  it('is one HEAD to the origin, without query, token, credentials and referer, beside the frame’s request', async () => {
    const {origin, requests} = await ownStandIn();
    document.cookie = 'a=1';
    const {el} = await setupTest({
      properties: {baseUrl: `${origin}/sub/?lang=en`, probe: true, accessToken: TOKEN, phones: ['7999']},
    });
    await settleAfter(el, () => undefined);
    const log = await requests();
    expect(log.filter(({method}) => method === 'HEAD')).to.deep.equal([{method: 'HEAD', url: '/', referer: null}]);
    expect(log).to.have.length(2);
  });

  it('is not asked without the attribute', async () => {
    const {origin, requests} = await ownStandIn();
    await setupTest({properties: {baseUrl: origin}});
    expect((await requests()).map(({method}) => method)).to.deep.equal(['GET']);
  });

  it('ends with the opening: a superseded one tells nothing', async () => {
    const refused = await executeServerCommand<string, undefined>('stand-in:refused');
    const {base} = secondOrigin();
    const {el, events} = await setupTest({properties: {baseUrl: refused, probe: true, disabled: true}, loaded: false});
    const start = nextEvent(el, 'chatapp-loadstart');
    el.disabled = false;
    await start;
    await loadAfter(el, () => (el.baseUrl = base));
    await settleAfter(el, () => undefined);
    expect(events).not.to.include('chatapp-error');
    expect(el.status).to.equal('loaded');
  });

  describe('that fails after load-timeout', () => {
    const {fetch: own} = globalThis;
    afterEach(() => (globalThis.fetch = own));

    async function setupLate(scene: string) {
      const answer = Promise.withResolvers<Response>();
      globalThis.fetch = () => answer.promise;
      const baseUrl = `${secondOrigin().base}scene/${scene}/`;
      const {el} = await setupTest({properties: {baseUrl, probe: true, loadTimeout: 300}, loaded: false});
      await untilStatus(el, 'error');
      return {el, fail: () => answer.reject(new TypeError('of the network'))};
    }

    // WebKit holds the first bytes of a page back, and nobody can type into a page that is not there.
    const itBegins = navigator.vendor.startsWith('Apple') ? () => {} : it;
    itBegins('leaves a page that has begun, because the agent may be typing in it', async () => {
      const {el, fail} = await setupLate('endless');
      const {frame} = el;
      while (frame!.contentDocument) await nextFrame(); // until the page has begun
      await settleAfter(el, fail);
      expect([el.error!.code, frame !== null, el.frame === frame]).to.deep.equal(['timeout', true, true]);
    });

    it('tells of a server that has sent nothing', async () => {
      const {el, fail} = await setupLate('never');
      await settleAfter(el, fail);
      expect([el.error!.code, el.frame]).to.deep.equal(['unreachable', null]);
    });
  });

  it('tells a server that went away, and Try again one that came back', async () => {
    const {origin} = await ownStandIn();
    const {el} = await setupTest({properties: {baseUrl: origin, probe: true}});
    await executeServerCommand<boolean, string>('stand-in:stop', origin.replace('localhost', '127.0.0.1'));
    el.reload();
    await nextEvent(el, 'chatapp-error');
    expect([el.status, el.frame, el.error!.code]).to.deep.equal(['error', null, 'unreachable']);
  });
});

describe('the browser offline', () => {
  afterEach(() => setOnline(true));
  // Never resolves, and is never asked: the element believes the browser before anything leaves it.
  const REMOTE = 'https://chatapp-dialog.invalid/';

  async function setupOffline(properties: Partial<ChatAppDialog> = {}) {
    setOnline(false);
    let asked = 0;
    const test = await setupTest({
      properties: {baseUrl: REMOTE, getAccessToken: () => `${++asked}`, ...properties},
      loaded: false,
    });
    return {...test, asked: () => asked};
  }

  it('at the opening: unreachable, in words of its own, and no token is asked for', async () => {
    const {el, asked} = await setupOffline();
    expect([el.status, el.frame, asked()]).to.deep.equal(['error', null, 0]);
    expect(el.error).to.include({code: 'unreachable'});
    expect(el.error!.message).to.match(/offline/);
    expect(visibleText(el)).to.contain('You are offline.');
    expect(part(el, 'retry')).not.to.equal(null);
    await record('browser offline', el, 0);
  });

  it('does not hide the reason of another error', async () => {
    setOnline(false);
    const {el} = await setupTest({properties: {baseUrl: REMOTE, phones: ['bad']}, loaded: false});
    expect(el.error).to.include({code: 'invalid-field'});
    expect(visibleText(el)).not.to.contain('You are offline.');
  });

  it('and online again: tries once by itself', async () => {
    const {el, asked} = await setupOffline();
    const reasons: string[] = [];
    el.getAccessToken = ({reason}) => {
      reasons.push(reason);
      return Promise.reject();
    };
    await el.updateComplete;
    const error = nextEvent(el, 'chatapp-error');
    setOnline(true);
    await error;
    await settleAfter(el, () => setOnline(true));
    expect([asked(), reasons, el.error!.code]).to.deep.equal([0, ['retry'], 'access-token']);
  });

  const ENDS: [string, (el: ChatAppDialog) => void, string][] = [
    ['close()', (el) => el.close(), 'idle'],
    ['a disconnect', (el) => el.remove(), 'idle'],
    ['disabled', (el) => (el.disabled = true), 'idle'],
    ['a bad phone', (el) => (el.phones = ['bad']), 'error'],
  ];
  for (const [behaviour, change, status] of ENDS) {
    it(`tries nothing by itself after ${behaviour}`, async () => {
      const {el, asked} = await setupOffline();
      await settleAfter(el, () => change(el));
      await settleAfter(el, () => setOnline(true));
      expect([el.status, asked()]).to.deep.equal([status, 0]);
    });
  }

  it('later does not touch an open conversation, nor does online again', async () => {
    const {el, events, requests} = await setupTest();
    events.length = 0;
    await settleAfter(el, () => setOnline(false));
    await settleAfter(el, () => setOnline(true));
    expect([el.status, events, (await requests()).length]).to.deep.equal(['loaded', [], 1]);
  });

  it('does not matter for this very machine where it answers', async () => {
    setOnline(false);
    const {el} = await setupTest();
    expect(el.status).to.equal('loaded');
  });

  it('matters for this very machine where it does not answer', async () => {
    setOnline(false);
    const baseUrl = await executeServerCommand<string, undefined>('stand-in:refused');
    const {el} = await setupTest({properties: {baseUrl}, loaded: false});
    await untilStatus(el, 'error');
    expect(el.error).to.include({code: 'unreachable'});
  });
});
