import {expect} from '@open-wc/testing';
import type {AccessTokenAnswer, AccessTokenRequest, ChatAppDialog, GetAccessToken} from '../../src/element.js';
import {
  developerText,
  type DialogTest,
  loadAfter,
  nextEvent,
  part,
  queryOf,
  recordTabs,
  settleAfter,
  setupTest,
  TOKEN,
  visibleText,
} from '../support/harness.js';

/** A callback whose answers the test gives, question by question. */
function askable() {
  const asked: (AccessTokenRequest & {answer: (answer: unknown) => void; reject: (reason: unknown) => void})[] = [];
  const getAccessToken: GetAccessToken = (request) =>
    new Promise((answer, reject) => void asked.push({...request, answer: answer as (answer: unknown) => void, reject}));
  return {asked, getAccessToken};
}

/** An element that has asked for a token and waits for it. */
async function setupAsked(properties: Partial<ChatAppDialog> = {}) {
  const {asked, getAccessToken} = askable();
  const test = await setupTest({properties: {getAccessToken, ...properties}, loaded: false});
  await settleAfter(test.el, () => undefined);
  return {...test, asked};
}

const tokensOf = async ({requests}: Pick<DialogTest, 'requests'>) =>
  (await requests()).map((request) => queryOf(request).find(([name]) => name === 'api[access_token]')?.[1] ?? null);

