// Every input gets every value that no page means, while the conversation of a customer is on the screen.
import {expect, fixture, html} from '@open-wc/testing';
import {type ChatAppDialog, ChatAppDialogError, ERROR_CODES} from '../../src/element.js';
import {loadAfter, queryOf, secondOrigin, settled} from '../support/harness.js';
import {HOSTILE_TEXTS, hostileValues} from '../support/hostile-values.mjs';

const TYPES = ['chatapp-statuschange', 'chatapp-loadstart', 'chatapp-load', 'chatapp-error'] as const;

/** Inputs by property, with the hostile values that each of them can take all the same. */
const IDENTITY: Record<string, string[]> = {
  licenseId: ['-1'],
  messengerType: ['-1'],
  crmDomain: ['-1'],
  employeeExtCode: ['-1'],
  phones: ['-1'],
  dialogIds: ['-1'],
  baseUrl: [],
  sandbox: ['a huge text', 'a lone surrogate', 'an unfilled template value'],
  allow: ['a huge text', 'a lone surrogate', 'an unfilled template value'],
  // Without a name that is a text, these are as empty as {}.
  fields: ['an object without a prototype', 'an object whose Symbol.toPrimitive throws'],
};
const CREDENTIALS: Record<string, string[]> = {
  // A text that makes the URL too long is found out when the URL is made.
  accessToken: ['-1', 'a huge text'],
  getAccessToken: ['a function', 'a revoked function', 'a function whose toString throws'],
  accessTokenUrl: ['a huge text', 'a lone surrogate', 'an unfilled template value'],
};
const PRESENTATION: Record<string, string[]> = {
  label: ['a huge text', 'a lone surrogate', 'an unfilled template value'],
  loading: [],
  loadTimeout: ['Infinity', '1e21', 'a huge text'],
  keepAlive: [],
};

const LOADING = ['chatapp-statuschange:loading', 'chatapp-loadstart'];
const LOADED = ['chatapp-statuschange:loaded', 'chatapp-load'];
const FAILING = ['chatapp-statuschange:error', 'chatapp-error'];

interface Chat {
  /** What this chat's element is going to get, and its name. */
  name: string;
  value: unknown;
  el: ChatAppDialog;
  /** Any property of the element, for values that its type refuses. */
  inputs: Record<string, unknown>;
  /** The element's events since it showed customer 1, as `type` or `type:status`. */
  events: string[];
}

interface Chats {
  chats: Chat[];
  /** The phones that all of them have asked for. */
  requested: () => Promise<string[]>;
}

/** An element for each value, all at once: each shows customer 1, from a small page. */
async function openChats(
  values: [name: string, value: unknown][],
  properties: Partial<ChatAppDialog> = {},
  place?: HTMLElement,
): Promise<Chats> {
  const {base, requests} = secondOrigin();
  const box = place ?? (await fixture<HTMLElement>(html`<div></div>`));
  const chats = await Promise.all(
    values.map(async ([name, value]): Promise<Chat> => {
      const el = document.createElement('chatapp-dialog');
      Object.assign(el, {baseUrl: `${base}scene/404/`, phones: ['1'], ...properties});
      await loadAfter(el, () => box.append(el));
      const events: string[] = [];
      for (const type of TYPES) {
        el.addEventListener(type, () => events.push(type === 'chatapp-statuschange' ? `${type}:${el.status}` : type));
      }
      return {name, value, el, inputs: el as unknown as Record<string, unknown>, events};
    }),
  );
  return {
    chats,
    requested: async () =>
      (await requests()).map((request) => new Map(queryOf(request)).get('crm[phones][0]') ?? 'all chats'),
  };
}

async function openChat(properties?: Partial<ChatAppDialog>): Promise<Chat & Omit<Chats, 'chats'>> {
  const {chats, requested} = await openChats([['', undefined]], properties);
  return {...chats[0]!, requested};
}

