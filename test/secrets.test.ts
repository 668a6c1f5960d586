import {expect, fixture, html, waitUntil} from '@open-wc/testing';
import {executeServerCommand} from '@web/test-runner-commands';
import type {AccessTokenAnswer, ChatAppDialog, GetAccessToken} from '../src/element.js';
import {
  loadAfter,
  nextEvent,
  part,
  queryOf,
  recordTabs,
  secondOrigin,
  settleAfter,
  setupTest,
  type StandInRequest,
  TOKEN,
} from './support/harness.js';
import {KEEPS_FRAME_ADDRESSES, listenForLeaks, MARK, markup} from './support/leaks-of.js';

let listening: ReturnType<typeof listenForLeaks>;
beforeEach(() => (listening = listenForLeaks()));
afterEach(() => listening.stop());

/** Only these places hold the token of all that the page can read, once what still runs has been told. */
async function expectLeaks(el: ChatAppDialog, places: string[]): Promise<void> {
  await settleAfter(el, () => undefined);
  expect(listening.leaks(el)).to.deep.equal(places);
}

const expectNoLeak = (el: ChatAppDialog) => expectLeaks(el, []);

/** The element's status once an opening has ended, one way or the other. */
async function ended(el: ChatAppDialog): Promise<string> {
  while (!['loaded', 'error', 'idle'].includes(el.status)) await nextEvent(el, 'chatapp-statuschange');
  return el.status;
}

/** A base URL of the second origin that plays a scene. */
const scene = (name: string): string => `${secondOrigin().base}scene/${name}/`;

describe('the search for the access token', () => {
  it('finds it wherever a page can see it', async () => {
    const {el} = await setupTest();
    history.replaceState({token: TOKEN}, '');
    sessionStorage.setItem('token', TOKEN);
    performance.mark(TOKEN);
    console.debug({deep: {error: new Error('a', {cause: new Error(TOKEN)})}});
    el.dispatchEvent(Object.assign(new Event('chatapp-load', {bubbles: true}), {detail: {token: TOKEN}}));
    el.shadowRoot!.querySelector('section')!.setAttribute('data-token', TOKEN);
    el.frame!.title = el.frame!.name = TOKEN;
    try {
      const {leaks} = listening;
      expect(leaks(el)).to.deep.equal([
        'dom',
        'frame',
        'history',
        'storage',
        'timing',
        'console',
        'events',
        'observers',
      ]);
    } finally {
      history.replaceState(null, '');
      sessionStorage.clear();
      performance.clearMarks();
    }
  });
});

