// Turbo and htmx change pages without loading them: what is requested, in which order, and which chat stays.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {reaches} from '../support/browser-page.mjs';
import {setupServers} from '../support/test-page.mjs';

/** @typedef {import('puppeteer-core').Page} Page */

const root = fileURLToPath(new URL('../../', import.meta.url));
/** @type {Record<string, string>} */
const SCRIPTS = {
  '/chatapp-dialog.min.js': 'dist/chatapp-dialog.min.js',
  '/turbo.js': 'node_modules/@hotwired/turbo/dist/turbo.es2017-umd.js',
  '/htmx-2.js': 'node_modules/htmx.org/dist/htmx.js',
  '/htmx-4.js': 'node_modules/htmx-4/dist/htmx.js',
  '/idiomorph-ext.js': 'node_modules/idiomorph/dist/idiomorph-ext.js',
};

const PHONES = {'/a': '79990000001', '/b': '79990000002'};

/**
 * Fills the element of a page in whenever the library says that a page is there.
 * @param {string} type  of the library's event
 * @param {string} [enable]
 */
const filledOn = (type, enable = "removeAttribute('disabled')") => `<script>
  addEventListener('${type}', () => {
    const dialog = document.querySelector('chatapp-dialog');
    if (!dialog) return;
    dialog.phones = [${JSON.stringify(PHONES)}[location.pathname]];
    dialog.${enable};
  });
</script>`;

/**
 * @typedef {{path: keyof typeof PHONES, base: string}} Customer
 * @typedef {{head: string, dialog: (customer: Customer) => string, body?: string, button?: string}} Site
 *   A page for each customer: what is in its head, its element, and attributes of its body and of its button
 */

/** @type {Site} */
let served;
/** The server answers with no page before. @type {Promise<void> | undefined} */
let released;

const {
  standIn,
  dialogs,
  origin,
  page: newPage,
} = setupServers(async (request, response) => {
  const path = /** @type {Customer['path']} */ (new URL(request.url ?? '', 'http://localhost').pathname);
  const answer = (/** @type {string} */ type, /** @type {string | Uint8Array} */ content) =>
    response.writeHead(200, {'Content-Type': type}).end(content);
  const script = SCRIPTS[path];
  if (script) return void answer('text/javascript', readFileSync(root + script));
  if (request.url === '/token')
    return void answer('application/json', JSON.stringify({accessToken: 'token', dialogOrigin: dialogs()}));
  if (!(path in PHONES)) return void response.writeHead(204).end();
  await released;
  const links = Object.keys(PHONES).map((to) => `<a href="${to}">${to}</a>`);
  answer(
    'text/html; charset=utf-8',
    `<!doctype html>
    <html lang="en"><head><title>${path}</title>${served.head}<script src="/chatapp-dialog.min.js"></script></head>
    <body ${served.body ?? ''}>${links.join(' ')} <button ${served.button ?? ''}>Load</button>
    <main>${served.dialog({path, base: `${dialogs()}/`})}</main></body></html>`,
  );
});

/** The first customer's page. @param {import('node:test').TestContext} t @param {Site} shown */
async function open(t, shown) {
  served = shown;
  const before = standIn.requests().length;
  const page = await newPage(t);
  await page.goto(`${origin()}/a`);
  await reaches(page, 'loaded');
  return {
    page,
    requests: () =>
      standIn
        .requests()
        .slice(before)
        .map(({url}) => decodeURIComponent(url)),
  };
}

/** Waits until the chat of a page is there. @param {Page} page @param {keyof typeof PHONES} path */
async function shows(page, path) {
  await page.waitForFunction(
    (title, phone) => {
      const dialog = /** @type {any} */ (document.querySelector('chatapp-dialog'));
      return document.title === title && dialog?.status === 'loaded' && dialog.url.includes(phone);
    },
    {},
    path,
    PHONES[path],
  );
}

/** Whether the chat is still the one that it was. @param {Page} page */
const keep = (page) =>
  page.evaluateHandle(() => {
    const el = /** @type {any} */ (document.querySelector('chatapp-dialog'));
    const {frame} = el;
    return () => el.isConnected && el.status === 'loaded' && el.frame === frame;
  });

