// Random sequences of what pages and agents do. Two things are held against the running element: what can be told from outside
// (which requests arrived, what the visible frame says it is, who has the focus), and a plain model of which opening follows.
import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {nextTask} from '../../src/conversation/next-task.js';
import type {AccessTokenRequest, ChatAppDialog, FrameStatus} from '../../src/element.js';
import {nextEvent, queryOf, secondOrigin, TOKEN} from '../support/harness.js';
import {addressOf, atCentre, focusedElement, framesOf, isVisible, untilAnnounced} from '../support/outside-view.js';
import {type Running, watchResources} from '../support/resources.js';

/** Sequences in a run, each of 5 to 40 steps: the environment variable RACES, or 100 (see web-test-runner.config.mjs). */
declare const RACES: number;

/** The other engines are for their differences, which show early; Chromium is for the logic. */
const IS_CHROMIUM = navigator.userAgent.includes('Chrome/');
const RUNS = IS_CHROMIUM ? RACES : Math.min(RACES, 100);

/** What the page has asked for, and what must have come of it. */
interface Model {
  phones: '1' | '2' | '3' | 'bad' | '';
  license: number;
  disabled: boolean;
  isLazy: boolean;
  isHidden: boolean;
  isConnected: boolean;
  /** Whether it is in the other document, which is never hidden. */
  isAdopted: boolean;
  keepAlive: number;
  credential: 'none' | 'token' | 'callback';
  status: FrameStatus;
  /** The conversation that the status answers; none: the next update answers anew. */
  key: string | null;
  openedWithToken: boolean;
  isSignedOut: boolean;
  /** Whether it was the token that failed, and not a phone. */
  hasTokenFailed: boolean;
  /** Every opening, as its query. */
  openings: string[];
  /** Openings whose load was waited for: their request has arrived. */
  arrived: string[];
  /** Whether the page's field has the focus, which nothing but the agent may move. */
  isFieldFocused: boolean;
  /** What the page heard in this step: an opening, or the return of a parked conversation. Each must be explained. */
  heard: ('loadstart' | 'restored')[];
  /** Number of the question whose answer is wanted. */
  question: number | null;
  questions: number;
}

interface Real {
  el: ChatAppDialog;
  box: HTMLElement;
  field: HTMLElement;
  /** The body of another document of the same origin. */
  otherBody: HTMLElement;
  asked: {request: AccessTokenRequest; answer: (token: string | null) => void; reject: (reason: unknown) => void}[];
  heard: Model['heard'];
}

/** The key after reload(): whatever follows is opened anew. */
const RELOADED = 'reloaded';

const keyOf = ({phones, license, disabled}: Model) =>
  disabled || !phones ? '' : phones === 'bad' ? 'bad' : `${license}/${phones}`;

function close(model: Model, status: 'idle' | 'error'): void {
  Object.assign(model, {status, question: null, openedWithToken: false, hasTokenFailed: false});
}

function openFrame(model: Model, token: string | null): void {
  expect(model.heard.shift(), 'an opening').to.equal('loadstart');
  Object.assign(model, {status: 'loading', question: null, openedWithToken: model.credential !== 'none'});
  model.openings.push(
    [token && `api[access_token]=${token}`, `api[license_id]=${model.license}`, `crm[phones][0]=${model.phones}`]
      .filter(Boolean)
      .join('&'),
  );
}

/** @param mayReturn  whether a parked conversation may be shown again instead of a new opening */
function open(model: Model, mayReturn = true): void {
  close(model, 'idle');
  model.isSignedOut = false;
  if (mayReturn && model.heard[0] === 'restored') {
    // Whether it was still parked depends on much; that it is the right one, the frame itself says.
    model.heard.shift();
    expect(model.keepAlive, 'a conversation is only parked with keep-alive').to.be.above(0);
    Object.assign(model, {status: 'loaded', openedWithToken: model.credential !== 'none'});
  } else if (model.isLazy && model.isHidden && !model.isAdopted) model.status = 'waiting';
  else ask(model);
}

function ask(model: Model): void {
  if (model.credential !== 'callback') return openFrame(model, model.credential === 'token' ? TOKEN : null);
  Object.assign(model, {status: 'authorizing', question: model.questions++, openedWithToken: true});
}