/** Does something to every chat, and waits until what no longer matches is gone. */
async function updateEach(chats: Chat[], change: (chat: Chat) => unknown): Promise<void> {
  for (const chat of chats) change(chat);
  await Promise.all(chats.map(({el}) => el.updateComplete));
}

const allSettled = (chats: Chat[]) => Promise.all(chats.map(({el}) => settled(el)));

/** The frames that an agent can see. */
const visibleFrames = (el: ChatAppDialog) =>
  [...el.shadowRoot!.querySelectorAll('iframe')].filter((frame) => frame.checkVisibility({visibilityProperty: true}));

/** The values that an input cannot take. */
const hostileTo = (accepted: string[]) => Object.entries(hostileValues()).filter(([name]) => !accepted.includes(name));

function expectError({el, name}: Pick<Chat, 'el' | 'name'>): void {
  const {error} = el;
  expect(error, name).to.be.instanceOf(ChatAppDialogError);
  expect(ERROR_CODES, name).to.include(error!.code);
  expect(`${error!.message} ${error!.cause}`, name).not.to.match(/SECRET|79990000000/);
}

/** What was logged while a function ran. */
async function warningsOf(run: () => Promise<void>): Promise<string[]> {
  const {warn} = console;
  const warnings: string[] = [];
  console.warn = (...words: unknown[]) => warnings.push(words.join(' '));
  try {
    await run();
  } finally {
    console.warn = warn;
  }
  return warnings;
}

describe('a hostile value, beside another customer, as', () => {
  // The elements of all these tests: each test leaves them as it found them, with the other customer's chat loaded.
  let all: Chats;
  let box: HTMLElement;

  before(async function () {
    this.timeout(60_000);
    box = document.body.appendChild(document.createElement('div'));
    all = await openChats(Object.entries(hostileValues()), {accessToken: 'a'}, box);
  });

  after(() => box.remove());

  for (const [place, [input, accepted]] of Object.entries({...IDENTITY, ...CREDENTIALS}).entries()) {
    it(`${input}: takes the chat away, is told once, and the next good value opens`, async function () {
      this.timeout(60_000);
      const {requested} = all;
      // Loads take long. So each input gets a third of the values here. In intent.test.mjs, each input gets all values,
      // except `fields`, which only an element has.
      const chats = all.chats.filter(
        ({name}, index) => !accepted.includes(name) && (input === 'fields' || index % 3 === place % 3),
      );
      const before = (await requested()).length;
      const good = input === 'fields' ? undefined : chats[0]!.inputs[input];
      const customers = new Map(chats.map(({el}) => [el, String(el.phones) === '1' ? '2' : '1']));
      await updateEach(chats, ({el, events, inputs, value}) => {
        events.length = 0;
        el.phones = [customers.get(el)!];
        inputs[input] = value;
      });
      for (const {el, name} of chats) expect([el.frame, visibleFrames(el).length], name).to.deep.equal([null, 0]);
      await allSettled(chats);
      for (const chat of chats) {
        const {el, events, name} = chat;
        expect([el.status, visibleFrames(el).length, ...events], name).to.deep.equal(['error', 0, ...FAILING]);
        expectError(chat);
        expect(() => [el.url, el.fields], name).not.to.throw();
      }
      expect((await requested()).length).to.equal(before);
      await Promise.all(
        chats.map(({el, inputs}) =>
          loadAfter(el, () => {
            inputs[input] = input === 'phones' ? [customers.get(el)] : good;
            el.phones = [customers.get(el)!];
          }),
        ),
      );
      for (const {el, events, name} of chats) {
        expect(events, name).to.deep.equal([...FAILING, ...LOADING, ...LOADED]);
        expect([visibleFrames(el).length, el.error], name).to.deep.equal([1, null]);
      }
      // They arrive in any order.
      expect((await requested()).slice(before).toSorted()).to.deep.equal([...customers.values()].toSorted());
    });
  }

  for (const [input, accepted] of Object.entries(PRESENTATION)) {
    it(`${input}: opens the other customer with the default, and warns once`, async () => {
      const {el, inputs, requested} = await openChat();
      let phone = 1;
      const warnings = await warningsOf(async () => {
        for (const [name, value] of hostileTo(accepted)) {
          const {frame} = el;
          inputs[input] = value;
          el.phones = [++phone];
          await el.updateComplete;
          expect(visibleFrames(el), name).to.deep.equal([]);
          await settled(el);
          expect([el.error, el.frame!.title, visibleFrames(el).length], name).to.deep.equal([
            null,
            'ChatApp Dialog',
            1,
          ]);
          expect(el.frame, name).not.to.equal(frame);
        }
        if (el.status !== 'loaded') await loadAfter(el, () => undefined);
      });
      expect(warnings.length).to.equal(1);
      expect((await requested()).at(-1)).to.equal(`${phone}`);
    });
  }
});

