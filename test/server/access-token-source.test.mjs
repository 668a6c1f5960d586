// When a token is minted, when it is not, and what is handed out meanwhile. Against the stand-in of ChatApp's API.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {until} from '../support/ask.mjs';
import {DAY, failureOf, HOUR, MINUTE, setupApi} from './setup.mjs';

describe('get()', () => {
  test('logs in once, and gives the stored token from then on', async (t) => {
    const {api, createSource, time} = await setupApi(t);
    const source = createSource();
    const first = await source.get();
    assert.deepEqual(first, {accessToken: api.accessTokens()[0]?.accessToken, expiresAt: new Date(time() + DAY)});
    for (let i = 0; i < 20; i++) assert.deepEqual(await source.get(), first);
    assert.deepEqual(source.told(), ['login', ...Array(20).fill('reuse')]);
    assert.equal(api.requests.length, 1);
  });

  test('asked by all agents at once, logs in once', async (t) => {
    const {api, createSource} = await setupApi(t);
    const source = createSource();
    const tokens = await Promise.all(Array.from({length: 50}, () => source.get()));
    assert.equal(new Set(tokens.map(({accessToken}) => accessToken)).size, 1);
    assert.deepEqual(source.told().toSorted(), ['login', ...Array(49).fill('reuse')]);
    assert.equal(api.requests.length, 1);
  });

  test('asked in eight processes at once, logs in once', async (t) => {
    const {api, createSource} = await setupApi(t);
    const sources = Array.from({length: 8}, () => createSource());
    const tokens = await Promise.all(sources.map((source) => source.get()));
    assert.equal(new Set(tokens.map(({accessToken}) => accessToken)).size, 1);
    assert.equal(api.requests.length, 1);
  });

  test('refreshes an hour before the end, and does not log in again', async (t) => {
    const {api, createSource, move, time} = await setupApi(t);
    const source = createSource();
    const first = await source.get();
    move(23 * HOUR - 1000);
    assert.deepEqual(await source.get(), first);
    move(1000);
    const second = await source.get();
    assert.notEqual(second.accessToken, first.accessToken);
    assert.deepEqual(second.expiresAt, new Date(time() + DAY));
    assert.deepEqual(source.told(), ['login', 'reuse', 'refresh']);
    assert.equal(api.figures().logins, 1);
  });

  for (const [refreshAhead, at] of /** @type {const} */ ([
    [10 * MINUTE, DAY - 10 * MINUTE],
    [0, DAY - MINUTE],
    [3 * DAY, DAY / 2],
  ])) {
    test(`with refreshAhead ${refreshAhead / MINUTE} min refreshes ${at / MINUTE} min after the login`, async (t) => {
      const {createSource, move} = await setupApi(t);
      const source = createSource({refreshAhead});
      await source.get();
      move(at - 1000);
      await source.get();
      move(1000);
      await source.get();
      assert.deepEqual(source.told(), ['login', 'reuse', 'refresh']);
    });
  }

  test('logs in where the refresh token has ended', async (t) => {
    const {api, createSource, keyOf, move, store} = await setupApi(t);
    const source = createSource();
    await source.get();
    move(14 * DAY);
    for (const name of /** @type {const} */ (['access', 'refresh'])) await store.delete(await keyOf(name)); // as at its end
    await source.get();
    assert.deepEqual(source.told(), ['login', 'login']);
    assert.deepEqual(
      api.requests.map(({path}) => path),
      ['/v1/tokens', '/v1/tokens'],
    );
  });

  test('logs in where the refresh token is refused: somebody else has used it', async (t) => {
    const {api, apiUrl, createSource, keyOf, move, store} = await setupApi(t);
    const source = createSource();
    await source.get();
    const {refreshToken} = JSON.parse((await store.get(await keyOf('refresh'))) ?? '{}');
    assert.equal(
      (await fetch(`${apiUrl}/v1/tokens/refresh`, {method: 'POST', headers: {Refresh: refreshToken}})).status,
      200,
    );
    move(23.5 * HOUR);
    await source.get();
    assert.deepEqual(source.told(), ['login', 'failure', 'login']);
    assert.equal(api.figures().logins, 2);
  });

  test('logs in where a header cannot hold the stored refresh token', async (t) => {
    const {api, createSource, keyOf, store, time} = await setupApi(t);
    await store.set(await keyOf('refresh'), JSON.stringify({refreshToken: 'two\nlines', end: time() + DAY}), DAY);
    const source = createSource({timeout: 1000});
    await source.get();
    assert.deepEqual(source.told(), ['failure', 'login']);
    assert.equal(api.requests.length, 1);
  });

  for (const kind of /** @type {const} */ ([
    'timeout',
    'error-500',
    'lost',
    'rate-limit',
    'html',
    'huge',
    'lacking',
    'past',
  ])) {
    test(`gives the old token as long as it lives where a refresh fails (${kind}), and asks again only after a while`, async (t) => {
      const {api, createSource, move} = await setupApi(t);
      const [source, other] = [createSource(kind === 'timeout' ? {timeout: 1000} : {}), createSource()];
      const first = await other.get();
      move(23.5 * HOUR);
      api.failNext(kind);
      for (let i = 0; i < 5; i++) assert.deepEqual(await source.get(), first);
      await until(() => source.events.some(({type}) => type === 'failure'));
      assert.deepEqual(source.told().toSorted(), ['failure', ...Array(5).fill('reuse')]);
      assert.equal(api.requests.length, 2);
      move(MINUTE);
      assert.notEqual((await other.get()).accessToken, first.accessToken);
    });
  }

  test('lets attempts that fail in a row come at ever longer intervals, up to five minutes', async (t) => {
    const {api, createSource, move} = await setupApi(t);
    const source = createSource();
    await source.get();
    move(23 * HOUR);
    api.failNext('error-500', 1000);
    source.events.length = 0;
    for (let second = 0; second < 3500; second++) {
      move(1000);
      await source.get();
    }
    const failures = source.events.filter(({type}) => type === 'failure').length;
    // 1, 2, 4 … 256, 300 s, each between a half and the whole, looked at once a second.
    assert.ok(failures >= 17 && failures <= 32, `${failures} attempts`);
    assert.ok(
      api.requests.slice(1).every(({path}) => path === '/v1/tokens/refresh'),
      'no login while the token lives',
    );
  });

  test('begins with the shortest interval again, also where another process ended the last outage', async (t) => {
    const {api, createSource, move, setLongOutage} = await setupApi(t);
    const [source, other] = [createSource(), createSource()];
    await setLongOutage();
    api.failNext('error-500');
    await failureOf(other.get());
    await failureOf(source.get());
    move(31 * MINUTE);
    const first = await other.get();
    move(23.5 * HOUR);
    api.failNext('error-500');
    assert.deepEqual(await source.get(), first);
    move(1000);
    assert.notEqual((await source.get()).accessToken, first.accessToken);
  });

  test('with no token left, waits for the next attempt', async (t) => {
    // This clock runs, as the wait does.
    let ahead = 0;
    const now = () => Date.now() + ahead;
    const {api, createSource} = await setupApi(t, {now});
    const source = createSource({now});
    await source.get();
    ahead = 25 * HOUR;
    api.failNext('error-500');
    await source.get();
    assert.deepEqual(source.told(), ['login', 'failure', 'wait', 'refresh']);
  });

  test('asks ChatApp as its API wants it, below the path of apiUrl', async (t) => {
    const {api, apiUrl, createSource, move} = await setupApi(t);
    /** @type {[string, RequestInit][]} */
    const asked = [];
    const spy = (/** @type {any} */ url, /** @type {any} */ init) => (
      asked.push([String(url), init]),
      fetch(`${apiUrl}${new URL(url).pathname.replace('/proxy', '')}`, init)
    );
    const source = createSource({apiUrl: 'https://crm.example.com/proxy', fetch: spy});
    await source.get();
    move(23.5 * HOUR);
    await source.get();
    assert.deepEqual(
      asked.map(([url]) => url),
      ['https://crm.example.com/proxy/v1/tokens', 'https://crm.example.com/proxy/v1/tokens/refresh'],
    );
    assert.deepEqual(source.told(), ['login', 'refresh']);
    assert.equal(api.figures().refreshes, 1);
  });

  test('uses the global fetch, looked up at each call', async (t) => {
    const {createSource} = await setupApi(t);
    const {fetch} = globalThis;
    const source = createSource();
    let calls = 0;
    globalThis.fetch = (...args) => (calls++, fetch(...args));
    try {
      await source.get();
    } finally {
      globalThis.fetch = fetch;
    }
    assert.equal(calls, 1);
  });

  for (const [how, onEvent] of Object.entries({
    throws: () => {
      throw new Error('of a logger');
    },
    // Node's test runner fails a test in which a rejection is not handled.
    rejects: () => Promise.reject(new Error('of a logger')),
  })) {
    test(`goes on if onEvent ${how}`, async (t) => {
      const {createSource} = await setupApi(t);
      assert.ok((await createSource({onEvent}).get()).accessToken);
      await new Promise(setImmediate);
    });
  }
});

