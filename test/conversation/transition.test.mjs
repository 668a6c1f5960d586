// What becomes of a state after an event: the pure part of the element, without a browser.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, it} from 'node:test';
import {intentOf} from '../../dist/conversation/intent.js';
import {mannerOf} from '../../dist/conversation/manner.js';
import {eventsBetween} from '../../dist/conversation/page-events.js';
import {
  errorOf,
  hasFrame,
  isParkable,
  keepsFrame,
  parkingOf,
  statusOf,
  tokenGroupOf,
} from '../../dist/conversation/state.js';
import {crashed, initialState, transition} from '../../dist/conversation/transition.js';
import {errorText, isCovered, viewOf} from '../../dist/conversation/view.js';
import {ChatAppDialogError, ERROR_CODES} from '../../dist/dialog-error.js';
import {FRAME_STATUSES} from '../../dist/events.js';
import {ENGLISH} from '../../dist/messages.js';

/**
 * @typedef {import('../../dist/conversation/state.js').State} State
 * @typedef {import('../../dist/conversation/transition.js').StateEvent} StateEvent
 * @typedef {import('../../dist/conversation/intent.js').Intent} Intent
 * @typedef {import('../../dist/conversation/manner.js').Manner} Manner
 * @typedef {(state: State) => StateEvent} Step  An event that fits the state, its run included.
 */

const mannerWith = (inputs = {}) =>
  mannerOf(
    () => inputs,
    () => {},
  );
const EAGER = mannerWith();
const LAZY = mannerWith({loading: 'lazy'});
const FACTS = {offline: null, answer: undefined, isParked: false, isPrerendering: false};
const ERROR = new ChatAppDialogError('unreachable', 'Nobody answers.');
const CALLBACK_ERROR = new ChatAppDialogError('access-token', 'getAccessToken rejected.');

/** What a page with these inputs wants. */
const intentWith = (
  /** @type {Record<string, unknown>} */ inputs = {},
  /** @type {Intent | undefined} */ last = undefined,
) =>
  intentOf(() => {
    const {accessToken, getAccessToken, accessTokenUrl, disabled = false, ...fields} = inputs;
    const rest = {
      baseUrl: null,
      sandbox: null,
      allow: null,
      fault: null,
      notReady: false,
      page: {origin: 'https://crm.example', baseURI: 'https://crm.example/'},
    };
    return {fields, accessToken, getAccessToken, accessTokenUrl, disabled: !!disabled, ...rest};
  }, last);

const phones = ['1'];
const ONE = intentWith({phones});
const TWO = intentWith({phones: ['2']});
const ONE_WITH_TOKEN = intentWith({phones, accessToken: 'a'});
const ONE_WITH_OTHER_TOKEN = intentWith({phones, accessToken: 'b'});
const TWO_WITH_TOKEN = intentWith({phones: ['2'], accessToken: 'a'});
const ONE_WITH_CALLBACK = intentWith({phones, getAccessToken: () => 'a'});
const ONE_WITH_URL = intentWith({phones, accessTokenUrl: '/a'});
const ONE_WITH_OTHER_URL = intentWith({phones, accessTokenUrl: '/b'});
const ONE_WITH_THIRD_URL = intentWith({phones, accessTokenUrl: '/c'});
const ONE_WITH_OTHER_CALLBACK = intentWith({phones, getAccessToken: () => 'b'});
const ONE_WITH_THIRD_CALLBACK = intentWith({phones, getAccessToken: () => 'c'});
const ONE_WITH_BAD_TOKEN = intentWith({phones, accessToken: 'undefined'});
const DISABLED = intentWith({disabled: true});
const NO_PHONE = intentWith({phones: []});
const BAD_PHONE = intentWith({phones: ['abc']});

/** @satisfies {Record<string, (...args: any[]) => Step>} */
const events = {
  inputs:
    (intent = undefined, manner = undefined) =>
    ({intent: last, manner: lastManner}) => ({type: 'inputs', intent: intent ?? last, manner: manner ?? lastManner}),
  connected:
    (intent = undefined, manner = undefined) =>
    ({intent: last, manner: lastManner}) => ({type: 'connected', intent: intent ?? last, manner: manner ?? lastManner}),
  disconnected: () => () => ({type: 'disconnected'}),
  moved: () => () => ({type: 'moved'}),
  closed:
    () =>
    ({intent, manner}) => ({type: 'closed', intent, manner}),
  reload:
    (isConnected = true, reason = 'reload') =>
    () => ({type: 'reload', reason, isConnected}),
  resumed: () => () => ({type: 'resumed'}),
  nextTask:
    (facts = {}) =>
    ({run}) => ({type: 'next-task', run, facts: {...FACTS, ...facts}}),
  inView:
    (facts = {}) =>
    ({run}) => ({type: 'in-view', run, facts: {...FACTS, ...facts}}),
  token:
    (answer = {accessToken: 'a'}) =>
    ({run}) => ({type: 'token', run, answer}),
  loaded:
    () =>
    ({run}) => ({type: 'loaded', run}),
  slow:
    () =>
    ({run}) => ({type: 'slow', run}),
  timedOut:
    (error = ERROR) =>
    ({run}) => ({type: 'timed-out', run, error}),
  failed:
    (cause = 'load', error = ERROR) =>
    ({run}) => ({type: 'failed', run, cause, error}),
  online:
    () =>
    ({run}) => ({type: 'online', run}),
};
const {inputs, connected, disconnected, moved, closed, reload, resumed, nextTask, inView} = events;
const {token, loaded, slow, timedOut, failed, online} = events;

