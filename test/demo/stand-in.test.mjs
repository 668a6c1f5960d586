// The stand-in of ChatApp Dialog: what it understands of an address, whom it signs in, what it logs.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {createStandInApi} from '../../demo/stand-in/api.mjs';
import {
  ACCOUNT_OWNER,
  API_ACCOUNT,
  CRM_DOMAIN,
  EMPLOYEES,
  EXPIRED_TOKEN,
  VALID_TOKEN,
} from '../../demo/stand-in/sample-data.mjs';
import {createStandIn} from '../../demo/stand-in/server.mjs';
import {CHATS} from '../../demo/stand-in/app/chats.js';
import {filterChats} from '../../demo/stand-in/app/filter.js';
import {chatPath, readChatPath} from '../../demo/stand-in/app/routes.js';
import {launch, openPage, shown, text} from '../support/browser-page.mjs';

const standIn = createStandIn();
/** @type {string} */
let origin;
/** @type {import('puppeteer-core').Browser} */
let browser;

before(async () => {
  origin = await standIn.listen();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await standIn.close();
});

const token = (/** @type {string} */ value) => `api[access_token]=${encodeURIComponent(value)}`;

/**
 * What the server hands to the page.
 * @param {string} url
 * @param {string} [at]  another stand-in
 */
async function handed(url, at = origin) {
  const html = await (await fetch(at + url)).text();
  const json = /<script type="application\/json" id="request">(.*?)<\/script>/s.exec(html)?.[1];
  assert.ok(json, 'the page holds the request');
  return {html, ...JSON.parse(json)};
}

/** Names of the chats that an address is about. @param {string} url */
const found = async (url) =>
  filterChats(CHATS, (await handed(url)).fields).map(({messengerType, name}) => `${messengerType} ${name}`);

describe('filters', () => {
  for (const [what, query, expected] of /** @type {const} */ ([
    ['a phone', 'crm[phones][0]=79991234567', ['grWhatsApp Marina Costa']],
    ['the last digits of a phone', 'crm[phones][0]=9991234567', ['grWhatsApp Marina Costa']],
    ['encoded brackets', 'crm%5Bphones%5D%5B0%5D=79991234567', ['grWhatsApp Marina Costa']],
    [
      'two phones',
      'crm[phones][0]=491713920012&crm[phones][1]=491713920034',
      ['grWhatsApp Daniel Weber', 'telegram Daniel Weber (private)'],
    ],
    [
      'lists without or with wide indices',
      'crm[phones][]=491713920012&crm[dialogIds][900000]=@sofia_rossi',
      ['grWhatsApp Daniel Weber', 'telegram Sofia Rossi'],
    ],
    ['a dialog id', 'crm[dialogIds][0]=120363041234567890@g.us', ['grWhatsApp Loft 12 renovation']],
    [
      'phones or dialog ids',
      'crm[phones][0]=447700900142&crm[dialogIds][0]=helen.park@example.com',
      ['caWhatsApp Helen Park', 'email Helen Park'],
    ],
    [
      'a phone within a messenger',
      'crm[phones][0]=12025550143&api[messenger_type]=telegram',
      ['telegram James Ortega'],
    ],
    [
      'a license',
      'api[license_id]=41200',
      ['telegram Daniel Weber (private)', 'telegram Sofia Rossi', 'telegram James Ortega'],
    ],
    ['a phone of another license', 'crm[phones][0]=79991234567&api[license_id]=41200', []],
    ['the path form', '/dialogs/41200/telegram/@sofia_rossi', ['telegram Sofia Rossi']],
    [
      'the path form before the query',
      '/dialogs/41200/telegram/%40sofia_rossi?crm[phones][0]=79991234567&api[license_id]=1',
      ['telegram Sofia Rossi'],
    ],
  ])) {
    test(what, async () => {
      assert.deepEqual(await found(query.startsWith('/') ? query : '/?' + query), expected);
    });
  }

  test('no filter is every chat', async () => {
    assert.equal((await found('/')).length, CHATS.length);
  });

  test('a thousand and more phones arrive', async () => {
    const phones = Array.from({length: 3000}, (_, index) => `crm[phones][${index}]=${10_000_000_000 + index}`);
    assert.equal((await handed('/?' + phones.join('&'))).fields.phones.length, 3000);
  });

  test('odd addresses are read as what they are not, without harm', async () => {
    for (const url of [
      '/dialogs/1/2/%',
      '/?crm=1&api=2',
      '/?crm[phones]=1',
      '/?__proto__[x]=1',
      '/?api[license_id][a]=1',
      '/s/%/?x',
    ])
      await handed(url);
    assert.deepEqual((await handed('/?crm[phones]=5')).fields.phones, ['5']);
  });

  test('every chat has a path of its own, which reads back', () => {
    const keys = CHATS.map(({licenseId, messengerType, id}) => ({licenseId, messengerType, id}));
    assert.deepEqual(
      keys.map((key) => readChatPath(chatPath(key))),
      keys,
    );
    assert.equal(new Set(keys.map(chatPath)).size, CHATS.length);
  });
});