describe('processes that share a store', () => {
  test('share the token, and one refreshes for all', async (t) => {
    const {api, createSource, move} = await setupApi(t);
    const [one, other] = [createSource(), createSource()];
    assert.deepEqual(await one.get(), await other.get());
    move(23.5 * HOUR);
    await Promise.all([one.get(), other.get()]);
    assert.deepEqual(await one.get(), await other.get());
    assert.deepEqual(
      api.requests.map(({path}) => path),
      ['/v1/tokens', '/v1/tokens/refresh'],
    );
  });

  test('go on with a token that lives while one of them refreshes', async (t) => {
    const {api, createSource, move} = await setupApi(t);
    const [one, other] = [createSource(), createSource()];
    const first = await one.get();
    move(23.5 * HOUR);
    api.failNext('slow');
    const slow = one.get();
    await until(() => api.held() === 1);
    assert.deepEqual(await other.get(), first, 'of another process');
    assert.deepEqual(await one.get(), first, 'of the same');
    assert.deepEqual(await slow, first, 'of who asked first: it does not wait for long');
    api.release();
    await until(async () => (await other.get()).accessToken !== first.accessToken);
    assert.equal(api.requests.length, 2);
  });

  test('wait for the one that logs in', async (t) => {
    const {api, createSource} = await setupApi(t);
    const [one, other] = [createSource(), createSource()];
    api.failNext('slow');
    const first = one.get();
    await until(() => api.held() === 1);
    const second = other.get();
    await until(() => other.events.some(({type}) => type === 'wait'));
    api.release();
    assert.deepEqual(await first, await second);
    assert.deepEqual(other.told(), ['wait', 'reuse']);
    assert.equal(api.requests.length, 1);
  });

  test('go on when the one that asked has died, once its lease has ended', async (t) => {
    const {createSource, keyOf, store} = await setupApi(t);
    const [hasty, patient] = [createSource({timeout: 1000}), createSource()];
    const lock = await keyOf('lock');
    // What a process leaves that dies between the request and the store.
    await store.set(lock, 'of the dead', DAY);
    assert.equal((await failureOf(hasty.get())).code, 'timeout');
    const waiting = patient.get();
    await until(() => patient.events.some(({type}) => type === 'wait'));
    await store.set(lock, 'of the dead', 1);
    assert.ok((await waiting).accessToken);
  });

  test('have a lease that outlasts the longest renewal: two requests, and a store that is slow each time', async (t) => {
    const {api, apiUrl, createSource, keyOf, move, store} = await setupApi(t);
    const first = createSource();
    await first.get();
    const {refreshToken} = JSON.parse((await store.get(await keyOf('refresh'))) ?? '{}');
    await fetch(`${apiUrl}/v1/tokens/refresh`, {method: 'POST', headers: {Refresh: refreshToken}});
    move(23.5 * HOUR);

    let lease = 0;
    let waits = 0;
    let running = 0;
    /** @param {keyof typeof store} name */
    const count = (name) => {
      const work = /** @type {(...args: any[]) => Promise<any>} */ (store[name]);
      return async (/** @type {any[]} */ ...args) => {
        if (lease && !running++) waits++; // operations that run at the same time count as one
        await new Promise(setImmediate);
        const answer = await work(...args);
        if (name === 'setIfAbsent') lease = args[2];
        else if (lease) running--;
        return answer;
      };
    };
    const slow = Object.fromEntries(Object.keys(store).map((name) => [name, count(/** @type {any} */ (name))]));
    await createSource({store: /** @type {any} */ (slow)}).get();
    assert.equal(api.figures().logins, 2, 'a refresh that was refused, and a login');
    const [request, operation] = [10_000, 1000]; // their time limits
    assert.ok(lease >= 2 * request + waits * operation, `${lease} ms for ${waits} operations of the store`);
  });

  test('of different accounts do not meet', async (t) => {
    const accounts = ['one', 'other'].map((name) => ({
      email: `${name}@example.com`,
      password: 'of-the-test',
      appId: 'app',
    }));
    const {api, createSource} = await setupApi(t, {accounts});
    const [one, other] = await Promise.all(accounts.map((account) => createSource(account).get()));
    assert.notEqual(one?.accessToken, other?.accessToken);
    assert.equal(api.figures().logins, 2);
  });
});

