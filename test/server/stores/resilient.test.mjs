// A store that fails: the source goes on with what it knows itself, tells it once, and does not log in again and again.
import assert from 'node:assert/strict';
import {describe, mock, test} from 'node:test';
import {memoryStore} from '../../../dist/server/index.js';
import {until} from '../../support/ask.mjs';
import {DAY, failureOf, HOUR, setupApi} from '../setup.mjs';

/** @typedef {import('../../../dist/server/index.js').TokenStore} TokenStore */

// A process that cannot reach the store waits by chance before it asks ChatApp: here never, for none of these has a rival.
mock.method(Math, 'random', () => 0);

const WRITES = /** @type {const} */ (['set', 'setIfAbsent', 'increment', 'delete']);
const OPERATIONS = /** @type {const} */ (['get', ...WRITES]);

/** A store that can be told to fail. */
function createFailing() {
  const inner = memoryStore();
  /** @type {readonly (keyof TokenStore)[]} */
  let down = [];
  let reads = 0;
  const failing =
    (/** @type {keyof TokenStore} */ name) =>
    (/** @type {unknown[]} */ ...args) => {
      if (down.includes(name)) throw Object.assign(new Error('connect'), {code: 'ECONNREFUSED'});
      if (name === 'get') reads++;
      return /** @type {any} */ (inner[name])(...args);
    };
  return {
    store: /** @type {TokenStore} */ (
      /** @type {unknown} */ (Object.fromEntries(OPERATIONS.map((name) => [name, failing(name)])))
    ),
    inner,
    setDown: (/** @type {boolean} */ isDown) => void (down = isDown ? OPERATIONS : []),
    /** @param {readonly (keyof TokenStore)[]} operations */
    setFailing: (operations) => void (down = operations),
    /** How many reads did not fail. */
    reads: () => reads,
  };
}

const rubbish = {
  'throws at everything': () =>
    Object.fromEntries(
      ['get', 'set', 'setIfAbsent', 'increment', 'delete'].map((name) => [
        name,
        () => {
          throw new Error('down');
        },
      ]),
    ),
  hangs: () =>
    Object.fromEntries(
      ['get', 'set', 'setIfAbsent', 'increment', 'delete'].map((name) => [name, () => new Promise(() => {})]),
    ),
  'answers another type': () => ({...memoryStore(), get: async () => 7}),
  'answers what is no record': () => ({...memoryStore(), get: async () => '{"accessToken": 7}'}),
  'answers no JSON': () => ({...memoryStore(), get: async () => 'garbage'}),
  'forgets at once': () => ({...memoryStore(), get: async () => undefined}),
  'reads nothing': () => ({
    ...memoryStore(),
    get: async () => {
      throw new Error('read');
    },
  }),
  'writes nothing': () => ({
    ...memoryStore(),
    set: async () => {
      throw new Error('write');
    },
  }),
  'says neither yes nor no to the lock': () => ({...memoryStore(), setIfAbsent: async () => 'OK'}),
  'counts in words': () => ({...memoryStore(), increment: async () => 'one'}),
  'counts nothing': () => ({
    ...memoryStore(),
    increment: async () => {
      throw new Error('count');
    },
  }),
};

describe('a store that', () => {
  for (const [how, make] of Object.entries(rubbish)) {
    test(`${how} costs one login, and is told once`, async (t) => {
      const {api, createSource, move} = await setupApi(t);
      const source = createSource({store: /** @type {any} */ (make())});
      const first = await source.get();
      for (let i = 0; i < 20; i++) {
        assert.deepEqual(await source.get(), first);
        move(HOUR);
      }
      assert.deepEqual([api.figures().logins, api.figures().refreshes], [1, 0]);
      const failures = source.events.filter((event) => event.type === 'failure').map(({error}) => error);
      assert.ok(failures.every(({code}) => code === 'store'));
      const operations = failures.map(({message}) => /failed at (\w+)\(\)/.exec(message)?.[1]);
      assert.equal(new Set(operations).size, operations.length, `each once: ${operations}`);
      assert.equal(operations.length > 0, how !== 'forgets at once');
      // Renewed from what the process knows itself.
      move(4 * HOUR);
      await until(async () => (await source.get()).accessToken !== first.accessToken);
      assert.equal(api.figures().logins, 1);
    });
  }
});

test('a store that was emptied costs one login, however many processes share it', async (t) => {
  const {api, createSource, keyOf, store} = await setupApi(t);
  const source = createSource();
  const first = await source.get();
  for (const name of /** @type {const} */ (['access', 'refresh'])) await store.delete(await keyOf(name));
  assert.deepEqual(await source.get(), first, 'a process that remembers the token needs none');
  const others = await Promise.all([1, 2, 3, 4].map(() => createSource().get()));
  for (const {accessToken} of [...others, await source.get()]) assert.equal(accessToken, others[0]?.accessToken);
  assert.equal(api.figures().logins, 2);
});

