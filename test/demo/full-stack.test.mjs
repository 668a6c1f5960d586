// The CRM page with its back end: who opens the Dialog, what a token costs and how long it serves, and where it never comes.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createServer} from 'node:http';
import {after, before, describe, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import qs from 'qs';
import {startDemo} from '../../demo/server.mjs';
import {listen} from '../../demo/stand-in/listen.mjs';
import {API_ACCOUNT, TOKEN_MARK} from '../../demo/stand-in/sample-data.mjs';
import {PATIENCE_MS, until} from '../support/ask.mjs';
import {insideFrame, launch, openDrawer, openPage, reaches, shown, text} from '../support/browser-page.mjs';

/** @typedef {import('puppeteer-core').Page} Page */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SECRETS = new RegExp(`${TOKEN_MARK}|S4mplePassw0rd`);
const CUSTOMERS = ['daniel', 'sofia', 'james', 'helen', 'loft', 'ivan', 'marina'];

/** @type {import('puppeteer-core').Browser} */
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** Each test has a page and a demo of its own, and much of its time is waiting. */
const SIDE_BY_SIDE = {concurrency: 3};

/**
 * A demo of the test's own, because the clock is moved. Call it behind openPage(): the page must go first.
 * @param {import('node:test').TestContext} t @param {import('../../demo/server.mjs').DemoOptions} [options]
 */
async function setUpDemo(t, options) {
  const demo = await startDemo(options);
  t.after(() => demo.close());
  return demo;
}

/**
 * The CRM page, with its first customer open.
 * @param {import('node:test').TestContext} t @param {Parameters<typeof openPage>[2]} [options]
 */
async function setUp(t, options) {
  const page = await openPage(t, browser, options);
  const demo = await setUpDemo(t);
  await page.goto(`${demo.url}full-stack/`);
  await insideFrame(page);
  return {
    demo,
    page,
    lastToken: () => demo.api.accessTokens().at(-1)?.accessToken ?? 'none',
    /** The sign-in that the Dialog was last opened with. */
    opened: () => /** @type {any} */ (qs.parse(demo.requests().at(-1)?.url.split('?')[1] ?? '')).api,
    figures: () => {
      const {logins, refreshes} = demo.api.figures();
      return {logins, refreshes};
    },
    choose: (/** @type {string} */ customer) => choose(page, customer),
  };
}

/** Chooses a customer, and gives what the Dialog then shows. @param {Page} page @param {string} customer */
async function choose(page, customer) {
  const count = Number(await text(page, '#openings')) + 1;
  await page.click(`[data-customer=${customer}]`);
  await says(page, '#openings', String(count));
  return shown(await insideFrame(page));
}

/** Waits until an element has that text. @param {Page} page @param {string} selector @param {string} wanted */
async function says(page, selector, wanted) {
  await page.waitForFunction(
    (selector, wanted) => document.querySelector(selector)?.textContent === wanted,
    {},
    selector,
    wanted,
  );
}

/** @param {Page} page @param {'none' | 'live' | 'ended'} state */
const tokenIs = (page, state) => page.waitForSelector(`#life[data-state=${state}]`);

/** @param {Page} page @param {object} properties */
const setProperties = (page, properties) =>
  page.$eval('#dialog', (dialog, given) => void Object.assign(dialog, given), properties);

/** Logs in as a page does. @param {string} url  of the demo @returns {Promise<{cookie: string, attributes: string[]}>} */
async function logIn(url) {
  const header = (await fetch(`${url}full-stack/`)).headers.get('set-cookie') ?? '';
  const [cookie = '', ...attributes] = header.split('; ');
  return {cookie, attributes};
}

describe('who is signed in', SIDE_BY_SIDE, () => {
  test('is the agent whom the server names, whatever the page sets', async (t) => {
    const {page, choose, opened} = await setUp(t);
    assert.deepEqual(await shown(await insideFrame(page)), {
      view: 'chat',
      employee: 'Olivia Brandt',
      heading: 'Marina Costa',
    });
    await setProperties(page, {employeeExtCode: '102', crmDomain: 'crm.example.com'});
    await says(page, '#openings', '2');
    assert.equal((await choose('sofia')).employee, 'Olivia Brandt');
    assert.equal(opened().employee_ext_code, '101');
  });

  test('is the other agent after another login, also when the page is loaded again', async (t) => {
    const {page, figures} = await setUp(t);
    await page.waitForSelector('#agent option');
    assert.deepEqual(await page.$$eval('#agent option', (options) => options.map(({text}) => text)), [
      'Olivia Brandt',
      'Tomas Eriksen',
    ]);
    await page.select('#agent', '102');
    await says(page, '#openings', '2');
    assert.equal((await shown(await insideFrame(page))).employee, 'Tomas Eriksen');
    await page.reload();
    assert.equal((await shown(await insideFrame(page))).employee, 'Tomas Eriksen');
    assert.equal(await page.$eval('#agent', (select) => /** @type {HTMLSelectElement} */ (select).value), '102');
    assert.deepEqual(figures(), {logins: 1, refreshes: 0}, 'both agents with one token');
  });

  test('is the other agent also for a customer who was kept', async (t) => {
    const {page, choose} = await setUp(t);
    await openDrawer(page);
    await page.click('#keeps');
    await page.click('[data-customer=noah]'); // has no contacts, so that nobody asks who the agent is
    await reaches(page, 'idle');
    await Promise.all([
      page.waitForResponse((response) => response.url().includes('/api/log-in/')),
      page.select('#agent', '102'),
    ]);
    assert.equal((await choose('marina')).employee, 'Tomas Eriksen');
  });

  test('is known by a cookie that no script can read, and nobody without it', async (t) => {
    const {demo, page} = await setUp(t);
    assert.equal(await page.evaluate(() => document.cookie), '');
    const {cookie, attributes} = await logIn(demo.url);
    assert.deepEqual(attributes, ['HttpOnly', 'SameSite=Lax', 'Path=/']);
    const route = `${demo.url}api/chatapp-token`;
    assert.equal((await fetch(route, {method: 'POST', headers: {cookie}})).status, 200);
    for (const headers of [{}, {cookie: 'crm-session=101'}, {cookie: 'crm-session='}]) {
      const answer = await fetch(route, {method: 'POST', headers});
      assert.deepEqual([answer.status, await answer.text()], [403, '']);
    }
    assert.equal((await fetch(`${demo.url}api/log-in/103`, {method: 'POST'})).status, 404);
  });
});

describe('the token', SIDE_BY_SIDE, () => {
  test('of all customers costs one login', async (t) => {
    const {demo, page, choose, figures} = await setUp(t);
    for (const customer of CUSTOMERS) assert.notEqual((await choose(customer)).view, 'refused');
    await says(page, '#tokens', String(CUSTOMERS.length + 1));
    assert.deepEqual(figures(), {logins: 1, refreshes: 0});
    assert.equal(demo.api.maxInFlight, 1);
    await says(page, '#logins', '1 of 100');
  });

  test('of pages that open at once costs one login, and of pages that ask at once one renewal', async (t) => {
    const pages = await Promise.all([1, 2, 3].map(() => openPage(t, browser)));
    const demo = await setUpDemo(t);
    await Promise.all(pages.map((page) => page.goto(`${demo.url}full-stack/`)));
    for (const page of pages) assert.equal((await shown(await insideFrame(page))).view, 'chat');
    assert.deepEqual([demo.api.figures().logins, demo.api.maxInFlight], [1, 1]);

    // The token has ended. All three are waiting for the next one before the API answers.
    demo.moveClock(DAY);
    demo.api.failNext('slow');
    await Promise.all(pages.map((page) => page.click('[data-customer=sofia]')));
    await Promise.all(pages.map((page) => reaches(page, 'authorizing')));
    await until(() => demo.api.held() === 1); // the status comes before the request
    demo.api.release();
    for (const page of pages) assert.equal((await shown(await insideFrame(page))).heading, 'Sofia Rossi');
    const {logins, refreshes} = demo.api.figures();
    assert.deepEqual([logins, refreshes, demo.api.maxInFlight], [1, 1, 1]);
  });

  test('is a live one for a page that was open overnight; the old one would be refused', async (t) => {
    const {demo, page, choose, figures, opened, lastToken} = await setUp(t);
    const old = lastToken();
    await openDrawer(page);
    await page.click('#next-morning');
    await tokenIs(page, 'ended');
    assert.deepEqual([demo.requests().length, figures().refreshes], [1, 0], 'the page has done nothing');

    assert.deepEqual(await choose('sofia'), {view: 'chat', employee: 'Olivia Brandt', heading: 'Sofia Rossi'});
    assert.notEqual(opened().access_token, old);
    assert.equal(opened().access_token, lastToken());
    assert.deepEqual(figures(), {logins: 1, refreshes: 1});
    await tokenIs(page, 'live');
    assert.deepEqual([await text(page, '#refreshes'), await text(page, '#logins')], ['1', '0 of 100']);

    // A page that had kept its token for the day.
    await page.$eval('#dialog', (dialog, old) => void Object.assign(dialog, {getAccessToken: () => old}), old);
    assert.deepEqual(await choose('ivan'), {view: 'refused', heading: 'Sign-in refused'});
  });

  test('is renewed before its end, and after 15 days by a login', async (t) => {
    const {demo, page, choose, figures} = await setUp(t);
    demo.moveClock(23.5 * HOUR);
    assert.equal((await choose('sofia')).view, 'chat');
    assert.deepEqual(figures(), {logins: 1, refreshes: 1});
    demo.moveClock(15 * DAY);
    assert.equal((await choose('marina')).view, 'chat');
    assert.deepEqual(figures(), {logins: 2, refreshes: 1});
    await says(page, '#logins', '1 of 100');
  });

  test('comes later where the API fails for a moment', async (t) => {
    const {demo, page, choose, figures} = await setUp(t);
    await openDrawer(page);
    await page.click('#next-morning');
    await tokenIs(page, 'ended');
    demo.api.failNext('error-500');
    assert.equal((await choose('sofia')).view, 'chat');
    assert.deepEqual(figures(), {logins: 1, refreshes: 1});
  });

  test('is told of in figures: its age, its end, and the requests at the API now', async (t) => {
    const {demo, page} = await setUp(t);
    await tokenIs(page, 'live');
    assert.match(await text(page, '#end'), /^in (24 h 0 min|23 h 59 min)$/);
    demo.moveClock(2 * HOUR);
    await says(page, '#age', '2 h 0 min');
    demo.moveClock(DAY);
    demo.api.failNext('slow');
    await page.click('[data-customer=sofia]');
    await says(page, '#in-flight', '1');
    demo.api.release();
    await says(page, '#in-flight', '0');
    await says(page, '#openings', '2');
    await insideFrame(page);
  });
});

describe('secrets', SIDE_BY_SIDE, () => {
  test('a page of another origin gets no token, not even with the agent’s cookie', async (t) => {
    const {demo, page} = await setUp(t, {expected: [/CORS policy/, /Failed to load resource/, /403/]});
    const other = createServer(
      (_, response) =>
        void response.writeHead(200, {'Content-Type': 'text/html'}).end('<link rel="icon" href="data:,">'),
    );
    const origin = (await listen(other)).replace('127.0.0.1', 'localhost'); // the same site, so that SameSite does not help
    t.after(() => void other.close().closeAllConnections());
    await page.goto(origin);
    // The browser tells of an answer apart from the page, and of the first one, which CORS keeps from it, not at all.
    const answered = page.waitForResponse((response) => response.url().endsWith('/api/chatapp-token'));
    const got = await page.evaluate(async (route) => {
      const init = /** @type {const} */ ({method: 'POST', credentials: 'include'});
      const read = await fetch(route, init).then((response) => response.text(), String);
      return [read, await fetch(route, {...init, mode: 'no-cors'}).then((response) => response.type + response.status)];
    }, `${demo.url}api/chatapp-token`);
    assert.deepEqual(got, ['TypeError: Failed to fetch', 'opaque0']);
    assert.equal((await answered).status(), 403);

    const {cookie} = await logIn(demo.url);
    const answer = await fetch(`${demo.url}api/chatapp-token`, {method: 'POST', headers: {cookie, origin}});
    assert.equal(answer.status, 403);
    assert.doesNotMatch(await answer.text(), SECRETS);
  });

  test('no token is in the page, no password in anything that it loads, and neither in the console', async (t) => {
    const {demo, page, choose} = await setUp(t);
    /** @type {string[]} */
    const said = [];
    /** @type {Promise<[string, string]>[]} */
    const loaded = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('response', (response) =>
      loaded.push(
        response.text().then(
          (body) => [response.url(), body],
          () => ['', ''],
        ),
      ),
    );
    await page.reload();
    await insideFrame(page);
    await openDrawer(page);
    await page.click('#next-morning');
    await tokenIs(page, 'ended');
    await choose('sofia');
    // Asked by the page's own hand, because the developer's tools do not always keep a body that is read as a stream.
    await page.evaluate(async () => (await fetch('/api/chatapp-token', {method: 'POST'})).text());
    const html = await page.evaluate(() => {
      const roots = [...document.querySelectorAll('*')].flatMap(({shadowRoot}) => shadowRoot?.innerHTML ?? []);
      return [
        document.documentElement.outerHTML,
        ...roots,
        location.href,
        JSON.stringify({...localStorage, ...sessionStorage}),
        document.cookie,
      ].join('\n');
    });
    assert.doesNotMatch(html, SECRETS);
    assert.doesNotMatch(await (await insideFrame(page)).content(), SECRETS);
    assert.doesNotMatch(said.join('\n'), SECRETS);
    const bodies = (await Promise.all(loaded)).filter(([, body]) => SECRETS.test(body));
    assert.deepEqual(
      new Set(bodies.map(([url]) => url)),
      new Set([`${demo.url}api/chatapp-token`]),
      'the one answer that holds it',
    );
    assert.ok(!bodies.some(([, body]) => body.includes(API_ACCOUNT.password)));
  });

  test('what runs on the server is not served', async (t) => {
    const demo = await setUpDemo(t);
    for (const path of [
      'server.mjs',
      'full-stack/back-end.mjs',
      'full-stack/back-end.mjs?x',
      'stand-in/sample-data.mjs',
      'stand-in/sample-data.mjs/',
      'stand-in/sample-data%2Emjs',
      'stand-in/sample-data.mj%73',
      'x/..%2fserver.mjs',
      '%',
    ]) {
      assert.equal((await fetch(demo.url + path)).status, 404, path);
    }
    assert.equal((await fetch(`${demo.url}stand-in/sample-sign-in.js`)).status, 200);
  });
});

describe('npm start', SIDE_BY_SIDE, () => {
  /** @param {import('node:test').TestContext} t */
  async function start(t) {
    const child = spawn(process.execPath, [fileURLToPath(new URL('../../demo/server.mjs', import.meta.url))], {
      env: {...process.env, PORT: '0', STAND_IN_PORT: '0', API_PORT: '0'},
    });
    const ended = once(child, 'exit');
    t.after(async () => {
      child.kill('SIGKILL');
      await ended;
    });
    let said = '';
    /** What it says there; rejects where it ends, or does not come. @param {RegExp} pattern */
    const hears = async (pattern) => {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      while (!pattern.test(said))
        await Promise.race([once(child.stdout, 'data', {signal}), ended.then(() => assert.fail(`it ended: ${said}`))]);
      return pattern.exec(said)?.[1] ?? '';
    };
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    return {child, ended, hears, said: () => said};
  }

  test('prints the addresses and what the token costs, no secret, and ends by a signal', async (t) => {
    const {child, ended, hears, said} = await start(t);
    const url = await hears(/CRM example +(http:\S+\/full-stack\/)/);
    const apiUrl = await hears(/API: +(http:\S+)/);
    assert.match(await hears(/Dialog \(sample data\): +(http:\S+)/), /localhost:\d+\/$/);
    assert.equal((await fetch(`${apiUrl}v1/tokens/check`)).status, 401);
    const page = await openPage(t, browser);
    await page.goto(url);
    await insideFrame(page);
    await hears(/access token: (login), ends 20/);
    await openDrawer(page);
    await page.click('#next-morning');
    await tokenIs(page, 'ended');
    await choose(page, 'sofia');
    await hears(/access token: (refresh), ends 20/);
    await page.close(); // it would miss the server
    child.kill('SIGTERM');
    const [code] = await ended;
    assert.equal(code, 0);
    assert.doesNotMatch(said(), SECRETS);
  });

  test('takes free ports where its own are taken', async (t) => {
    const first = await setUpDemo(t);
    const portOf = (/** @type {string} */ url) => Number(new URL(url).port);
    const second = await setUpDemo(t, {
      port: portOf(first.url),
      standInPort: portOf(first.standInUrl),
      apiPort: portOf(first.apiUrl),
    });
    assert.equal((await fetch(second.url)).status, 200);
    assert.equal(new Set([first, second].flatMap(({url, standInUrl, apiUrl}) => [url, standInUrl, apiUrl])).size, 6);
  });
});
