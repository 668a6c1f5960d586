// What classes, controllers and handlers of a page set in the middle of what the element does.
import {expect, fixture, html} from '@open-wc/testing';
import type {PropertyValues, ReactiveController} from 'lit';
import {ChatAppDialog, ChatAppDialogLink} from '../../src/element.js';
import {loadAfter, nextEvent, queries, recordTabs, secondOrigin, settled, setupTest} from '../support/harness.js';
import {A, B, frames, itKeeps, setupKeeping} from '../support/keeping.js';
import {message} from '../support/page-tasks.js';

const box = () => fixture<HTMLElement>(html`<div style="height: 400px"></div>`);

let classes = 0;
const define = <Class extends CustomElementConstructor>(elementClass: Class) => {
  customElements.define(`page-class-${++classes}`, elementClass);
  return new elementClass() as InstanceType<Class>;
};

/** A page's class that takes its fields from a customer. */
abstract class CustomerDialog extends ChatAppDialog {
  static override properties = {customer: {attribute: false}};
  declare customer: {phones: string[]} | undefined;
  protected takeFields() {
    if (this.customer) this.phones = this.customer.phones;
  }
}

describe('fields that are set during an update', () => {
  const WAYS: Record<string, () => CustomerDialog> = {
    'by willUpdate()': () =>
      define(
        class extends CustomerDialog {
          protected override willUpdate() {
            this.takeFields();
          }
        },
      ),
    'by update(), before Lit’s own': () =>
      define(
        class extends CustomerDialog {
          protected override update(changed: PropertyValues) {
            this.takeFields();
            super.update(changed);
          }
        },
      ),
    'by a controller': () => {
      const el = define(
        class extends CustomerDialog {
          override takeFields() {
            super.takeFields();
          }
        },
      );
      el.addController({hostUpdate: () => el.takeFields()} as ReactiveController);
      return el;
    },
  };
  for (const [way, make] of Object.entries(WAYS)) {
    it(`${way} open that customer’s chat, and close it where there is none`, async () => {
      const {base, requests} = secondOrigin();
      const el = make();
      el.baseUrl = base;
      el.customer = {phones: [A]};
      const place = await box();
      await loadAfter(el, () => place.append(el));
      await loadAfter(el, () => (el.customer = {phones: [B]}));
      expect(await queries({requests})).to.deep.equal([`phones=${A}`, `phones=${B}`]);
      el.customer = {phones: []};
      await settled(el);
      expect([el.status, el.frame]).to.deep.equal(['idle', null]);
    });
  }

  it('by shouldUpdate(), which then refuses the update, close the chat of the one before', async () => {
    const {base, requests} = secondOrigin();
    const el = define(
      class extends CustomerDialog {
        protected override shouldUpdate() {
          this.takeFields();
          return !this.customer?.phones.includes(B);
        }
      },
    );
    el.baseUrl = base;
    el.customer = {phones: [A]};
    const place = await box();
    await loadAfter(el, () => place.append(el));
    const old = el.frame!;
    await loadAfter(el, () => (el.customer = {phones: [B]}));
    expect(old.isConnected).to.equal(false);
    expect(await queries({requests})).to.deep.equal([`phones=${A}`, `phones=${B}`]);
  });

  it('by willUpdate(), are in the link that is copied and in the new tab, before the update too', async () => {
    const el = define(
      class extends CustomerDialog {
        protected override willUpdate() {
          this.takeFields();
        }
      },
    );
    el.baseUrl = secondOrigin().base;
    el.customer = {phones: [A]};
    const place = await box();
    await loadAfter(el, () => place.append(el));
    const tabs = recordTabs();
    el.customer = {phones: [B]};
    await el.openInNewTab();
    expect(tabs[0]?.url).to.contain(B).and.not.to.contain(A);
  });

  it('are in the link too', async () => {
    const link = define(
      class extends ChatAppDialogLink {
        customer: string | null = null;
        protected override willUpdate(changed: PropertyValues) {
          super.willUpdate(changed);
          if (this.customer) this.phones = [this.customer];
        }
      },
    );
    (await box()).append(link);
    link.customer = B;
    link.requestUpdate();
    await link.updateComplete;
    expect(link.shadowRoot!.querySelector('a')!.href).to.contain(B);
  });
});