describe('the access token', () => {
  it('given as a property reaches the Dialog and nothing else', async () => {
    const {el, requests} = await setupTest({
      properties: {accessToken: TOKEN, crmDomain: 'a.example', phones: ['7999']},
    });
    expect(queryOf((await requests())[0])[0]).to.deep.equal(['api[access_token]', TOKEN]);
    await expectNoLeak(el);
    expect(listening.heard.events.length).to.be.above(3);
  });

  it('given as an attribute by the page stands in that attribute alone', async () => {
    const {el} = await setupTest({attributes: {'access-token': TOKEN}});
    expect(markup(document.documentElement).split(MARK)).to.have.length(2);
    await loadAfter(el, () => el.reload());
    expect(el.shadowRoot!.innerHTML).not.to.contain(MARK);
    await expectLeaks(el, ['dom']);
    await settleAfter(el, () => el.removeAttribute('access-token'));
    await expectNoLeak(el);
  });

  const MISPLACED: [string, (el: ChatAppDialog) => void, places?: string[]][] = [
    ['as a phone', (el) => (el.phones = [TOKEN]), ['fields']], // where the page reads what it has set
    ['in the base URL', (el) => (el.baseUrl = `https://x.example/?api[access_token]=${TOKEN}`)],
    ['in the base URL, encoded', (el) => (el.baseUrl = `https://x.example/?+%61pi[access_token]=${TOKEN}`)],
    ['as the password of the base URL', (el) => (el.baseUrl = `https://a:${TOKEN}@x.example/`)],
    ['under a name that is no field', (el) => (el.fields = {access_token: TOKEN} as object)],
    ['with half a character', (el) => (el.fields = {accessToken: `${TOKEN}\udc00`})],
    ['in an object', (el) => (el.accessToken = {accessToken: TOKEN} as unknown as string)],
    ['as get-access-token', (el) => (el.getAccessToken = TOKEN as unknown as GetAccessToken)],
  ];
  for (const [behaviour, change, places = []] of MISPLACED) {
    it(`given wrongly, ${behaviour}, is in no error`, async () => {
      const {el} = await setupTest({properties: {phones: ['7999']}});
      await settleAfter(el, () => change(el));
      expect(el.error).not.to.equal(null);
      await expectLeaks(el, places);
    });
  }

  const answers =
    (answer: unknown): GetAccessToken =>
    () =>
      Promise.resolve(answer as AccessTokenAnswer);
  const ANSWERS: [string, string, GetAccessToken][] = [
    ['as a string', 'loaded', answers(TOKEN)],
    ['as a string at once', 'loaded', () => TOKEN],
    ['with the employee', 'loaded', answers({accessToken: TOKEN, crmDomain: 'a.example', employeeExtCode: 7})],
    ['with half a character', 'error', answers(`${TOKEN}\udc00`)],
    ['under another name', 'error', answers({token: TOKEN})],
    ['in a list', 'error', answers([TOKEN])],
    ['inside of an object', 'error', answers({accessToken: {accessToken: TOKEN}})],
    ['also as a CRM domain of a wrong type', 'error', answers({accessToken: TOKEN, crmDomain: {domain: TOKEN}})],
    [
      'also as a CRM domain that is half a character',
      'error',
      answers({accessToken: TOKEN, crmDomain: `${TOKEN}\ud800`}),
    ],
    ['also as an employee of a wrong type', 'error', answers({accessToken: TOKEN, employeeExtCode: [TOKEN]})],
    [
      'in an object that cannot be read',
      'error',
      answers({
        get accessToken(): string {
          throw new Error(TOKEN);
        },
      }),
    ],
    ['as a rejection', 'error', () => Promise.reject(TOKEN)],
    [
      'in an error',
      'error',
      () => Promise.reject(new Error(`POST /?token=${TOKEN}`, {cause: new Error(TOKEN, {cause: TOKEN})})),
    ],
    [
      'in an error that looks like the element’s',
      'error',
      () =>
        Promise.reject(
          Object.assign(new Error(TOKEN), {name: 'ChatAppDialogError', code: 'access-token', field: TOKEN}),
        ),
    ],
    [
      'in an error, thrown at once',
      'error',
      () => {
        throw new Error(TOKEN);
      },
    ],
  ];
  for (const [behaviour, status, getAccessToken] of ANSWERS) {
    it(`that getAccessToken answers ${behaviour} stays out of the page`, async () => {
      const {el} = await setupTest({properties: {getAccessToken, phones: ['7999']}, loaded: false});
      expect(await ended(el)).to.equal(status);
      expect(el.error === null).to.equal(status === 'loaded');
      await expectNoLeak(el);
    });
  }

  for (const [behaviour, end] of [
    ['answered', (resolve: (token: string) => void) => resolve(TOKEN)],
    ['rejected', (_: unknown, reject: (reason: unknown) => void) => reject(new Error(TOKEN))],
  ] as const) {
    it(`${behaviour} too late, for a customer before, goes nowhere`, async () => {
      let late = () => {};
      const {el, requests} = await setupTest({
        properties: {
          getAccessToken: () => new Promise((resolve, reject) => (late = () => end(resolve, reject))),
          phones: ['7999'],
        },
        loaded: false,
      });
      await loadAfter(el, () => Object.assign(el, {getAccessToken: () => 'live', phones: ['8']}));
      late();
      await expectNoLeak(el);
      expect((await requests()).map((request) => queryOf(request)[0]![1])).to.deep.equal(['live']);
    });
  }

  it('survives reload(), a timeout and Try again without a trace', async () => {
    const {el} = await setupTest({properties: {accessToken: TOKEN}});
    await loadAfter(el, () => el.reload());
    await expectNoLeak(el);
    el.loadTimeout = 1;
    el.baseUrl = scene('never');
    await nextEvent(el, 'chatapp-error');
    expect(el.error!.code).to.equal('timeout');
    await expectNoLeak(el);
    const asked = nextEvent(el, 'chatapp-loadstart');
    part(el, 'retry')!.click();
    await asked;
    await expectNoLeak(el);
  });

  it('is in no word about a server that is not there', async () => {
    const refused: string = await executeServerCommand('stand-in:refused');
    const {el} = await setupTest({
      properties: {accessToken: TOKEN, probe: true, baseUrl: `${refused}/`},
      loaded: false,
    });
    expect(await ended(el)).to.equal('error');
    expect(el.error!.code).to.equal('unreachable');
    await expectNoLeak(el);
  });

  it('is not in the probe, nor is a cookie, a query or a referrer', async () => {
    const own: string = await executeServerCommand('stand-in:own');
    document.cookie = `session=${TOKEN}`;
    try {
      // On the page's own host, to which the browser would send the page's cookies.
      const base = own.replace('127.0.0.1', 'localhost');
      const {el} = await setupTest({
        properties: {accessToken: TOKEN, probe: true, baseUrl: `${base}/app/`, phones: ['7999']},
      });
      const log = (await (await fetch(`${own}/_requests`)).json()) as (StandInRequest & {credentials?: true})[];
      expect(log.filter(({method}) => method === 'HEAD')).to.deep.equal([{method: 'HEAD', url: '/', referer: null}]);
      const navigation = log.find(({method}) => method === 'GET');
      expect([navigation!.credentials, queryOf(navigation)[0]![1]]).to.deep.equal([true, TOKEN]);
      document.cookie = 'session=; max-age=0';
      await expectNoLeak(el);
    } finally {
      document.cookie = 'session=; max-age=0';
      await executeServerCommand('stand-in:stop', own);
    }
  });

  it('is not in the referrer that a third party of the Dialog sees', async () => {
    const {base, requests} = secondOrigin();
    const {el} = await setupTest({
      attributes: {'base-url': `${base}scene/third-party/`},
      properties: {accessToken: TOKEN},
    });
    const [, origin, session] = /^(.+)\/s\/(.+)\/$/.exec(base)!;
    const log = (await (await fetch(`${origin}/_requests?session=${session}-third-party`)).json()) as StandInRequest[];
    expect(log.map(({referer}) => referer)).to.deep.equal([`${origin}/`]);
    // WebKit sends none.
    expect([null, `${location.origin}/`]).to.include((await requests())[0]!.referer);
    await expectNoLeak(el);
  });

  it('is in the page’s resource timing in WebKit alone, as the README says', async () => {
    performance.clearResourceTimings();
    const {el, requests} = await setupTest({properties: {accessToken: TOKEN}});
    await settleAfter(el, () => undefined);
    expect(queryOf((await requests())[0])[0]![1]).to.equal(TOKEN);
    expect(performance.getEntriesByType('resource').some(({name}) => name.includes(MARK))).to.equal(
      KEEPS_FRAME_ADDRESSES,
    );
    expect(JSON.stringify(performance.getEntriesByType('navigation'))).not.to.contain(MARK);
  });
});

