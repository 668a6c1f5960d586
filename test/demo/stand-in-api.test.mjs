// The stand-in of ChatApp's API: what it mints, for whom, how long that serves, and how it fails where a test wants it to.
import assert from 'node:assert/strict';
import http from 'node:http';
import {describe, test} from 'node:test';
import {createStandInApi} from '../../demo/stand-in/api.mjs';
import {API_ACCOUNT, TOKEN_MARK} from '../../demo/stand-in/sample-data.mjs';
import {until} from '../support/ask.mjs';

/** @typedef {import('../../demo/stand-in/token-mint.mjs').TokenPair} TokenPair */

const DAY = 86_400_000;
const NOON = Date.UTC(2025, 10, 22, 12);
const SECRETS = new RegExp(`${TOKEN_MARK}|S4mplePassw0rd`);

/**
 * An API with a clock that the test moves.
 * @param {import('node:test').TestContext} t
 * @param {Omit<import('../../demo/stand-in/api.mjs').ApiOptions, 'now'>} [options]
 */
async function setUp(t, options) {
  let time = NOON;
  const api = createStandInApi({...options, now: () => time});
  const origin = await api.listen();
  t.after(() => api.close());
  /** @param {string} method @param {string} path @param {RequestInit} [init] */
  const ask = async (method, path, init) => {
    const response = await fetch(origin + path, {method, ...init});
    const text = await response.text();
    const {success, data, error} = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : {};
    return {
      status: response.status,
      headers: response.headers,
      success,
      code: error?.code,
      pair: /** @type {TokenPair} */ (data),
      text,
    };
  };
  return {
    api,
    origin,
    ask,
    logIn: (account = API_ACCOUNT) => ask('POST', '/v1/tokens', {body: JSON.stringify(account)}),
    refresh: (/** @type {string} */ token) => ask('POST', '/v1/tokens/refresh', {headers: {Refresh: token}}),
    check: (/** @type {string} */ token) => ask('GET', '/v1/tokens/check', {headers: {Authorization: token}}),
    move: (/** @type {number} */ ms) => void (time += ms),
    outcomes: () => api.requests.map(({method, path, outcome}) => `${method} ${path} ${outcome}`),
  };
}

describe('login', () => {
  test('mints a pair, for 24 hours and 14 days of its clock, which the Date header tells', async (t) => {
    const {logIn, move} = await setUp(t);
    move(999);
    const {status, headers, success, pair} = await logIn();
    assert.deepEqual([status, success, headers.get('date')], [200, true, 'Sat, 22 Nov 2025 12:00:00 GMT']);
    const {accessToken, refreshToken, ...rest} = pair;
    assert.deepEqual(rest, {
      cabinetUserId: 1,
      accessTokenEndTime: (NOON + DAY) / 1000,
      refreshTokenEndTime: (NOON + 14 * DAY) / 1000,
    });
    assert.match(accessToken, /^\$2y\$10\$[./A-Za-z0-9]{53}$/);
    assert.match(refreshToken, /^[./A-Za-z0-9]{64}$/);
    for (const token of [accessToken, refreshToken]) assert.ok(token.includes(TOKEN_MARK));
  });

  test('mints another pair each time, and all of them serve', async (t) => {
    const {api, logIn, check} = await setUp(t);
    const pairs = (await Promise.all(Array.from({length: 20}, () => logIn()))).map(({pair}) => pair);
    assert.equal(new Set(pairs.flatMap(({accessToken, refreshToken}) => [accessToken, refreshToken])).size, 40);
    for (const {accessToken} of pairs) assert.equal((await check(accessToken)).status, 200);
    assert.deepEqual(
      new Set(api.accessTokens().map(({accessToken}) => accessToken)),
      new Set(pairs.map(({accessToken}) => accessToken)),
    );
  });

  for (const field of /** @type {const} */ (['email', 'password', 'appId'])) {
    test(`with a wrong ${field} is refused`, async (t) => {
      const {api, logIn} = await setUp(t);
      const {status, success, code, pair} = await logIn({...API_ACCOUNT, [field]: 'another'});
      assert.deepEqual([status, success, code, pair], [401, false, 'ApiInvalidCredentialsError', undefined]);
      assert.equal(api.figures().logins, 0);
    });
  }

  test('is refused after 100 in a day, for each e-mail and app id, until the next day (UTC)', async (t) => {
    const other = {...API_ACCOUNT, appId: 'app_12345_2'};
    const {api, logIn, refresh, move} = await setUp(t, {accounts: [API_ACCOUNT, other]});
    const [first] = await Promise.all(Array.from({length: 100}, () => logIn()));
    const past = await logIn();
    assert.deepEqual([past.status, past.code], [429, 'ApiTokenLimitError']);
    assert.equal((await refresh(first?.pair.refreshToken ?? '')).status, 200, 'a refresh counts for nothing');
    assert.equal((await logIn(other)).pair.cabinetUserId, 2);
    assert.deepEqual(api.figures(), {logins: 101, loginsToday: 101, refreshes: 1, checks: 0});
    move(DAY / 2 - 1);
    assert.equal((await logIn()).status, 429);
    move(1);
    assert.equal((await logIn()).status, 200);
    assert.deepEqual(api.figures(), {logins: 102, loginsToday: 1, refreshes: 1, checks: 0});
  });
});