describe('a class that throws in an update', () => {
  /** For a customer without phones, a TypeError: in the middle of an update, with some fields set and others not. */
  const WAYS: Record<string, () => CustomerDialog> = {
    'in willUpdate(), before it sets anything': () =>
      define(
        class extends CustomerDialog {
          protected override willUpdate() {
            this.phones = this.customer!.phones.map(String);
          }
        },
      ),
    'in willUpdate(), after it has taken the filter away': () =>
      define(
        class extends CustomerDialog {
          protected override willUpdate() {
            this.phones = undefined;
            if (this.customer!.phones.length > 0) this.phones = this.customer!.phones;
          }
        },
      ),
    'in update()': () =>
      define(
        class extends CustomerDialog {
          protected override update(changed: PropertyValues) {
            this.phones = this.customer!.phones.map(String);
            super.update(changed);
          }
        },
      ),
    'by an update() that does not always call Lit’s own': () =>
      define(
        class extends CustomerDialog {
          protected override update(changed: PropertyValues) {
            if (!this.customer!.phones) return;
            this.takeFields();
            super.update(changed);
          }
          protected override render() {
            this.customer!.phones.map(String);
            return super.render();
          }
        },
      ),
    'in render()': () =>
      define(
        class extends CustomerDialog {
          protected override render() {
            this.phones = this.customer!.phones.map(String);
            return super.render();
          }
        },
      ),
    'in a controller': () => {
      const el = define(class extends CustomerDialog {});
      el.addController({hostUpdate: () => (el.phones = el.customer!.phones.map(String))} as ReactiveController);
      return el;
    },
  };
  const broken = {} as {phones: string[]};

  for (const [where, make] of Object.entries(WAYS)) {
    it(`${where}, closes the chat with an error, and the next customer opens`, async () => {
      const {base, requests} = secondOrigin();
      const el = make();
      Object.assign(el, {baseUrl: base, licenseId: 1, customer: {phones: [A]}});
      const place = await box();
      await loadAfter(el, () => place.append(el));
      const old = el.frame!;
      const told: string[] = [];
      el.addEventListener('chatapp-error', ({error}) => told.push(error.code));
      const failed = nextEvent(el, 'chatapp-error');
      el.customer = broken;
      await el.updateComplete.catch(() => {});
      expect(old.isConnected).to.equal(false);
      await failed;
      await el.updateComplete.catch(() => {});
      expect([el.status, el.error?.code, el.url, el.frame]).to.deep.equal(['error', 'internal', null, null]);
      expect(el.shadowRoot!.querySelector('a')).to.equal(null);
      await loadAfter(el, () => (el.customer = {phones: [B]}));
      expect(told).to.deep.equal(['internal']);
      expect(await queries({requests})).to.deep.equal([`license_id=1&phones=${A}`, `license_id=1&phones=${B}`]);
    });
  }

  it('has no link to the customer before in the link, and an error', async () => {
    const link = define(
      class extends ChatAppDialogLink {
        customer = {phones: [A] as string[]};
        protected override willUpdate() {
          this.phones = undefined;
          if (this.customer.phones.length > 0) this.phones = this.customer.phones;
        }
      },
    );
    link.licenseId = 1;
    const anchor = () => link.shadowRoot!.querySelector('a')!;
    (await box()).append(link);
    await link.updateComplete;
    expect(anchor().href).to.contain(A);
    const told = nextEvent(link, 'chatapp-error');
    link.customer = broken;
    link.requestUpdate();
    await link.updateComplete.catch(() => {});
    expect([anchor().hasAttribute('href'), link.error?.code, link.url]).to.deep.equal([false, 'internal', null]);
    expect((await told).error.code).to.equal('internal');
    link.customer = {phones: [B]};
    link.requestUpdate();
    await link.updateComplete;
    await link.updateComplete;
    expect(anchor().href).to.contain(B);
  });
});

it('a class that makes an update inside another one, and refuses it, has no error', async () => {
  let isRefused = false;
  const el = define(
    class extends ChatAppDialog {
      protected override shouldUpdate() {
        return !isRefused;
      }
      protected override updated() {
        super.updated();
        if (this.label) return;
        this.label = 'one';
        isRefused = true;
        this.performUpdate();
        isRefused = false;
        this.label = 'another';
      }
    },
  );
  Object.assign(el, {baseUrl: secondOrigin().base, phones: [A]});
  const place = await box();
  await loadAfter(el, () => place.append(el));
  expect([el.error, el.frame!.title]).to.deep.equal([null, 'another']);
});