/** What the element must make of the changes of one task. */
function update(model: Model, isOtherCredential = false): void {
  if (!model.isConnected) return;
  const key = keyOf(model);
  if (key !== model.key) {
    const mayReturn = model.key !== RELOADED;
    model.key = key;
    if (key === 'bad') close(model, 'error');
    else if (key === '') close(model, 'idle');
    else open(model, mayReturn);
    return;
  }
  if (key === '' || key === 'bad') return;
  const hasCredential = model.credential !== 'none';
  if (!hasCredential && (model.isSignedOut || model.openedWithToken)) {
    close(model, 'idle');
    model.isSignedOut = true;
  } else if (model.status === 'idle') {
    if (model.isSignedOut && hasCredential) open(model);
  } else if (model.status === 'waiting') {
    if (!model.isLazy) open(model);
  } else if (model.status === 'authorizing') {
    if (model.credential !== 'callback') open(model);
  } else if (model.status === 'error') {
    if (model.hasTokenFailed && isOtherCredential) open(model);
  } else if (hasCredential && !model.openedWithToken) open(model);
}

function disconnect(model: Model): void {
  model.isConnected = false;
  if (model.status === 'idle') return;
  close(model, 'idle');
  model.key = null;
}

/** One step: what it does to both, in one task. */
interface Step {
  model: (model: Model) => void;
  real: (real: Real) => unknown;
}

const withUpdate =
  (change: (model: Model) => void, isOtherCredential = false) =>
  (model: Model) => {
    change(model);
    update(model, isOtherCredential);
  };

function load(model: Model): void {
  if (model.status !== 'loading') return;
  model.status = 'loaded';
  model.arrived.push(model.openings.at(-1)!);
}

async function untilLoaded({el}: Real): Promise<void> {
  if (el.status === 'loading') await nextEvent(el, 'chatapp-load');
  if (el.status === 'loaded') await untilAnnounced(el.frame!);
}

