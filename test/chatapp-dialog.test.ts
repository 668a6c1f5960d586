import {expect, fixture, html} from '@open-wc/testing';
import {emulateMedia, sendKeys} from '@web/test-runner-commands';
import {ChatAppDialog, DEFAULT_SANDBOX, FRAME_STATUSES} from '../src/element.js';
import {parseDialogUrl} from '../src/url/index.js';
import {
  focusPage,
  FULL_FIELDS,
  loadAfter,
  nextEvent,
  part,
  queryOf,
  secondOrigin,
  settleAfter,
  setupTest,
  TOKEN,
  untilStatus,
  visibleText,
} from './support/harness.js';

const NOTHING = {phones: [] as string[]};
const BAD = {phones: ['bad']};

describe('attributes and properties', () => {
  const ATTRIBUTES: [string, keyof ChatAppDialog, string, unknown][] = [
    ['license-id', 'licenseId', '15006', '15006'],
    ['messenger-type', 'messengerType', 'grWhatsApp', 'grWhatsApp'],
    ['phones', 'phones', '7999, 7998;7997\n7996', ['7999', '7998', '7997', '7996']],
    ['dialog-ids', 'dialogIds', '["@a,b", 12345678901234567890]', ['@a,b', '12345678901234567890']],
    ['access-token', 'accessToken', TOKEN, TOKEN],
    ['crm-domain', 'crmDomain', 'a.example', 'a.example'],
    ['employee-ext-code', 'employeeExtCode', '7', '7'],
    ['base-url', 'baseUrl', 'https://new.dialogs.pro/', 'https://new.dialogs.pro/'],
    ['sandbox', 'sandbox', 'allow-scripts', 'allow-scripts'],
    ['allow', 'allow', 'camera', 'camera'],
    ['label', 'label', 'Chat', 'Chat'],
    ['disabled', 'disabled', '', true],
    ['loading', 'loading', 'lazy', 'lazy'],
    ['load-timeout', 'loadTimeout', '5000', 5000],
    ['keep-alive', 'keepAlive', '3', 3],
    ['probe', 'probe', '', true],
  ];
  for (const [attribute, property, text, value] of ATTRIBUTES) {
    it(`${attribute} is ${property}; the property is not reflected`, () => {
      const el = document.createElement('chatapp-dialog');
      el.setAttribute(attribute, text);
      expect(el[property]).to.deep.equal(value);
      const other = document.createElement('chatapp-dialog');
      Object.assign(other, {[property]: value});
      expect(other.hasAttribute(attribute)).to.equal(false);
    });
  }

  it('disabled and probe are false until they are set', () => {
    const {disabled, probe} = document.createElement('chatapp-dialog');
    expect([disabled, probe]).to.deep.equal([false, false]);
  });

  const MISSPELT: [string, string, string][] = [
    ['licenseid', 'licenseId', 'license-id'],
    ['messengertype', 'messengerType', 'messenger-type'],
    ['dialogids', 'dialogIds', 'dialog-ids'],
    ['accesstoken', 'accessToken', 'access-token'],
    ['crmdomain', 'crmDomain', 'crm-domain'],
    ['employeeextcode', 'employeeExtCode', 'employee-ext-code'],
    ['baseurl', 'baseUrl', 'base-url'],
    ['getaccesstoken', 'getAccessToken', 'get-access-token'],
    ['loadtimeout', 'loadTimeout', 'load-timeout'],
    ['keepalive', 'keepAlive', 'keep-alive'],
    ['fields', 'fields', 'fields'],
  ];
  for (const [misspelt, property, attribute] of MISSPELT) {
    it(`as an attribute ${misspelt} is an error, not all chats, until it is taken away`, async () => {
      const {el, requests} = await setupTest({attributes: {[misspelt]: 'SECRET', phones: '7'}, loaded: false});
      expect(el.status).to.equal('error');
      expect(el.error!.field).to.equal(property);
      expect(el.error!.message)
        .to.contain(`${attribute}: no attribute ${misspelt}: set the property ${property}`)
        .and.not.to.contain('SECRET');
      expect(el.url).to.equal(null);
      await loadAfter(el, () => el.removeAttribute(misspelt));
      await settleAfter(el, () => el.setAttribute(misspelt, ''));
      expect([el.status, el.frame]).to.deep.equal(['error', null]);
      expect(await requests()).to.have.length(1);
    });
  }

  it('are all observed, and so is every misspelt name', () => {
    const {observedAttributes} = customElements.get('chatapp-dialog') as unknown as {observedAttributes: string[]};
    const others = [
      'get-access-token',
      'defer-hydration',
      'lang',
      'filter-by-property',
      'phone',
      'licence-id',
      'chat_id',
    ];
    const names = [...ATTRIBUTES, ...MISSPELT].map(([attribute]) => attribute);
    expect(observedAttributes).to.include.members([...names, ...others]);
    expect(new Set(observedAttributes).size).to.equal(observedAttributes.length);
  });

  describe('of wrong types, as frameworks bind them', () => {
    const WRONG: [string, (el: ChatAppDialog) => unknown, string][] = [
      ['"undefined"', (el) => el.setAttribute('license-id', 'undefined'), 'licenseId'],
      ['"null"', (el) => el.setAttribute('messenger-type', 'null'), 'messengerType'],
      ['"NaN"', (el) => el.setAttribute('license-id', 'NaN'), 'licenseId'],
      ['"true"', (el) => el.setAttribute('employee-ext-code', 'true'), 'employeeExtCode'],
      ['"[object Object]"', (el) => el.setAttribute('crm-domain', '[object Object]'), 'crmDomain'],
      ['"undefined" as a list', (el) => el.setAttribute('dialog-ids', 'undefined'), 'dialogIds'],
      ['"null" within a list', (el) => (el.dialogIds = ['@a', 'null']), 'dialogIds'],
      ['"[object Object]" as a list', (el) => el.setAttribute('dialog-ids', '[object Object]'), 'dialogIds'],
      ['"undefined" as phones', (el) => el.setAttribute('phones', 'undefined'), 'phones'],
      ['a function', (el) => (el.phones = (() => ['7']) as never), 'phones'],
      ['"None", as Django writes it', (el) => el.setAttribute('license-id', 'None'), 'licenseId'],
      ['a template’s braces', (el) => el.setAttribute('license-id', '{{ id }}'), 'licenseId'],
      ['0, which Vue makes of undefined', (el) => (el.licenseId = 0), 'licenseId'],
      ['Angular’s [license-id]', (el) => Object.assign(el, {'license-id': 7}), 'licenseId'],
      ['Angular’s [dialog-ids]', (el) => Object.assign(el, {'dialog-ids': ['@a']}), 'dialogIds'],
      ['a function’s text', (el) => el.setAttribute('dialog-ids', '() => ids'), 'dialogIds'],
      ['an older function’s text', (el) => el.setAttribute('license-id', 'function () {}'), 'licenseId'],
      ['null within a list', (el) => (el.phones = [null] as never), 'phones'],
      ['NaN', (el) => (el.licenseId = NaN), 'licenseId'],
      ['true', (el) => (el.licenseId = true as never), 'licenseId'],
      ['an object', (el) => (el.phones = {0: '7'} as never), 'phones'],
      ['a Set', (el) => (el.phones = new Set(['7']) as never), 'phones'],
      ['a symbol', (el) => (el.fields = {[Symbol('phones')]: ['7']} as never), 'Symbol(phones)'],
      ['__proto__', (el) => (el.fields = JSON.parse('{"__proto__": ["7"]}') as never), '__proto__'],
      ['a Promise', (el) => (el.fields = Promise.resolve({phones: ['7']}) as never), 'fields'],
    ];
    for (const [what, bind, field] of WRONG) {
      it(`${what}: an error that names ${field}, and no request`, async () => {
        const {el, requests} = await setupTest({properties: {disabled: true}, loaded: false});
        await settleAfter(el, () => {
          bind(el);
          el.disabled = false;
        });
        expect([el.status, el.error?.code, el.error?.field]).to.deep.equal(['error', 'invalid-field', field]);
        expect(await requests()).to.have.length(0);
      });
    }

    const list = ['79991234567'];
    const GOOD: [string, (el: ChatAppDialog) => unknown][] = [
      ['a number', (el) => (el.phones = 79991234567)],
      ['an array', (el) => (el.phones = list)],
      ['a frozen array', (el) => (el.phones = Object.freeze([...list]))],
      ['a proxy, as Vue’s', (el) => (el.phones = new Proxy([...list], {}))],
      ['fields in a proxy', (el) => (el.fields = new Proxy({phones: new Proxy([...list], {})}, {}))],
      ['an array as attribute', (el) => el.setAttribute('phones', String(list))],
      ['frozen fields', (el) => (el.fields = Object.freeze({phones: Object.freeze([...list])}))],
    ];
    for (const [what, bind] of GOOD) {
      it(`${what}: opens`, async () => {
        const {el, requests} = await setupTest({properties: {disabled: true}, loaded: false});
        await loadAfter(el, () => {
          bind(el);
          el.licenseId = null;
          el.messengerType = undefined;
          el.disabled = false;
        });
        expect((await requests()).map(queryOf)).to.deep.equal([[['crm[phones][0]', '79991234567']]]);
      });
    }
  });

  describe('of an element that a server has rendered, with defer-hydration', () => {
    it('are waited for: the light DOM is shown, and one opening follows when it is taken away', async () => {
      const {base, requests} = secondOrigin();
      const box = await fixture(
        html`<div>
          <chatapp-dialog defer-hydration base-url=${base}><a href=${base}>Open</a></chatapp-dialog>
        </div>`,
      );
      const el = box.querySelector('chatapp-dialog')!;
      expect(el.querySelector('a')!.checkVisibility()).to.equal(true);
      expect(el.shadowRoot).to.equal(null);
      el.reload();
      const load = nextEvent(el, 'chatapp-load');
      el.phones = ['7'];
      el.removeAttribute('defer-hydration');
      await load;
      expect((await requests()).map(queryOf)).to.deep.equal([[['crm[phones][0]', '7']]]);
      expect(el.querySelector('a')!.checkVisibility()).to.equal(false);
    });

    it('give the newest values, also over those from before the upgrade', async () => {
      const {base, requests} = secondOrigin();
      const tag = 'deferred-dialog';
      const el = document.createElement(tag) as ChatAppDialog;
      el.setAttribute('defer-hydration', '');
      Object.assign(el, {baseUrl: base, phones: ['1']});
      (await fixture(html`<div></div>`)).append(el);
      customElements.define(tag, class extends customElements.get('chatapp-dialog')! {});
      expect([el.shadowRoot, el.url]).to.deep.equal([null, `${base}?crm%5Bphones%5D%5B0%5D=1`]);
      el.phones = ['2'];
      await loadAfter(el, () => el.removeAttribute('defer-hydration'));
      expect((await requests()).map(queryOf)).to.deep.equal([[['crm[phones][0]', '2']]]);
    });

    it('are used as always by an element that is at work already', async () => {
      const {el, requests} = await setupTest({properties: {phones: ['1']}});
      await settleAfter(el, () => el.setAttribute('defer-hydration', ''));
      await loadAfter(el, () => (el.phones = ['2']));
      await settleAfter(el, () => el.removeAttribute('defer-hydration'));
      expect([el.status, visibleText(el), (await requests()).map(queryOf)]).to.deep.equal([
        'loaded',
        '',
        [[['crm[phones][0]', '1']], [['crm[phones][0]', '2']]],
      ]);
    });

    it('open nothing when it is taken away outside of a document', async () => {
      const {base, requests} = secondOrigin();
      const el = document.createElement('chatapp-dialog');
      el.setAttribute('defer-hydration', '');
      el.setAttribute('base-url', base);
      el.removeAttribute('defer-hydration');
      expect([el.shadowRoot, (await requests()).length]).to.deep.equal([null, 0]);
    });
  });

  it('written again with the same text do not bring an older customer back', async () => {
    const {el} = await setupTest({attributes: {phones: '1'}});
    await loadAfter(el, () => (el.phones = ['2']));
    await settleAfter(el, () => el.setAttribute('phones', '1'));
    expect([el.phones, el.status]).to.deep.equal([['2'], 'loaded']);
  });

  it('all reach the request', async () => {
    const {requests} = await setupTest({properties: {fields: FULL_FIELDS}});
    expect(parseDialogUrl((await requests())[0]!.url).fields).to.deep.equal({...FULL_FIELDS, licenseId: '15006'});
  });

  const NEWER: [string, (el: ChatAppDialog) => unknown][] = [
    ['phones', (el) => (el.phones = ['2'])],
    ['an attribute', (el) => el.setAttribute('phones', '2')],
    ['fields', (el) => (el.fields = {phones: ['2']})],
  ];
  for (const [what, set] of NEWER) {
    it(`set between the upgrade and the first update win over those from before it: ${what}`, async () => {
      const {base, requests} = secondOrigin();
      const template = document.createElement('template');
      template.innerHTML = `<chatapp-dialog base-url="${base}"></chatapp-dialog>`;
      const el = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as ChatAppDialog;
      el.phones = ['1'];
      document.body.append(el);
      await loadAfter(el, () => set(el));
      expect((await requests()).map(queryOf)).to.deep.equal([[['crm[phones][0]', '2']]]);
      el.remove();
    });
  }

  it('fields that were refused do not stay in what fields gives', async () => {
    const {el} = await setupTest({properties: {fields: {phone: '7'} as object}, loaded: false});
    expect(el.error).to.include({field: 'phone'});
    await loadAfter(el, () => (el.fields = {...el.fields, phones: ['7']}));
  });

  const UNUSABLE: [string, string, string][] = [
    ['load-timeout', 'abc', 'load-timeout: pass milliseconds, or 0 for no limit.'],
    ['load-timeout', '-1', 'load-timeout: pass milliseconds, or 0 for no limit.'],
    ['keep-alive', 'x', 'keep-alive: pass how many conversations to keep, 0 or more.'],
    ['keep-alive', '1.5', 'keep-alive: pass how many conversations to keep, 0 or more.'],
    ['loading', 'maybe', 'loading: use "eager" or "lazy".'],
  ];
  for (const [attribute, value, warning] of UNUSABLE) {
    it(`${attribute}="${value}" is one warning on the console, and the default`, async () => {
      const {warn} = console;
      const warnings: unknown[] = [];
      console.warn = (text: unknown) => void warnings.push(text);
      try {
        const {el} = await setupTest({attributes: {[attribute]: value}});
        await loadAfter(el, () => el.reload());
      } finally {
        console.warn = warn;
      }
      expect(warnings).to.deep.equal([`<chatapp-dialog>: ${warning}`]);
    });
  }

  it('a blank load-timeout is the default, and not no limit', () => {
    const el = document.createElement('chatapp-dialog');
    el.setAttribute('load-timeout', ' ');
    expect(el.loadTimeout).to.equal(null);
  });

  it('load-timeout="" is the default', () => {
    const el = document.createElement('chatapp-dialog');
    el.setAttribute('load-timeout', '');
    expect(el.loadTimeout).to.equal(null);
  });

  it('fields set before the upgrade are kept, and stay an accessor', async () => {
    const tag = `chatapp-dialog-${Math.random().toString(36).slice(2)}`;
    const el = document.createElement(tag) as ChatAppDialog;
    el.fields = {accessToken: TOKEN, phones: ['7999']};
    document.body.append(el);
    customElements.define(tag, class extends (customElements.get('chatapp-dialog') as CustomElementConstructor) {});
    await el.updateComplete;
    expect([el.fields, el.accessToken]).to.deep.equal([{phones: ['7999']}, TOKEN]);
    el.phones = ['8'];
    expect(el.fields).to.deep.equal({phones: ['8']});
    el.remove();
  });

  it('set before the upgrade are kept', async () => {
    const tag = `chatapp-dialog-${Math.random().toString(36).slice(2)}`;
    const el = document.createElement(tag) as ChatAppDialog;
    Object.assign(el, {phones: ['7999'], accessToken: TOKEN, disabled: true});
    el.setAttribute('license-id', '1');
    document.body.append(el);
    customElements.define(tag, class extends (customElements.get('chatapp-dialog') as CustomElementConstructor) {});
    await el.updateComplete;
    expect(el.fields).to.deep.equal({licenseId: '1', phones: ['7999']});
    expect([el.accessToken, el.disabled]).to.deep.equal([TOKEN, true]);
    el.remove();
  });
});

