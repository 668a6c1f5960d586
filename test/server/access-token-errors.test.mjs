// What a source says where there is no token, how it keeps from asking again, and that nothing of it holds a secret.
import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import {describe, test} from 'node:test';
import {inspect} from 'node:util';
import {listen} from '../../demo/stand-in/listen.mjs';
import {API_ACCOUNT, TOKEN_MARK} from '../../demo/stand-in/sample-data.mjs';
import {AccessTokenError, createAccessTokenSource, memoryStore} from '../../dist/server/index.js';
import {DAY, failureOf, HOUR, MINUTE, setupApi} from './setup.mjs';

describe('with no token that lives, get() rejects', () => {
  for (const [kind, code, message] of /** @type {const} */ ([
    ['timeout', 'timeout', /gave no answer within 1000 ms/],
    ['error-500', 'unreachable', /HTTP 500/],
    ['rate-limit', 'unreachable', /HTTP 429/],
    ['lost', 'unreachable', /cannot be reached/],
    ['html', 'bad-response', /HTTP 200 that is not of its own: check apiUrl/],
    ['huge', 'bad-response', /more than 65536 bytes/],
    ['lacking', 'bad-response', /without live accessToken/],
    ['past', 'bad-response', /without live accessToken/],
  ])) {
    test(`with ${code} where a login fails (${kind}), and says when it is tried again`, async (t) => {
      const {api, createSource, setLongOutage, time} = await setupApi(t);
      const source = createSource(kind === 'timeout' ? {timeout: 1000} : {});
      await setLongOutage();
      api.failNext(kind, 100);
      const error = await failureOf(source.get());
      assert.ok(error instanceof AccessTokenError && error instanceof Error);
      assert.deepEqual([error.name, error.code], ['AccessTokenError', code]);
      assert.match(error.message, message);
      assert.ok(Number(error.retryAt) > time());
    });
  }

  test('and names the system’s reason, where there is one', async (t) => {
    const {apiUrl, api, createSource, setLongOutage} = await setupApi(t);
    const source = createSource({apiUrl});
    await setLongOutage();
    await api.close();
    assert.match((await failureOf(source.get())).message, /cannot be reached \(ECONNREFUSED\)/);
  });

  test('within little more than its timeout, also where fetch heeds no signal', async (t) => {
    const {createSource} = await setupApi(t);
    const source = createSource({timeout: 50, fetch: () => new Promise(() => {})});
    assert.equal((await failureOf(source.get())).code, 'timeout');
  });

  test('with bad-response for answers that are nothing of ChatApp’s', async (t) => {
    const end = Math.floor(Date.UTC(2027, 0, 1) / 1000);
    const pair = {accessToken: 'a', accessTokenEndTime: end, refreshToken: 'r', refreshTokenEndTime: end};
    const {createSource, setLongOutage} = await setupApi(t);
    const answer = async (/** @type {unknown} */ body) => {
      const store = memoryStore();
      await setLongOutage({store});
      const fetch = async () => new Response(typeof body === 'string' ? body : JSON.stringify(body));
      return createSource({store, fetch}).get();
    };
    assert.equal((await answer({success: true, data: pair})).accessToken, 'a');
    for (const data of [
      undefined,
      null,
      [],
      'text',
      {...pair, accessToken: ''},
      {...pair, accessToken: 7},
      {...pair, accessToken: 'two\nlines'},
      {...pair, refreshToken: null},
      {...pair, accessTokenEndTime: 'soon'},
      {...pair, accessTokenEndTime: end * 1000},
      {...pair, refreshTokenEndTime: 1},
    ]) {
      assert.equal((await failureOf(answer({success: true, data}))).code, 'bad-response', JSON.stringify(data));
    }
    for (const body of [
      '',
      'null',
      '[]',
      '{}',
      {message: 'Not found'},
      {...pair, success: 'yes'},
      '7',
      '"ok"',
      '{"success": true',
      'x'.repeat(2 ** 20),
    ])
      assert.equal((await failureOf(answer(body))).code, 'bad-response', String(body).slice(0, 20));
  });

  test('and does not follow a redirect, which would take the password elsewhere', async (t) => {
    let asked = 0;
    const elsewhere = createServer((_, response) => (asked++, response.end('{}')));
    const target = await listen(elsewhere);
    const server = createServer((_, response) => response.writeHead(307, {Location: target}).end());
    const apiUrl = await listen(server);
    t.after(() => [server, elsewhere].map((one) => (one.close(), one.closeAllConnections())));
    const {createSource, setLongOutage} = await setupApi(t);
    await setLongOutage({apiUrl});
    assert.equal((await failureOf(createSource({apiUrl}).get())).code, 'bad-response');
    assert.equal(asked, 0);
  });
});