const opened = (/** @type {keyof typeof PHONES} */ path) => `/?api[license_id]=5&crm[phones][0]=${PHONES[path]}`;
const signedIn = (/** @type {keyof typeof PHONES} */ path) =>
  `/?api[access_token]=token&api[license_id]=5&crm[phones][0]=${PHONES[path]}`;
const byScript = (/** @type {{base: string}} */ {base}, more = '') =>
  `<chatapp-dialog base-url="${base}" license-id="5" disabled ${more}></chatapp-dialog>`;
const byHtml = (/** @type {{path: keyof typeof PHONES, base: string}} */ {path, base}) =>
  `<chatapp-dialog base-url="${base}" license-id="5" phones="${PHONES[path]}" access-token-url="/token"></chatapp-dialog>`;

const permanent = (/** @type {Customer} */ customer) =>
  byScript(customer, `id="chat-agent-7-customer-${customer.path.slice(1)}" data-turbo-permanent`);

const TURBO = '<script src="/turbo.js"></script>';

for (const [form, dialog, url, head, ofPreview, statusOfPreview] of /** @type {const} */ ([
  ['that a script fills in', byScript, opened, filledOn('turbo:load'), 'opens nothing', 'idle'],
  ['in HTML alone', byHtml, signedIn, '', 'opens the customer, and again with the answer,', 'loaded'],
])) {
  describe(`Turbo Drive, with an element ${form},`, () => {
    const site = {head: TURBO + head, dialog};
    test('opens each customer once, also out of its snapshots', async (t) => {
      const {page, requests} = await open(t, site);
      await page.click('a[href="/b"]');
      await shows(page, '/b');
      await page.goBack();
      await shows(page, '/a');
      assert.deepEqual(requests(), [url('/a'), url('/b'), url('/a')]);
    });
    test(`${ofPreview} out of a snapshot that it shows before the answer`, async (t) => {
      const {page, requests} = await open(t, site);
      await page.click('a[href="/b"]');
      await shows(page, '/b');
      let release = () => {};
      released = new Promise((resolve) => (release = resolve));
      await page.click('a[href="/a"]');
      await page.waitForSelector('[data-turbo-preview]');
      await reaches(page, statusOfPreview);
      await page.evaluate(() => new Promise(requestAnimationFrame));
      release();
      await page.waitForSelector(':root:not([data-turbo-preview])');
      await shows(page, '/a');
      assert.deepEqual(requests(), [
        url('/a'),
        url('/b'),
        ...(statusOfPreview === 'loaded' ? [url('/a')] : []),
        url('/a'),
      ]);
    });
  });
}

/**
 * Loads the same page once more, and looks whether its chat stays: it does where it is requested once.
 * @param {[behaviour: string, head: string, dialog: Site['dialog'], requested: string[]][]} cases
 * @param {Pick<Site, 'body' | 'button'>} attributes
 * @param {(page: Page) => Promise<unknown>} load
 */
function testLoads(cases, attributes, load) {
  for (const [behaviour, head, dialog, requested] of cases) {
    test(behaviour, async (t) => {
      const {page, requests} = await open(t, {head, dialog, ...attributes});
      const isSame = await keep(page);
      await load(page);
      await reaches(page, 'loaded');
      assert.equal(await page.evaluate((same) => same(), isSame), requested.length === 1);
      assert.deepEqual(requests(), requested);
    });
  }
}

/** Visits a page by Turbo, and waits until that is done. @param {Page} page @param {string} url @param {string} action */
const visit = (page, url, action) =>
  page.evaluate(
    async (url, action) => {
      const done = new Promise((resolve) => addEventListener('turbo:load', resolve, {once: true}));
      /** @type {any} */ (globalThis).Turbo.visit(url, {action});
      await done;
    },
    url,
    action,
  );

describe('Turbo’s morphing refresh', () => {
  const morphs = TURBO + '<meta name="turbo-refresh-method" content="morph">';
  const filled = morphs + filledOn('turbo:load');
  testLoads(
    [
      [
        'closes a chat whose `disabled` was taken away, and opens it again',
        filled,
        byScript,
        [opened('/a'), opened('/a')],
      ],
      [
        'keeps a chat whose `disabled` is a property',
        morphs + filledOn('turbo:load', 'disabled = false'),
        byScript,
        [opened('/a')],
      ],
      ['keeps a chat that is permanent', filled, permanent, [opened('/a')]],
      ['keeps a chat in HTML alone', morphs, byHtml, [signedIn('/a')]],
    ],
    {},
    (page) => visit(page, page.url(), 'replace'),
  );
});