describe('sign-in', () => {
  const employee = `api[crm_domain]=${CRM_DOMAIN}&api[employee_ext_code]=102`;
  for (const [what, query, expected] of /** @type {const} */ ([
    ['the employee', `${token(VALID_TOKEN)}&${employee}`, {state: 'signed-in', employee: EMPLOYEES['102']}],
    ['the owner without an employee', token(VALID_TOKEN), {state: 'signed-in', employee: ACCOUNT_OWNER}],
    [
      'the owner where half an employee is given',
      `${token(VALID_TOKEN)}&api[employee_ext_code]=102`,
      {state: 'signed-in', employee: ACCOUNT_OWNER},
    ],
    [
      'the owner for an unknown code',
      `${token(VALID_TOKEN)}&api[crm_domain]=${CRM_DOMAIN}&api[employee_ext_code]=toString`,
      {state: 'signed-in', employee: ACCOUNT_OWNER},
    ],
  ])) {
    test(`a valid token signs in ${what}`, async () => {
      assert.deepEqual((await handed('/?' + query)).signIn, expected);
    });
  }

  test('an expired and an unknown token are refused, each with its reason', async () => {
    const [expired, unknown] = [await handed('/?' + token(EXPIRED_TOKEN)), await handed('/?' + token('no such'))];
    assert.deepEqual([expired.signIn.state, unknown.signIn.state], ['refused', 'refused']);
    assert.match(expired.signIn.message, /expired/);
    assert.match(unknown.signIn.message, /not known/);
  });

  test('no token is in the page, and no value can end its script element', async () => {
    for (const value of [VALID_TOKEN, EXPIRED_TOKEN, 'some-other-token']) {
      const {html} = await handed(`/?${token(value)}`);
      assert.ok(!html.includes(value));
    }
    const bad = '</script><script>alert(1)</script><!--$&';
    assert.equal((await handed(`/?api[license_id]=${encodeURIComponent(bad)}`)).fields.licenseId, bad);
  });
});

describe('sign-in with an API', () => {
  /** @param {import('node:test').TestContext} t */
  async function setUp(t) {
    let time = Date.now();
    const api = createStandInApi({now: () => time});
    const apiUrl = await api.listen();
    const verifying = createStandIn({apiUrl});
    const address = await verifying.listen();
    t.after(() => Promise.all([api.close(), verifying.close()]));
    const {data} = await (
      await fetch(`${apiUrl}/v1/tokens`, {method: 'POST', body: JSON.stringify(API_ACCOUNT)})
    ).json();
    return {
      api,
      pair: /** @type {import('../../demo/stand-in/token-mint.mjs').TokenPair} */ (data),
      signIn: async (/** @type {string} */ value) => (await handed(`/?${token(value)}`, address)).signIn,
      move: (/** @type {number} */ ms) => void (time += ms),
    };
  }

  test('takes a token that was minted, until its end', async (t) => {
    const {api, pair, signIn, move} = await setUp(t);
    assert.deepEqual(await signIn(pair.accessToken), {state: 'signed-in', employee: ACCOUNT_OWNER});
    move(86_400_000);
    const {state, message} = await signIn(pair.accessToken);
    assert.equal(state, 'refused');
    assert.match(message, /expired or is not known/);
    assert.equal(api.figures().checks, 2);
  });

  test('refuses what was not minted, what fits into no header, and everything while the API is away', async (t) => {
    const {api, pair, signIn} = await setUp(t);
    for (const value of [pair.refreshToken, `Bearer ${pair.accessToken}`, 'a\r\nb', '€'])
      assert.equal((await signIn(value)).state, 'refused', value);
    await api.close();
    assert.equal((await signIn(pair.accessToken)).state, 'refused');
  });

  test('does not ask about the samples', async (t) => {
    const {api, signIn} = await setUp(t);
    assert.deepEqual(
      [(await signIn(VALID_TOKEN)).state, (await signIn(EXPIRED_TOKEN)).state],
      ['signed-in', 'refused'],
    );
    assert.equal(api.figures().checks, 0);
  });
});