describe('wrong credentials', () => {
  for (const [status, body, code] of /** @type {const} */ ([
    [401, '', 'credentials'],
    [403, '{"success": false, "error": {"code": "ApiForbiddenError"}}', 'credentials'],
    [403, '<h1>Firewall</h1>', 'bad-response'],
    [404, '{"success": false, "error": {"code": "ApiNotFoundError"}}', 'bad-response'],
  ])) {
    test(`are told from other refusals: HTTP ${status} ${body}`, async (t) => {
      const {createSource, setLongOutage} = await setupApi(t);
      await setLongOutage();
      const source = createSource({fetch: async () => new Response(body, {status})});
      assert.equal((await failureOf(source.get())).code, code);
    });
  }

  test('are tried once a minute, by all processes together', async (t) => {
    const {api, createSource, move, time} = await setupApi(t);
    const wrong = {password: 'of-yesterday'};
    const [one, other] = [createSource(wrong), createSource(wrong)];
    for (let i = 0; i < 10; i++) {
      const error = await failureOf((i % 2 ? one : other).get());
      assert.deepEqual([error.code, error.retryAt], ['credentials', new Date(time() + MINUTE)]);
      assert.match(error.message, /ApiInvalidCredentialsError, HTTP 401.*Check email, password and appId/);
    }
    assert.equal(api.requests.length, 1);
    move(MINUTE + 1000);
    await failureOf(one.get());
    assert.equal(api.requests.length, 2);
  });

  test('corrected, serve within the minute, however long they were wrong', async (t) => {
    const {createSource, move} = await setupApi(t);
    const source = createSource({password: 'of-yesterday', loginBudget: 10});
    for (let minute = 0; minute < 30; minute++) {
      assert.equal((await failureOf(source.get())).code, 'credentials');
      move(MINUTE + 1000);
    }
    assert.ok((await createSource({loginBudget: 10}).get()).accessToken);
  });

  test('do not take a token away that lives', async (t) => {
    const {createSource, keyOf, move, store} = await setupApi(t);
    const first = await createSource().get();
    await store.delete(await keyOf('refresh'));
    move(23.5 * HOUR);
    const source = createSource({password: 'of-yesterday'});
    assert.deepEqual(await source.get(), first);
    assert.deepEqual(await source.get(), first);
    assert.deepEqual(source.told(), ['failure', 'reuse', 'reuse']);
  });
});

test('Retry-After is honoured, by all processes, in seconds and as a date', async (t) => {
  const {api, createSource, move, time} = await setupApi(t);
  const [one, other] = [createSource(), createSource()];
  api.failNext('rate-limit'); // 30 seconds
  await failureOf(one.get());
  move(29_000);
  await failureOf(createSource({timeout: 500}).get()); // the others would wait for the last second
  assert.equal(api.requests.length, 1);
  move(2000);
  assert.ok((await other.get()).accessToken);

  const retryAfter = async (/** @type {string} */ header) => {
    const headers = {date: new Date(time()).toUTCString(), 'retry-after': header};
    const fetch = async () => new Response('', {status: 503, headers});
    const error = await failureOf(createSource({store: memoryStore(), fetch}).get());
    return error.retryAt.getTime() - time();
  };
  assert.equal(await retryAfter(new Date(time() + HOUR / 2).toUTCString()), HOUR / 2);
  assert.equal(await retryAfter('86400'), HOUR, 'a proxy may mean only one machine: an hour at most');
});