describe('fields', () => {
  it('give all but the token, and take what they gave', async () => {
    const {el} = await setupTest({properties: {fields: FULL_FIELDS}});
    const {accessToken: _, ...identity} = FULL_FIELDS;
    expect(el.fields).to.deep.equal(identity);
    expect(JSON.stringify(el.fields)).not.to.contain('SECRET');
    await loadAfter(el, () => (el.fields = {...el.fields, phones: ['7']}));
    expect(el.accessToken).to.equal(TOKEN);
    expect(el.fields).to.deep.equal({...identity, phones: ['7']});
  });

  it('replace what they do not name', () => {
    const el = document.createElement('chatapp-dialog');
    el.fields = FULL_FIELDS;
    el.fields = {licenseId: 1};
    expect(el.fields).to.deep.equal({licenseId: 1});
    el.fields = null;
    expect(el.fields).to.deep.equal({});
  });

  it('replace the token when they name it', () => {
    const el = document.createElement('chatapp-dialog');
    el.fields = {accessToken: 'a'};
    el.fields = {};
    expect(el.accessToken).to.equal('a');
    el.fields = {accessToken: undefined};
    expect(el.accessToken).to.equal(undefined);
  });

  it('hold no value under a name that is no field, for it may be a token', () => {
    const el = document.createElement('chatapp-dialog');
    for (const fields of [
      {access_token: TOKEN},
      {api: {access_token: TOKEN}},
      `https://x.example/?api[access_token]=${TOKEN}`,
    ]) {
      el.fields = fields as object;
      expect(JSON.stringify(el.fields)).not.to.match(/SECRET|"S"/);
    }
    el.fields = {};
    expect(el.fields).to.deep.equal({});
  });

  it('give copies: changing them changes nothing', () => {
    const el = document.createElement('chatapp-dialog');
    el.phones = ['7999'];
    (el.fields.phones as string[])[0] = '8';
    expect(el.phones).to.deep.equal(['7999']);
  });

  it('open a colleague’s link', async () => {
    const {el, requests} = await setupTest();
    await loadAfter(el, () => (el.fields = parseDialogUrl('https://dialogs.pro/dialogs/30310/telegram/@name').fields));
    expect(queryOf((await requests())[1])).to.deep.equal([
      ['api[license_id]', '30310'],
      ['api[messenger_type]', 'telegram'],
      ['crm[dialogIds][0]', '@name'],
    ]);
  });
});

