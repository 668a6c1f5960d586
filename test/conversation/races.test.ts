// Random sequences of what pages and agents do, against a plain model of what must be on screen.
import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {nextTask} from '../../src/conversation/next-task.js';
import type {AccessTokenRequest, ChatAppDialog, FrameStatus} from '../../src/element.js';
import {nextEvent, queryOf, secondOrigin, TOKEN} from '../support/harness.js';
import {type Running, watchResources} from '../support/resources.js';

/** Sequences in a run, each of 5 to 40 steps: the environment variable RACES, or 100 (see web-test-runner.config.mjs). */
declare const RACES: number;

/** The other engines are for their differences, which show early; Chromium is for the logic. */
const RUNS = navigator.userAgent.includes('Chrome/') ? RACES : Math.min(RACES, 100);

/** What the page has asked for, and what must have come of it. */
interface Model {
  phones: '1' | '2' | '3' | 'bad' | '';
  license: number;
  disabled: boolean;
  isLazy: boolean;
  isHidden: boolean;
  isConnected: boolean;
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
  /** Number of the question whose answer is wanted. */
  question: number | null;
  questions: number;
}

interface Real {
  el: ChatAppDialog;
  box: HTMLElement;
  asked: {request: AccessTokenRequest; answer: (token: string | null) => void; reject: (reason: unknown) => void}[];
  loadstarts: number;
}

const keyOf = ({phones, license, disabled}: Model) =>
  disabled || !phones ? '' : phones === 'bad' ? 'bad' : `${license}/${phones}`;

function close(model: Model, status: 'idle' | 'error'): void {
  Object.assign(model, {status, question: null, openedWithToken: false, hasTokenFailed: false});
}

function openFrame(model: Model, token: string | null): void {
  Object.assign(model, {status: 'loading', question: null, openedWithToken: model.credential !== 'none'});
  model.openings.push(
    [token && `api[access_token]=${token}`, `api[license_id]=${model.license}`, `crm[phones][0]=${model.phones}`]
      .filter(Boolean)
      .join('&'),
  );
}

function open(model: Model): void {
  close(model, 'idle');
  model.isSignedOut = false;
  if (model.isLazy && model.isHidden) model.status = 'waiting';
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
    model.key = key;
    if (key === 'bad') close(model, 'error');
    else if (key === '') close(model, 'idle');
    else open(model);
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
        if (!isHidden && model.status === 'waiting') ask(model);
      },
      real: ({box}) => (box.hidden = isHidden),
    })),
  reload: () => fc.constant({model: withUpdate((model) => (model.key = null)), real: ({el}) => el.reload()}),
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
        update(model);
      },
      real: ({el, box}) => box.append(el),
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
          else if (act === 'reload') withUpdate((model) => (model.key = null))(model);
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
  loaded: () =>
    fc.constant({
      model: (model) => {
        if (model.status !== 'loading') return;
        model.status = 'loaded';
        model.arrived.push(model.openings.at(-1)!);
      },
      real: async ({el}) => {
        if (el.status === 'loading') await nextEvent(el, 'chatapp-load');
      },
    }),
};

function setCredential({el, asked}: Real, credential: Model['credential']): void {
  el.accessToken = credential === 'token' ? TOKEN : null;
  el.getAccessToken =
    credential === 'callback'
      ? (request) => new Promise((answer, reject) => void asked.push({request, answer, reject}))
      : null;
}

/** Until nothing of what has been done is left to be updated. */
async function settled({el, box}: Real): Promise<void> {
  await drained(el);
  if (el.status !== 'waiting' || box.hidden) return;
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

const step = fc.oneof(
  ...Object.entries(STEPS).map(([name, make]) => ({
    weight: name === 'customer' || name === 'answer' || name === 'credential' ? 3 : 1,
    arbitrary: make().map((each) => Object.assign(each, {toString: () => name, [fc.toStringMethod]: () => name})),
  })),
);

function check(model: Model, {el, asked, loadstarts}: Real, historyLength: number, running: () => Running): void {
  // By children: WebKitGTK 2.50 gives an old list of querySelectorAll() after a move between documents.
  const frames = el.shadowRoot?.querySelector('.frames')?.children ?? [];
  const isShown = model.status === 'loading' || model.status === 'loaded';
  // The load itself comes when it comes.
  const status = model.status === 'loading' && el.status === 'loaded' ? 'loading' : el.status;
  expect([status, frames.length, el.frame !== null]).to.deep.equal([model.status, isShown ? 1 : 0, isShown]);
  expect(loadstarts).to.equal(model.openings.length);
  expect(asked.length).to.equal(model.questions);
  if (model.question !== null) expect(asked[model.question]!.request.signal.aborted).to.equal(false);
  expect(history.length).to.equal(historyLength);
  expect(`${el.outerHTML}${el.shadowRoot?.innerHTML}`).not.to.contain('SECRET');
  if (!model.isConnected) expect(running()).to.deep.equal([]);
}

describe('races', () => {
  it(`${RUNS} random sequences end as the model says`, async function () {
    this.timeout(300_000);
    const historyLength = history.length;
    const box = document.body.appendChild(document.createElement('div'));
    let steps = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, {minLength: 5, maxLength: 40}), fc.boolean(), async (sequence, probe) => {
        const {base, requests} = secondOrigin();
        const {running, restore} = watchResources();
        box.hidden = false;
        const el = document.createElement('chatapp-dialog');
        const real: Real = {el, box, asked: [], loadstarts: 0};
        el.baseUrl = `${base}scene/404/`; // a small page, for there are thousands
        el.licenseId = 1;
        el.probe = probe;
        el.phones = [];
        el.addEventListener('chatapp-loadstart', () => real.loadstarts++);
        const model: Model = {
          phones: '',
          license: 1,
          disabled: false,
          isLazy: false,
          isHidden: false,
          isConnected: false,
          credential: 'none',
          status: 'idle',
          key: null,
          openedWithToken: false,
          isSignedOut: false,
          hasTokenFailed: false,
          openings: [],
          arrived: [],
          question: null,
          questions: 0,
        };
        try {
          for (const {model: predict, real: act} of [
            {model: STEPS_APPEND.model, real: STEPS_APPEND.real},
            ...sequence,
          ]) {
            await act(real);
            predict(model);
            await settled(real);
            if (el.status === 'loaded' && model.status === 'loading') {
              model.status = 'loaded';
              model.arrived.push(model.openings.at(-1)!);
            }
            check(model, real, historyLength, running);
            steps++;
          }
        } finally {
          el.remove();
          restore();
        }
        await settled(real);
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
      }),
      {numRuns: RUNS, includeErrorInReport: true},
    );
    box.remove();
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