describe('a hostile value, while the customer stays, as', () => {
  for (const [input, accepted] of Object.entries(CREDENTIALS)) {
    it(`${input}: is told once, and leaves the chat`, async () => {
      const {el, events, inputs, requested} = await openChat({accessToken: 'a'});
      const {frame} = el;
      const good = inputs[input];
      for (const [name, value] of hostileTo(accepted)) {
        events.length = 0;
        inputs[input] = value;
        await settled(el);
        el.requestUpdate();
        await settled(el);
        expect([el.status, ...events], name).to.deep.equal(['loaded', 'chatapp-error']);
        expectError({el, name});
        inputs[input] = good;
        await settled(el);
        expect([el.error, el.frame, visibleFrames(el).length], name).to.deep.equal([null, frame, 1]);
      }
      expect(await requested()).to.deep.equal(['1']);
    });
  }

  for (const [input, accepted] of Object.entries({...PRESENTATION, probe: []})) {
    it(`${input}: changes nothing, and warns at most once`, async () => {
      const {el, events, inputs, requested} = await openChat();
      const {frame} = el;
      const warnings = await warningsOf(async () => {
        for (const [name, value] of hostileTo(accepted)) {
          inputs[input] = value;
          await settled(el);
          expect([el.status, el.error, el.frame, visibleFrames(el).length], name).to.deep.equal([
            'loaded',
            null,
            frame,
            1,
          ]);
        }
      });
      expect(warnings.length).to.equal(input === 'probe' ? 0 : 1);
      expect(events).to.deep.equal([]);
      expect(await requested()).to.deep.equal(['1']);
    });
  }

  it('disabled: is a boolean, and closes the chat', async () => {
    const {chats} = await openChats(hostileTo(['NaN']));
    await updateEach(chats, ({inputs, value}) => (inputs.disabled = value));
    for (const {el, name} of chats) expect(visibleFrames(el), name).to.deep.equal([]);
    await allSettled(chats);
    for (const {el, events, name} of chats) {
      expect([el.status, el.error, ...events], name).to.deep.equal(['idle', null, 'chatapp-statuschange:idle']);
    }
  });

  it('a property whose getter throws: takes the chat away, but only warns for presentation', async () => {
    const inputs = Object.keys({...IDENTITY, ...PRESENTATION, disabled: [], accessToken: [], getAccessToken: []});
    const names = inputs.filter((name) => name !== 'fields'); // it is only written
    const {chats} = await openChats(names.map((name) => [name, undefined]));
    const warnings = await warningsOf(async () => {
      await updateEach(chats, ({el, name}) => {
        Object.defineProperty(el, name, {
          configurable: true,
          get() {
            throw new Error('SECRET');
          },
        });
        el.requestUpdate();
      });
      await allSettled(chats);
    });
    for (const {el, events, name} of chats) {
      const isPresentation = Object.hasOwn(PRESENTATION, name);
      expect([el.status, visibleFrames(el).length, ...events], name).to.deep.equal(
        isPresentation ? ['loaded', 1] : ['error', 0, ...FAILING],
      );
      if (!isPresentation) expectError({el, name});
    }
    expect(warnings.length).to.equal(Object.keys(PRESENTATION).length);
    await updateEach(chats, ({el, inputs, name}) => {
      delete inputs[name];
      el.requestUpdate();
    });
    await allSettled(chats);
    for (const {el, name} of chats) expect([el.error, visibleFrames(el).length], name).to.deep.equal([null, 1]);
  });
});