test('a wait that a process with a clock of days ahead has stored ends for the others', async (t) => {
  const {api, createSource, move, setLongOutage, time} = await setupApi(t);
  await setLongOutage();
  const ahead = createSource({now: () => time() + 30 * DAY, fetch: () => Promise.reject(new Error('of a network'))});
  const other = createSource();
  assert.equal((await failureOf(ahead.get())).code, 'unreachable');
  assert.equal((await failureOf(other.get())).code, 'unreachable', 'it holds for all');
  assert.equal(api.requests.length, 0);
  move(31 * MINUTE); // the longest wait is half an hour
  assert.ok((await other.get()).accessToken);
});

test('a process that was refused waits, although the store still gives an older wait', async (t) => {
  const {api, createSource, setLongOutage, store} = await setupApi(t);
  const source = createSource({
    store: {...store, set: async (...args) => void (args[0].endsWith(':hold') || store.set(...args))},
  });
  await setLongOutage();
  api.failNext('error-500', 100);
  for (let i = 0; i < 3; i++) assert.equal((await failureOf(source.get())).code, 'unreachable');
  assert.equal(api.requests.length, 1);
});

test('a wait of the store counts only if it is a whole record, and for an hour at most', async (t) => {
  const {createSource, keyOf, move, store, time} = await setupApi(t);
  const wait = {since: time(), until: time() + 30 * DAY, failures: 1, code: 'unreachable', message: 'of another'};
  const put = async (/** @type {string} */ record) => {
    await store.delete(await keyOf('access'));
    await store.set(await keyOf('hold'), record, 30 * DAY);
  };
  for (const record of [
    JSON.stringify({...wait, code: 'of-another-program'}),
    JSON.stringify(wait).replace(/"until":\d+/, '"until":1e999'),
  ]) {
    await put(record);
    assert.ok((await createSource().get()).accessToken);
  }
  await put(JSON.stringify(wait));
  const source = createSource();
  assert.equal((await failureOf(source.get())).retryAt.getTime(), time() + HOUR);
  move(HOUR + 1);
  assert.ok((await source.get()).accessToken);
});

describe('a refresh that always fails', () => {
  for (const [kind, interval] of /** @type {const} */ ([
    ['error-500', 5 * MINUTE], // the longest wait
    ['rate-limit', 5 * MINUTE],
    ['lost', 11 * HOUR],
  ])) {
    test(`(${kind}) is followed by a login after twelve failures, one each ${interval / MINUTE} min, if the old token has ended`, async (t) => {
      const {api, createSource, move, setLongOutage} = await setupApi(t, {
        inject: ({path}) => (path.endsWith('/refresh') ? kind : undefined),
      });
      const source = createSource();
      await source.get();
      move(25 * HOUR);
      await setLongOutage();
      for (let failures = 1; failures < 12; failures++) {
        assert.equal((await failureOf(source.get())).code, 'unreachable');
        move(interval);
      }
      assert.ok((await source.get()).accessToken);
      assert.equal(api.figures().logins, 2);
    });
  }

  test('costs one login in twelve failures while logins fail too', async (t) => {
    const {api, createSource, move, setLongOutage} = await setupApi(t);
    const source = createSource();
    await source.get();
    move(25 * HOUR);
    await setLongOutage();
    api.failNext('error-500', 1000);
    for (let failures = 0; failures < 24; failures++) {
      assert.equal((await failureOf(source.get())).code, 'unreachable');
      move(30 * MINUTE); // the longest wait
    }
    assert.equal(api.requests.filter(({path}) => path === '/v1/tokens').length, 1 + 2);
  });
});