describe('a store that reads and does not write any more', () => {
  for (const writes of [WRITES, /** @type {const} */ (['set'])]) {
    for (const [how, isInvalidated] of /** @type {const} */ ([
      ['whose token was invalidated', true],
      ['whose token has to be renewed', false],
    ])) {
      test(`(${writes}) and ${how} does not put the old token over the new one`, async (t) => {
        const {api, createSource, keyOf, move} = await setupApi(t);
        const {inner, store, setFailing, reads} = createFailing();
        const source = createSource({store});
        const first = await source.get();
        setFailing(writes);
        if (isInvalidated) await source.invalidate(first.accessToken);
        else move(24 * HOUR - 30_000);
        const second = await source.get();
        assert.notEqual(second.accessToken, first.accessToken);
        for (let round = 0; round < 3; round++) {
          // A store that failed is left alone for a while. Wait until it is read again.
          const before = reads();
          await until(async () => {
            assert.deepEqual(await source.get(), second);
            return reads() > before;
          });
        }
        assert.deepEqual([api.figures().logins, api.figures().refreshes], [1, 1]);
        await inner.delete(await keyOf('lock')); // which ends by the machine's clock
        move(24 * HOUR - 30_000);
        assert.notEqual((await source.get()).accessToken, second.accessToken);
        assert.deepEqual([api.figures().logins, api.figures().refreshes], [1, 2], 'by the new refresh token');
      });
    }
  }

  test('gives what another process has written meanwhile', async (t) => {
    const {createSource, move} = await setupApi(t);
    const {store, setFailing} = createFailing();
    const [source, other] = [createSource({store}), createSource({store})];
    const {accessToken} = await source.get();
    setFailing(['set']);
    await source.invalidate(accessToken);
    await source.get();
    setFailing([]);
    move(23.5 * HOUR);
    const latest = await other.get();
    await until(async () => (await source.get()).accessToken === latest.accessToken);
  });
});

test('a store whose reads lag does not bring back what this process has replaced', async (t) => {
  const {api, createSource, move} = await setupApi(t);
  const inner = memoryStore();
  /** What was read last. @type {Map<string, string | undefined>} */
  const replica = new Map();
  let isLagging = false;
  const source = createSource({
    store: {
      ...inner,
      async get(key) {
        if (!isLagging) replica.set(key, await inner.get(key));
        return replica.get(key);
      },
    },
  });
  await source.get();
  const first = await source.get(); // reads what it wrote
  isLagging = true;
  await source.invalidate(first.accessToken);
  const second = await source.get();
  assert.notEqual(second.accessToken, first.accessToken);
  assert.deepEqual(await source.get(), second);
  move(23.5 * HOUR);
  const third = await source.get();
  for (const before of [first, second]) assert.notEqual(third.accessToken, before.accessToken);
  assert.deepEqual(await source.get(), third);
  assert.deepEqual([api.figures().logins, api.figures().refreshes], [1, 2]);
});