describe('an answer of getAccessToken', () => {
  /** How a page gives a value that cannot be used, with the values that can. */
  const ANSWERS: Record<string, [give: (value: unknown) => unknown, accepted: string[]]> = {
    'that is a hostile value': [(value) => value, []],
    'of which the token is one': [(accessToken) => ({accessToken}), []],
    'of which the CRM domain is one': [(crmDomain) => ({accessToken: 'a', crmDomain}), ['-1']],
    'of which the employee is one': [(employeeExtCode) => ({accessToken: 'a', employeeExtCode}), ['-1']],
    'that is a rejection with one': [(value) => Promise.reject(value), []],
    'that is an exception with one': [
      (value) => {
        throw value;
      },
      [],
    ],
  };

  for (const [name, [give, accepted]] of Object.entries(ANSWERS)) {
    it(`${name}: opens nothing, is told once, and the next good one opens`, async () => {
      const {el, events, requested} = await openChat({getAccessToken: () => 'a'});
      let phone = 1;
      for (const [name, value] of hostileTo(accepted)) {
        events.length = 0;
        el.phones = [++phone];
        el.getAccessToken = () => give(value) as string;
        await el.updateComplete;
        expect(visibleFrames(el), name).to.deep.equal([]);
        await settled(el);
        await settled(el); // the answer passes the same tasks as a change
        expect([el.status, el.error?.code, visibleFrames(el).length], name).to.deep.equal(['error', 'access-token', 0]);
        expect(events, name).to.deep.equal(['chatapp-statuschange:authorizing', ...FAILING]);
        expectError({el, name});
      }
      expect(await requested()).to.deep.equal(['1']);
      await loadAfter(el, () => (el.getAccessToken = () => 'a'));
      expect(await requested()).to.deep.equal(['1', `${phone}`]);
    });
  }

  it('is read once: a getter cannot give another one later', async () => {
    let reads = 0;
    const answer = {
      accessToken: 'a',
      get crmDomain() {
        return ++reads === 1 ? 'crm.example' : 'evil.example';
      },
      employeeExtCode: '1',
    };
    const {el} = await openChat({getAccessToken: () => answer});
    expect([el.status, reads]).to.deep.equal(['loaded', 1]);
  });
});

describe('a hostile text as the attribute', () => {
  /** For each attribute, what the texts are that it can take. */
  const PLAIN = ['half of a list'];
  const ALL = Object.keys(HOSTILE_TEXTS);
  const ATTRIBUTES: Record<string, string[]> = {
    'license-id': PLAIN,
    'messenger-type': PLAIN,
    'crm-domain': PLAIN,
    'employee-ext-code': PLAIN,
    phones: [],
    'dialog-ids': [],
    'base-url': [],
    sandbox: ALL,
    allow: ALL,
  };

  for (const [attribute, accepted] of Object.entries(ATTRIBUTES)) {
    it(`${attribute}: takes the chat away, and opens nothing that it does not name`, async () => {
      const {chats} = await openChats(Object.entries(HOSTILE_TEXTS));
      await updateEach(chats, ({el, value}) => el.setAttribute(attribute, value as string));
      for (const {el, name} of chats) expect(visibleFrames(el), name).to.deep.equal([]);
      await allSettled(chats);
      for (const {el, events, name} of chats) {
        if (accepted.includes(name)) {
          expect([el.error, ...events.slice(0, 2)], name).to.deep.equal([null, ...LOADING]);
        } else {
          expect([el.status, el.frame, ...events], name).to.deep.equal(['error', null, ...FAILING]);
          expectError({el, name});
        }
      }
    });
  }

  it('access-token or get-access-token: leaves the chat', async () => {
    for (const [attribute, accepted] of [
      ['access-token', ['half of a list', 'a huge text']],
      ['get-access-token', []],
    ] as const) {
      const {el, events} = await openChat({accessToken: 'a'});
      const {frame} = el;
      for (const [name, text] of Object.entries(HOSTILE_TEXTS)) {
        if ((accepted as readonly string[]).includes(name)) continue;
        events.length = 0;
        el.setAttribute(attribute, text);
        await settled(el);
        expect([el.frame, el.status, ...events], name).to.deep.equal([frame, 'loaded', 'chatapp-error']);
      }
    }
  });

  it('label, loading, load-timeout, keep-alive or probe: changes nothing', async () => {
    const {el, events} = await openChat();
    const {frame} = el;
    const warnings = await warningsOf(async () => {
      for (const attribute of ['label', 'loading', 'load-timeout', 'keep-alive', 'probe']) {
        for (const text of Object.values(HOSTILE_TEXTS)) {
          el.setAttribute(attribute, text);
          await settled(el);
        }
      }
    });
    expect([el.frame, el.status, el.error, ...events]).to.deep.equal([frame, 'loaded', null]);
    expect(warnings.length).to.equal(3);
  });
});

