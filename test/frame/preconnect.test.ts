// Which elements connect early; that a connection comes of it, and is used, test/browser/preconnect.test.mjs sees.
import {expect} from '@open-wc/testing';
import type {ChatAppDialog} from '../../src/element.js';
import {loadAfter, secondOrigin, setupTest} from '../support/harness.js';

const hints = () =>
  [...document.head.querySelectorAll<HTMLLinkElement>('link[rel=preconnect]')].map(({href, crossOrigin}) => [
    href,
    crossOrigin,
  ]);

/** Chromium would not use it for the frame. */
const isMade = !navigator.vendor.startsWith('Google');

let ports = 1;
/** An origin that no test has named; nobody need answer there. */
const newOrigin = () => `http://localhost:${ports++}/`;

/** What an element with these properties connects to when it is connected. */
async function connectedTo(properties: Partial<ChatAppDialog>) {
  const before = hints().length;
  const {el} = await setupTest({properties: {phones: ['7999'], ...properties}, loaded: false});
  return {el, early: hints().slice(before)};
}

describe('an early connection', () => {
  const WAITING: Record<string, Partial<ChatAppDialog>> = {
    'is disabled': {disabled: true},
    'is disabled, its filters still missing': {disabled: true, phones: []},
    'waits out of sight': {loading: 'lazy'},
    'asks for a token': {getAccessToken: () => new Promise(() => {})},
  };
  for (const [behaviour, properties] of Object.entries(WAITING)) {
    it(`${isMade ? 'is' : 'is not'} made where the element ${behaviour}`, async () => {
      const baseUrl = newOrigin();
      const {early} = await connectedTo({...properties, baseUrl: `${baseUrl}path/?secret`});
      // Without crossorigin, as the frame's own navigation.
      expect(early).to.deep.equal(isMade ? [[baseUrl, null]] : []);
    });
  }

  const OTHERS: Record<string, Partial<ChatAppDialog>> = {
    'opens at once': {},
    'opens at once with a token': {accessToken: 'a token'},
    'has a customer without a phone': {phones: [], loading: 'lazy'},
    'has a bad phone': {phones: ['no phone'], loading: 'lazy'},
    'has a bad base URL': {baseUrl: 'http://example.com/', disabled: true},
    'has a base URL that is none': {baseUrl: 'none', disabled: true},
  };
  for (const [behaviour, properties] of Object.entries(OTHERS)) {
    it(`is not made where the element ${behaviour}`, async () => {
      const {early} = await connectedTo({baseUrl: newOrigin(), ...properties});
      expect(early).to.deep.equal([]);
    });
  }

  it('is made once for each origin, whatever the elements and what becomes of them', async () => {
    const baseUrl = newOrigin();
    const {el} = await connectedTo({baseUrl, disabled: true});
    const before = hints().length;
    await connectedTo({baseUrl: `${baseUrl}other/`, loading: 'lazy'});
    el.remove();
    await connectedTo({baseUrl, getAccessToken: () => new Promise(() => {})});
    expect(hints()).to.have.length(before);
    await connectedTo({baseUrl: newOrigin(), disabled: true});
    expect(hints()).to.have.length(before + (isMade ? 1 : 0));
  });

  it('is made also for a base URL that comes while the element is disabled', async () => {
    const {el} = await connectedTo({baseUrl: newOrigin(), disabled: true});
    const before = hints().length;
    const baseUrl = newOrigin();
    el.baseUrl = baseUrl;
    await el.updateComplete;
    expect(hints().slice(before)).to.deep.equal(isMade ? [[baseUrl, null]] : []);
  });

  it('asks for nothing: the first request is the frame’s', async () => {
    const {base, requests} = secondOrigin();
    const {el} = await connectedTo({baseUrl: base, disabled: true});
    expect(await requests()).to.have.length(0);
    await loadAfter(el, () => (el.disabled = false));
    expect(await requests()).to.have.length(1);
  });

  it('is not made where a kept conversation comes back', async () => {
    const {el} = await setupTest({attributes: {phones: '1', 'keep-alive': '1'}, properties: {accessToken: 'a token'}});
    await loadAfter(el, () => (el.phones = ['2']));
    const before = hints().length;
    await loadAfter(el, () => (el.phones = ['1']));
    expect(hints()).to.have.length(before);
  });
});