describe('the frame', () => {
  it('has the vendor’s sandbox and permissions, for the origin of the base URL', async () => {
    const {el, base} = await setupTest();
    const {origin} = new URL(base);
    expect(el.frame!.getAttribute('sandbox')).to.equal(DEFAULT_SANDBOX);
    expect(el.frame!.allow).to.equal(
      ['camera', 'microphone', 'clipboard-read', 'clipboard-write', 'fullscreen', 'autoplay']
        .map((name) => `${name} 'self' ${origin}`)
        .join('; '),
    );
  });

  it('takes the page’s own, and gives a bare feature to the origin', async () => {
    const {el, base} = await setupTest({attributes: {sandbox: '', allow: 'microphone'}, loaded: true});
    expect(el.frame!.getAttribute('sandbox')).to.equal('');
    expect(el.frame!.allow).to.equal(`microphone 'self' ${new URL(base).origin}`);
  });

  it('has the label as its accessible name, and follows it', async () => {
    const {el} = await setupTest();
    expect(el.frame!.title).to.equal('ChatApp Dialog');
    const {frame} = el;
    await settleAfter(el, () => (el.label = 'Chat with the customer'));
    expect(frame!.title).to.equal('Chat with the customer');
    await settleAfter(el, () => (el.label = ''));
    expect(frame!.title).to.equal('ChatApp Dialog');
  });

  it('fills the element, which fills its box', async () => {
    const {el} = await setupTest();
    const box = el.parentElement!.getBoundingClientRect();
    for (const target of [el, el.frame!]) {
      const {width, height} = target.getBoundingClientRect();
      expect([width, height]).to.deep.equal([box.width, box.height]);
    }
  });

  it('is not opened where a subclass lets no update through, and nothing spins', async () => {
    const name = 'x-never-updated';
    class NeverUpdated extends ChatAppDialog {
      updates = 0;
      protected override shouldUpdate(): boolean {
        if (++this.updates > 99) throw new Error('spins');
        return false;
      }
    }
    customElements.define(name, NeverUpdated);
    const el = document.createElement(name) as NeverUpdated;
    (await fixture(html`<div></div>`)).append(el);
    await new Promise((resolve) => setTimeout(resolve));
    expect([el.updates < 9, el.frame]).to.deep.equal([true, null]);
  });

  it('takes the focus by focus()', async () => {
    const {el} = await setupTest();
    el.focus();
    expect(document.activeElement === el).to.equal(true);
    expect(el.shadowRoot!.activeElement === el.frame).to.equal(true);
    await settleAfter(el, () => (el.phones = []));
    el.focus(); // no frame: nothing to focus, nothing thrown
  });
});

