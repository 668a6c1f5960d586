import {expect} from '@open-wc/testing';
import type {ChatAppDialog} from '../src/element.js';
import {loadAfter, queryOf, settleAfter, setupTest, TOKEN} from './support/harness.js';

/** Part of the token that survives every encoding. */
const MARK = 'SECRET';

/** Everything that a script can read of a value: own and inherited properties, two levels of objects, texts of errors. */
function readable(value: unknown, depth = 0): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Node || value === window || depth > 2) return '';
  const names = new Set<string>();
  for (let object: object | null = value; object && object !== Object.prototype; object = Object.getPrototypeOf(object) as object | null) {
    for (const name of Object.getOwnPropertyNames(object)) names.add(name);
  }
  const stack = value instanceof Error ? `${value.stack}` : '';
  return [...names].map((name) => `${name}: ${readable((value as Record<string, unknown>)[name], depth + 1)}`).join('\n') + stack + JSON.stringify(value);
}

/** All markup of a tree, shadow roots included. */
const markup = (root: Element | ShadowRoot): string =>
  root.innerHTML + [...root.querySelectorAll('*')].map((child) => (child.shadowRoot ? markup(child.shadowRoot) : '')).join('');

describe('the access token', () => {
  it('reaches the Dialog and nothing else: DOM, events, error, console, history, links', async () => {
    const heard: string[] = [];
    const methods = ['log', 'info', 'warn', 'error', 'debug'] as const;
    const originals = methods.map((method) => console[method]);
    for (const method of methods) console[method] = (...words: unknown[]) => heard.push(words.map((word) => readable(word)).join());
    const types = ['chatapp-loadstart', 'chatapp-load', 'chatapp-error', 'chatapp-statuschange'];
    const listen = (event: Event) => heard.push(readable(event));
    for (const type of types) addEventListener(type, listen);
    /** Names of the places that hold the token. */
    const leaks = (el: ChatAppDialog) => {
      const places = {
        dom: markup(document.documentElement),
        error: readable(el.error),
        url: el.url,
        address: location.href,
        history: JSON.stringify(history.state),
        eventsAndConsole: heard.join(),
      };
      return Object.entries(places).filter(([, text]) => text?.includes(MARK)).map(([place]) => place);
    };
    try {
      const {el, requests} = await setupTest({properties: {accessToken: TOKEN, crmDomain: 'a.example', phones: ['7999']}});
      expect(queryOf((await requests())[0])[0]).to.deep.equal(['api[access_token]', TOKEN]);
      expect(leaks(el)).to.deep.equal([]);
      expect(JSON.stringify(el.fields)).not.to.contain(MARK);
      await settleAfter(el, () => (el.phones = [`${TOKEN}`])); // a token in the wrong place
      expect(leaks(el)).to.deep.equal([]);
      await settleAfter(el, () => (el.baseUrl = `https://x.example/?api[access_token]=${TOKEN}`));
      expect(leaks(el)).to.deep.equal([]);
      await settleAfter(el, () => (el.baseUrl = `https://x.example/?+%61pi[access_token]=${TOKEN}`));
      expect(leaks(el)).to.deep.equal([]);
      await settleAfter(el, () => (el.fields = {access_token: TOKEN} as object));
      expect(leaks(el)).to.deep.equal([]);
      expect(JSON.stringify(el.fields)).not.to.contain(MARK);
      await settleAfter(el, () => (el.fields = {accessToken: `${TOKEN}\udc00`} as object));
      expect(leaks(el)).to.deep.equal([]);
      expect(heard.length).to.be.above(4);
    } finally {
      methods.forEach((method, i) => (console[method] = originals[i]!));
      for (const type of types) removeEventListener(type, listen);
    }
  });

  it('given as an attribute by the page stands in that attribute alone', async () => {
    const {el} = await setupTest({attributes: {'access-token': TOKEN}});
    expect(markup(document.documentElement).split(MARK)).to.have.length(2);
    await loadAfter(el, () => el.reload());
    expect(el.shadowRoot!.innerHTML).not.to.contain(MARK);
  });
});

describe('links', () => {
  it('copyLink() copies the shareable URL', async () => {
    const {el, base} = await setupTest({properties: {accessToken: TOKEN, crmDomain: 'a.example', employeeExtCode: 7, phones: ['7999']}});
    const written: string[] = [];
    Object.defineProperty(navigator.clipboard, 'writeText', {configurable: true, value: async (text: string) => void written.push(text)});
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
