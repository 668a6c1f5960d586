// `access-token-url`: the element asks the page's own server, which here is the test runner's.
import {expect} from '@open-wc/testing';
import type {AccessTokenAnswer, ChatAppDialog, ChatAppDialogLink} from '../../src/element.js';
import {
  loadAfter,
  nextEvent,
  part,
  queryOf,
  recordTabs,
  settleAfter,
  settled,
  setupTest,
  untilStatus,
  visibleText,
} from '../support/harness.js';

const TOKEN = 'SECRET-token';

/** A route of this test's own, and the requests that it has got. */
function route(answer: Record<string, string | number> = {body: JSON.stringify({accessToken: TOKEN})}) {
  const session = crypto.randomUUID();
  const query = new URLSearchParams({session, ...answer} as Record<string, string>);
  return {
    url: `/_token?${query}`,
    requests: async () =>
      (await fetch(`/_token?session=${session}`)).json() as Promise<{headers: Record<string, string>}[]>,
  };
}

const json = (answer: unknown) => ({body: JSON.stringify(answer)});

/** An element that asks a route, once the answer has been used or refused. */
async function setupRoute(answer?: Record<string, string | number>, properties: Partial<ChatAppDialog> = {}) {
  const {url, requests: asked} = route(answer);
  const test = await setupTest({
    attributes: {'access-token-url': url},
    properties: {phones: ['1'], ...properties},
    loaded: false,
  });
  return {...test, asked, url};
}

const tokenOf = (request: Parameters<typeof queryOf>[0]) =>
  queryOf(request).find(([name]) => name === 'api[access_token]')?.[1];