describe('invalidate()', () => {
  test('makes the next get() renew the token, in all processes', async (t) => {
    const {api, createSource} = await setupApi(t);
    const [one, other] = [createSource(), createSource()];
    const first = await one.get();
    await other.get();
    await one.invalidate(first.accessToken);
    const second = await other.get();
    assert.notEqual(second.accessToken, first.accessToken);
    assert.deepEqual(await one.get(), second);
    assert.deepEqual(
      api.requests.map(({path}) => path),
      ['/v1/tokens', '/v1/tokens/refresh'],
    );
  });

  test('leaves a token alone that was renewed meanwhile, and others', async (t) => {
    const {api, createSource, move} = await setupApi(t);
    const [one, other] = [createSource(), createSource()];
    const {accessToken} = await one.get();
    await other.get();
    move(23.5 * HOUR);
    await other.get();
    await one.invalidate(accessToken);
    await other.invalidate('another');
    await one.get();
    assert.equal(api.requests.length, 2);
  });

  test('hands the token out no more where it cannot be renewed', async (t) => {
    const {api, createSource, setLongOutage} = await setupApi(t);
    const source = createSource();
    await source.invalidate((await source.get()).accessToken);
    await setLongOutage();
    api.failNext('error-500', 100);
    assert.equal((await failureOf(source.get())).code, 'unreachable');
  });

  test('leaves no moment in which another process brings the token back', async (t) => {
    const {createSource, keyOf, store} = await setupApi(t);
    const [one, other] = [createSource(), createSource()];
    const first = await one.get();
    await other.get();
    // After each operation of invalidate(), another process asks.
    /** @type {string[]} */
    const given = [];
    const access = await keyOf('access');
    const wrap = (/** @type {keyof typeof store} */ name) => {
      const inner = /** @type {any} */ (store[name]);
      return async (/** @type {any[]} */ ...args) => {
        const answer = await inner(...args);
        if (args[0] === access) given.push((await other.get()).accessToken);
        return answer;
      };
    };
    const watched = {...store, set: wrap('set'), delete: wrap('delete'), setIfAbsent: wrap('setIfAbsent')};
    await createSource({store: watched}).invalidate(first.accessToken);
    assert.ok(given.length > 0);
    for (const token of [...given, (await other.get()).accessToken, (await one.get()).accessToken])
      assert.notEqual(token, first.accessToken);
  });

  for (const [whose, isOther] of /** @type {const} */ ([
    ['this process', false],
    ['another process', true],
  ])) {
    test(`in ${whose} during a renewal that fails keeps the old token from being handed out`, async (t) => {
      const {createSource, move, setLongOutage} = await setupApi(t);
      const other = createSource();
      const source = createSource({
        async fetch() {
          await (isOther ? other : source).invalidate(accessToken);
          throw new Error('of a network');
        },
      });
      const {accessToken} = await other.get();
      await source.get();
      move(23.5 * HOUR);
      await setLongOutage();
      assert.equal((await failureOf(source.get())).code, 'unreachable');
    });
  }

  test('while get() looks for a token keeps it from giving what it found before', async (t) => {
    const {createSource, move, store} = await setupApi(t);
    /** @type {Promise<import('../../dist/server/index.js').AccessToken> | undefined} */
    let second;
    const source = createSource({
      store: {
        ...store,
        async setIfAbsent(...args) {
          if (second) return store.setIfAbsent(...args);
          await source.invalidate(accessToken);
          second = source.get();
          return false; // another process has the lock
        },
      },
    });
    const {accessToken} = await createSource().get();
    await source.get();
    move(23.5 * HOUR);
    const first = source.get();
    await until(() => second !== undefined);
    for (const one of [await first, await second]) assert.notEqual(one?.accessToken, accessToken);
  });

  test('rejects without the access token, and changes nothing', async (t) => {
    const {api, createSource} = await setupApi(t);
    const source = createSource();
    const first = await source.get();
    for (const wrong of [undefined, null, '', first]) {
      const error = await failureOf(source.invalidate(/** @type {any} */ (wrong)));
      assert.equal(error.name, 'TypeError');
      assert.match(error.message, /pass the accessToken that ChatApp refused/);
      assert.ok(!error.message.includes(first.accessToken));
    }
    assert.deepEqual(await source.get(), first);
    assert.equal(api.requests.length, 1);
  });

  test('before there is a token does nothing', async (t) => {
    const {createSource} = await setupApi(t);
    const source = createSource();
    await source.invalidate('of another store');
    assert.ok((await source.get()).accessToken);
  });
});