describe('the budget', () => {
  test('stops before ChatApp does, for logins of processes that forget', async (t) => {
    const {api, createSource, move, keyOf, store} = await setupApi(t);
    const keys = [await keyOf('access'), await keyOf('refresh')];
    let refused = 0;
    for (let i = 0; i < 95; i++) {
      // A new process each time, and a store that has lost the tokens.
      for (const key of keys) await store.delete(key);
      const error = await failureOf(createSource().get());
      if (error) {
        refused++;
        assert.equal(error.code, 'login-budget');
        assert.match(error.message, /90 tokens were asked for/);
      }
      move(5 * MINUTE);
    }
    assert.deepEqual([api.figures().logins, refused], [90, 5]);
    move(30 * HOUR);
    assert.ok((await createSource().get()).accessToken, 'a day later it goes on');
  });

  test('stops also where a bug invalidates each token', async (t) => {
    const {api, createSource, move} = await setupApi(t);
    const source = createSource({loginBudget: 5});
    for (let i = 0; i < 10; i++) {
      const token = await source.get().catch(() => undefined);
      if (token) await source.invalidate(token.accessToken);
      move(MINUTE);
    }
    assert.equal(api.figures().logins + api.figures().refreshes, 5);
  });

  test('holds in any 24 hours, not by the day', async (t) => {
    const {api, createSource, keyOf, move, store} = await setupApi(t);
    const keys = [await keyOf('access'), await keyOf('refresh')];
    for (let i = 0; i < 100; i++) {
      for (const key of keys) await store.delete(key);
      await failureOf(createSource({loginBudget: 4}).get());
      move(HOUR);
    }
    const at = api.requests.filter(({outcome}) => outcome === 'ok').map((request) => request.at);
    assert.ok(at.length > 8);
    for (const start of at) assert.ok(at.filter((one) => one >= start && one < start + DAY).length <= 4);
  });

  test('holds also where another process was faster between the count and the login', async (t) => {
    const {api, createSource, store} = await setupApi(t);
    const {increment} = store;
    let others = 0;
    // What another process counts right before this one does.
    store.increment = async (key, ttlMs) => {
      if (key.includes(':logins:') && !others++) await increment(key, ttlMs);
      return increment(key, ttlMs);
    };
    assert.equal((await failureOf(createSource({loginBudget: 1}).get())).code, 'login-budget');
    assert.equal(api.requests.length, 0);
  });

  test('is not changed by refusals of a process whose clock was corrected meanwhile', async (t) => {
    const {createSource, move, time} = await setupApi(t);
    for (let i = 0; i < 3; i++) {
      const fast = createSource({password: 'of-yesterday', now: () => time() + 12 * HOUR});
      assert.equal((await failureOf(fast.get())).code, 'credentials');
      move(MINUTE + 1000);
    }
    const source = createSource();
    await source.get();
    assert.deepEqual(
      source.events.map((event) => event.type === 'login' && event.logins),
      [1],
    );
  });

  test('lets a token serve as long as it lives', async (t) => {
    const {createSource, move} = await setupApi(t);
    const source = createSource({loginBudget: 1});
    const first = await source.get();
    move(23.5 * HOUR);
    assert.deepEqual(await source.get(), first);
    move(HOUR);
    assert.equal((await failureOf(source.get())).code, 'login-budget');
  });
});