describe('refresh', () => {
  test('gives a new pair, once for each refresh token, and the old access token serves until its end', async (t) => {
    const {logIn, refresh, check, move} = await setUp(t);
    const {pair: first} = await logIn();
    move(DAY / 2);
    const {status, pair: second} = await refresh(first.refreshToken);
    assert.deepEqual([status, second.accessTokenEndTime - first.accessTokenEndTime], [200, 43_200]);
    const again = await refresh(first.refreshToken);
    assert.deepEqual([again.status, again.code], [401, 'ApiInvalidTokenError']);
    move(DAY / 2 - 1);
    assert.deepEqual([(await check(first.accessToken)).status, (await check(second.accessToken)).status], [200, 200]);
    move(1);
    assert.deepEqual([(await check(first.accessToken)).status, (await check(second.accessToken)).status], [401, 200]);
    assert.equal((await refresh(second.refreshToken)).status, 200);
  });

  for (const [what, refreshExtends, days, status] of /** @type {const} */ ([
    ['begin anew with each refresh', true, 13.99, 200],
    ['begin anew with each refresh, and end', true, 14, 401],
    ['may end as the login’s', false, 3.99, 200],
    ['may end as the login’s, and do', false, 4, 401],
  ])) {
    test(`its 14 days ${what}`, async (t) => {
      const {logIn, refresh, move} = await setUp(t, {refreshExtends});
      const {pair} = await logIn();
      move(10 * DAY);
      const {pair: next} = await refresh(pair.refreshToken);
      move(days * DAY);
      assert.equal((await refresh(next.refreshToken)).status, status);
    });
  }

  test('is refused for an access token, an unknown one and none', async (t) => {
    const {logIn, refresh, ask} = await setUp(t);
    const {pair} = await logIn();
    const answers = await Promise.all([
      refresh(pair.accessToken),
      refresh('unknown'),
      ask('POST', '/v1/tokens/refresh'),
    ]);
    for (const {status, code} of answers) assert.deepEqual([status, code], [401, 'ApiInvalidTokenError']);
  });
});

describe('check', () => {
  test('takes the bare access token, and nothing else', async (t) => {
    const {api, logIn, check, ask} = await setUp(t);
    const {pair} = await logIn();
    const good = await check(pair.accessToken);
    assert.deepEqual([good.status, JSON.parse(good.text)], [200, {success: true}]);
    for (const token of [`Bearer ${pair.accessToken}`, pair.refreshToken, pair.accessToken.slice(0, -1)]) {
      const {status, code} = await check(token);
      assert.deepEqual([status, code], [401, 'ApiInvalidTokenError']);
    }
    assert.equal((await ask('GET', '/v1/tokens/check')).status, 401);
    assert.equal(api.figures().checks, 5);
  });
});