/** The state after some steps. */
const drive = (/** @type {Step[]} */ ...steps) => driveFrom(initialState(DISABLED, EAGER), ...steps);
const driveFrom = (/** @type {State} */ start, /** @type {Step[]} */ ...steps) =>
  steps.reduce((state, step) => transition(state, step(state)), start);

/** A state in two words. */
const nameOf = (/** @type {any} */ state) => [state.kind, state.why ?? state.cause].filter(Boolean).join(' ');

/** Every kind of state, with every reason that it can have, by its name. */
const STATES = {
  'idle detached': drive(),
  'idle nothing': drive(connected(DISABLED), nextTask()),
  'idle closed': drive(connected(ONE), nextTask(), loaded(), closed()),
  'idle signed-out': drive(connected(ONE_WITH_TOKEN), nextTask(), loaded(), inputs(ONE)),
  settling: drive(connected(ONE)),
  waiting: drive(connected(ONE, LAZY), nextTask()),
  authorizing: drive(connected(ONE_WITH_CALLBACK), nextTask()),
  loading: drive(connected(ONE), nextTask()),
  loaded: drive(connected(ONE), nextTask(), loaded()),
  overdue: drive(connected(ONE), nextTask(), timedOut()),
  'error intent': drive(connected(BAD_PHONE), nextTask()),
  'error credential': drive(connected(ONE_WITH_BAD_TOKEN), nextTask()),
  'error callback': drive(connected(ONE_WITH_CALLBACK), nextTask(), failed('callback', CALLBACK_ERROR)),
  'error load': drive(connected(ONE), nextTask({offline: ERROR})),
};

const FRAME = ['loading', 'loaded', 'overdue'];
const ERRORS = ['error intent', 'error credential', 'error callback', 'error load'];
const to = (/** @type {string[]} */ names, /** @type {string} */ result) =>
  Object.fromEntries(names.map((name) => [name, result]));

/**
 * Every event, and what it makes of each state. `stays` means the same kind and run; states that are not listed get
 * `others`.
 * @type {Record<string, {event: Step, others: string} & Record<string, any>>}
 */
const OUTCOMES = {
  'inputs that are the same': {event: inputs(), others: 'stays'},
  'inputs with another customer': {
    event: inputs(TWO),
    others: 'settling',
    ...to(['idle detached', 'settling'], 'stays'),
  },
  'inputs with a bad phone': {
    event: inputs(BAD_PHONE),
    others: 'settling',
    ...to(['idle detached', 'settling', 'error intent'], 'stays'),
  },
  'inputs that are disabled': {
    event: inputs(DISABLED),
    others: 'settling',
    ...to(['idle detached', 'idle nothing', 'settling'], 'stays'),
  },
  'inputs that are eager': {event: inputs(undefined, EAGER), others: 'stays', waiting: 'settling'},
  connected: {
    event: connected(),
    others: 'settling',
    ...to(['idle nothing', 'idle closed', 'idle signed-out', 'settling'], 'stays'),
  },
  disconnected: {
    event: disconnected(),
    others: 'idle detached',
    ...to(['idle detached', 'idle closed', 'idle signed-out'], 'stays'),
  },
  moved: {event: moved(), others: 'stays', ...to(FRAME, 'settling')},
  closed: {event: closed(), others: 'idle closed'},
  reload: {event: reload(), others: 'settling', settling: 'stays', 'idle detached': 'idle detached'},
  'reload while disconnected': {event: reload(false), others: 'idle detached'},
  resumed: {event: resumed(), others: 'stays', authorizing: 'settling'},
  'next-task': {event: nextTask(), others: 'stays', settling: 'loading'},
  'in-view': {event: inView(), others: 'stays', waiting: 'loading'},
  token: {event: token(), others: 'stays', authorizing: 'loading'},
  loaded: {event: loaded(), others: 'stays', loading: 'loaded', overdue: 'loaded'},
  slow: {event: slow(), others: 'stays'},
  'timed-out': {event: timedOut(), others: 'stays', loading: 'overdue'},
  failed: {event: failed(), others: 'stays', ...to(['waiting', 'authorizing', ...FRAME], 'error load')},
  online: {event: online(), others: 'stays', ...to(ERRORS, 'settling')},
};