describe('a class that throws', () => {
  it('in a setter, half way through fields, opens no mix of two customers', async () => {
    const el = define(class extends ChatAppDialog {});
    let owner: object = el;
    while (!Object.hasOwn(owner, 'phones')) owner = Object.getPrototypeOf(owner) as object;
    const {get, set} = Object.getOwnPropertyDescriptor(owner, 'phones')!;
    Object.defineProperty(Object.getPrototypeOf(el), 'phones', {
      get: get!,
      set(value) {
        if (value?.length === 0) throw new Error('of the page');
        set!.call(this, value);
      },
    });
    const {base, requests} = secondOrigin();
    Object.assign(el, {baseUrl: base, fields: {licenseId: 1, phones: [A]}});
    const place = await box();
    await loadAfter(el, () => place.append(el));
    const told = nextEvent(el, 'chatapp-error');
    el.fields = {licenseId: 2, phones: []};
    expect((await told).error.field).to.equal('fields');
    expect([el.status, el.frame]).to.deep.equal(['error', null]);
    await loadAfter(el, () => (el.fields = {licenseId: 2, phones: [B]}));
    expect(await queries({requests})).to.deep.equal([`license_id=1&phones=${A}`, `license_id=2&phones=${B}`]);
  });

  it('in requestUpdate() has an error, once, and no chat', async () => {
    let isBroken = false;
    const el = define(
      class extends ChatAppDialog {
        override requestUpdate(...words: Parameters<ChatAppDialog['requestUpdate']>) {
          super.requestUpdate(...words);
          if (isBroken && words[0] === undefined) throw new Error('of the page');
        }
      },
    );
    Object.assign(el, {baseUrl: secondOrigin().base, phones: [A]});
    const place = await box();
    await loadAfter(el, () => place.append(el));
    const told: string[] = [];
    el.addEventListener('chatapp-error', ({error}) => told.push(error.code));
    const first = nextEvent(el, 'chatapp-error');
    isBroken = true;
    el.phones = [B];
    await first;
    for (let task = 0; task < 5; task++) await message(); // no update of this element ends well any more
    isBroken = false;
    expect([told, el.status, frames(el).length]).to.deep.equal([['internal'], 'error', 0]);
  });
});

describe('an answer with a maxAge', () => {
  it('is not used for another customer who comes while reload() asks', async () => {
    let asked = 0;
    const asking = Promise.withResolvers<void>();
    const getAccessToken = () => {
      if (++asked !== 2) return {accessToken: `agent${asked}`, maxAge: 3600};
      asking.resolve();
      return new Promise<never>(() => {});
    };
    const test = await setupTest({properties: {phones: [A], getAccessToken}});
    const {el} = test;
    el.reload();
    await asking.promise;
    await loadAfter(el, () => (el.phones = [B]));
    expect(await queries(test)).to.deep.equal([`access_token=agent1&phones=${A}`, `access_token=agent3&phones=${B}`]);
  });

  it('is not used again after close(), also where a function of the page throws while the chat goes', async () => {
    let asked = 0;
    const getAccessToken = () => ({accessToken: `agent${++asked}`, maxAge: 3600});
    const test = await setupTest({properties: {phones: [A], getAccessToken}});
    const {el} = test;
    HTMLIFrameElement.prototype.remove = () => {
      throw new Error('of the page');
    };
    try {
      el.close();
    } finally {
      Reflect.deleteProperty(HTMLIFrameElement.prototype, 'remove');
    }
    expect(frames(el).length).to.equal(0);
    await loadAfter(el, () => (el.phones = [B]));
    expect(await queries(test)).to.deep.equal([`access_token=agent1&phones=${A}`, `access_token=agent2&phones=${B}`]);
  });

  const ENDS: Record<string, (el: ChatAppDialog) => unknown> = {
    'with another customer': (el) => (el.phones = ['79990000009']),
    'with a customer who has no phone': (el) => (el.phones = []),
    'with a bad phone': (el) => (el.phones = ['abc']),
  };
  for (const [when, change] of Object.entries(ENDS)) {
    for (const order of ['in one task', 'later']) {
      it(`is not used again after a sign-out ${when}, ${order}`, async () => {
        let asked = 0;
        const getAccessToken = () => ({accessToken: `agent${++asked}`, maxAge: 3600});
        const test = await setupTest({properties: {phones: [A], getAccessToken}});
        const {el} = test;
        change(el);
        if (order === 'later') await settled(el);
        el.getAccessToken = null;
        await settled(el);
        el.getAccessToken = getAccessToken;
        await loadAfter(el, () => (el.phones = [B]));
        const last = (await queries(test)).at(-1);
        expect(last).to.equal(`access_token=agent${asked}&phones=${B}`);
        expect(asked).to.be.greaterThan(1);
      });
    }
  }
});