const STEPS: Record<string, () => fc.Arbitrary<Step>> = {
  customer: () =>
    fc.constantFrom<Model['phones']>('1', '2', '3', 'bad', '').map((phones) => ({
      model: withUpdate((model) => (model.phones = phones)),
      real: ({el}) => (el.phones = phones ? [phones] : []),
    })),
  attributes: () =>
    fc
      .tuple(fc.constantFrom<Model['phones']>('1', '2', '3'), fc.integer({min: 1, max: 2}))
      .map(([phones, license]) => ({
        model: withUpdate((model) => Object.assign(model, {phones, license})),
        real: ({el}) => {
          el.setAttribute('license-id', '77');
          el.setAttribute('phones', '9');
          el.setAttribute('license-id', String(license));
          el.setAttribute('phones', phones);
        },
      })),
  credential: () =>
    fc.constantFrom<Model['credential']>('none', 'token', 'callback').map((credential) => ({
      model: (model) => {
        const isOther = credential !== model.credential || credential === 'callback';
        model.credential = credential;
        update(model, isOther);
      },
      real: (real) => setCredential(real, credential),
    })),
  // All that a page changes in one task is one change, however many microtasks it takes.
  microtasks: () =>
    fc
      .tuple(fc.constantFrom<Model['phones']>('1', '2', '3', 'bad', ''), fc.integer({min: 1, max: 2}))
      .map(([phones, license]) => ({
        model: withUpdate((model) => {
          Object.assign(model, {phones, license});
          // The old conversation has gone in the middle, even where the new one is the same.
          if (model.isConnected && !model.disabled) model.key = null;
        }),
        real: async ({el}) => {
          el.licenseId = 77;
          await Promise.resolve();
          el.phones = [9];
          await Promise.all([null, el.updateComplete]);
          el.licenseId = license;
          await Promise.resolve();
          el.phones = phones ? [phones] : [];
        },
      })),
  keepAlive: () =>
    fc.nat({max: 2}).map((keepAlive) => ({
      model: (model) => (model.keepAlive = keepAlive),
      real: ({el}) => (el.keepAlive = keepAlive),
    })),
  // A handler of the page that throws changes nothing.
  throwingHandler: () =>
    fc.constantFrom('chatapp-statuschange', 'chatapp-loadstart', 'chatapp-load', 'chatapp-error').map((type) => ({
      model: () => {},
      real: ({el}) =>
        el.addEventListener(
          type,
          () => {
            throw new Error('of the page');
          },
          {once: true},
        ),
    })),
  focusField: () =>
    fc.constant({
      model: (model) => (model.isFieldFocused = true),
      real: ({field}) => field.focus(),
    }),
  focusElement: () =>
    fc.constant({
      // While something opens, the element keeps the focus for the frame that is about to come.
      model: (model) => (model.isFieldFocused &&= model.status === 'idle' || model.status === 'error'),
      real: ({el}) => el.focus(),
    }),
  disabled: () =>
    fc.boolean().map((disabled) => ({
      model: withUpdate((model) => (model.disabled = disabled)),
      real: ({el}) => (el.disabled = disabled),
    })),
  loading: () =>
    fc.boolean().map((isLazy) => ({
      model: withUpdate((model) => (model.isLazy = isLazy)),
      real: ({el}) => (el.loading = isLazy ? 'lazy' : 'eager'),
    })),
  hidden: () =>
    fc.boolean().map((isHidden) => ({
      model: (model) => {
        model.isHidden = isHidden;
        if (!isHidden && !model.isAdopted && model.status === 'waiting') ask(model);
      },
      real: ({box}) => (box.hidden = isHidden),
    })),
  reload: () => fc.constant({model: withUpdate((model) => (model.key = RELOADED)), real: ({el}) => el.reload()}),
  close: () =>
    fc.constant({
      model: (model) => {
        model.key = keyOf(model);
        model.isSignedOut = false;
        close(model, 'idle');
      },
      real: ({el}) => el.close(),
    }),
  remove: () => fc.constant({model: disconnect, real: ({el}) => el.remove()}),
  intoTemplate: () =>
    fc.constant({model: disconnect, real: ({el}) => document.createElement('template').content.append(el)}),
  append: () =>
    fc.constant({
      model: (model) => {
        if (model.isConnected) disconnect(model); // append() of what is there already takes it out first
        model.isConnected = true;
        model.isAdopted = false;
        update(model);
      },
      real: ({el, box}) => box.append(el),
    }),
  adopt: () =>
    fc.constant({
      model: (model) => {
        if (model.isConnected) disconnect(model);
        model.isConnected = true;
        model.isAdopted = true;
        update(model);
      },
      real: ({el, otherBody}) => otherBody.append(el),
    }),
  // Keeps everything as it is. Firefox and WebKit reload the frame, and the element opens it anew.
  moveBefore: () =>
    fc.constant({
      model: () => {},
      real: ({el}) => {
        const {parentElement} = el;
        if (parentElement && IS_CHROMIUM) parentElement.moveBefore(el, parentElement.firstChild);
      },
    }),
  answer: () =>
    fc.tuple(fc.nat(), fc.constantFrom('token', 'null', 'reject')).map(([index, kind]) => ({
      model: (model) => {
        const question = model.questions && index % model.questions;
        if (model.question === null || question !== model.question) return;
        if (kind === 'reject') {
          close(model, 'error');
          model.hasTokenFailed = true;
        } else openFrame(model, kind === 'token' ? `t${question}` : null);
      },
      real: ({asked}) => {
        const question = asked.length && index % asked.length;
        if (kind === 'reject') asked[question]?.reject(new Error(TOKEN));
        else asked[question]?.answer(kind === 'token' ? `t${question}` : null);
      },
    })),
  // The answer and another customer in one task: the answer was for somebody else.
  answerAndCustomer: () =>
    fc.constantFrom<Model['phones']>('1', '2', '3').map((phones) => ({
      model: (model) => {
        const before = model.key;
        model.phones = phones;
        const isSame = keyOf(model) === before;
        if (isSame && model.question !== null) openFrame(model, `t${model.question}`);
        update(model);
      },
      real: ({el, asked}) => {
        asked.at(-1)?.answer(`t${asked.length - 1}`);
        el.phones = [phones];
      },
    })),
  // A handler of the page that does something at the next opening, in the midst of our events.
  handler: () =>
    fc
      .tuple(fc.constantFrom<Model['phones']>('1', '2', '3'), fc.constantFrom('customer', 'close', 'remove', 'reload'))
      .map(([phones, act]) => ({
        model: (model) => {
          const before = model.openings.length;
          model.phones = phones;
          update(model);
          if (model.openings.length === before) return;
          if (act === 'customer') withUpdate((model) => (model.phones = phones === '1' ? '2' : '1'))(model);
          else if (act === 'remove') disconnect(model);
          else if (act === 'reload') withUpdate((model) => (model.key = RELOADED))(model);
          else close(model, 'idle');
        },
        real: async (real) => {
          const {el} = real;
          const handler = () => {
            if (act === 'customer') el.phones = phones === '1' ? ['2'] : ['1'];
            else if (act === 'remove') el.remove();
            else el[act as 'close' | 'reload']();
          };
          el.addEventListener('chatapp-loadstart', handler, {once: true});
          el.phones = [phones];
          await settled(real);
          el.removeEventListener('chatapp-loadstart', handler);
        },
      })),
  loaded: () => fc.constant({model: load, real: untilLoaded}),
  // As agents do: to a customer, whose chat they wait for. Only what has loaded is ever kept.
  visit: () =>
    fc.constantFrom<Model['phones']>('1', '2', '3').map((phones) => ({
      model: (model) => {
        model.phones = phones;
        update(model);
        load(model);
      },
      real: async (real) => {
        real.el.phones = [phones];
        await settled(real);
        await untilLoaded(real);
      },
    })),
};