const declarationOf = (/** @type {string} */ name) =>
  readFileSync(new URL(`../../dist/conversation/${name}.d.ts`, import.meta.url), 'utf8');

describe('transition', () => {
  it('has each state under its name in the table', () => {
    assert.deepEqual(Object.values(STATES).map(nameOf), Object.keys(STATES));
  });

  it('covers every kind of state, every reason of one and every type of event', () => {
    const words = (/** @type {string} */ name, /** @type {RegExp} */ pattern) =>
      new Set([...declarationOf(name).matchAll(pattern)].flatMap(([, list]) => list?.match(/[\w-]+/g) ?? []));
    const states = /** @type {any[]} */ (Object.values(STATES));
    const types = Object.values(OUTCOMES).map(({event}) => event(STATES.loaded).type);
    assert.deepEqual(new Set(states.map(({kind}) => kind)), words('state', /^ {4}kind: (.+);/gm));
    assert.deepEqual(
      new Set(states.flatMap(({why, cause}) => why ?? cause ?? [])),
      words('state', /^ {4}(?:why|cause): (.+);/gm),
    );
    assert.deepEqual(new Set(types), words('transition', /^ {4}type: (.+);/gm));
  });

  for (const [name, {event, others, ...outcomes}] of Object.entries(OUTCOMES)) {
    it(`${name}: each state becomes what the table says`, () => {
      const results = Object.entries(STATES).map(([stateName, state]) => {
        const after = transition(state, event(state));
        const hasStayed = after.run === state.run && nameOf(after) === stateName;
        return [stateName, hasStayed ? 'stays' : nameOf(after)];
      });
      assert.deepEqual(
        results,
        Object.keys(STATES).map((state) => [state, outcomes[state] ?? others]),
      );
    });
  }

  it('changes no state in place', () => {
    for (const {event} of Object.values(OUTCOMES)) {
      for (const state of Object.values(STATES)) {
        const copy = {...state};
        transition(Object.freeze(state), event(state));
        assert.deepEqual(state, copy);
      }
    }
  });

  it('ignores events of an earlier run in every state', () => {
    for (const {event} of Object.values(OUTCOMES)) {
      for (const state of Object.values(STATES)) {
        const fitting = event(state);
        if ('run' in fitting) assert.equal(transition(state, {...fitting, run: fitting.run - 1}), state);
      }
    }
  });

  it('counts a run up for everything but the progress of an opening', () => {
    for (const {event} of Object.values(OUTCOMES)) {
      for (const state of Object.values(STATES)) {
        const after = transition(state, event(state));
        const isProgress =
          nameOf(after) === nameOf(state) ||
          ['settling', 'waiting', 'authorizing', 'loading', 'overdue'].includes(state.kind);
        assert.ok(after.run > state.run || (after.run === state.run && isProgress));
      }
    }
  });
});