describe('a wrong clock', () => {
  for (const skew of [-30 * DAY, -2 * HOUR, 2 * HOUR, 30 * DAY]) {
    test(`of ${skew / HOUR} h changes nothing: ChatApp's Date is trusted`, async (t) => {
      const {api, createSource, move, time} = await setupApi(t);
      const source = createSource({now: () => time() + skew});
      for (let hour = 0; hour < 60; hour++) {
        const {accessToken, expiresAt} = await source.get();
        const end = api.accessTokens().find((one) => one.accessToken === accessToken)?.end ?? 0;
        assert.ok(end > time() + MINUTE, 'it lives');
        assert.equal(expiresAt.getTime(), end + skew, 'by the own clock');
        move(HOUR);
      }
      assert.deepEqual([api.figures().logins, api.figures().refreshes], [1, 2]);
    });
  }

  test('that is 20 days fast at the start does not renew the token of the store', async (t) => {
    const {api, createSource, time} = await setupApi(t);
    const first = await createSource().get();
    for (let process = 0; process < 4; process++)
      assert.equal((await createSource({now: () => time() + 20 * DAY}).get()).accessToken, first.accessToken);
    assert.deepEqual([api.figures().logins, api.figures().refreshes], [1, 0]);
  });

  test('that is 20 days fast at the start does not keep the refresh token of the store from being used', async (t) => {
    const {api, createSource, keyOf, store, time} = await setupApi(t);
    await createSource().get();
    await store.delete(await keyOf('access')); // as a store does at its end
    for (let process = 0; process < 4; process++) await createSource({now: () => time() + 20 * DAY}).get();
    assert.deepEqual([api.figures().logins, api.figures().refreshes], [1, 1]);
  });

  test('that is set forward by 20 days while processes run makes none of them log in', async (t) => {
    const {api, createSource, time} = await setupApi(t);
    let skew = 0;
    const sources = Array.from({length: 4}, () => createSource({now: () => time() + skew}));
    for (const source of sources) {
      const {accessToken} = await source.get();
      await source.invalidate(accessToken); // each of them asks ChatApp, and so sets its clock
      await source.get();
    }
    skew = 20 * DAY;
    for (const source of sources) assert.ok((await source.get()).accessToken);
    assert.equal(api.figures().logins, 1);
  });

  test('that gives no number is replaced by the machine’s: a failure is followed by a wait', async (t) => {
    for (const wrong of [Number.NaN, Infinity, 'noon', undefined]) {
      const {api, createSource, setLongOutage} = await setupApi(t, {now: Date.now});
      await setLongOutage();
      api.failNext('error-500', 100);
      const error = await failureOf(createSource({now: /** @type {any} */ (() => wrong)}).get());
      assert.ok(error.retryAt.getTime() > Date.now());
      assert.equal(api.requests.length, 1);
    }
  });

  test('that is set back while the process runs does not give a token that has ended', async (t) => {
    const {api, createSource, move, time} = await setupApi(t);
    const real = performance.now.bind(performance);
    let passed = 0;
    t.mock.method(performance, 'now', () => real() + passed);
    let skew = 0;
    const source = createSource({now: () => time() + skew});
    await source.get();
    skew = -30 * HOUR;
    for (let hour = 0; hour < 30; hour++) {
      const {accessToken, expiresAt} = await source.get();
      const end = api.accessTokens().find((one) => one.accessToken === accessToken)?.end ?? 0;
      assert.ok(end > time() + MINUTE, `it lives, ${hour} h later`);
      assert.ok(Math.abs(expiresAt.getTime() - end - skew) < MINUTE, 'by the own clock');
      move(HOUR);
      passed += HOUR;
    }
    assert.deepEqual([api.figures().logins, api.figures().refreshes], [1, 1]);
  });

  test('that is set back while the machine sleeps makes the source ask about the token that the store has deleted', async (t) => {
    const {api, createSource, keyOf, move, store, time} = await setupApi(t);
    let skew = 0;
    const source = createSource({now: () => time() + skew});
    const first = await source.get();
    skew = -30 * HOUR;
    move(25 * HOUR);
    await store.delete(await keyOf('access')); // as at its end
    assert.notEqual((await source.get()).accessToken, first.accessToken);
    assert.equal(api.figures().checks, 1);
  });

  test('that is set back before ChatApp ever answered does not lengthen a wait', async (t) => {
    const {createSource, move, setLongOutage, time} = await setupApi(t);
    let skew = 30 * DAY;
    let isDown = true;
    await setLongOutage();
    const source = createSource({
      now: () => time() + skew,
      fetch: (...args) => (isDown ? Promise.reject(new Error('of a network')) : fetch(...args)),
    });
    assert.equal((await failureOf(source.get())).code, 'unreachable');
    [skew, isDown] = [0, false];
    assert.equal((await failureOf(source.get())).code, 'unreachable');
    move(31 * MINUTE); // the longest wait is half an hour
    assert.ok((await source.get()).accessToken);
  });
});