function setCredential({el, asked}: Real, credential: Model['credential']): void {
  el.accessToken = credential === 'token' ? TOKEN : null;
  el.getAccessToken =
    credential === 'callback'
      ? (request) => new Promise((answer, reject) => void asked.push({request, answer, reject}))
      : null;
}

/** Until nothing of what has been done is left to be updated. */
async function settled({el}: Real): Promise<void> {
  await drained(el);
  if (el.status !== 'waiting' || el.closest('[hidden]')) return;
  await nextEvent(el, 'chatapp-statuschange');
  await drained(el);
}

async function drained(el: ChatAppDialog): Promise<void> {
  // The element waits for three tasks, and for three more where a handler of the page changes its inputs.
  for (let task = 0; task < 8; task++) {
    await el.updateComplete;
    await nextTask(new AbortController().signal);
  }
}

/** Steps without which the others say little; the others have weight 1. */
const WEIGHTS: Record<string, number> = {customer: 4, answer: 4, credential: 3, visit: 6};

const step = fc.oneof(
  ...Object.entries(STEPS).map(([name, make]) => ({
    weight: WEIGHTS[name] ?? 1,
    arbitrary: make().map((each) => Object.assign(each, {toString: () => name, [fc.toStringMethod]: () => name})),
  })),
);

const hasShownFrame = ({status}: Model) => status === 'loading' || status === 'loaded';

/** Holds what the model says against the element. */
function check(model: Model, {el, asked}: Real, historyLength: number, running: () => Running): void {
  const isShown = hasShownFrame(model);
  // The load itself comes when it comes.
  const status = model.status === 'loading' && el.status === 'loaded' ? 'loading' : el.status;
  expect([status, el.frame !== null, model.heard]).to.deep.equal([model.status, isShown, []]);
  const parked = framesOf(el).length - (isShown ? 1 : 0);
  // Nothing stays parked where the element has closed, but for a customer whose filter is empty or bad.
  const mayPark = model.isConnected && (isShown || model.status !== 'idle' || model.key === '') && !model.disabled;
  expect(parked).to.be.within(0, mayPark ? model.keepAlive : 0);
  expect(asked.length).to.equal(model.questions);
  if (model.question !== null) expect(asked[model.question]!.request.signal.aborted).to.equal(false);
  expect(history.length).to.equal(historyLength);
  expect(`${el.outerHTML}${el.shadowRoot?.innerHTML}`).not.to.contain('SECRET');
  if (!model.isConnected) expect(running()).to.deep.equal([]);
}

/** What the page has asked for last, against what an agent sees and can type into. Nothing of it asks the element. */
function checkFromOutside(wish: Model, {el, field}: Real): void {
  const visible = framesOf(el).filter(isVisible);
  expect(visible.length, 'conversations that an agent can see').to.be.below(2);
  for (const frame of visible) {
    const address = addressOf(frame);
    if (!address) continue; // nothing has come from the server yet
    const shown = `${address.get('api[license_id]')}/${address.get('crm[phones][0]')}`;
    expect(shown, 'the customer that an agent can see').to.equal(wish.isConnected ? keyOf(wish) : '');
    expect(address.has('crm[phones][1]')).to.equal(false);
    if (el.status === 'loaded' && !el.closest('[hidden]')) expect(atCentre(el)).to.equal(frame);
  }
  const focused = focusedElement(document);
  if (wish.isFieldFocused) expect(focused, 'who has the focus').to.equal(field);
  for (const each of [focused, focusedElement(el.ownerDocument)] as (HTMLElement | null)[]) {
    if (each?.localName === 'iframe' && each.parentElement?.className === 'frames') {
      // The page may have hidden the whole box.
      const isParked = each.inert || getComputedStyle(each).visibility !== 'visible';
      expect(!isParked, 'the frame with the focus is the shown one').to.equal(true);
    }
  }
}