describe('the inputs change', () => {
  it('while settling: the run stays and the last inputs count', () => {
    const settling = driveFrom(STATES.settling, inputs(TWO), inputs(BAD_PHONE), inputs(TWO_WITH_TOKEN));
    assert.equal(settling.run, STATES.settling.run);
    const opened = driveFrom(settling, nextTask());
    assert.deepEqual([nameOf(opened), opened.intent], ['loading', TWO_WITH_TOKEN]);
  });

  it('a renewed token of the same conversation changes nothing that is open', () => {
    for (const steps of [[], [loaded()], [timedOut()]]) {
      const open = drive(connected(ONE_WITH_TOKEN), nextTask(), ...steps);
      const after = driveFrom(open, inputs(ONE_WITH_OTHER_TOKEN));
      assert.deepEqual([nameOf(after), keepsFrame(open, after), errorOf(after)], [open.kind, true, errorOf(open)]);
      assert.deepEqual(eventsBetween(open, after), []);
    }
  });

  it('the first token of a frame without one opens it again', () => {
    for (const name of FRAME) {
      const state = STATES[/** @type {keyof typeof STATES} */ (name)];
      for (const intent of [ONE_WITH_TOKEN, ONE_WITH_CALLBACK]) {
        assert.equal(nameOf(driveFrom(state, inputs(intent))), 'settling');
      }
    }
  });

  it('removing the token signs out, and another token signs in again', () => {
    for (const steps of [[], [loaded()], [timedOut()]]) {
      const out = drive(connected(ONE_WITH_TOKEN), nextTask(), ...steps, inputs(ONE));
      assert.equal(nameOf(out), 'idle signed-out');
      assert.equal(nameOf(driveFrom(out, inputs(ONE_WITH_OTHER_TOKEN))), 'settling');
    }
    assert.equal(nameOf(driveFrom(STATES.authorizing, inputs(ONE))), 'idle signed-out');
  });

  it('a bad token leaves an open chat, and a good one takes the error away', () => {
    for (const steps of [[], [loaded()]]) {
      const open = drive(connected(ONE_WITH_TOKEN), nextTask(), ...steps);
      const warned = driveFrom(open, inputs(ONE_WITH_BAD_TOKEN));
      assert.equal(keepsFrame(open, warned), true);
      assert.equal(errorOf(warned)?.field, 'accessToken');
      assert.equal(errorOf(driveFrom(warned, inputs(ONE_WITH_TOKEN))), null);
    }
  });

  it('a bad token of another customer opens nothing', () => {
    const bad = intentWith({phones: ['2'], accessToken: 'undefined'});
    const after = driveFrom(STATES.loaded, inputs(bad), nextTask());
    assert.deepEqual([nameOf(after), hasFrame(after)], ['error credential', false]);
    assert.equal(nameOf(driveFrom(after, inputs(TWO_WITH_TOKEN))), 'settling');
    assert.equal(nameOf(driveFrom(after, inputs(TWO))), 'settling');
  });

  it('a bad token while signed out is an error that opens nothing, and goes with the token', () => {
    const bad = driveFrom(STATES['idle signed-out'], inputs(ONE_WITH_BAD_TOKEN));
    assert.deepEqual([nameOf(bad), errorOf(bad)?.field], ['idle signed-out', 'accessToken']);
    const without = driveFrom(bad, inputs(ONE));
    assert.deepEqual([nameOf(without), errorOf(without)], ['idle signed-out', null]);
  });

  it('a bad token before the opening is an error', () => {
    for (const state of [STATES.waiting, STATES.authorizing]) {
      assert.equal(nameOf(driveFrom(state, inputs(ONE_WITH_BAD_TOKEN))), 'error credential');
    }
  });

  it('another callback while the first is asked does not ask again, a token does', () => {
    assert.equal(driveFrom(STATES.authorizing, inputs(ONE_WITH_OTHER_CALLBACK)).run, STATES.authorizing.run);
    assert.equal(nameOf(driveFrom(STATES.authorizing, inputs(ONE_WITH_TOKEN))), 'settling');
  });

  it('another bad token replaces the error, the same one keeps it', () => {
    const failedOnce = STATES['error credential'];
    const again = intentWith({phones, accessToken: 'undefined'}, failedOnce.intent);
    assert.equal(errorOf(driveFrom(failedOnce, inputs(again))), errorOf(failedOnce));
    const other = intentWith({phones, accessToken: 'null'}, failedOnce.intent);
    assert.notEqual(errorOf(driveFrom(failedOnce, inputs(other))), errorOf(failedOnce));
  });
});

describe('after an error of the callback', () => {
  const failedOnce = STATES['error callback'];

  it('the same callback is not asked again', () => {
    assert.equal(driveFrom(failedOnce, inputs(ONE_WITH_CALLBACK)).run, failedOnce.run);
  });

  it('another callback is tried once by itself, and no third one', () => {
    const asking = driveFrom(failedOnce, inputs(ONE_WITH_OTHER_CALLBACK), nextTask());
    assert.equal(nameOf(asking), 'authorizing');
    const failedTwice = driveFrom(asking, failed('callback', CALLBACK_ERROR));
    assert.equal(driveFrom(failedTwice, inputs(ONE_WITH_THIRD_CALLBACK)).run, failedTwice.run);
  });

  it('a token is tried even after the second callback', () => {
    const failedTwice = driveFrom(
      failedOnce,
      inputs(ONE_WITH_OTHER_CALLBACK),
      nextTask(),
      failed('callback', CALLBACK_ERROR),
    );
    assert.equal(nameOf(driveFrom(failedTwice, inputs(ONE_WITH_TOKEN))), 'settling');
    assert.equal(nameOf(driveFrom(failedTwice, inputs(ONE))), 'settling');
  });

  it('reload() asks again, and then another callback may be tried again', () => {
    const again = driveFrom(
      failedOnce,
      inputs(ONE_WITH_OTHER_CALLBACK),
      nextTask(),
      failed('callback', CALLBACK_ERROR),
      reload(),
      nextTask(),
      failed('callback', CALLBACK_ERROR),
    );
    assert.equal(nameOf(driveFrom(again, inputs(ONE_WITH_THIRD_CALLBACK))), 'settling');
  });

  it('a bad token replaces the error', () => {
    const after = driveFrom(failedOnce, inputs(ONE_WITH_BAD_TOKEN));
    assert.deepEqual([nameOf(after), errorOf(after)?.field], ['error credential', 'accessToken']);
  });

  it('another token does not retry an error of the load', () => {
    const offline = drive(connected(ONE_WITH_TOKEN), nextTask({offline: ERROR}));
    assert.equal(driveFrom(offline, inputs(ONE_WITH_OTHER_TOKEN)).run, offline.run);
  });
});