describe('what the agent sees', () => {
  it('while loading: a text and a spinner', async () => {
    const {el} = await setupTest({loaded: false});
    expect(el.status).to.equal('loading');
    expect(visibleText(el)).to.equal('Opening the chat');
    expect(part(el, 'spinner')).to.not.equal(null);
    await nextEvent(el, 'chatapp-load');
  });

  it('when loaded: the frame alone', async () => {
    const {el} = await setupTest();
    expect(visibleText(el)).to.equal('');
    expect(part(el, 'spinner')).to.equal(null);
  });

  it('at an error: what is wrong in the words of the agent, and those of the developer behind Details', async () => {
    const {el} = await setupTest({properties: BAD, loaded: false});
    expect(visibleText(el)).to.equal("This customer's phone number can't be used. Correct it. Technical details");
    expect(part(el, 'icon')!.getAttribute('aria-hidden')).to.equal('true');
    part<HTMLDetailsElement>(el, 'details')!.open = true;
    expect(visibleText(el)).to.contain(el.error!.message);
    const message = part(el, 'details')!.querySelector('p')!;
    expect([message.lang, message.dir]).to.deep.equal(['en', 'ltr']);
  });

  const FAULTS: [string, Partial<ChatAppDialog>, boolean, boolean][] = [
    ['a field', BAD, false, false],
    ['a field that the link does without', {crmDomain: '\ud800'}, false, true],
    ['the base URL', {baseUrl: 'no URL'}, false, false],
    ["the page's own origin", {baseUrl: location.origin}, false, true],
    ['the callback', {getAccessToken: () => Promise.reject(new Error())}, true, true],
  ];
  for (const [fault, properties, canRetry, hasLink] of FAULTS) {
    it(`at an error of ${fault}: ${canRetry ? '' : 'not '}Try again, ${hasLink ? 'and a' : 'no'} link`, async () => {
      const {el} = await setupTest({properties, loaded: false});
      await untilStatus(el, 'error');
      expect([part(el, 'retry') !== null, part(el, 'open') !== null]).to.deep.equal([canRetry, hasLink]);
    });
  }

  it('at an error with a URL: a link without token to open it in a new tab', async () => {
    const {el} = await setupTest({
      properties: {baseUrl: location.origin, phones: ['7'], accessToken: TOKEN},
      loaded: false,
    });
    expect(part<HTMLAnchorElement>(el, 'open')).to.include({
      href: `${location.origin}/?crm%5Bphones%5D%5B0%5D=7`,
      target: '_blank',
      rel: 'noopener',
    });
  });

  it('when idle: that no conversation is open', async () => {
    const {el} = await setupTest();
    await settleAfter(el, () => el.close());
    expect(visibleText(el)).to.equal('No chat is open.');
    await settleAfter(el, () => (el.disabled = true));
    expect(visibleText(el)).to.equal('No chat is open.');
  });

  it('after Try again: the conversation, where the fault was mended meanwhile', async () => {
    const answers: (() => Promise<string>)[] = [() => Promise.reject(new Error()), () => Promise.resolve('t')];
    const {el} = await setupTest({properties: {getAccessToken: () => answers.shift()!()}, loaded: false});
    await untilStatus(el, 'error');
    await loadAfter(el, () => part(el, 'retry')!.click());
    expect(el.status).to.equal('loaded');
  });

  it('is the page’s own content where it fills a slot; the buttons stay', async () => {
    const {el} = await setupTest({loaded: false, properties: BAD});
    el.innerHTML =
      '<p slot="error">Ours: error</p><p slot="empty">Ours: empty</p><p slot="loading">Ours: loading</p><a href="#">Fallback</a>';
    const shown = () => [...el.children].filter((child) => child.checkVisibility()).map((child) => child.textContent);
    expect(shown()).to.deep.equal(['Ours: error']);
    expect(part(el, 'details')).not.to.equal(null);
    await settleAfter(el, () => (el.phones = []));
    expect(shown()).to.deep.equal(['Ours: empty']);
    const load = nextEvent(el, 'chatapp-load');
    el.phones = ['7'];
    await el.updateComplete;
    expect(shown()).to.deep.equal(['Ours: loading']);
    await load;
    expect(shown()).to.deep.equal([]);
  });

  it('is the light-DOM link only until the upgrade', async () => {
    const box = await fixture(
      html`<div>
        <chatapp-dialog disabled><a href="#">Open the chat</a></chatapp-dialog>
      </div>`,
    );
    expect(box.querySelector('a')!.checkVisibility()).to.equal(false);
  });

  it('is nothing where the element is hidden', async () => {
    const {el} = await setupTest();
    el.hidden = true;
    expect(getComputedStyle(el).display).to.equal('none');
  });

  it('does not jump: the box stays the same in every state', async () => {
    const {el} = await setupTest();
    el.parentElement!.style.height = 'auto';
    const heights = new Set<number>();
    const note = () => heights.add(el.getBoundingClientRect().height);
    note();
    await settleAfter(el, () => (el.phones = []));
    note();
    await settleAfter(el, () => (el.phones = ['bad']));
    note();
    await loadAfter(el, () => (el.phones = ['7']));
    note();
    expect([...heights]).to.deep.equal([320]);
  });

  it('follows the page’s colour scheme', async () => {
    const {el} = await setupTest({properties: NOTHING, loaded: false});
    const colours = (scheme: string) => {
      el.parentElement!.style.colorScheme = scheme;
      return [getComputedStyle(el).backgroundColor, getComputedStyle(el).color];
    };
    const [light, dark] = [colours('light'), colours('dark')];
    expect(light[0]).to.equal('rgb(255, 255, 255)');
    expect(dark[0]).not.to.equal(light[0]);
    expect(dark[1]).not.to.equal(light[1]);
  });

  it('keeps still where the agent prefers reduced motion', async () => {
    const {base} = secondOrigin();
    // The spinner is in sight as long as the test takes.
    const {el} = await setupTest({attributes: {'base-url': `${base}scene/never/`}, loaded: false});
    const animation = () => getComputedStyle(el.shadowRoot!.querySelector('[part="spinner"]')!).animationName;
    // Where the launcher cannot emulate it, the machine's own setting is what is checked.
    const emulates = navigator.userAgent.includes('Chrome/');
    for (const reducedMotion of ['reduce', 'no-preference'] as const) {
      if (emulates) await emulateMedia({reducedMotion});
      const reduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
      if (emulates) expect(reduced).to.equal(reducedMotion === 'reduce');
      expect(animation()).to.equal(reduced ? 'none' : 'spin');
    }
  });
});

