// The route: who gets a token, and who does not. Called as Fetch's handler, and over HTTP as Node's and Express's.
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer, request as send} from 'node:http';
import {describe, test} from 'node:test';
import {listen} from '../../demo/stand-in/listen.mjs';
import {AccessTokenError, createAccessTokenHandler, toNodeListener} from '../../dist/server/index.js';

const TOKEN = '$2y$10$of.the/source';
const ROUTE = 'https://crm.example.com/api/chatapp-token';
const source = {get: async () => ({accessToken: TOKEN, expiresAt: new Date()})};
const allow = {authorize: () => true, onError: () => {}};
const SAME = {'sec-fetch-site': 'same-origin', origin: 'https://crm.example.com'};

/**
 * @param {Partial<Parameters<typeof createAccessTokenHandler<unknown>>[1]>} options
 * @param {RequestInit & {url?: string, from?: typeof source, context?: unknown}} [init]
 */
async function ask(options, {url = ROUTE, from = source, context, ...init} = {}) {
  const handler = createAccessTokenHandler(from, {...allow, ...options});
  const response = await handler(new Request(url, {method: 'POST', headers: SAME, ...init}), context);
  return {status: response.status, headers: response.headers, text: await response.text()};
}

describe('createAccessTokenHandler()', () => {
  test('answers who is authorized with the token, for no cache', async () => {
    const {status, headers, text} = await ask({});
    assert.deepEqual(
      [status, headers.get('cache-control'), headers.get('content-type'), JSON.parse(text)],
      [200, 'no-store', 'application/json', {accessToken: TOKEN}],
    );
  });

  test('names the employee whom authorize names', async () => {
    for (const employee of [
      {crmDomain: 'crm.example.com', employeeExtCode: '101'},
      {crmDomain: 'crm.example.com', employeeExtCode: 101},
      {employeeExtCode: '101'},
    ]) {
      const {text} = await ask({authorize: async () => employee});
      assert.deepEqual(JSON.parse(text), {accessToken: TOKEN, ...employee});
    }
  });

  test('gives authorize the request and the context', async () => {
    const context = {params: {}};
    /** @type {unknown[]} */
    let given = [];
    await ask({authorize: (...args) => Boolean((given = args))}, {context, headers: {...SAME, cookie: 'session=1'}});
    assert.equal(/** @type {Request} */ (given[0]).headers.get('cookie'), 'session=1');
    assert.ok(given[1] === context);
  });

  test('refuses with 403 and no word, also to the log, where authorize gives false or nothing', async () => {
    for (const refusal of [false, undefined, null]) {
      const {status, text} = await ask({authorize: () => refusal, onError: () => assert.fail('told')});
      assert.deepEqual([status, text], [403, '']);
    }
  });

  test('refuses with 403 what is neither true nor an object of the two names, and tells the log', async () => {
    const session = {crmDomain: 'crm.example.com', employeeExtCode: '1', user: 'anna@example.com'};
    for (const refusal of [
      {},
      {user: null},
      {ok: false},
      {crmdomain: 'crm.example.com'},
      session,
      0,
      1,
      '',
      'yes',
      Response.json({error: 'log in'}),
      new Request(ROUTE),
      [],
      Object.assign(Object.create({}), {id: 1}),
    ]) {
      /** @type {unknown[]} */
      const heard = [];
      const {status, text} = await ask({
        authorize: /** @type {any} */ (() => refusal),
        onError: (error) => heard.push(String(error)),
      });
      assert.deepEqual([status, text], [403, ''], String(refusal));
      assert.match(heard.join(), /^TypeError: createAccessTokenHandler: authorize must give true, false or an object/);
      assert.doesNotMatch(heard.join(), /anna/);
    }
  });

  test('refuses an employee without a value: the account’s owner would be signed in', async () => {
    for (const employee of [
      {employeeExtCode: undefined},
      {crmDomain: 'crm.example.com', employeeExtCode: null},
      {crmDomain: '', employeeExtCode: '1'},
      {crmDomain: 7},
      {employeeExtCode: 1.5},
      {employeeExtCode: {}},
      {employeeExtCode: ' '},
      {employeeExtCode: String(undefined)},
    ]) {
      assert.equal((await ask({authorize: /** @type {any} */ (() => employee)})).status, 403, JSON.stringify(employee));
    }
  });

  test('answers 401, without what was thrown, where authorize throws or rejects', async () => {
    for (const authorize of [
      () => {
        throw new Error('session of anna@example.com');
      },
      async () => {
        throw new Error('session of anna@example.com');
      },
    ]) {
      const {status, text, headers} = await ask({authorize});
      assert.deepEqual([status, text, headers.get('cache-control')], [401, '', 'no-store']);
    }
  });

  test('tells onError what was thrown, and why there is no token', async () => {
    const [fault, failure] = [new Error('of the session'), new AccessTokenError('timeout', 'no answer')];
    /** @type {unknown[]} */
    const heard = [];
    const onError = (/** @type {unknown} */ error) => void heard.push(error);
    await ask({authorize: () => Promise.reject(fault), onError});
    await ask({onError}, {from: {get: () => Promise.reject(failure)}});
    assert.ok(heard.length === 2 && heard[0] === fault && heard[1] === failure);
    const {status} = await ask({
      authorize: () => Promise.reject(fault),
      onError: () => {
        throw new Error('of a logger');
      },
    });
    assert.equal(status, 401);
  });

  test('tells the console where there is no onError: else nobody would know', async (t) => {
    const {mock} = t.mock.method(console, 'error', () => {});
    await ask({authorize: () => Promise.reject(new Error('of the session')), onError: undefined});
    assert.equal(mock.callCount(), 1);
  });

  test('answers 503 and when to come again, but not why, where there is no token', async (t) => {
    t.mock.timers.enable({apis: ['Date']}); // it stands still
    const fails = (/** @type {Date | undefined} */ retryAt) => ({
      get: () => Promise.reject(new AccessTokenError('credentials', 'wrong password', retryAt)),
    });
    const soon = await ask({}, {from: fails(new Date(Date.now() + 59_500))});
    assert.deepEqual([soon.status, soon.text, soon.headers.get('retry-after')], [503, '', '60']);
    const now = await ask({}, {from: fails(undefined)});
    assert.deepEqual([now.status, now.headers.get('retry-after')], [503, null]);
  });

  describe('never rejects', () => {
    const late = new AccessTokenError('timeout', 'no answer');
    Object.defineProperty(late, 'retryAt', {value: 'tomorrow'});
    for (const [what, from] of /** @type {[string, any][]} */ ([
      ['undefined', {get: () => Promise.reject(undefined)}],
      ['null', {get: () => Promise.reject(null)}],
      ['a text', {get: () => Promise.reject('no')}],
      ['a retryAt that is no date', {get: () => Promise.reject(late)}],
      ['a date that is none', {get: () => Promise.reject({retryAt: new Date(Number.NaN)})}],
    ])) {
      test(`if the source rejects with ${what}`, async () => {
        const {status, headers} = await ask({}, {from});
        assert.deepEqual([status, headers.get('retry-after')], [503, null]);
      });
    }

    test('if the source gives nothing', async () => {
      const from = /** @type {any} */ ({get: async () => undefined});
      assert.equal((await ask({maxAge: 60}, {from})).status, 503);
    });

    for (const [what, make] of /** @type {[string, () => any][]} */ ([
      [
        'a getter that throws',
        () => Object.defineProperty({}, 'crmDomain', {enumerable: true, get: () => assert.fail('lost')}),
      ],
      ['a proxy that throws', () => new Proxy({}, {getPrototypeOf: () => assert.fail('lost')})],
    ])) {
      test(`if authorize gives ${what}: 401`, async () => {
        /** @type {unknown[]} */
        const heard = [];
        const {status, text} = await ask({authorize: make, onError: (error) => heard.push(error)});
        assert.deepEqual([status, text, heard.length], [401, '', 1]);
      });
    }

    test('if onError rejects, and the process goes on', async () => {
      for (const from of [source, {get: () => Promise.reject(new Error('of the source'))}]) {
        const authorize = from === source ? () => Promise.reject(new Error('of the session')) : () => true;
        // Node's test runner fails a test in which a rejection is not handled.
        const {status} = await ask({authorize, onError: async () => assert.fail('of a logger')}, {from});
        assert.equal(status, from === source ? 401 : 503);
        await new Promise(setImmediate);
      }
    });

    test('if it is called with what is no Request', async () => {
      const handler = createAccessTokenHandler(source, allow);
      assert.equal((await handler(/** @type {any} */ ({method: 'POST', headers: {}}), undefined)).status, 500);
    });
  });

  test('answers the employee whom it checked, also if a getter changes its mind', async () => {
    let reads = 0;
    const authorize = () => ({
      get employeeExtCode() {
        return reads++ ? '' : '101';
      },
    });
    assert.deepEqual(JSON.parse((await ask({authorize})).text), {accessToken: TOKEN, employeeExtCode: '101'});
  });

  describe('maxAge', () => {
    for (const [maxAge, left, expected] of /** @type {const} */ ([
      [undefined, 3600, undefined],
      [0, 3600, undefined],
      [300, 3600, 300],
      [300, 90, 30],
      [300, 60, undefined],
      [300, -10, undefined],
      [0.5, 3600, undefined],
    ])) {
      test(`of ${maxAge} s with ${left} s left is answered as ${expected}`, async (t) => {
        t.mock.timers.enable({apis: ['Date']}); // it stands still
        const from = {get: async () => ({accessToken: TOKEN, expiresAt: new Date(Date.now() + left * 1000)})};
        const answer = JSON.parse((await ask({maxAge}, {from})).text);
        assert.deepEqual(answer, {accessToken: TOKEN, ...(expected && {maxAge: expected})});
      });
    }

    test('is never answered for a token whose end is not known', async () => {
      for (const expiresAt of /** @type {any[]} */ ([undefined, null, '2099-01-01', new Date(Number.NaN)])) {
        const from = {get: async () => ({accessToken: TOKEN, expiresAt})};
        assert.deepEqual(JSON.parse((await ask({maxAge: 300}, {from})).text), {accessToken: TOKEN});
      }
    });

    test('is refused at once if it is no number of seconds', () => {
      for (const maxAge of /** @type {any[]} */ ([-1, Number.NaN, Infinity, '300', null])) {
        assert.throws(
          () => createAccessTokenHandler(source, {...allow, maxAge}),
          /^TypeError: createAccessTokenHandler: maxAge must be a number of seconds/,
        );
      }
    });
  });

  test('takes POST alone', async () => {
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const {status, headers} = await ask({}, {method});
      assert.deepEqual([status, headers.get('allow'), headers.get('cache-control')], [405, 'POST', 'no-store'], method);
    }
  });

  const CROSS = {
    'by Sec-Fetch-Site: another site': {'sec-fetch-site': 'cross-site', origin: 'https://evil.example'},
    'by Sec-Fetch-Site: another origin of the site': {
      'sec-fetch-site': 'same-site',
      origin: 'https://shop.example.com',
    },
    'by Sec-Fetch-Site: not by a page at all': {'sec-fetch-site': 'none'},
    'by Origin, where the browser has no Sec-Fetch-Site': {origin: 'https://evil.example'},
    'by Origin: another port': {origin: 'https://crm.example.com:8443'},
    'by Origin: a frame without one': {origin: 'null'},
    'by Origin: a host named undefined, where no other header names the own': {origin: 'http://undefined'},
    'by Origin: a host named null': {origin: 'http://null'},
    'by Origin: a host named false': {origin: 'http://false'},
    'by Origin: an extension that has the own name': {origin: 'chrome-extension://crm.example.com'},
    'by both, which disagree': {'sec-fetch-site': 'cross-site', origin: 'https://crm.example.com'},
  };
  for (const [how, headers] of Object.entries(CROSS)) {
    test(`refuses other origins ${how}, and does not ask authorize`, async () => {
      let asked = 0;
      const {status, text, headers: answered} = await ask({authorize: () => Boolean(++asked)}, {headers});
      assert.deepEqual([status, asked, answered.get('access-control-allow-origin')], [403, 0, null]);
      assert.match(text, /allowedOrigins/);
    });
  }

  for (const [who, init] of Object.entries({
    'the own page': {headers: SAME},
    'the own page in a browser without Sec-Fetch-Site': {headers: {origin: 'https://crm.example.com'}},
    'the own page, behind a proxy that talks http and keeps the host': {
      url: 'http://10.0.0.5:3000/api/chatapp-token',
      headers: {origin: 'https://crm.example.com', host: 'crm.example.com'},
    },
    'the own page, behind a proxy that forwards the host': {
      url: 'http://10.0.0.5:3000/api/chatapp-token',
      headers: {origin: 'https://crm.example.com', 'x-forwarded-host': 'crm.example.com'},
    },
    'the own page, behind two proxies': {
      url: 'http://10.0.0.5:3000/api/chatapp-token',
      headers: {origin: 'https://crm.example.com', 'x-forwarded-host': 'crm.example.com, inner.example'},
    },
    'the own page, where the host names the port that goes without saying': {
      url: 'http://10.0.0.5/',
      headers: {origin: 'https://crm.example.com', host: 'crm.example.com:443'},
    },
    'another server, whom authorize knows': {headers: {authorization: 'Bearer of-the-server'}},
  })) {
    test(`lets ${who} ask`, async () => assert.equal((await ask({}, init)).status, 200));
  }

  describe('with allowedOrigins', () => {
    const allowedOrigins = ['https://app.example.com', 'http://localhost:5173'];
    const cross = {'sec-fetch-site': 'cross-site', origin: 'https://app.example.com'};

    test('lets a listed page ask with its cookies, whatever becomes of it', async () => {
      for (const [authorize, status] of /** @type {const} */ ([
        [() => true, 200],
        [() => false, 403],
      ])) {
        const {status: answered, headers} = await ask({allowedOrigins, authorize}, {headers: cross});
        assert.equal(answered, status);
        assert.deepEqual(
          ['access-control-allow-origin', 'access-control-allow-credentials', 'vary'].map((name) => headers.get(name)),
          ['https://app.example.com', 'true', 'Origin'],
        );
      }
    });

    test('answers its preflight, without asking authorize', async () => {
      const headers = {
        ...cross,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-csrf-token',
      };
      const {
        status,
        headers: answered,
        text,
      } = await ask({allowedOrigins, authorize: () => assert.fail('asked')}, {method: 'OPTIONS', headers});
      assert.deepEqual([status, text], [204, '']);
      assert.deepEqual(
        [
          'access-control-allow-origin',
          'access-control-allow-methods',
          'access-control-allow-headers',
          'access-control-allow-credentials',
        ].map((name) => answered.get(name)),
        ['https://app.example.com', 'POST', 'x-csrf-token', 'true'],
      );
    });

    test('refuses all others, their preflights too', async () => {
      for (const origin of ['https://evil.example', 'https://app.example.com.evil.example', 'null']) {
        const headers = {'sec-fetch-site': 'cross-site', origin};
        const posted = await ask({allowedOrigins}, {headers});
        const asked = await ask({allowedOrigins}, {method: 'OPTIONS', headers});
        assert.deepEqual(
          [
            posted.status,
            asked.status,
            posted.headers.get('access-control-allow-origin'),
            asked.headers.get('access-control-allow-origin'),
          ],
          [403, 405, null, null],
          origin,
        );
      }
    });
  });

  test('says at once what is missing or no origin', () => {
    assert.throws(
      () => createAccessTokenHandler(/** @type {any} */ (undefined), allow),
      /^TypeError: createAccessTokenHandler: pass the source/,
    );
    assert.throws(
      () => createAccessTokenHandler(source, /** @type {any} */ ({})),
      /^TypeError: createAccessTokenHandler: authorize must be a function/,
    );
    for (const origin of ['*', 'crm.example.com', 'https://crm.example.com/', 'null', 'https://crm.example.com/path']) {
      assert.throws(
        () => createAccessTokenHandler(source, {...allow, allowedOrigins: [origin]}),
        /^TypeError: createAccessTokenHandler: allowedOrigins must hold origins/,
        origin,
      );
    }
    for (const allowedOrigins of /** @type {any[]} */ (['https://crm.example.com', null])) {
      assert.throws(
        () => createAccessTokenHandler(source, {...allow, allowedOrigins}),
        /^TypeError: createAccessTokenHandler: allowedOrigins must be an array/,
      );
    }
  });
});