describe('connecting and disconnecting', () => {
  it('closed and signed out stay so, until another customer is asked for', () => {
    for (const name of /** @type {const} */ (['idle closed', 'idle signed-out'])) {
      const back = driveFrom(STATES[name], disconnected(), connected());
      assert.equal(nameOf(back), name);
      assert.equal(nameOf(driveFrom(STATES[name], disconnected(), connected(TWO))), 'settling');
    }
  });

  it('everything else opens again, with one run of its own', () => {
    for (const name of /** @type {const} */ ([
      'waiting',
      'authorizing',
      'loading',
      'loaded',
      'overdue',
      'error load',
    ])) {
      const back = driveFrom(STATES[name], disconnected(), connected());
      assert.equal(nameOf(back), 'settling');
      assert.equal(hasFrame(driveFrom(STATES[name], disconnected())), false);
    }
  });

  it('an error stays an error after a reconnect', () => {
    const back = driveFrom(STATES['error intent'], disconnected(), connected(), nextTask());
    assert.equal(nameOf(back), 'error intent');
  });

  it('reload() while disconnected only marks: the status is idle, and the next connection opens with its reason', () => {
    for (const steps of [[], [connected(ONE), nextTask(), loaded(), disconnected()], [connected(ONE), closed()]]) {
      const marked = drive(...steps, disconnected(), reload(false));
      assert.deepEqual([nameOf(marked), statusOf(marked)], ['idle detached', 'idle']);
      const opened = driveFrom(marked, connected(ONE_WITH_CALLBACK), nextTask());
      assert.deepEqual([nameOf(opened), /** @type {any} */ (opened).opening.reason], ['authorizing', 'reload']);
    }
  });

  it('inputs while detached wait for the connection', () => {
    const detached = drive();
    assert.equal(transition(detached, inputs(ONE)(detached)), detached);
  });

  it('remove() and append() while settling keep the reason of a reload()', () => {
    const state = driveFrom(STATES.loaded, reload(), disconnected(), connected());
    assert.equal(/** @type {any} */ (state).opening.reason, 'reload');
  });
});

describe('the next task', () => {
  it('shows a parked conversation, and loads nothing', () => {
    const restored = drive(connected(ONE), nextTask({isParked: true}));
    assert.deepEqual([nameOf(restored), /** @type {any} */ (restored).isRestored], ['loaded', true]);
  });

  it('shows a parked conversation beside a bad token', () => {
    const restored = drive(connected(ONE_WITH_BAD_TOKEN), nextTask({isParked: true}));
    assert.deepEqual([nameOf(restored), errorOf(restored)?.field], ['loaded', 'accessToken']);
  });

  it('does not show a parked conversation after reload()', () => {
    assert.equal(nameOf(driveFrom(STATES.loaded, reload(), nextTask({isParked: true}))), 'loading');
  });

  it('opens nothing without a filter value, while disabled, or for a bad phone', () => {
    assert.equal(nameOf(drive(connected(NO_PHONE), nextTask())), 'idle nothing');
    assert.equal(nameOf(drive(connected(DISABLED), nextTask())), 'idle nothing');
    assert.equal(nameOf(drive(connected(BAD_PHONE), nextTask())), 'error intent');
  });

  it('waits while the page is prerendered, and then asks for the token', () => {
    const waiting = drive(connected(ONE_WITH_CALLBACK), nextTask({isPrerendering: true}));
    assert.equal(nameOf(waiting), 'waiting');
    assert.equal(nameOf(driveFrom(waiting, inView())), 'authorizing');
  });

  it('offline: neither asks for a token nor opens, and tries again when the browser is online', () => {
    for (const intent of [ONE, ONE_WITH_CALLBACK]) {
      const offline = drive(connected(intent), nextTask({offline: ERROR}));
      assert.deepEqual([nameOf(offline), errorOf(offline)], ['error load', ERROR]);
      const again = driveFrom(offline, online());
      assert.equal(/** @type {any} */ (again).opening.reason, 'retry');
    }
    const waiting = STATES.waiting;
    assert.equal(nameOf(driveFrom(waiting, inView({offline: ERROR}))), 'error load');
  });
});