describe('other requests', () => {
  for (const [method, path] of /** @type {const} */ ([
    ['GET', '/'],
    ['GET', '/v1/tokens'],
    ['POST', '/v1/tokens/check'],
    ['POST', '/v1/tokens/'],
    ['POST', '/toString'],
  ])) {
    test(`${method} ${path} is unknown`, async (t) => {
      const {ask} = await setUp(t);
      const {status, success, code} = await ask(method, path);
      assert.deepEqual([status, success, code], [404, false, 'ApiNotFoundError']);
    });
  }

  for (const body of ['', 'email=a', 'null', '"text"', '{"email":']) {
    test(`a login with the body ${JSON.stringify(body)} is a bad request`, async (t) => {
      const {ask} = await setUp(t);
      const {status, success} = await ask('POST', '/v1/tokens', {body});
      assert.deepEqual([status, success], [400, false]);
    });
  }

  test('a body of more than 64 kB is refused, one of 64 kB is read', async (t) => {
    const {ask} = await setUp(t);
    const body = JSON.stringify(API_ACCOUNT);
    const sizes = await Promise.all(
      [65_536, 65_537].map((size) => ask('POST', '/v1/tokens', {body: body.padEnd(size)})),
    );
    assert.deepEqual(
      sizes.map(({status}) => status),
      [200, 413],
    );
  });

  test('a client that goes in the middle of its body harms nobody', async (t) => {
    const {api, origin, logIn} = await setUp(t);
    const request = http.request(`${origin}/v1/tokens`, {
      method: 'POST',
      agent: false,
      headers: {'Content-Length': 1000},
    });
    request.on('error', () => {});
    request.write('{"email":');
    await until(() => api.inFlight === 1);
    request.destroy();
    await until(() => api.inFlight === 0);
    assert.equal((await logIn()).status, 200);
  });

  test('no page of another origin may read an answer', async (t) => {
    const {ask} = await setUp(t);
    const {headers} = await ask('POST', '/v1/tokens', {
      body: JSON.stringify(API_ACCOUNT),
      headers: {Origin: 'https://crm.example.com'},
    });
    assert.equal(headers.get('access-control-allow-origin'), null);
  });
});

describe('what a test can look at', () => {
  test('requests have their path, time, account and outcome, and no secret', async (t) => {
    const {api, ask, logIn, refresh, check, move} = await setUp(t);
    const {pair} = await logIn();
    move(1000);
    await refresh(pair.refreshToken);
    await check(pair.accessToken);
    await logIn({...API_ACCOUNT, password: `${API_ACCOUNT.password}!`});
    await ask('POST', `/v1/tokens?token=${pair.accessToken}`);
    const {email} = API_ACCOUNT;
    assert.deepEqual(api.requests, [
      {method: 'POST', path: '/v1/tokens', at: NOON, account: email, outcome: 'ok'},
      {method: 'POST', path: '/v1/tokens/refresh', at: NOON + 1000, account: email, outcome: 'ok'},
      {method: 'GET', path: '/v1/tokens/check', at: NOON + 1000, outcome: 'ok'},
      {method: 'POST', path: '/v1/tokens', at: NOON + 1000, outcome: 'ApiInvalidCredentialsError'},
      {method: 'POST', path: '/v1/tokens', at: NOON + 1000, outcome: 'ApiBadRequestError'},
    ]);
    assert.doesNotMatch(JSON.stringify([api.requests, api.figures()]), SECRETS);
    assert.deepEqual(api.accessTokens()[0], {accessToken: pair.accessToken, mintedAt: NOON, end: NOON + DAY});
  });

  test('requests in flight are counted, checks are not', async (t) => {
    const {api, logIn, check} = await setUp(t);
    api.failNext('slow', 3);
    const logins = [logIn(), logIn(), logIn()];
    await until(() => api.held() === 3);
    await check('unknown');
    assert.deepEqual([api.inFlight, api.maxInFlight, api.figures().logins], [3, 3, 0]);
    api.release();
    for (const {status} of await Promise.all(logins)) assert.equal(status, 200);
    await until(() => api.inFlight === 0);
    assert.equal(api.maxInFlight, 3);
    api.resetMaxInFlight();
    await logIn();
    assert.equal(api.maxInFlight, 1);
  });
});