describe('a handler of the page', () => {
  /** What a handler does, once, and the status and the customer that are left. */
  const ACTS: Record<string, [act: (chat: Chat) => void, status: string, phone?: string]> = {
    'closes the element': [({el}) => el.close(), 'idle'],
    'removes the element': [({el}) => el.remove(), 'idle'],
    'disables the element': [({el}) => (el.disabled = true), 'idle'],
    'sets a bad phone': [({el}) => (el.phones = ['abc']), 'error'],
    'sets another customer': [({el}) => (el.phones = ['3']), 'loaded', '3'],
    'reloads the element': [({el}) => el.reload(), ''],
  };

  for (const type of TYPES) {
    for (const [name, [act, status, phone]] of Object.entries(ACTS)) {
      it(`of ${type} that ${name}: what it does is what counts`, async () => {
        const chat = await openChat();
        const {el, events, requested} = chat;
        el.addEventListener(type, () => act(chat), {once: true});
        // Any other end is waited for below.
        const acted = new Promise((resolve) => el.addEventListener(type, resolve, {once: true}));
        el.phones = type === 'chatapp-error' ? ['bad'] : ['2'];
        await acted;
        await settled(el);
        const isBadAgain = type === 'chatapp-error' && name.startsWith('reloads');
        const expected = isBadAgain ? 'error' : status || 'loaded';
        if (expected === 'loaded' && el.status !== 'loaded') await loadAfter(el, () => undefined);
        expect(el.status).to.equal(expected);
        expect(visibleFrames(el).length).to.equal(expected === 'loaded' ? 1 : 0);
        if (phone) expect((await requested()).at(-1)).to.equal(phone);
        const statuses = events.filter((each) => each.includes(':'));
        expect(statuses.some((each, index) => each === statuses[index + 1])).to.equal(false, statuses.join());
      });
    }
  }

  it('that throws, for every event, changes nothing', async () => {
    const {el, events} = await openChat();
    const {onerror} = window;
    const listening = new AbortController();
    let thrown = 0;
    // In place of the runner's own, which would call the test failed.
    Object.assign(window, {onerror: () => (thrown++, true)});
    try {
      for (const type of TYPES) {
        el.addEventListener(
          type,
          () => {
            throw new Error('of the page');
          },
          {signal: listening.signal},
        );
      }
      el.phones = ['abc'];
      await settled(el);
      await loadAfter(el, () => (el.phones = ['2']));
      await settled(el);
    } finally {
      listening.abort();
      Object.assign(window, {onerror});
    }
    expect(events).to.deep.equal([...FAILING, ...LOADING, ...LOADED]);
    expect(thrown).to.equal(events.length);
    expect([el.status, visibleFrames(el).length]).to.deep.equal(['loaded', 1]);
  });
});