describe('a URL for the token', () => {
  const asking = drive(connected(ONE_WITH_URL), nextTask());
  const answer = {accessToken: 'a', maxAge: 60};

  it('is asked before the frame opens', () => assert.equal(nameOf(asking), 'authorizing'));

  it('changes nothing in an open chat when it is another one, and signs out when it goes', () => {
    for (const start of [asking, driveFrom(asking, token()), driveFrom(asking, token(), loaded())]) {
      if (start !== asking) assert.equal(driveFrom(start, inputs(ONE_WITH_OTHER_URL)).run, start.run);
      assert.equal(driveFrom(start, inputs(ONE_WITH_URL)).run, start.run);
      assert.equal(nameOf(driveFrom(start, inputs(ONE))), 'idle signed-out');
    }
  });

  it('in place of one that has not answered is asked instead: the first may know another agent', () => {
    assert.equal(nameOf(driveFrom(asking, inputs(ONE_WITH_OTHER_URL))), 'settling');
  });

  it('in place of a callback that has not answered is asked instead', () => {
    const start = drive(connected(ONE_WITH_CALLBACK), nextTask());
    assert.equal(nameOf(driveFrom(start, inputs(ONE_WITH_URL))), 'settling');
  });

  it('is tried once by itself after the first one has failed, and no third one', () => {
    const failing = driveFrom(asking, failed('callback', CALLBACK_ERROR));
    assert.equal(driveFrom(failing, inputs(ONE_WITH_URL)).kind, 'error');
    const second = driveFrom(failing, inputs(ONE_WITH_OTHER_URL), nextTask(), failed('callback', CALLBACK_ERROR));
    assert.equal(driveFrom(second, inputs(ONE_WITH_THIRD_URL)).kind, 'error');
  });

  it('is not asked while an earlier answer may be used again', () => {
    const state = drive(connected(ONE_WITH_URL), nextTask({answer}));
    assert.deepEqual([state.kind, /** @type {any} */ (state).answer], ['loading', answer]);
    assert.equal(drive(connected(ONE_WITH_URL, LAZY), nextTask(), inView({answer})).kind, 'loading');
  });

  it('is asked by reload() and "Try again" all the same', () => {
    for (const reason of ['reload', 'retry']) {
      const state = drive(connected(ONE_WITH_URL), nextTask({answer}), loaded(), reload(true, reason));
      assert.equal(driveFrom(state, nextTask({answer})).kind, 'authorizing');
    }
  });

  it('gives no earlier answer to a conversation that asks for no token', () => {
    const state = drive(connected(ONE), nextTask({answer}));
    assert.deepEqual([state.kind, /** @type {any} */ (state).answer], ['loading', undefined]);
  });

  it('ends the use of an earlier answer when the agent may be another one, or the token is bad', () => {
    const ending = Object.entries(STATES).flatMap(([name, state]) => (tokenGroupOf(state) === null ? [name] : []));
    assert.deepEqual(ending, ['idle detached', 'idle nothing', 'idle closed', 'idle signed-out', 'error callback']);
    const noPhone = drive(connected(NO_PHONE), nextTask());
    assert.equal(tokenGroupOf(noPhone), NO_PHONE.parkingGroup);
  });
});

describe('the load', () => {
  it('that is overdue keeps its frame, and a late load ends the error', () => {
    const overdue = drive(connected(ONE), nextTask(), slow(), timedOut());
    assert.deepEqual([statusOf(overdue), hasFrame(overdue), errorOf(overdue)], ['error', true, ERROR]);
    const late = driveFrom(overdue, loaded());
    assert.deepEqual([statusOf(late), keepsFrame(overdue, late), errorOf(late)], ['loaded', true, null]);
  });

  it('that failed takes its frame away', () => {
    for (const name of /** @type {const} */ (['loading', 'loaded', 'overdue'])) {
      assert.equal(hasFrame(driveFrom(STATES[name], failed())), false);
    }
  });

  it('after the answer of the callback carries the answer', () => {
    const answer = {accessToken: 'a', crmDomain: 'crm.example'};
    const loading = driveFrom(STATES.authorizing, token(answer));
    assert.deepEqual([nameOf(loading), /** @type {any} */ (loading).answer], ['loading', answer]);
  });

  it('an exception of our own ends in an error without a frame', () => {
    for (const state of Object.values(STATES)) {
      const after = crashed(state, ERROR);
      assert.deepEqual([nameOf(after), hasFrame(after), errorOf(after)], ['error load', false, ERROR]);
      assert.ok(after.run > state.run);
    }
  });
});