describe('a handler of chatapp-loadstart', () => {
  it('that sets a token in place of a callback has that token used', async () => {
    const test = await setupTest({properties: {phones: [A], getAccessToken: () => 'first'}});
    const {el} = test;
    const change = () => Object.assign(el, {getAccessToken: null, accessToken: 'second'});
    // The callback has answered by then.
    el.addEventListener('chatapp-statuschange', ({status}) => status === 'loading' && change());
    await loadAfter(el, () => (el.phones = [B]));
    expect(await queries(test)).to.deep.equal([`access_token=first&phones=${A}`, `access_token=second&phones=${B}`]);
  });

  it('that sets a callback in place of a token has it asked', async () => {
    const test = await setupTest({properties: {phones: [A], accessToken: 'first'}});
    const {el} = test;
    el.addEventListener('chatapp-loadstart', () => (el.getAccessToken = () => 'second'), {once: true});
    await loadAfter(el, () => (el.phones = [B]));
    expect(await queries(test)).to.deep.equal([`access_token=first&phones=${A}`, `access_token=second&phones=${B}`]);
  });
});

describe('a listener for the load of the blank frame', () => {
  async function setupListener(act: (el: ChatAppDialog) => void) {
    const test = await setupTest({properties: {phones: [A]}});
    const {el} = test;
    el.shadowRoot!.addEventListener('load', () => act(el), {capture: true, once: true});
    return test;
  }

  it('that closes the conversation leaves no frame, and makes no request', async () => {
    const test = await setupListener((el) => el.close());
    const {el} = test;
    el.phones = [B];
    await settled(el);
    await settled(el);
    expect([el.status, el.frame, frames(el).length]).to.deep.equal(['idle', null, 0]);
    expect(await queries(test)).to.deep.equal([`phones=${A}`]);
  });

  it('that reloads makes one request', async () => {
    const test = await setupListener((el) => el.reload());
    await loadAfter(test.el, () => (test.el.phones = [B]));
    expect(await queries(test)).to.deep.equal([`phones=${A}`, `phones=${B}`]);
    expect(frames(test.el).length).to.equal(1);
  });
});