describe('failures', () => {
  for (const [kind, status, mark, logins] of /** @type {const} */ ([
    ['error-500', 500, 'ApiInternalError', 0],
    ['rate-limit', 429, 'ApiRateLimitError', 0],
    ['html', 200, '<!doctype html>', 0],
    ['huge', 200, 'xxx', 1],
    ['lacking', 200, 'refreshToken', 1],
    ['past', 200, '"accessTokenEndTime":1,', 1],
  ])) {
    test(`${kind} is the answer, once`, async (t) => {
      const {api, logIn, outcomes} = await setUp(t);
      api.failNext(kind);
      const failed = await logIn();
      assert.equal(failed.status, status);
      assert.ok(failed.text.includes(mark));
      assert.equal(failed.headers.get('retry-after'), kind === 'rate-limit' ? '30' : null);
      assert.equal(failed.headers.get('date'), 'Sat, 22 Nov 2025 12:00:00 GMT');
      assert.equal(failed.text.length > 2 ** 20, kind === 'huge');
      assert.equal(failed.text.includes('"accessToken"'), kind === 'huge' || kind === 'past');
      assert.equal(api.figures().logins, logins, 'tokens minted');
      assert.equal((await logIn()).status, 200);
      assert.deepEqual(outcomes(), [`POST /v1/tokens ${kind}`, 'POST /v1/tokens ok']);
    });
  }

  test('timeout never answers, until the client goes', async (t) => {
    const {api, origin} = await setUp(t);
    api.failNext('timeout');
    const request = http.request(`${origin}/v1/tokens`, {method: 'POST', agent: false});
    request.on('response', () => assert.fail('an answer came'));
    request.on('error', () => {});
    request.end(JSON.stringify(API_ACCOUNT));
    await until(() => api.inFlight === 1);
    request.destroy();
    await until(() => api.inFlight === 0);
    assert.equal(api.figures().logins, 0);
  });

  test('lost mints, uses the refresh token up and drops the connection', async (t) => {
    const {api, logIn, refresh} = await setUp(t);
    const {pair} = await logIn();
    api.failNext('lost');
    await assert.rejects(refresh(pair.refreshToken), {message: 'fetch failed'});
    assert.deepEqual([api.figures().refreshes, api.accessTokens().length], [1, 2]);
    assert.equal((await refresh(pair.refreshToken)).status, 401);
  });

  test('are ordered for the requests that mint alone, by a count or by what a function says', async (t) => {
    let isDown = false;
    const {api, logIn, check, outcomes} = await setUp(t, {
      inject: ({path}) => (isDown && path === '/v1/tokens' ? 'html' : undefined),
    });
    api.failNext('error-500', 2);
    await check('unknown');
    await logIn();
    await logIn();
    isDown = true;
    await logIn();
    isDown = false;
    await logIn();
    assert.deepEqual(
      outcomes().map((outcome) => outcome.split(' ')[2]),
      ['ApiInvalidTokenError', 'error-500', 'error-500', 'html', 'ok'],
    );
  });

  test('a misspelt one is an error', async (t) => {
    const {api} = await setUp(t);
    assert.throws(() => api.failNext(/** @type {any} */ ('error-50')), /No such failure: error-50/);
  });

  test('closing waits for none of them', async (t) => {
    const {api, logIn} = await setUp(t);
    api.failNext('timeout');
    const answer = assert.rejects(logIn());
    await until(() => api.inFlight === 1);
    await api.close();
    await answer;
  });
});