describe('what follows from a state', () => {
  it('has a status that the page knows, and an error exactly where one is set', () => {
    for (const [name, state] of Object.entries(STATES)) {
      assert.ok(FRAME_STATUSES.includes(statusOf(state)));
      assert.equal(errorOf(state) !== null, name === 'overdue' || name.startsWith('error'));
    }
  });

  it('while settling, the status says what follows, and there is no error', () => {
    const follows = (/** @type {Intent} */ intent, manner = EAGER) => statusOf(drive(connected(intent, manner)));
    assert.equal(follows(ONE), 'loading');
    assert.equal(follows(ONE_WITH_TOKEN), 'loading');
    assert.equal(follows(ONE_WITH_CALLBACK), 'authorizing');
    assert.equal(follows(ONE_WITH_CALLBACK, LAZY), 'waiting');
    assert.equal(follows(ONE_WITH_BAD_TOKEN), 'idle');
    assert.equal(follows(BAD_PHONE), 'idle');
    assert.equal(follows(NO_PHONE), 'idle');
  });

  const KEEPING = mannerWith({keepAlive: 1});
  const open = drive(connected(ONE_WITH_TOKEN, KEEPING), nextTask(), loaded());

  it('a loaded conversation is parked only if another one of the same group follows', () => {
    assert.equal(isParkable(open, driveFrom(open, inputs(TWO_WITH_TOKEN))), true);
    assert.equal(isParkable(open, driveFrom(open, inputs(TWO))), false);
    assert.equal(isParkable(open, driveFrom(open, inputs(DISABLED))), false);
    for (const step of [reload(), closed(), disconnected(), failed()]) {
      assert.equal(isParkable(open, driveFrom(open, step)), false);
    }
    const unkept = drive(connected(ONE_WITH_TOKEN), nextTask(), loaded());
    assert.equal(isParkable(unkept, driveFrom(unkept, inputs(TWO_WITH_TOKEN))), false);
  });

  it('parked conversations stay while the next one settles, and go when the element closes', () => {
    const settling = driveFrom(open, inputs(TWO_WITH_TOKEN));
    assert.equal(parkingOf(settling).limit, 2);
    assert.deepEqual(parkingOf(driveFrom(settling, nextTask())), {group: TWO_WITH_TOKEN.parkingGroup, limit: 1});
    for (const step of [closed(), disconnected(), inputs(ONE)]) {
      assert.deepEqual(parkingOf(driveFrom(open, step)), {group: null, limit: 0});
    }
  });
});

describe('viewOf', () => {
  const slowly = [connected(ONE), nextTask(), slow()];
  /** Cover, text and whether there is Try again, in every kind of state. */
  const VIEWS = /** @type {[State, string][]} */ ([
    [STATES['idle detached'], 'overlay idle'],
    [STATES['idle nothing'], 'overlay idle'],
    [STATES['idle closed'], 'overlay idle'],
    [STATES['idle signed-out'], 'overlay idle'],
    [drive(connected(NO_PHONE), nextTask()), 'overlay empty'],
    [STATES.settling, 'overlay loading'],
    [STATES.waiting, 'overlay loading'],
    [STATES.authorizing, 'overlay authorizing'],
    [STATES.loading, 'overlay loading'],
    [drive(...slowly), 'banner slow retry'],
    [STATES.loaded, 'skip'],
    [STATES.overdue, 'banner unreachable retry'],
    [STATES['error intent'], 'overlay phones'],
    [STATES['error credential'], 'overlay access-token'],
    [STATES['error callback'], 'overlay access-token retry'],
    [STATES['error load'], 'overlay unreachable retry'],
    // A bad token that comes later leaves the chat alone.
    [drive(connected(ONE_WITH_TOKEN), nextTask(), loaded(), inputs(ONE_WITH_BAD_TOKEN)), 'banner renewal'],
    // The cover does not come and go: it is told when the cover has gone.
    [drive(connected(ONE_WITH_TOKEN), nextTask(), inputs(ONE_WITH_BAD_TOKEN)), 'overlay loading'],
    [drive(connected(ONE_WITH_TOKEN), nextTask(), inputs(ONE_WITH_BAD_TOKEN), slow()), 'banner renewal'],
  ]);
  for (const [state, expected] of VIEWS) {
    it(`${nameOf(state)}: ${expected}`, () => {
      const view = /** @type {any} */ (viewOf(state, true));
      assert.equal([view.cover, view.text, view.canRetry && 'retry'].filter(Boolean).join(' '), expected);
      assert.equal(isCovered(state), view.cover === 'overlay');
    });
  }

  it('has an English text for each error code and each kind of field', () => {
    for (const code of ERROR_CODES) {
      for (const field of ['phones', 'dialogIds', 'licenseId', 'crmDomain', 'accessToken', 'sandbox', 'constructor']) {
        assert.ok(ENGLISH[errorText(new ChatAppDialogError(code, '', field), true)], `${code} ${field}`);
      }
    }
  });

  it('blames the network while the browser is offline', () => {
    assert.equal(/** @type {any} */ (viewOf(STATES['error load'], false)).text, 'offline');
  });
});