describe('no secret', () => {
  const SECRETS = [API_ACCOUNT.email, API_ACCOUNT.password, API_ACCOUNT.appId, TOKEN_MARK];
  /** @param {unknown} value */
  const allOf = (value) => {
    const {message, stack, cause} = /** @type {Error} */ (value) ?? {};
    return [
      inspect(value, {depth: 20, showHidden: true}),
      JSON.stringify(value),
      String(value),
      message,
      stack,
      inspect(cause),
    ].join('\n');
  };
  /** @param {unknown} value */
  const assertNone = (value) => {
    for (const secret of SECRETS) assert.ok(!allOf(value).includes(secret), `holds ${secret.slice(0, 4)}…`);
  };

  for (const kind of /** @type {const} */ ([
    'timeout',
    'error-500',
    'rate-limit',
    'lost',
    'html',
    'huge',
    'lacking',
    'past',
  ])) {
    test(`is in an error or an event, whatever fails (${kind})`, async (t) => {
      const {api, createSource, move, setLongOutage} = await setupApi(t);
      const [source, other] = [createSource(kind === 'timeout' ? {timeout: 1000} : {}), createSource()];
      await other.get();
      move(25 * HOUR);
      await setLongOutage();
      api.failNext(kind, 100);
      const error = await failureOf(source.get());
      assert.ok(error);
      assertNone(error);
      assert.ok(source.events.some(({type}) => type === 'failure'));
      assertNone(source.events);
      assertNone(source);
    });
  }

  test('is in an error where ChatApp’s answer quotes it', async (t) => {
    const {createSource} = await setupApi(t);
    for (const code of [
      API_ACCOUNT.password,
      `Api${API_ACCOUNT.password}`,
      {toString: () => API_ACCOUNT.password},
      API_ACCOUNT.email,
    ]) {
      const error = {code, message: `${API_ACCOUNT.email} with ${API_ACCOUNT.password} is not known`};
      const source = createSource({
        store: memoryStore(),
        fetch: async () => Response.json({success: false, error}, {status: 401}),
      });
      const failure = await failureOf(source.get());
      assert.equal(failure.code, 'credentials');
      assertNone(failure);
    }
  });

  test('is in an error where fetch or the store quotes it', async (t) => {
    const quoting = () =>
      Object.assign(new Error(`while sending ${API_ACCOUNT.password} ${TOKEN_MARK}`), {
        code: API_ACCOUNT.password,
        cause: API_ACCOUNT,
      });
    const {createSource} = await setupApi(t);
    const store = Object.fromEntries(
      ['get', 'set', 'setIfAbsent', 'increment', 'delete'].map((name) => [name, () => Promise.reject(quoting())]),
    );
    const source = createSource({
      timeout: 400,
      store: /** @type {any} */ (store),
      fetch: () => Promise.reject(quoting()),
    });
    assertNone(await failureOf(source.get()));
    assertNone(source.events);
    assert.ok(source.events.length > 1);
  });
});

describe('createAccessTokenSource() says at once', () => {
  for (const [given, message] of /** @type {const} */ ([
    [{}, /email, password, appId missing/],
    [{...API_ACCOUNT, password: undefined}, /: password missing/],
    [{...API_ACCOUNT, appId: '', email: null}, /: email, appId missing/],
    [{...API_ACCOUNT, email: ' ', password: '\n'}, /: email, password missing/],
    [{...API_ACCOUNT, appId: 7}, /appId must be a string/],
    [{...API_ACCOUNT, timeout: '10'}, /timeout must be a number/],
    [{...API_ACCOUNT, timeout: null}, /timeout must be a number/],
    [{...API_ACCOUNT, refreshAhead: Number.NaN}, /refreshAhead must be a number/],
    [{...API_ACCOUNT, timeout: 0}, /timeout must be a number from 1 to 2147483647/],
    [{...API_ACCOUNT, loginBudget: -1}, /loginBudget must be a number from 0 to 100/],
    [{...API_ACCOUNT, loginBudget: 1000}, /loginBudget must be a number from 0 to 100/],
    [{...API_ACCOUNT, fetch: 'node-fetch'}, /fetch must be a function/],
    [{...API_ACCOUNT, store: new Map()}, /store lacks setIfAbsent, increment: pass memoryStore/],
    [{...API_ACCOUNT, store: null}, /store lacks get, set/],
    [{...API_ACCOUNT, apiUrl: null}, /apiUrl must be an absolute URL/],
    [{...API_ACCOUNT, apiUrl: 'api.chatapp.online'}, /apiUrl must be an absolute URL/],
    [{...API_ACCOUNT, apiUrl: 'http://api.chatapp.online'}, /apiUrl must be https:/],
    [{...API_ACCOUNT, apiUrl: 'https://user:secret@api.chatapp.online'}, /apiUrl must hold no user name/],
  ])) {
    test(`what is missing or wrong: ${message.source}`, () => {
      assert.throws(
        () => createAccessTokenSource(/** @type {any} */ (given)),
        (/** @type {Error} */ error) => {
          assert.match(error.message, message);
          assert.equal(error.name, 'TypeError');
          for (const secret of [API_ACCOUNT.password, 'secret']) assert.ok(!inspect(error).includes(secret));
          return true;
        },
      );
    });
  }
});