describe('races', () => {
  it(`${RUNS} random sequences end as the model says`, async function () {
    this.timeout(300_000);
    const historyLength = history.length;
    const field = document.body.appendChild(document.createElement('input'));
    const box = document.body.appendChild(document.createElement('div'));
    box.style.cssText = 'width: 380px; height: 400px';
    const other = document.body.appendChild(document.createElement('iframe'));
    other.style.cssText = 'position: fixed; inset: 0 0 auto auto; width: 380px; height: 400px';
    const {onerror} = window;
    Object.assign(window, {onerror: (message: unknown) => String(message).includes('of the page')});
    let steps = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, {minLength: 5, maxLength: 40}),
        fc.boolean(),
        fc.nat({max: 2}),
        async (sequence, probe, keepAlive) => {
          const {base, requests} = secondOrigin();
          const {running, restore} = watchResources();
          box.hidden = false;
          const el = document.createElement('chatapp-dialog');
          const real: Real = {el, box, field, otherBody: other.contentDocument!.body, asked: [], heard: []};
          el.baseUrl = `${base}scene/announce/`;
          el.licenseId = 1;
          el.probe = probe;
          el.keepAlive = keepAlive;
          el.phones = [];
          el.addEventListener('chatapp-loadstart', () => real.heard.push('loadstart'));
          el.addEventListener('chatapp-load', ({restored}) => restored && real.heard.push('restored'));
          const model: Model = {
            phones: '',
            license: 1,
            disabled: false,
            isLazy: false,
            isHidden: false,
            isConnected: false,
            isAdopted: false,
            keepAlive,
            credential: 'none',
            status: 'idle',
            key: null,
            openedWithToken: false,
            isSignedOut: false,
            hasTokenFailed: false,
            openings: [],
            arrived: [],
            isFieldFocused: false,
            heard: real.heard,
            question: null,
            questions: 0,
          };
          try {
            for (const {model: predict, real: act} of [
              {model: STEPS_APPEND.model, real: STEPS_APPEND.real},
              ...sequence,
            ]) {
              await act(real);
              await settled(real);
              predict(model);
              if (el.status === 'loaded' && model.status === 'loading') {
                model.status = 'loaded';
                model.arrived.push(model.openings.at(-1)!);
              }
              check(model, real, historyLength, running);
              checkFromOutside(model, real);
              steps++;
            }
          } finally {
            el.remove();
            await settled(real); // what waits for the next task has a listener until then
            restore();
          }
          expect(running()).to.deep.equal([]);
          const queries = (await requests()).map((request) =>
            queryOf(request)
              .map(([name, value]) => `${name}=${value}`)
              .join('&'),
          );
          // What was superseded on its way may have arrived or not; what was loaded has, and nothing else ever does.
          expect(isSubsequence(model.arrived, queries), `${model.arrived.join()} in ${queries.join()}`).to.equal(true);
          // Sorted, because a superseded one goes its own way through the network and may come after the one that followed it.
          expect(
            isSubsequence(queries.toSorted(), model.openings.toSorted()),
            `${queries.join()} in ${model.openings.join()}`,
          ).to.equal(true);
        },
      ),
      {numRuns: RUNS, includeErrorInReport: true},
    );
    Object.assign(window, {onerror});
    for (const each of [field, box, other]) each.remove();
    expect(steps).to.be.above(RUNS * 5);
  });
});

const STEPS_APPEND: Step = {
  model: (model) => {
    model.isConnected = true;
    update(model);
  },
  real: ({el, box}) => box.append(el),
};

function isSubsequence(part: string[], whole: string[]): boolean {
  let at = 0;
  for (const each of whole) if (each === part[at]) at++;
  return at === part.length;
}