describe('eventsBetween', () => {
  /** The events of each step, as the page hears them: between the states that are told. */
  const told = (/** @type {Step[]} */ ...steps) => {
    let last = drive();
    return steps.flatMap((_step, index) => {
      const state = drive(...steps.slice(0, index + 1));
      const between = state.kind === 'settling' ? [] : eventsBetween(last, state);
      if (state.kind !== 'settling') last = state;
      return between.map(
        ({type}) => type.replace('chatapp-', '') + (type.endsWith('change') ? `:${statusOf(state)}` : ''),
      );
    });
  };

  const TABLE = /** @type {[string, Step[], string[]][]} */ ([
    [
      'an opening',
      [connected(ONE), nextTask(), loaded()],
      ['statuschange:loading', 'loadstart', 'statuschange:loaded', 'load'],
    ],
    [
      'an opening with a callback',
      [connected(ONE_WITH_CALLBACK, LAZY), nextTask(), inView(), token(), slow(), loaded()],
      [
        'statuschange:waiting',
        'statuschange:authorizing',
        'statuschange:loading',
        'loadstart',
        'statuschange:loaded',
        'load',
      ],
    ],
    ['an error', [connected(BAD_PHONE), nextTask(), inputs(BAD_PHONE)], ['statuschange:error', 'error']],
    [
      'a timeout and a late load',
      [connected(ONE), nextTask(), timedOut(), loaded()],
      ['statuschange:loading', 'loadstart', 'statuschange:error', 'error', 'statuschange:loaded', 'load'],
    ],
    [
      'two timeouts',
      [connected(ONE), nextTask(), timedOut(), reload(), nextTask(), timedOut(CALLBACK_ERROR)],
      [
        'statuschange:loading',
        'loadstart',
        'statuschange:error',
        'error',
        'statuschange:loading',
        'loadstart',
        'statuschange:error',
        'error',
      ],
    ],
    [
      'another customer while the first one loads',
      [connected(ONE), nextTask(), inputs(TWO), nextTask(), loaded()],
      ['statuschange:loading', 'loadstart', 'loadstart', 'statuschange:loaded', 'load'],
    ],
    [
      'a bad token beside an open chat, twice, and a good one',
      [connected(ONE_WITH_TOKEN), nextTask(), loaded(), inputs(ONE_WITH_BAD_TOKEN), inputs(), inputs(ONE_WITH_TOKEN)],
      ['statuschange:loading', 'loadstart', 'statuschange:loaded', 'load', 'error'],
    ],
    [
      'a timeout, a bad token, and a good one',
      [connected(ONE_WITH_TOKEN), nextTask(), timedOut(), inputs(ONE_WITH_BAD_TOKEN), inputs(ONE_WITH_TOKEN)],
      ['statuschange:loading', 'loadstart', 'statuschange:error', 'error', 'error'],
    ],
    [
      'a timeout beside a bad token',
      [connected(ONE_WITH_TOKEN), nextTask(), inputs(ONE_WITH_BAD_TOKEN), timedOut()],
      ['statuschange:loading', 'loadstart', 'error', 'statuschange:error', 'error'],
    ],
    [
      'a parked conversation',
      [connected(ONE), nextTask(), loaded(), inputs(TWO), nextTask({isParked: true})],
      ['statuschange:loading', 'loadstart', 'statuschange:loaded', 'load', 'load'],
    ],
    ['nothing to open', [connected(NO_PHONE), nextTask(), inputs(DISABLED), nextTask()], []],
  ]);
  for (const [name, steps, types] of TABLE) {
    it(`${name}: each event once, in order`, () => assert.deepEqual(told(...steps), types));
  }

  it('says of a restored conversation that it is restored', () => {
    const [, event] = eventsBetween(drive(), drive(connected(ONE), nextTask({isParked: true})));
    assert.equal(/** @type {any} */ (event).restored, true);
  });

  it('says what is wrong', () => {
    const events = eventsBetween(drive(), STATES['error intent']);
    assert.equal(/** @type {any} */ (events.at(-1)).error, errorOf(STATES['error intent']));
  });
});

describe('a wait', () => {
  const PRERENDERING = {...FACTS, isPrerendering: true};

  it('of an eager element in a prerendered page goes on while the inputs stay', () => {
    const waiting = drive(connected(ONE), nextTask(PRERENDERING));
    assert.equal(waiting.kind, 'waiting');
    assert.equal(driveFrom(waiting, inputs()).kind, 'waiting');
  });

  it('of a lazy element ends when it is made eager', () => {
    const waiting = drive(connected(ONE, LAZY), nextTask());
    assert.equal(waiting.kind, 'waiting');
    assert.equal(driveFrom(waiting, inputs(ONE, EAGER)).kind, 'settling');
  });
});