describe('Turbo’s visit', () => {
  testLoads(
    [
      [
        'to another page of the customer opens a permanent chat again, because it moves the element',
        TURBO + filledOn('turbo:load'),
        permanent,
        [opened('/a'), opened('/a')],
      ],
    ],
    {},
    (page) => visit(page, '/a?another', 'advance'),
  );

  test('without previews opens each customer in HTML alone once', async (t) => {
    const head = `${TURBO}<meta name="turbo-cache-control" content="no-preview">`;
    const {page, requests} = await open(t, {head, dialog: byHtml});
    await visit(page, '/b', 'advance');
    await reaches(page, 'loaded');
    await visit(page, '/a', 'advance');
    await reaches(page, 'loaded');
    assert.deepEqual(requests(), [signedIn('/a'), signedIn('/b'), signedIn('/a')]);
  });
});

/** What the versions of htmx call the same things. `removed` is how often a chat opens whose `disabled` was taken away. */
const HTMX = [
  {
    version: 2,
    scripts: '<script src="/htmx-2.js"></script><script src="/idiomorph-ext.js"></script>',
    boost: 'hx-boost="true"',
    morph: {body: 'hx-ext="morph"', swap: 'morph:outerHTML'},
    isThere: 'htmx:load',
    settled: 'htmx:afterSettle',
    removed: {behaviour: 'closes a chat whose `disabled` was taken away, and opens it again', openings: 2},
  },
  {
    version: 4,
    scripts: '<script src="/htmx-4.js"></script>',
    boost: 'hx-boost:inherited="true"',
    morph: {body: '', swap: 'outerMorph'},
    isThere: 'htmx:after:process',
    settled: 'htmx:after:settle',
    removed: {behaviour: 'keeps a chat whose `disabled` is taken away again in the same task', openings: 1},
  },
];

for (const {version, scripts, boost, morph, isThere, settled, removed} of HTMX) {
  const filled = scripts + filledOn(isThere);

  describe(`The history of htmx ${version}`, () => {
    for (const [behaviour, head, dialog, url] of /** @type {const} */ ([
      ['opens each customer once that a script fills in', filled, byScript, opened],
      ['opens each customer in HTML alone once', scripts, byHtml, signedIn],
    ])) {
      test(behaviour, async (t) => {
        const {page, requests} = await open(t, {head, dialog, body: boost});
        await page.evaluate(() => Object.assign(globalThis, {isSamePage: true}));
        await page.click('a[href="/b"]');
        await shows(page, '/b');
        await page.goBack();
        await shows(page, '/a');
        assert.deepEqual(requests(), [url('/a'), url('/b'), url('/a')]);
        assert.ok(await page.evaluate(() => 'isSamePage' in globalThis));
      });
    }
  });

  const swap = (/** @type {string} */ how) => `hx-get="/a" hx-select="main" hx-target="main" hx-swap="${how}"`;
  const press = (/** @type {Page} */ page) =>
    page.evaluate(async (event) => {
      const settled = new Promise((resolve) => addEventListener(event, resolve, {once: true}));
      document.querySelector('button')?.click();
      await settled;
    }, settled);

  describe(`A swap of htmx ${version}`, () => {
    testLoads(
      [
        ['opens a chat again that a script fills in', filled, byScript, [opened('/a'), opened('/a')]],
        ['opens a chat again in HTML alone', scripts, byHtml, [signedIn('/a'), signedIn('/a')]],
        [
          'keeps a chat with hx-preserve',
          filled,
          (customer) => byScript(customer, `id="chat-agent-7-customer-${customer.path.slice(1)}" hx-preserve`),
          [opened('/a')],
        ],
      ],
      {button: swap('outerHTML')},
      press,
    );
  });

  describe(`A swap that morphs, of htmx ${version},`, () => {
    testLoads(
      [
        [removed.behaviour, filled, byScript, Array(removed.openings).fill(opened('/a'))],
        [
          'keeps a chat whose `disabled` is a property',
          scripts + filledOn(isThere, 'disabled = false'),
          byScript,
          [opened('/a')],
        ],
        ['keeps a chat in HTML alone', scripts, byHtml, [signedIn('/a')]],
      ],
      {body: morph.body, button: swap(morph.swap)},
      press,
    );
  });
}