describe('toNodeListener()', () => {
  /**
   * @param {import('node:test').TestContext} t
   * @param {Parameters<typeof createAccessTokenHandler<import('node:http').IncomingMessage>>[1]} options
   * @param {(incoming: any) => void} [prepare]  what a middleware does
   */
  async function start(t, options, prepare = () => {}) {
    const listener = toNodeListener(createAccessTokenHandler(source, options));
    const server = createServer((request, response) => (prepare(request), void listener(request, response)));
    const url = await listen(server);
    t.after(() => server.close());
    return url;
  }

  test('answers over HTTP, and hands Node’s request to authorize, with what a middleware put there', async (t) => {
    const url = await start(
      t,
      {
        authorize: (request, incoming) =>
          request.url.endsWith('/api/chatapp-token?a=1') && {
            crmDomain: 'c',
            employeeExtCode: /** @type {any} */ (incoming).session.agent,
          },
      },
      (incoming) => {
        // Express: a router has taken its part of the URL away.
        Object.assign(incoming, {session: {agent: 101}, originalUrl: incoming.url, url: '/'});
      },
    );
    const response = await fetch(`${url}/api/chatapp-token?a=1`, {method: 'POST', body: 'ignored'});
    assert.deepEqual(
      [response.status, response.headers.get('cache-control'), await response.json()],
      [200, 'no-store', {accessToken: TOKEN, crmDomain: 'c', employeeExtCode: 101}],
    );
  });

  test('knows its own page by Node’s Host', async (t) => {
    const url = await start(t, allow);
    assert.equal((await fetch(url, {method: 'POST', headers: {origin: url}})).status, 200);
    assert.equal((await fetch(url, {method: 'POST', headers: {origin: 'http://evil.example'}})).status, 403);
    assert.equal(
      (await fetch(`${url}//evil.example/x`, {method: 'POST', headers: {origin: 'http://evil.example'}})).status,
      403,
      'a path is no host',
    );
    assert.equal((await fetch(url)).status, 405);
  });

  test('answers 400 to what Fetch’s Request cannot be, and goes on', async (t) => {
    const url = await start(t, allow);
    const {port} = new URL(url);
    for (const wrong of [
      {method: 'TRACE'},
      {method: 'POST', path: '*'},
      {method: 'POST', headers: {host: 'user@host'}},
    ]) {
      const [response] = await once(send({port, host: '127.0.0.1', ...wrong}).end(), 'response');
      assert.equal(response.resume().statusCode, 400, JSON.stringify(wrong));
    }
    assert.equal((await fetch(url, {method: 'POST'})).status, 200);
  });

  test('lets a timeout answer first, and a handler fail, without ending the process', async (t) => {
    const handlers = [
      async () => (responses[0]?.writeHead(503).end('too late'), new Response('token')),
      () => Promise.reject(new Error('of a handler')),
    ];
    /** @type {import('node:http').ServerResponse[]} */
    const responses = [];
    const listeners = handlers.map((handler) => toNodeListener(handler));
    const server = createServer((request, response) => {
      responses.unshift(response);
      void listeners.shift()?.(request, response);
    });
    const url = await listen(server);
    t.after(() => server.close());
    assert.deepEqual([(await fetch(url)).status, (await fetch(url)).status], [503, 500]);
  });

  test('takes no page for the own one where there is no host', async () => {
    for (const origin of ['http://localhost', 'http://null', 'http://undefined']) {
      /** @type {Record<string, unknown>} */
      const answered = {setHeader() {}, end() {}};
      await toNodeListener(createAccessTokenHandler(source, allow))(
        {method: 'POST', url: '/', headers: {origin}},
        /** @type {any} */ (answered),
      );
      assert.equal(answered.statusCode, 403, origin);
    }
  });

  test('takes no part of the path for the host where Host is empty', async () => {
    /** @type {Record<string, unknown>} */
    const answered = {setHeader() {}, end() {}};
    await toNodeListener(createAccessTokenHandler(source, allow))(
      {method: 'POST', url: '/evil.example/x', headers: {host: '', origin: 'http://evil.example'}},
      /** @type {any} */ (answered),
    );
    assert.equal(answered.statusCode, 403);
  });

  test('answers 500 where a handler throws at once or answers nothing', async () => {
    for (const handler of /** @type {any[]} */ ([() => assert.fail('of a handler'), async () => undefined])) {
      /** @type {Record<string, unknown>} */
      const answered = {setHeader() {}, end() {}};
      await toNodeListener(handler)({method: 'POST', url: '/', headers: {host: 'a'}}, /** @type {any} */ (answered));
      assert.equal(answered.statusCode, 500);
    }
  });

  test('answers 500 where Node cannot send the answer, and never rejects', async (t) => {
    const server = createServer(toNodeListener(async () => Response.error())); // its status is 0
    const url = await listen(server);
    t.after(() => server.close());
    assert.equal((await fetch(url)).status, 500);
    const broken = {setHeader() {}, end: () => assert.fail('of a middleware')};
    await toNodeListener(createAccessTokenHandler(source, allow))(
      {method: 'POST', url: '/', headers: {host: 'a'}},
      /** @type {any} */ (broken),
    );
  });

  test('takes HTTP/2’s headers', async () => {
    const headers = {
      ':method': 'POST',
      ':authority': 'crm.example.com',
      ':path': '/',
      origin: 'https://crm.example.com',
      cookie: ['a=1', 'b=2'],
    };
    /** @type {Record<string, unknown>} */
    const answered = {setHeader() {}, end: (/** @type {string} */ body) => (answered.body = body)};
    await toNodeListener(createAccessTokenHandler(source, allow))(
      {method: 'POST', url: '/', headers},
      /** @type {any} */ (answered),
    );
    assert.deepEqual([answered.statusCode, answered.body], [200, JSON.stringify({accessToken: TOKEN})]);
  });
});