describe('the link beside a loaded frame', () => {
  beforeEach(focusPage);

  it('is for the keyboard: out of sight and of the pointer’s way until it has the focus', async () => {
    const {el, base} = await setupTest({properties: {phones: ['7'], accessToken: TOKEN}});
    const link = part<HTMLAnchorElement>(el, 'open')!;
    expect(link.href).to.equal(`${base}?crm%5Bphones%5D%5B0%5D=7`);
    const box = el.getBoundingClientRect();
    const top = () => el.shadowRoot!.elementFromPoint(box.left + box.width / 2, box.top + 5);
    expect(top() === el.frame).to.equal(true);
    link.focus();
    expect(top() === el.frame).to.equal(false);
    link.blur();
    expect(top() === el.frame).to.equal(true);
  });
});

describe('the focus', () => {
  beforeEach(focusPage);

  const fails = async (el: ChatAppDialog) => settleAfter(el, () => (el.phones = ['bad']));

  it('that was in the conversation goes to what there is to do when it fails', async () => {
    const {el} = await setupTest({properties: {phones: ['7']}});
    el.focus();
    await fails(el);
    expect(el.shadowRoot!.activeElement!.textContent).to.equal('Technical details');
  });

  it('goes to Try again also where the failure comes later, after a wait for a token', async () => {
    const {el} = await setupTest({properties: {phones: ['7'], getAccessToken: () => 'first'}});
    el.focus();
    let reject = (_reason?: unknown) => {};
    el.getAccessToken = () => new Promise((_, no) => (reject = no));
    await settleAfter(el, () => (el.phones = ['8']));
    await settleAfter(el, () => reject());
    expect([el.status, el.shadowRoot!.activeElement === part(el, 'retry')]).to.deep.equal(['error', true]);
  });

  it('comes back to Try again when that fails again', async () => {
    const {el} = await setupTest({properties: {getAccessToken: () => Promise.reject(new Error())}, loaded: false});
    await untilStatus(el, 'error');
    part(el, 'retry')!.focus();
    await settleAfter(el, () => part(el, 'retry')!.click());
    await untilStatus(el, 'error');
    expect(el.shadowRoot!.activeElement === part(el, 'retry')).to.equal(true);
  });

  it('that is elsewhere stays there', async () => {
    const {el} = await setupTest({properties: {phones: ['7']}});
    const input = el.parentElement!.appendChild(document.createElement('input'));
    el.focus();
    input.focus();
    await fails(el);
    expect(document.activeElement === input).to.equal(true);
  });

  it('is moved once: who goes on elsewhere is left alone by further updates', async () => {
    const {el} = await setupTest({properties: {phones: ['7']}});
    const input = el.parentElement!.appendChild(document.createElement('input'));
    el.focus();
    await fails(el);
    input.focus();
    await settleAfter(el, () => (el.label = 'Chat'));
    await settleAfter(el, () => (el.phones = ['bad']));
    expect(document.activeElement === input).to.equal(true);
  });

  it('that was nowhere stays nowhere', async () => {
    const {el} = await setupTest({properties: {phones: ['7']}});
    await fails(el);
    expect(document.activeElement === document.body).to.equal(true);
  });

  it('that has left between closing and failing stays where it went', async () => {
    const {el} = await setupTest({properties: {phones: ['7'], getAccessToken: () => 'first'}});
    const input = el.parentElement!.appendChild(document.createElement('input'));
    el.focus();
    let reject = (_reason?: unknown) => {};
    el.getAccessToken = () => new Promise((_, no) => (reject = no));
    await settleAfter(el, () => (el.phones = ['8']));
    input.focus();
    await settleAfter(el, () => reject());
    expect([el.status, document.activeElement === input]).to.deep.equal(['error', true]);
  });
});