describe('a function of the browser that a page has replaced', () => {
  for (const name of ['setAttribute', 'removeAttribute'] as const) {
    itKeeps(
      `${name}() throws while a kept conversation returns: no chat stays, and none comes back later`,
      async () => {
        const {el, show} = await setupKeeping();
        await show(B);
        const told = nextEvent(el, 'chatapp-error');
        const own = Object.getPrototypeOf(HTMLIFrameElement.prototype) as HTMLElement;
        const {prototype} = HTMLIFrameElement;
        prototype[name] = function (this: HTMLElement, ...words: [string, string]) {
          // What makes A visible again, and nothing that parks B.
          if (words[0] === (name === 'setAttribute' ? 'part' : 'inert')) throw new Error('of the page');
          return (own[name] as (...words: string[]) => void).apply(this, words);
        } as never;
        try {
          el.phones = [A];
          expect((await told).error.code).to.equal('internal');
        } finally {
          Reflect.deleteProperty(prototype, name);
        }
        expect([el.status, frames(el).length]).to.deep.equal(['error', 0]);
        await show('79990000003');
        expect(frames(el).length).to.equal(1);
      },
    );
  }

  it('remove() throws after another exception: no chat stays', async () => {
    const {el} = await setupTest({properties: {phones: [A]}});
    const told = nextEvent(el, 'chatapp-error');
    HTMLIFrameElement.prototype.remove = () => {
      throw new Error('of the page');
    };
    try {
      el.phones = [B];
      expect((await told).error.code).to.equal('internal');
    } finally {
      Reflect.deleteProperty(HTMLIFrameElement.prototype, 'remove');
    }
    expect([el.status, frames(el).length]).to.deep.equal(['error', 0]);
    await loadAfter(el, () => (el.phones = ['79990000003']));
  });

  itKeeps('remove() throws while kept chats go: no chat stays, and the next customer opens', async () => {
    const {el, show} = await setupKeeping();
    await show(B);
    const told = nextEvent(el, 'chatapp-error');
    HTMLIFrameElement.prototype.remove = () => {
      throw new Error('of the page');
    };
    try {
      el.employeeExtCode = '7';
      expect((await told).error.code).to.equal('internal');
    } finally {
      Reflect.deleteProperty(HTMLIFrameElement.prototype, 'remove');
    }
    expect([el.status, frames(el).length]).to.deep.equal(['error', 0]);
    await show('79990000003');
    expect(frames(el).length).to.equal(1);
  });

  it('console.warn() throws: the error is told all the same', async () => {
    const {el} = await setupTest({properties: {phones: [A]}});
    const reported: unknown[] = [];
    const {onerror} = window;
    const {warn} = console;
    Object.assign(window, {onerror: (...words: unknown[]) => (reported.push(words[4]), true)});
    console.warn = (text) => {
      throw new Error(`of the page: ${text}`);
    };
    try {
      const told = nextEvent(el, 'chatapp-error');
      Object.assign(el, {phones: [B], getAccessToken: () => Promise.reject(new Error('of the page'))});
      expect((await told).error.code).to.equal('access-token');
    } finally {
      console.warn = warn;
      Object.assign(window, {onerror});
    }
    expect([el.status, reported.length]).to.deep.equal(['error', 1]);
  });

  itKeeps('throws while a conversation is parked: no chat stays', async () => {
    const {el} = await setupKeeping();
    const told = nextEvent(el, 'chatapp-error');
    HTMLIFrameElement.prototype.setAttribute = () => {
      throw new Error('of the page');
    };
    try {
      el.phones = [B];
      expect((await told).error.code).to.equal('internal');
    } finally {
      delete (HTMLIFrameElement.prototype as Partial<HTMLIFrameElement>).setAttribute;
    }
    expect([el.status, frames(el).length]).to.deep.equal(['error', 0]);
    await loadAfter(el, () => (el.phones = [A]));
    expect(frames(el).length).to.equal(1);
  });

  it('throws where the element waits for the next task: an error, and the next customer opens', async () => {
    const {el} = await setupTest({properties: {phones: [A]}});
    const told = nextEvent(el, 'chatapp-error');
    const {postMessage} = MessagePort.prototype;
    MessagePort.prototype.postMessage = () => {
      throw new Error('of the page');
    };
    try {
      el.phones = [B];
      expect((await told).error.code).to.equal('internal');
      expect([el.status, el.frame]).to.deep.equal(['error', null]);
    } finally {
      MessagePort.prototype.postMessage = postMessage;
    }
    await loadAfter(el, () => (el.phones = [A]));
  });

  it('throws where an input has changed in a microtask: an error, or that customer', async () => {
    const {postMessage} = MessagePort.prototype;
    const ends = new Set<unknown>();
    for (let microtasks = 0; microtasks < 12; microtasks++) {
      const {el} = await setupTest({properties: {phones: [A]}});
      const began = nextEvent(el, 'chatapp-loadstart').then(async () => {
        MessagePort.prototype.postMessage = () => {
          throw new Error('of the page');
        };
        try {
          for (let i = 0; i < microtasks; i++) await Promise.resolve();
          el.label = 'another';
          for (let i = 0; i < 50; i++) await Promise.resolve();
        } finally {
          MessagePort.prototype.postMessage = postMessage;
        }
      });
      el.phones = [B];
      await began;
      while (el.status === 'loading') await nextEvent(el, 'chatapp-statuschange');
      ends.add(el.status);
      if (el.status === 'error') expect([el.error!.code, el.frame]).to.deep.equal(['internal', null]);
    }
    expect(ends).to.include('error'); // that of a microtask in which the element waits
  });

  it('throws where the element tells of its status: the chat opens all the same', async () => {
    const {el} = await setupTest({properties: {phones: [A]}});
    const reported: unknown[] = [];
    const old = el.frame;
    const {onerror} = window;
    Object.assign(window, {onerror: (...words: unknown[]) => (reported.push(words[4]), true)});
    el.dispatchEvent = () => {
      throw new Error('of the page');
    };
    try {
      el.phones = [B];
      while (el.status !== 'loaded' || el.frame === old) await settled(el);
      await settled(el); // until it has told of the load
    } finally {
      Reflect.deleteProperty(el, 'dispatchEvent');
      Object.assign(window, {onerror});
    }
    expect(reported.length).to.be.greaterThan(0);
    expect(frames(el).length).to.equal(1);
  });
});