describe('an outage', () => {
  test('at the start of a process does not make it log in if the store comes within a second', async (t) => {
    const {api, createSource} = await setupApi(t);
    const {store, setDown} = createFailing();
    const first = await createSource({store}).get();
    setDown(true);
    const source = createSource({store});
    const given = source.get();
    await until(() => source.events.length > 0);
    setDown(false);
    assert.deepEqual(await given, first);
    assert.equal(api.figures().logins, 1);
  });

  test('in which the store carries a write out late leaves no lock behind', async (t) => {
    const {createSource, keyOf} = await setupApi(t);
    const inner = memoryStore();
    /** @type {(() => unknown)[]} */
    const late = [];
    const hang =
      (/** @type {keyof TokenStore} */ name) =>
      (/** @type {any[]} */ ...args) =>
        new Promise(() => void late.push(() => /** @type {any} */ (inner[name])(...args)));
    const hanging = Object.fromEntries(WRITES.map((name) => [name, hang(name)]));
    await createSource({store: /** @type {any} */ ({...inner, ...hanging})}).get();
    for (const write of late) await write();
    assert.equal(await inner.get(await keyOf('lock')), undefined);
  });

  test('in which the store hangs after it has set the lock leaves no lock behind if the old token serves', async (t) => {
    const {createSource, keyOf, move} = await setupApi(t);
    const inner = memoryStore();
    let hangs = false;
    let hasHung = false;
    const source = createSource({
      store: {
        ...inner,
        async setIfAbsent(key, value, ttlMs) {
          if (!hangs) return inner.setIfAbsent(key, value, ttlMs);
          await inner.setIfAbsent(key, value, DAY); // longer than the test
          hasHung = true;
          return new Promise(() => {});
        },
      },
    });
    const first = await source.get();
    move(23.5 * HOUR);
    hangs = true;
    assert.deepEqual(await source.get(), first);
    assert.ok(hasHung);
    const lock = await keyOf('lock');
    await until(async () => (await inner.get(lock)) === undefined);
  });

  test('is told also if the error of the store throws when it is read', async (t) => {
    const {createSource} = await setupApi(t);
    const error = Object.defineProperty(new Error('of a store'), 'code', {get: () => assert.fail('of a getter')});
    const source = createSource({store: {...memoryStore(), get: () => Promise.reject(error)}});
    assert.ok((await source.get()).accessToken);
    assert.ok(source.told().includes('failure'));
  });

  test('lets a process whose clock is not set yet ask about each token that it remembers', async (t) => {
    const {createSource, keyOf, setLongOutage, time} = await setupApi(t);
    const {inner, store, setDown} = createFailing();
    await setLongOutage({store: inner});
    /** @type {unknown[]} */
    const checked = [];
    const source = createSource({
      store,
      fetch: (url, init) => {
        if (String(url).endsWith('/check')) checked.push(new Headers(init?.headers).get('authorization'));
        return Promise.reject(new Error('of a network'));
      },
    });
    await failureOf(source.get()); // from now on it waits, and rejects at once
    const access = await keyOf('access');
    for (const accessToken of ['one', 'other']) {
      await inner.set(access, JSON.stringify({accessToken, since: time(), end: time() + DAY}), DAY);
      setDown(false);
      await until(async () => (await source.get().catch(() => undefined))?.accessToken === accessToken);
      setDown(true);
      await failureOf(source.get());
    }
    assert.deepEqual(checked, ['one', 'other']);
  });

  test('is told by its system error, and a process goes on with what it minted meanwhile', async (t) => {
    const {api, createSource, move} = await setupApi(t);
    const {store, setDown} = createFailing();
    const [one, other] = [createSource({store}), createSource({store})];
    const first = await one.get();
    await other.get();
    setDown(true);
    assert.deepEqual([await one.get(), await other.get()], [first, first], 'both know it');
    const failure = one.events.find((event) => event.type === 'failure');
    assert.match(failure?.error.message ?? '', /failed at get\(\) \(ECONNREFUSED\)/);
    move(25 * HOUR);
    const second = await one.get();
    assert.deepEqual(await one.get(), second);
    assert.deepEqual([api.figures().logins, api.figures().refreshes], [1, 1]);
  });

  test('keeps a token that lives from being renewed, for other processes may be at it', async (t) => {
    const {api, createSource, move} = await setupApi(t);
    const {store, setDown} = createFailing();
    const source = createSource({store});
    const first = await source.get();
    setDown(true);
    move(23.5 * HOUR);
    assert.deepEqual(await source.get(), first);
    assert.equal(api.requests.length, 1);
  });

  for (const skew of [-30 * DAY, -3 * HOUR]) {
    test(`does not let a process whose clock is ${-skew / HOUR} h behind give a token that has ended`, async (t) => {
      const {api, createSource, move, time} = await setupApi(t);
      const {store, setDown} = createFailing();
      const [one, late] = [createSource({store}), createSource({store, now: () => time() + skew})];
      const first = await one.get();
      move(HOUR);
      await late.get();
      setDown(true);
      move(HOUR);
      for (const {accessToken} of await Promise.all([late.get(), late.get()]))
        assert.equal(accessToken, first.accessToken);
      assert.deepEqual(
        [api.figures().checks, api.figures().refreshes, api.figures().logins],
        [1, 0, 1],
        'it asked whether the token lives',
      );
      move(23 * HOUR);
      assert.notEqual((await late.get()).accessToken, first.accessToken);
    });
  }

  test('does not let a slow clock give a token that has ended if ChatApp’s answers have no date', async (t) => {
    const {api, createSource, move, time} = await setupApi(t);
    const {store, setDown} = createFailing();
    const source = createSource({
      store,
      now: () => time() - 6 * HOUR,
      fetch: async (...args) => {
        const {body, status} = await fetch(...args);
        return new Response(body, {status});
      },
    });
    const first = await source.get();
    setDown(true);
    move(25 * HOUR);
    assert.notEqual((await source.get()).accessToken, first.accessToken);
    assert.equal(api.figures().checks, 1);
  });

  test('of the memory kind, a store that has lost the token, does not let a wrong clock revive it', async (t) => {
    const {createSource, keyOf, move, store, time} = await setupApi(t);
    const late = createSource({now: () => time() - 30 * DAY});
    const first = await createSource().get();
    move(HOUR);
    await late.get();
    move(23 * HOUR);
    await store.delete(await keyOf('access')); // as a store does at its end
    assert.notEqual((await late.get()).accessToken, first.accessToken);
  });

  for (const operations of [OPERATIONS, /** @type {const} */ (['set', 'setIfAbsent', 'increment'])])
    test(`of ${operations} lets a process log in three times a day, and then says that the store must be repaired`, async (t) => {
      // Refreshing is of no use.
      const {api, createSource, move} = await setupApi(t, {
        inject: ({path}) => (path.endsWith('/refresh') ? 'html' : undefined),
      });
      const {store, setFailing} = createFailing();
      setFailing(operations);
      for (let process = 0; process < 2; process++) {
        const source = createSource({store});
        for (let i = 0; i < 5; i++) {
          try {
            await source.invalidate((await source.get()).accessToken);
          } catch (error) {
            assert.match(`${/** @type {any} */ (error).code}: ${error}`, /^store: .*3 times a day/);
          }
          move(2 * 60_000);
        }
      }
      assert.equal(api.figures().logins, 6);
    });
});
