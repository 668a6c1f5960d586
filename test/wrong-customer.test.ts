// Never the wrong customer, in every engine: the real keyboard, the focus and the requests.
// What is painted and what a screen reader is told, test/browser/wrong-customer.test.mjs holds in Chromium.
import {expect, nextFrame} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {AccessTokenAnswer, ChatAppDialog} from '../src/element.js';
import {focusPage, nextEvent, queryOf, secondOrigin, setupTest} from './support/harness.js';

const A = '79990000001';
const B = '79990000002';

interface Input {
  phone: string;
  type: string;
  key: string | null;
}

interface Switch {
  properties?: Partial<ChatAppDialog>;
  scene?: string;
  /** Runs once the agent has typed into A. */
  before?: (el: ChatAppDialog) => void;
  change: (el: ChatAppDialog) => unknown;
  status: string;
  /** Whether B opens in the end. */
  opensB?: true;
  /** What has to be done for it. */
  after?: (el: ChatAppDialog) => void;
}

let answer: (token: AccessTokenAnswer) => void;

const SWITCHES: Record<string, Switch> = {
  'another phone is set': {change: (el) => (el.phones = [B]), status: 'loading', opensB: true},
  'another phone is set as an attribute': {
    change: (el) => el.setAttribute('phones', B),
    status: 'loading',
    opensB: true,
  },
  'customers change fast, there and back': {
    async change(el) {
      for (let i = 0; i < 20; i++) {
        el.phones = [i % 2 ? A : B];
        await el.updateComplete;
      }
      el.phones = [B];
    },
    status: 'loading',
    opensB: true,
  },
  'the conversation has no pause in stealing the focus': {
    scene: 'steal-focus',
    change: (el) => (el.phones = [B]),
    status: 'loading',
    opensB: true,
  },
  'it steals the focus, and the phone is bad': {
    scene: 'steal-focus',
    change: (el) => (el.phones = ['no phone']),
    status: 'error',
  },
  'the phone is bad': {change: (el) => (el.phones = ['no phone']), status: 'error'},
  'the customer has no phone': {change: (el) => (el.phones = []), status: 'idle'},
  'the element is disabled': {change: (el) => (el.disabled = true), status: 'idle'},
  'the conversation is closed': {change: (el) => el.close(), status: 'idle'},
  'the page signs out': {properties: {accessToken: 'a token'}, change: (el) => (el.accessToken = null), status: 'idle'},
  'the token for the next one is still on its way': {
    properties: {getAccessToken: async () => 'a token'},
    before: (el) => (el.getAccessToken = () => new Promise((resolve) => (answer = resolve))),
    change: (el) => (el.phones = [B]),
    status: 'authorizing',
    opensB: true,
    after: () => answer('a token'),
  },
  'the next one waits out of sight': {
    properties: {loading: 'lazy'},
    before: (el) => (el.parentElement!.style.marginTop = '5000px'),
    change: (el) => (el.phones = [B]),
    status: 'waiting',
    opensB: true,
    after: (el) => el.parentElement!.style.removeProperty('margin-top'),
  },
};

/** Does something again and again until it is so. */
async function until(holds: () => boolean | Promise<boolean>, act: () => unknown = nextFrame): Promise<void> {
  while (!(await holds())) await act();
}

/** A conversation with A whose page tells of each key that it gets. */
async function openA({properties = {}, scene = 'slow-paint'}: Switch) {
  const {base, requests} = secondOrigin();
  const {el} = await setupTest({attributes: {'base-url': `${base}scene/${scene}/`, phones: A}, properties});
  const [, origin, session] = /^(.+)\/s\/(.+)\/$/.exec(base)!;
  const inputs = async () => (await (await fetch(`${origin}/_inputs?session=${session}`)).json()) as Input[];
  return {
    el,
    /** The phones of which a page was asked for, in their order. */
    opened: async () =>
      (await requests()).map((request) => queryOf(request).find(([name]) => name === 'crm[phones][0]')?.[1]),
    /** How often the page of a customer got a key, or the text of its input one. */
    got: async (phone: string, key: string, type = 'keydown') =>
      (await inputs()).filter((input) => input.phone === phone && input.key === key && input.type === type).length,
  };
}

describe('once the page speaks of another customer, no key reaches the one before, and the focus is not there', () => {
  beforeEach(focusPage);

  for (const [behaviour, one] of Object.entries(SWITCHES)) {
    it(`when ${behaviour}`, async () => {
      const {el, got, opened} = await openA(one);
      const pageGot: string[] = [];
      const listening = new AbortController();
      addEventListener('keydown', ({key}) => pageGot.push(key), {capture: true, signal: listening.signal});
      try {
        el.focus();
        await until(
          async () => (await got(A, 'a', 'input')) > 0,
          () => sendKeys({press: 'a'}),
        );
        one.before?.(el);
        const old = el.frame!;
        pageGot.length = 0;

        await one.change(el);
        await el.updateComplete;
        expect([...el.shadowRoot!.querySelectorAll('iframe')]).to.deep.equal(el.frame ? [el.frame] : []);
        expect([old.isConnected, old.contentWindow]).to.deep.equal([false, null]);
        expect(el.shadowRoot!.activeElement).not.to.equal(old);
        if (one.status === 'loading') expect(['loading', 'loaded']).to.include(el.status);
        else await until(() => el.status === one.status);

        /** How often the page got a key, or B, which steals the focus like A. */
        const arrived = async (key: string) => pageGot.filter((each) => each === key).length + (await got(B, key));
        // Until the browser has painted without the frame, a key on its way there is lost, and the driver may never hear of it.
        await nextFrame();
        await nextFrame();
        await until(
          async () => (await arrived('m')) > 0,
          () => sendKeys({press: 'm'}),
        );
        // From then on, each key is accounted for.
        for (let i = 0; i < 3; i++) await sendKeys({press: 'n'});
        await until(async () => (await arrived('n')) === 3);

        if (one.opensB) {
          const load = el.status === 'loaded' || nextEvent(el, 'chatapp-load');
          one.after?.(el);
          await load;
          el.focus();
          await until(
            async () => (await got(B, 'b', 'input')) > 0,
            () => sendKeys({press: 'b'}),
          );
        }
        expect([await got(A, 'm'), await got(A, 'n'), await got(A, 'b')]).to.deep.equal([0, 0, 0]);
        expect((await opened()).at(-1)).to.equal(one.opensB ? B : A);
      } finally {
        listening.abort();
      }
    });
  }
});