describe('access-token-url', () => {
  it('asks the server once, and opens with what it answers', async () => {
    const {el, requests, asked} = await setupRoute(
      json({accessToken: TOKEN, crmDomain: 'a.example', employeeExtCode: 7}),
    );
    await untilStatus(el, 'loaded');
    expect((await requests()).map(queryOf)).to.deep.equal([
      [
        ['api[access_token]', TOKEN],
        ['api[crm_domain]', 'a.example'],
        ['api[employee_ext_code]', '7'],
        ['crm[phones][0]', '1'],
      ],
    ]);
    const [request, ...more] = await asked();
    expect(more).to.deep.equal([]);
    expect(request!.headers).to.include({accept: 'application/json'}).and.not.to.have.property('referer');
    expect(el.shadowRoot!.innerHTML).not.to.contain('SECRET');
  });

  it('asks for each opening, with no other attribute to be asked for first', async () => {
    const {el, asked, requests} = await setupRoute();
    await untilStatus(el, 'loaded');
    await loadAfter(el, () => (el.phones = ['2']));
    await loadAfter(el, () => el.reload());
    expect([(await asked()).length, (await requests()).map(tokenOf)]).to.deep.equal([3, [TOKEN, TOKEN, TOKEN]]);
  });

  it('asks nothing while disabled, and nothing before the element is in view', async () => {
    const {el, asked} = await setupRoute(undefined, {disabled: true});
    await settleAfter(el, () => {});
    expect([(await asked()).length, el.status]).to.deep.equal([0, 'idle']);
    el.style.cssText = 'position: absolute; top: 9999px';
    await settleAfter(el, () => Object.assign(el, {loading: 'lazy', disabled: false}));
    expect([(await asked()).length, el.status]).to.deep.equal([0, 'waiting']);
    await loadAfter(el, () => (el.style.cssText = ''));
    expect((await asked()).length).to.equal(1);
  });

  it('that changes leaves the chat alone; removed, it signs out', async () => {
    const {el, requests} = await setupRoute();
    await untilStatus(el, 'loaded');
    const other = route();
    await settleAfter(el, () => (el.accessTokenUrl = other.url));
    expect([el.status, (await other.requests()).length]).to.deep.equal(['loaded', 0]);
    await settleAfter(el, () => el.removeAttribute('access-token-url'));
    el.accessTokenUrl = null;
    await settleAfter(el, () => {});
    expect([el.status, el.frame === null, (await requests()).length]).to.deep.equal(['idle', true, 1]);
  });

  it('gives way to getAccessToken', async () => {
    const {el, asked, requests} = await setupRoute(undefined, {getAccessToken: () => 'callback'});
    await untilStatus(el, 'loaded');
    expect([(await asked()).length, (await requests()).map(tokenOf)]).to.deep.equal([0, ['callback']]);
  });

  it('of another origin is told, and asks nobody', async () => {
    const {el, requests} = await setupTest({
      properties: {phones: ['1'], accessTokenUrl: 'https://other.example/token'},
      loaded: false,
    });
    await untilStatus(el, 'error');
    expect(el.error).to.include({code: 'invalid-field', field: 'accessTokenUrl'});
    expect(await requests()).to.deep.equal([]);
  });

  describe('says what is wrong with an answer, and never quotes it', () => {
    const SECRET = 'SECRET';
    const FAILURES: [string, Record<string, string | number>, RegExp, number?][] = [
      ['a redirect to a login page', {status: 302, location: '/login?SECRET'}, /a redirect, probably to a login page/],
      ['a redirect to another origin', {status: 307, location: 'https://other.example/SECRET'}, /a redirect/],
      ['204', {status: 204}, /the answer is empty/],
      ['an empty body', {}, /the answer is empty/],
      ['401', {status: 401, body: SECRET}, /status 401: nobody is logged in/, 401],
      ['403', {status: 403, body: SECRET}, /status 403: refused.*CSRF/, 403],
      ['404', {status: 404, body: SECRET}, /status 404: no such route/, 404],
      ['405', {status: 405, body: SECRET}, /status 405: the route must accept POST/, 405],
      ['419', {status: 419, body: SECRET}, /status 419: refused.*CSRF/, 419],
      ['422', {status: 422, body: SECRET}, /status 422: refused.*CSRF/, 422],
      ['500', {status: 500, body: SECRET}, /status 500: see the server's log/, 500],
      ['503', {status: 503, body: SECRET}, /status 503: the server has no token now\.$/, 503],
      ['503 with Retry-After', {status: 503, 'retry-after': '7'}, /no token now\. It asks to wait for 7 s\.$/, 503],
      ['503 with nonsense', {status: 503, 'retry-after': SECRET}, /no token now\.$/, 503],
      ['HTML', {body: `<!doctype html>${SECRET}`}, /the answer is not JSON/],
      ['null', {body: 'null'}, /no accessToken/],
      ['a token alone', {body: `"${SECRET}"`}, /no accessToken/],
      ['JSON without a token', json({token: SECRET}), /no accessToken/],
      ['a token that is no string', json({accessToken: [SECRET]}), /no accessToken/],
      ['an unusable field', json({accessToken: SECRET, crmDomain: {SECRET}}), /unusable crmDomain/],
      ['50 MB', {body: SECRET, repeat: 8_000_000}, /over 64 kB/],
    ];
    for (const [name, answer, message, status] of FAILURES) {
      it(name, async () => {
        const {el, requests} = await setupRoute(answer);
        await untilStatus(el, 'error');
        expect(el.error).to.include({code: 'access-token', field: 'accessTokenUrl'});
        expect(el.error!.message).to.match(message).and.not.to.contain(SECRET);
        expect(el.error!.status).to.equal(status);
        expect([el.frame === null, await requests()]).to.deep.equal([true, []]);
        expect(visibleText(el)).not.to.contain(SECRET);
      });
    }

    it('a body that never ends', async () => {
      const {setTimeout: setTimer} = window;
      // The 15 seconds of the whole answer, and no other timer, are over as soon as the headers are there.
      let isOver!: () => void;
      window.setTimeout = ((act: () => void, delay: number) =>
        delay === 15_000 ? ((isOver = act), 0) : setTimer(act, delay)) as never;
      const asked: Promise<unknown>[] = [];
      const {fetch: send} = window;
      window.fetch = (...request) => {
        const response = send(...request);
        asked.push(response);
        return response;
      };
      try {
        const {el} = await setupRoute({body: SECRET, endless: ''});
        await asked[0];
        isOver();
        await untilStatus(el, 'error');
        expect(el.error!.message).to.equal('access-token-url: no answer within 15 s.');
      } finally {
        Object.assign(window, {setTimeout: setTimer, fetch: send});
      }
    });

    it('no network', async () => {
      const {fetch: send} = window;
      window.fetch = () => Promise.reject(new TypeError(SECRET));
      try {
        const {el} = await setupRoute();
        await untilStatus(el, 'error');
        expect(el.error!.message).to.match(/the request failed\. Check the network/);
      } finally {
        window.fetch = send;
      }
    });
  });

  it('is asked again by "Try again"', async () => {
    const {el, asked} = await setupRoute({status: 401});
    await untilStatus(el, 'error');
    await el.updateComplete;
    const told = nextEvent(el, 'chatapp-error');
    part(el, 'retry')!.click();
    await told;
    expect((await asked()).length).to.equal(2);
  });

  describe('sends a token only where the server says or ChatApp is', () => {
    const FOREIGN = 'https://evil.example';

    /** An element as markup may be injected, on a page that is not on the own machine. */
    function inject(answer: unknown, baseUrl: string) {
      const {url} = route(json(answer));
      const el = document.createElement('chatapp-dialog');
      Object.assign(el, {phones: ['1'], accessTokenUrl: url, baseUrl});
      document.body.append(el);
      return el;
    }

    for (const [name, answer] of [
      ['a foreign base URL', {accessToken: TOKEN}],
      ['a foreign base URL, and an answer for another Dialog', {accessToken: TOKEN, dialogOrigin: 'https://a.example'}],
      ['a foreign base URL, and an answer for a part of it', {accessToken: TOKEN, dialogOrigin: `${FOREIGN}.com`}],
      ['a foreign base URL, and an answer that is no origin', {accessToken: TOKEN, dialogOrigin: [FOREIGN]}],
    ] as [string, unknown][]) {
      it(`not to ${name}`, async () => {
        const el = inject(answer, `${FOREIGN}/`);
        await untilStatus(el, 'error');
        expect(el.error!.message).to.equal(
          `access-token-url: no token for this base-url. Name ${FOREIGN} in the answer's dialogOrigin.`,
        );
        expect(el.frame === null).to.equal(true);
        el.remove();
      });
    }

    for (const baseUrl of [
      'https://dialogs.pro//evil.example/',
      'https://dialogs.pro/%2e%2e//evil.example/',
      'https://dialogs.pro\\.evil.example/',
      'https://new.dialogs.pro/?next=https://evil.example/',
      'https://dialogs.pro/?api',
      'https://dialogs.pro/#/evil',
    ]) {
      it(`not where the Dialog’s server could lead on to another one: ${baseUrl}`, async () => {
        const el = inject({accessToken: TOKEN}, baseUrl);
        await untilStatus(el, 'error');
        expect([el.error!.field, el.frame === null]).to.deep.equal([
          baseUrl.endsWith('?api') ? 'baseUrl' : 'accessTokenUrl',
          true,
        ]);
        el.remove();
      });
    }

    for (const [origin, answer] of [
      [FOREIGN, {accessToken: TOKEN, dialogOrigin: FOREIGN}],
      ['https://dialogs.pro', {accessToken: TOKEN}],
      ['https://new.dialogs.pro', {accessToken: TOKEN}],
      ['https://chat.chatapp.online', {accessToken: TOKEN}],
    ] as [string, unknown][]) {
      it(`to ${origin}${origin === FOREIGN ? ', which the answer names' : ''}`, async () => {
        const el = inject(answer, `${origin}/`);
        // Removed before the frame opens: no test asks a server of the internet.
        el.addEventListener('chatapp-loadstart', () => el.remove());
        await nextEvent(el, 'chatapp-loadstart');
        expect(el.error).to.equal(null);
      });
    }

    it('nor a link', async () => {
      const {url} = route();
      const el = document.createElement('chatapp-dialog-link');
      Object.assign(el, {phones: ['1'], baseUrl: `${FOREIGN}/`, accessTokenUrl: url, withToken: true});
      document.body.append(el);
      const tabs = recordTabs();
      await el.updateComplete;
      const told = nextEvent(el, 'chatapp-error');
      el.shadowRoot!.querySelector('a')!.click();
      const {error} = await told;
      expect([error.code, tabs.map(({closed, url}) => [closed, url])]).to.deep.equal([
        'access-token',
        [[true, undefined]],
      ]);
      el.remove();
    });
  });

  describe('with maxAge in the answer', () => {
    const LASTING = json({accessToken: TOKEN, maxAge: 60});
    const {now: monotonic} = performance;
    const {now: wall} = Date;
    afterEach(() => {
      performance.now = monotonic;
      Date.now = wall;
    });

    it('opens further conversations without asking', async () => {
      const {el, asked, requests, events} = await setupRoute(LASTING);
      await untilStatus(el, 'loaded');
      events.length = 0;
      await loadAfter(el, () => (el.phones = ['2']));
      await loadAfter(el, () => (el.phones = ['3']));
      expect([(await asked()).length, (await requests()).map(tokenOf)]).to.deep.equal([1, [TOKEN, TOKEN, TOKEN]]);
      expect(events).not.to.include('chatapp-statuschange:authorizing');
    });

    it('of a callback does so too, as long as it is the very same function', async () => {
      let asked = 0;
      const callback = () => (asked++, {accessToken: TOKEN, maxAge: 60});
      const {el} = await setupTest({properties: {phones: ['1'], getAccessToken: callback}});
      await loadAfter(el, () => (el.phones = ['2']));
      expect(asked).to.equal(1);
      await loadAfter(el, () => Object.assign(el, {phones: ['3'], getAccessToken: () => callback()}));
      expect(asked).to.equal(2);
    });

    const UNUSABLE: [string, unknown][] = [
      ['no maxAge, but expiresAt as the source gives it', {expiresAt: new Date(Date.now() + 9e6), expires: 9e6}],
      ['a maxAge of 0', {maxAge: 0}],
      ['a negative maxAge', {maxAge: -1}],
      ['a maxAge that is no number', {maxAge: '60'}],
      ['a maxAge of another spelling', {maxage: 60, 'max-age': 60}],
    ];
    for (const [name, more] of UNUSABLE) {
      it(`asks again after ${name}`, async () => {
        const {el, asked} = await setupRoute(json({accessToken: TOKEN, ...(more as object)}));
        await untilStatus(el, 'loaded');
        await loadAfter(el, () => (el.phones = ['2']));
        expect((await asked()).length).to.equal(2);
      });
    }

    const ENDS: [string, (el: ChatAppDialog) => unknown][] = [
      ['close()', (el) => el.close()],
      ['disabled', (el) => settleAfter(el, () => (el.disabled = true))],
      ['a disconnect', (el) => el.parentElement!.append(el)],
      ['the Back button', () => dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))],
      ['another base URL', (el) => (el.baseUrl = new URL('other/', el.baseUrl!))],
      ['another CRM domain', (el) => Object.assign(el, {crmDomain: 'a.example', employeeExtCode: 1})],
      ['sign-out', (el) => settleAfter(el, () => el.removeAttribute('access-token-url'))],
      ['reload()', (el) => el.reload()],
      ['a clock that was set back', () => (Date.now = () => wall() - 1000)],
      ['a clock that was set forward', () => (Date.now = () => wall() + 60_000)],
      ['a minute', () => (performance.now = () => monotonic.call(performance) + 60_000)],
    ];
    for (const [name, end] of ENDS) {
      it(`asks again after ${name}`, async () => {
        const {el, asked, url} = await setupRoute(LASTING);
        await untilStatus(el, 'loaded');
        await end(el);
        await loadAfter(el, () => Object.assign(el, {disabled: false, phones: ['2'], accessTokenUrl: url}));
        expect((await asked()).length).to.equal(2);
      });
    }

    it('uses no answer that comes when its opening is over', async () => {
      const answers: ((answer: AccessTokenAnswer) => void)[] = [];
      const getAccessToken = () => new Promise<AccessTokenAnswer>((resolve) => answers.push(resolve));
      const {el, requests} = await setupTest({properties: {phones: ['1'], getAccessToken}, loaded: false});
      el.close();
      el.phones = ['2'];
      await settled(el);
      await loadAfter(el, () => answers[1]!('second'));
      await settleAfter(el, () => answers[0]!({accessToken: 'first, and late', maxAge: 60}));
      el.phones = ['3'];
      await settled(el);
      await loadAfter(el, () => answers[2]!('third'));
      expect((await requests()).map(tokenOf)).to.deep.equal(['second', 'third']);
    });

    it('asks again after a failure, and forgets the earlier answer', async () => {
      const answers: unknown[] = [{accessToken: TOKEN, maxAge: 60}, null, {accessToken: TOKEN}, {accessToken: TOKEN}];
      let asked = 0;
      const getAccessToken = () => {
        const answer = answers[asked++] as {accessToken: string} | null;
        if (!answer) throw new Error('of the page');
        return answer;
      };
      const {el} = await setupTest({properties: {phones: ['1'], getAccessToken}});
      el.reload();
      await untilStatus(el, 'error');
      await loadAfter(el, () => (el.phones = ['2']));
      expect(asked).to.equal(3);
    });
  });

  it('signs in a link too, when it is clicked', async () => {
    const {url, requests} = route();
    const el: ChatAppDialogLink = document.createElement('chatapp-dialog-link');
    Object.assign(el, {phones: ['1'], baseUrl: 'http://localhost:1/', accessTokenUrl: url, withToken: true});
    document.body.append(el);
    await el.updateComplete;
    expect((await requests()).length).to.equal(0);
    const tabs = recordTabs();
    const tab = new Promise<void>((resolve) => {
      const {open} = window;
      window.open = (...words) => {
        const opened = open(...words)!;
        return Object.assign(opened, {
          location: {replace: (address: string) => resolve(void (tabs[0]!.url = address))},
        });
      };
    });
    el.shadowRoot!.querySelector('a')!.click();
    await tab;
    expect(new URL(tabs[0]!.url!).searchParams.get('api[access_token]')).to.equal(TOKEN);
    el.remove();
  });
});