describe('custom states', () => {
  it('tell the status, one at a time', async () => {
    const {el} = await setupTest({loaded: false});
    const states = () => FRAME_STATUSES.filter((status) => el.matches(`:state(${status})`));
    expect(states()).to.deep.equal(['loading']);
    await nextEvent(el, 'chatapp-load');
    expect(states()).to.deep.equal(['loaded']);
    await settleAfter(el, () => (el.phones = ['bad']));
    expect(states()).to.deep.equal(['error']);
    await settleAfter(el, () => (el.phones = []));
    expect(states()).to.deep.equal(['idle']);
    await settleAfter(el, () => {
      el.getAccessToken = () => new Promise(() => {});
      el.phones = ['7'];
    });
    expect(states()).to.deep.equal(['authorizing']);
    await settleAfter(el, () => {
      el.hidden = true;
      el.loading = 'lazy';
      el.reload();
    });
    expect(states()).to.deep.equal(['waiting']);
  });
});

describe('accessibility', () => {
  const STATES: [string, Partial<ChatAppDialog>, boolean][] = [
    ['loaded', {}, true],
    ['idle', NOTHING, false],
    ['error', BAD, false],
    ['error with a link', {baseUrl: location.origin}, false],
    ['authorizing', {getAccessToken: () => new Promise(() => {})}, false],
    ['error of a token', {getAccessToken: () => undefined as never}, false],
  ];
  for (const scheme of ['light', 'dark']) {
    for (const [state, properties, loaded] of STATES) {
      it(`axe finds nothing: ${state}, ${scheme}`, async () => {
        const {el} = await setupTest({properties, loaded});
        el.parentElement!.style.colorScheme = scheme;
        await expect(el).to.be.accessible();
      });
    }
  }

  it('the keyboard goes from the page to Try again, to the link, to Details, and on', async () => {
    await focusPage();
    const {el} = await setupTest({properties: {getAccessToken: () => Promise.reject(new Error())}, loaded: false});
    await untilStatus(el, 'error');
    el.before(Object.assign(document.createElement('button'), {textContent: 'before'}));
    el.after(Object.assign(document.createElement('button'), {textContent: 'after'}));
    (el.previousElementSibling as HTMLButtonElement).focus();
    const order: string[] = [];
    for (let i = 0; i < 4; i++) {
      await sendKeys({press: 'Tab'});
      order.push((el.shadowRoot!.activeElement ?? document.activeElement)!.textContent!.trim());
    }
    expect(order).to.deep.equal(['Try again', 'Open in a new tab', 'Technical details', 'after']);
  });

  it('a banner comes before the frame in the order of the keyboard, from the first opening on', async () => {
    const {el} = await setupTest();
    const cover = el.shadowRoot!.querySelector('.ui')!;
    const isBeforeFrame = () => !!(cover.compareDocumentPosition(el.frame!) & Node.DOCUMENT_POSITION_FOLLOWING);
    expect(isBeforeFrame()).to.equal(true);
    await loadAfter(el, () => el.reload());
    expect(isBeforeFrame()).to.equal(true);
  });

  it('an error is announced in the page’s own words where it fills the slot', async () => {
    const {el} = await setupTest();
    el.innerHTML = '<p slot="error">Ours: error</p>';
    await settleAfter(el, () => (el.phones = ['bad']));
    expect(el.querySelector('p')!.assignedSlot!.closest('[role="alert"]')!.checkVisibility()).to.equal(true);
  });

  it('the live region of errors is there before its text', async () => {
    const {el} = await setupTest();
    const region = el.shadowRoot!.querySelector('[role="alert"]');
    await settleAfter(el, () => (el.phones = ['bad']));
    expect(el.shadowRoot!.querySelector('[role="alert"]')).to.equal(region);
  });
});