describe('a script', () => {
  it('that moves the frame inside the element makes an error', async () => {
    const {el} = await setupTest({properties: {phones: [A]}});
    const told = nextEvent(el, 'chatapp-error');
    el.shadowRoot!.append(el.frame!);
    expect((await told).error.code).to.equal('frame-removed');
    expect(frames(el).length).to.equal(0);
  });

  it('that changes a base URL in place and sets it again opens that one', async () => {
    const test = await setupTest({properties: {phones: [A]}});
    const {el} = test;
    const base = new URL(test.base);
    await settled(el);
    el.baseUrl = base;
    await settled(el);
    base.searchParams.set('company', '2');
    await loadAfter(el, () => (el.baseUrl = base));
    expect((await queries(test)).at(-1)).to.equal(`company=2&phones=${A}`);
  });
});

describe('openInNewTab() with the token', () => {
  const ENDS: Record<string, (el: ChatAppDialog) => unknown> = {
    'has closed the element': (el) => el.close(),
    'has removed the element': (el) => el.remove(),
    'has signed out, and another agent in': async (el) => {
      const {getAccessToken} = el;
      el.getAccessToken = null;
      await settled(el);
      el.getAccessToken = getAccessToken;
    },
  };
  for (const [what, end] of Object.entries(ENDS)) {
    it(`opens nothing if the page ${what} before the token comes`, async () => {
      const {el} = await setupTest({properties: {phones: [A], getAccessToken: () => 'first'}});
      const tabs = recordTabs();
      const {promise, resolve} = Promise.withResolvers<string>();
      el.getAccessToken = () => promise;
      const opening = el.openInNewTab({withToken: true}).catch((error: DOMException) => error.name);
      await end(el);
      resolve('late');
      expect([await opening, tabs[0]?.closed, tabs[0]?.url]).to.deep.equal(['AbortError', true, undefined]);
    });
  }

  it('opens nothing if the page has signed out, where its base URL is an object', async () => {
    const {el, base} = await setupTest({properties: {phones: [A], getAccessToken: () => 'first'}});
    const tabs = recordTabs();
    Object.assign(el, {baseUrl: {toString: () => base}});
    const {promise, resolve} = Promise.withResolvers<string>();
    el.getAccessToken = () => promise;
    const opening = el.openInNewTab({withToken: true}).catch((error: DOMException) => error.name);
    el.getAccessToken = null;
    resolve('late');
    expect([await opening, tabs[0]?.closed, tabs[0]?.url]).to.deep.equal(['AbortError', true, undefined]);
  });

  it('opens nothing if the page has signed out before the token comes', async () => {
    const {el} = await setupTest({properties: {phones: [A], accessToken: 'first'}});
    const tabs = recordTabs();
    let give = (_token: string) => {};
    el.getAccessToken = () => new Promise((resolve) => (give = resolve));
    const opening = el.openInNewTab({withToken: true});
    el.getAccessToken = null;
    el.accessToken = null;
    give('late');
    const failure = await opening.then(
      () => null,
      (error: DOMException) => error.name,
    );
    expect([failure, tabs[0]?.closed, tabs[0]?.url]).to.deep.equal(['AbortError', true, undefined]);
  });

  it('has an error without the address where the page’s sandbox forbids it', async () => {
    const {el} = await setupTest({properties: {phones: [A], accessToken: 'SECRET'}});
    const own = window.open;
    let isClosed = false;
    const location = {
      replace(address: string) {
        throw new DOMException(`No permission to navigate to ${address}`, 'SecurityError');
      },
    };
    window.open = () => ({location, close: () => (isClosed = true)}) as unknown as Window;
    try {
      const error = await el.openInNewTab({withToken: true}).then(
        () => null,
        (caught: DOMException) => caught,
      );
      expect([error?.name, String(error).includes('SECRET'), isClosed]).to.deep.equal(['NotAllowedError', false, true]);
    } finally {
      window.open = own;
    }
  });
});