describe('getAccessToken', () => {
  it('is asked once, right before the opening, and its answer opens', async () => {
    const test = await setupAsked({phones: ['7999']});
    const {el, asked, events, requests} = test;
    expect([el.status, el.frame, asked.length]).to.deep.equal(['authorizing', null, 1]);
    expect(asked[0]).to.include({reason: 'open'});
    expect(asked[0]!.signal.aborted).to.equal(false);
    expect(await requests()).to.have.length(0);
    expect(visibleText(el)).to.equal('Signing in');
    expect(part(el, 'spinner')).not.to.equal(null);
    await loadAfter(el, () => asked[0]!.answer(TOKEN));
    expect(await tokensOf(test)).to.deep.equal([TOKEN]);
    expect(asked[0]!.signal.aborted).to.equal(false);
    expect(events).to.deep.equal([
      'chatapp-statuschange:authorizing',
      'chatapp-statuschange:loading',
      'chatapp-loadstart',
      'chatapp-statuschange:loaded',
      'chatapp-load',
    ]);
  });

  it('wins over the attribute', async () => {
    const test = await setupTest({
      attributes: {'access-token': 'attribute'},
      properties: {getAccessToken: () => 'callback'},
    });
    expect(await tokensOf(test)).to.deep.equal(['callback']);
  });

  it('is asked once although ten attributes change, one by one in their own updates', async () => {
    const {el, asked} = await setupAsked({phones: ['1']});
    await loadAfter(el, () => asked[0]!.answer('a'));
    const asking = nextEvent(el, 'chatapp-statuschange');
    el.phones = ['2'];
    el.licenseId = 1;
    el.messengerType = 'telegram';
    el.dialogIds = ['@a'];
    el.crmDomain = 'a.example';
    el.employeeExtCode = '1';
    el.sandbox = 'allow-scripts';
    el.allow = 'camera';
    el.label = 'Chat';
    el.loadTimeout = 10_000;
    await asking;
    await settleAfter(el, () => undefined);
    expect(asked).to.have.length(2);
  });

  it('is asked anew at each opening, with the reason', async () => {
    const {el, asked} = await setupAsked({phones: ['1']});
    await loadAfter(el, () => asked[0]!.answer('a'));
    await settleAfter(el, () => (el.phones = ['2']));
    await settleAfter(el, () => el.reload());
    await settleAfter(el, () => asked[2]!.reject('no'));
    await settleAfter(el, () => part(el, 'retry')!.click());
    await settleAfter(el, () => (el.phones = ['3']));
    expect(asked.map(({reason}) => reason)).to.deep.equal(['open', 'open', 'reload', 'retry', 'open']);
  });

  const ANSWERS: [string, AccessTokenAnswer, [string, string][]][] = [
    [
      'null opens without a token, although there is an attribute',
      null,
      [
        ['api[crm_domain]', 'page.example'],
        ['api[employee_ext_code]', '1'],
      ],
    ],
    [
      'an object: the server says who the agent is',
      {accessToken: 'a', crmDomain: 'server.example', employeeExtCode: 9},
      [
        ['api[access_token]', 'a'],
        ['api[crm_domain]', 'server.example'],
        ['api[employee_ext_code]', '9'],
      ],
    ],
    [
      'an object with a part: the rest is the attributes’',
      {accessToken: 'a', employeeExtCode: '9'},
      [
        ['api[access_token]', 'a'],
        ['api[crm_domain]', 'page.example'],
        ['api[employee_ext_code]', '9'],
      ],
    ],
    [
      'an object with more than is asked: it stays out',
      {accessToken: 'a', expiresAt: 1, phones: ['666']} as AccessTokenAnswer,
      [
        ['api[access_token]', 'a'],
        ['api[crm_domain]', 'page.example'],
        ['api[employee_ext_code]', '1'],
      ],
    ],
  ];
  for (const [behaviour, answer, query] of ANSWERS) {
    it(`may answer ${behaviour}`, async () => {
      const {requests} = await setupTest({
        attributes: {'access-token': 'attribute', 'crm-domain': 'page.example', 'employee-ext-code': '1'},
        properties: {getAccessToken: async () => answer},
      });
      expect((await requests()).map(queryOf)).to.deep.equal([query]);
    });
  }

  const FAILURES: [string, GetAccessToken, RegExp][] = [
    ['rejects', () => Promise.reject(new Error('SECRET')), /^getAccessToken rejected: .*must return/],
    [
      'throws at once',
      () => {
        throw new Error('SECRET');
      },
      /^getAccessToken rejected: /,
    ],
    ['rejects with nothing', () => Promise.reject(), /^getAccessToken rejected: /],
    ...[
      undefined,
      '',
      7,
      true,
      {},
      [],
      {accessToken: ''},
      {accessToken: null},
      {accessToken: 7},
      {token: 'SECRET'},
    ].map((answer): [string, GetAccessToken, RegExp] => [
      `answers ${JSON.stringify(answer)}`,
      () => answer as AccessTokenAnswer,
      /^getAccessToken answered something else: it must return a token, null or \{accessToken\}/,
    ]),
    [
      'answers a token that no URL can hold',
      () => 'SECRET\ud800',
      /^getAccessToken answered an unusable accessToken: it must return a token, null or \{accessToken\}/,
    ],
    [
      'answers an employee that no URL can hold',
      () => ({accessToken: 'SECRET', crmDomain: {} as string}),
      /^getAccessToken answered an unusable crmDomain: /,
    ],
    [
      'answers an object that throws',
      () => ({
        get accessToken(): string {
          throw new Error('SECRET');
        },
      }),
      /^getAccessToken rejected: /,
    ],
  ];
  for (const [behaviour, getAccessToken, message] of FAILURES) {
    it(`opens nothing when it ${behaviour}`, async () => {
      const {el, requests, events} = await setupTest({
        attributes: {'access-token': 'attribute'},
        properties: {getAccessToken},
        loaded: false,
      });
      if (el.status !== 'error') await nextEvent(el, 'chatapp-error');
      expect([el.status, el.frame === null]).to.deep.equal(['error', true]);
      expect(el.error).to.include({code: 'access-token', field: 'getAccessToken'});
      expect(el.error!.message).to.match(message).and.not.to.contain('SECRET');
      expect(el.error!.cause).to.equal(undefined);
      expect(visibleText(el)).to.contain("You couldn't be signed in.").and.not.to.contain('SECRET');
      expect(developerText(el)).to.equal(el.error!.message);
      expect(part(el, 'retry')).not.to.equal(null);
      expect(events).to.deep.equal(['chatapp-statuschange:authorizing', 'chatapp-statuschange:error', 'chatapp-error']);
      expect(await requests()).to.have.length(0);
    });
  }

  it('opens nothing when it has not answered for 15 seconds, and its signal aborts', async () => {
    const {setTimeout: original} = globalThis;
    const timers: [() => void, number][] = [];
    // The clock is the browser's; the test hastens the one timer of 15 seconds and no other.
    globalThis.setTimeout = ((act: (...words: unknown[]) => void, delay: number, ...words: unknown[]) => {
      if (delay === 15_000) return timers.push([() => act(...words), delay]);
      return original(act, delay, ...words);
    }) as typeof setTimeout;
    try {
      const {el, asked, requests} = await setupAsked();
      expect(timers).to.have.length(1);
      const error = nextEvent(el, 'chatapp-error');
      timers[0]![0]();
      await error;
      expect(el.error).to.include({code: 'access-token'});
      expect(el.error!.message).to.match(/^getAccessToken timed out: /);
      expect(asked[0]!.signal.aborted).to.equal(true);
      await settleAfter(el, () => asked[0]!.answer('late'));
      expect([el.status, (await requests()).length]).to.deep.equal(['error', 0]);
    } finally {
      globalThis.setTimeout = original;
    }
  });

  const ENDS: [string, (el: ChatAppDialog) => void, string, number][] = [
    ['another customer is chosen', (el) => (el.phones = ['2']), 'authorizing', 2],
    ['reload() is called', (el) => el.reload(), 'authorizing', 2],
    ['the filter becomes empty', (el) => (el.phones = []), 'idle', 1],
    ['a phone is bad', (el) => (el.phones = ['bad']), 'error', 1],
    ['close() is called', (el) => el.close(), 'idle', 1],
    ['disabled is set', (el) => (el.disabled = true), 'idle', 1],
    ['the element leaves', (el) => el.remove(), 'idle', 1],
    ['the page takes its callback back', (el) => (el.getAccessToken = null), 'idle', 1],
  ];
  for (const [behaviour, change, status, questions] of ENDS) {
    it(`is told by its signal when ${behaviour}, and its answer is dropped`, async () => {
      const {el, asked, requests} = await setupAsked({phones: ['1']});
      await settleAfter(el, () => change(el));
      expect([asked[0]!.signal.aborted, el.status, asked.length]).to.deep.equal([true, status, questions]);
      await settleAfter(el, () => asked[0]!.answer('old'));
      expect([el.status, el.frame, (await requests()).length]).to.deep.equal([status, null, 0]);
    });
  }

  it('whose answers come out of order opens for the last customer, once', async () => {
    const test = await setupAsked({phones: ['1']});
    const {el, asked, requests} = test;
    await settleAfter(el, () => (el.phones = ['2']));
    await settleAfter(el, () => (el.phones = ['3']));
    await loadAfter(el, () => {
      asked[2]!.answer('third');
      asked[0]!.answer('first');
      asked[1]!.answer('second');
    });
    expect((await requests()).map(queryOf)).to.deep.equal([
      [
        ['api[access_token]', 'third'],
        ['crm[phones][0]', '3'],
      ],
    ]);
  });

  it('that answers in the task of another change opens for the changed customer only', async () => {
    const {el, asked, requests} = await setupAsked({phones: ['1']});
    asked[0]!.answer('old');
    el.phones = ['2'];
    await settleAfter(el, () => undefined);
    await loadAfter(el, () => asked[1]!.answer('new'));
    expect((await requests()).map(queryOf)).to.deep.equal([
      [
        ['api[access_token]', 'new'],
        ['crm[phones][0]', '2'],
      ],
    ]);
  });

  for (let ticks = 0; ticks <= 12; ticks++) {
    it(`whose answer is on its way for ${ticks} microtasks when the page closes or changes opens nothing wrong`, async () => {
      const change = ticks % 2 ? (el: ChatAppDialog) => el.close() : (el: ChatAppDialog) => void (el.phones = []);
      const {el, asked, requests} = await setupAsked({phones: ['1']});
      asked[0]!.answer('old');
      for (let i = 0; i < ticks; i++) await Promise.resolve();
      await settleAfter(el, () => change(el));
      expect([el.status, el.frame === null]).to.deep.equal(['idle', true]);
      expect((await requests()).every(({url}) => url.includes('phones'))).to.equal(true);
    });
  }

  it('that is another function does nothing while its conversation opens or is open', async () => {
    const {el, asked, requests} = await setupAsked();
    await settleAfter(el, () => (el.getAccessToken = () => 'second'));
    expect([el.status, asked[0]!.signal.aborted]).to.deep.equal(['authorizing', false]);
    await loadAfter(el, () => asked[0]!.answer('first'));
    await settleAfter(el, () => (el.getAccessToken = () => 'third'));
    expect(el.status).to.equal('loaded');
    await loadAfter(el, () => el.reload());
    expect(await tokensOf({requests})).to.deep.equal(['first', 'third']);
  });

  it('that is another function does nothing either where the answer was null', async () => {
    const test = await setupTest({properties: {getAccessToken: () => null}});
    await settleAfter(test.el, () => (test.el.getAccessToken = () => null));
    expect([test.el.status, await tokensOf(test)]).to.deep.equal(['loaded', [null]]);
  });

  it('that comes first, after an opening without, opens again', async () => {
    const test = await setupTest();
    await loadAfter(test.el, () => (test.el.getAccessToken = () => TOKEN));
    expect(await tokensOf(test)).to.deep.equal([null, TOKEN]);
  });

  it('that is taken away signs out; a token opens again', async () => {
    const test = await setupTest({properties: {getAccessToken: () => 'first'}});
    await settleAfter(test.el, () => (test.el.getAccessToken = null));
    expect([test.el.status, test.el.frame]).to.deep.equal(['idle', null]);
    await loadAfter(test.el, () => (test.el.accessToken = 'second'));
    expect(await tokensOf(test)).to.deep.equal(['first', 'second']);
  });

  it('that Preact takes away, by an empty text, signs out', async () => {
    const {el} = await setupTest({properties: {getAccessToken: () => 'first'}});
    await settleAfter(el, () => Object.assign(el, {getAccessToken: ''}));
    expect([el.status, el.frame, el.error]).to.deep.equal(['idle', null, null]);
  });

  it('that gives way to a token while it is asked opens with that token', async () => {
    const test = await setupAsked();
    await loadAfter(test.el, () => {
      test.el.getAccessToken = null;
      test.el.accessToken = 'attribute';
    });
    expect([test.asked[0]!.signal.aborted, await tokensOf(test)]).to.deep.equal([true, ['attribute']]);
  });

  it('that failed is replaced by a good one: it opens', async () => {
    const test = await setupTest({properties: {getAccessToken: () => Promise.reject()}, loaded: false});
    if (test.el.status !== 'error') await nextEvent(test.el, 'chatapp-error');
    await loadAfter(test.el, () => (test.el.getAccessToken = () => TOKEN));
    expect(await tokensOf(test)).to.deep.equal([TOKEN]);
  });

  it('that failed gives way to a token of the page: it opens', async () => {
    const test = await setupTest({properties: {getAccessToken: () => Promise.reject()}, loaded: false});
    if (test.el.status !== 'error') await nextEvent(test.el, 'chatapp-error');
    await loadAfter(test.el, () => {
      test.el.getAccessToken = null;
      test.el.accessToken = 'attribute';
    });
    expect(await tokensOf(test)).to.deep.equal(['attribute']);
  });

  it('that fails and is made anew at each error, as a framework may, is not asked for ever', async () => {
    let asked = 0;
    const fresh = (): GetAccessToken => () => {
      asked++;
      return Promise.reject();
    };
    const {el} = await setupTest({loaded: false, attributes: {disabled: ''}});
    el.addEventListener('chatapp-error', () => (el.getAccessToken = fresh()));
    await settleAfter(el, () => {
      el.getAccessToken = fresh();
      el.disabled = false;
    });
    for (let i = 0; i < 5; i++) await settleAfter(el, () => undefined);
    expect([asked, el.status]).to.deep.equal([2, 'error']);
    await settleAfter(el, () => el.reload());
    expect(asked).to.be.above(2);
  });

  it('is asked again after a disconnect, once', async () => {
    const {el, asked} = await setupAsked();
    const parent = el.parentElement!;
    await settleAfter(el, () => {
      el.remove();
      parent.append(el);
      el.remove();
      parent.append(el);
    });
    expect([asked.length, asked[0]!.signal.aborted, asked[1]!.signal.aborted]).to.deep.equal([2, true, false]);
  });

  it('that changes attributes while it runs is asked again for them', async () => {
    const phones: string[] = [];
    const {el, requests} = await setupTest({attributes: {disabled: ''}, properties: {phones: ['1']}, loaded: false});
    el.getAccessToken = () => {
      phones.push(String((el.phones as string[])[0]));
      el.phones = ['2'];
      return 'token';
    };
    await loadAfter(el, () => (el.disabled = false));
    expect(phones).to.deep.equal(['1', '2']);
    expect(await requests()).to.have.length(1);
  });

  for (const [behaviour, bind] of [
    ['the attribute get-access-token', (el: ChatAppDialog) => el.setAttribute('get-access-token', 'SECRET()')],
    ['a property that is no function', (el: ChatAppDialog) => (el.getAccessToken = 'SECRET' as never)],
  ] as const) {
    it(`is bound wrongly by ${behaviour}: an error that says how, the open conversation stays`, async () => {
      const {el, requests} = await setupTest();
      await settleAfter(el, () => bind(el));
      expect(el.error).to.include({code: 'invalid-field', field: 'getAccessToken'});
      expect(el.error!.message).to.match(/set the property getAccessToken to a function/);
      expect([el.status, (await requests()).length]).to.deep.equal(['loaded', 1]);
      expect(visibleText(el)).not.to.contain('SECRET');
      await settleAfter(el, () => el.reload());
      expect([el.status, el.frame === null]).to.deep.equal(['error', true]);
    });
  }
});

describe('openInNewTab({withToken: true})', () => {
  it('asks getAccessToken, and closes the window where it fails', async () => {
    const {el, base} = await setupTest({properties: {getAccessToken: () => 'first', phones: ['7']}});
    const tabs = recordTabs();
    const opening = el.openInNewTab({withToken: true});
    el.phones = []; // the page moves on; the click meant the first customer
    await opening;
    el.phones = ['7'];
    el.getAccessToken = () => Promise.reject(new Error('SECRET'));
    const error = await el.openInNewTab({withToken: true}).catch((reason: unknown) => reason);
    expect(error).to.include({code: 'access-token'});
    expect(tabs).to.deep.equal([
      {hasOpener: false, closed: false, url: `${base}?api%5Baccess_token%5D=first&crm%5Bphones%5D%5B0%5D=7`},
      {hasOpener: false, closed: true, url: undefined},
    ]);
  });
});