describe('request log', () => {
  test('keeps requests for the document as they arrived, for each session', async () => {
    const query = '?crm%5Bphones%5D[0]=7+9&api[access_token]=%242y';
    await fetch(`${origin}/s/log a/some/path${query}`, {headers: {referer: 'http://page.example/'}});
    await fetch(`${origin}/s/log b${query}`, {method: 'HEAD'});
    await fetch(`${origin}/_app/app.css`);
    await fetch(`${origin}/favicon.ico`);
    assert.deepEqual(standIn.requests('log a'), [
      {method: 'GET', url: '/some/path' + query, referer: 'http://page.example/'},
    ]);
    assert.deepEqual(standIn.requests('log b'), [{method: 'HEAD', url: '/' + query, referer: null}]);
  });

  test('is read and emptied over HTTP, from any origin', async () => {
    await fetch(`${origin}/s/http/`);
    const address = `${origin}/_requests?session=http`;
    const answer = await fetch(address);
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    assert.deepEqual(await answer.json(), [{method: 'GET', url: '/', referer: null}]);
    const preflight = await fetch(address, {method: 'OPTIONS'});
    assert.match(preflight.headers.get('access-control-allow-methods') ?? '', /DELETE/);
    await fetch(address, {method: 'DELETE'});
    assert.deepEqual(await (await fetch(address)).json(), []);
  });

  test('closing does not wait for connections that are kept alive', async () => {
    const other = createStandIn();
    const address = await other.listen();
    await (await fetch(address)).text(); // fetch keeps the connection
    await other.close();
    await assert.rejects(fetch(address));
  });
});

describe('page', () => {
  test('any input signs in as a guest, and nothing is sent', async (t) => {
    const page = await openPage(t, browser);
    await page.goto(`${origin}/s/guest/?crm[phones][0]=79991234567`);
    assert.equal((await shown(page)).view, 'login');
    await page.type('#email', 'me\n');
    assert.deepEqual(await shown(page), {view: 'chat', employee: 'Guest', heading: 'Marina Costa'});
    assert.equal(standIn.requests('guest').length, 1);
  });

  test('takes the token out of its address and leaves the rest', async (t) => {
    const page = await openPage(t, browser);
    await page.goto(`${origin}/?a=%5B&${token(VALID_TOKEN)}&crm[phones][0]=1`);
    assert.equal(page.url(), `${origin}/?a=%5B&crm[phones][0]=1`);
    assert.equal((await shown(page)).view, 'empty');
  });

  test('walks from the list to a chat and back by the history', async (t) => {
    const page = await openPage(t, browser);
    await page.goto(`${origin}/s/walk/?${token(VALID_TOKEN)}&api[license_id]=41200`);
    await page.click('li:nth-child(2) a');
    assert.deepEqual(await shown(page), {view: 'chat', employee: ACCOUNT_OWNER.name, heading: 'Sofia Rossi'});
    assert.equal(page.url(), `${origin}/s/walk/dialogs/41200/telegram/@sofia_rossi`);
    await page.goBack();
    assert.equal((await shown(page)).view, 'list');
    await page.goForward();
    await page.click('[aria-label="Back to the list"]');
    assert.equal((await shown(page)).view, 'list');
    assert.equal(standIn.requests('walk').length, 1);
  });

  test('appends a message, which is text and no HTML', async (t) => {
    const page = await openPage(t, browser);
    await page.goto(`${origin}/dialogs/41200/telegram/@sofia_rossi?${token(VALID_TOKEN)}`);
    await page.type('#message', '<b>Hello</b>\n');
    assert.match(await text(page, '.messages li:last-child'), /^You: <b>Hello<\/b>/);
    assert.equal(await page.$eval('#message', (input) => input === document.activeElement), true);
  });

  test('copies the path form of the link, without the token', async (t) => {
    const page = await openPage(t, browser);
    await page.browserContext().overridePermissions(origin, ['clipboard-read', 'clipboard-sanitized-write']);
    await page.goto(`${origin}/s/copy/?${token(VALID_TOKEN)}&crm[phones][0]=9991234567`);
    await page.click('[data-action=copy-link]');
    await page.waitForFunction(() => document.querySelector('.said')?.textContent === 'Link copied.');
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(link, `${origin}/s/copy/dialogs/30310/grWhatsApp/79991234567@c.us`);
    await page.goto(`${link}?${token(VALID_TOKEN)}`);
    assert.equal((await shown(page)).heading, 'Marina Costa');
  });

  test('has no horizontal scroll at 320 px', async (t) => {
    const page = await openPage(t, browser, {width: 320, height: 560});
    for (const query of [
      '',
      `${token(VALID_TOKEN)}`,
      `${token(VALID_TOKEN)}&crm[dialogIds][0]=120363041234567890@g.us`,
      token(EXPIRED_TOKEN),
    ]) {
      await page.goto(`${origin}/?${query}`);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    }
  });
});