describe('links', () => {
  it('openInNewTab({withToken}) gives the token to the tab alone', async () => {
    const {el} = await setupTest({properties: {getAccessToken: () => TOKEN, phones: ['7999']}});
    const tabs = recordTabs();
    await el.openInNewTab({withToken: true});
    expect(tabs[0]!.url).to.contain(MARK);
    await expectNoLeak(el);
  });

  for (const [how, inputs, isOpened] of [
    ['as a property', {accessToken: TOKEN}, true],
    ['by getAccessToken', {getAccessToken: () => TOKEN}, true],
    ['in a rejection', {getAccessToken: () => Promise.reject(new Error(TOKEN))}, false],
    ['wrongly', {accessToken: `${TOKEN}\udc00`}, undefined],
  ] as const) {
    it(`<chatapp-dialog-link with-token> that gets the token ${how} tells nobody but the tab`, async () => {
      const box = await fixture(
        html`<div><chatapp-dialog-link with-token phones="7999">Chat</chatapp-dialog-link></div>`,
      );
      const el = box.querySelector('chatapp-dialog-link')!;
      Object.assign(el, inputs);
      await el.updateComplete;
      expect(listening.leaks(el)).to.deep.equal([]);
      const tabs = recordTabs();
      const anchor = el.shadowRoot!.querySelector('a')!;
      anchor.addEventListener('click', (event) => isOpened === undefined && event.preventDefault());
      anchor.click();
      if (isOpened !== undefined) await waitUntil(() => tabs[0]!.url ?? el.error);
      expect(tabs[0]?.url?.includes(MARK) ?? false).to.equal(isOpened ?? false);
      expect(el.error === null).to.equal(isOpened ?? false);
      expect(listening.leaks(el)).to.deep.equal([]);
    });
  }

  it('copyLink() copies the shareable URL', async () => {
    const {el, base} = await setupTest({
      properties: {accessToken: TOKEN, crmDomain: 'a.example', employeeExtCode: 7, phones: ['7999']},
    });
    const written: string[] = [];
    Object.defineProperty(navigator.clipboard, 'writeText', {
      configurable: true,
      value: async (text: string) => void written.push(text),
    });
    try {
      await el.copyLink();
    } finally {
      delete (navigator.clipboard as {writeText?: unknown}).writeText;
    }
    expect(written).to.deep.equal([`${base}?crm%5Bphones%5D%5B0%5D=7999`]);
  });

  it('are refused where there is nothing to link to', async () => {
    const {el} = await setupTest({properties: {phones: []}, loaded: false});
    for (const link of [el.copyLink(), el.openInNewTab(), el.openInNewTab({withToken: true})]) {
      const error = await link.then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(error).to.be.instanceOf(DOMException);
      expect((error as DOMException).name).to.equal('InvalidStateError');
    }
  });
});

describe('a half-named employee', () => {
  it('is warned of once on the console', async () => {
    const warnings: unknown[] = [];
    const {warn} = console;
    console.warn = (...words: unknown[]) => warnings.push(...words);
    try {
      const {el} = await setupTest({properties: {crmDomain: 'a.example'}});
      await loadAfter(el, () => (el.phones = ['7']));
      expect(warnings).to.deep.equal(['<chatapp-dialog>: crm-domain and employee-ext-code need each other.']);
      await loadAfter(el, () => (el.employeeExtCode = 7));
      expect(warnings).to.have.length(1);
    } finally {
      console.warn = warn;
    }
  });
});
