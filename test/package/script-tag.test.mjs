// dist/chatapp-dialog.min.js as pages load it, and what only a whole browser shows: windows, permissions, policies.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {createHash} from 'node:crypto';
import {after, before, describe, test} from 'node:test';
import {createStandIn} from '../../demo/stand-in/server.mjs';
import manifest from '../../package.json' with {type: 'json'};
import {VALID_TOKEN} from '../../demo/stand-in/sample-data.mjs';
import {insideFrame, launch, openPage, reaches, shown} from '../support/browser-page.mjs';

const script = readFileSync(new URL('../../dist/chatapp-dialog.min.js', import.meta.url));
const {version} = manifest;
const integrity = `sha384-${createHash('sha384').update(script).digest('base64')}`;

/** @type {import('puppeteer-core').Browser} */
let browser;
const standIn = createStandIn();
let dialogs = '';
/** Answers of scripts that have been asked for. @type {(() => void)[]} */
const late = [];
/** What each path answers. @type {Map<string, {html: string, headers?: Record<string, string>}>} */
const pages = new Map();
const server = createServer((request, response) => {
  const path = request.url?.split('?')[0] ?? '/';
  if (path === '/chatapp-dialog.min.js')
    return void response.writeHead(200, {'Content-Type': 'text/javascript'}).end(script);
  if (path === '/old.min.js')
    return void response
      .writeHead(200, {'Content-Type': 'text/javascript'})
      .end(`${script}`.replaceAll(`"${version}"`, '"0.0.1"'));
  // Comes when the test says so.
  if (path === '/late.min.js')
    return void late.push(() => response.writeHead(200, {'Content-Type': 'text/javascript'}).end(script));
  if (/^\/(locales\/\w+(\.min)?|messages)\.js$/.test(path)) {
    return void response
      .writeHead(200, {'Content-Type': 'text/javascript'})
      .end(readFileSync(new URL(`../../dist${path}`, import.meta.url)));
  }
  if (path === '/favicon.ico') return void response.writeHead(204).end();
  const page = pages.get(path);
  if (!page) return void response.writeHead(404).end();
  response.writeHead(200, {'Content-Type': 'text/html; charset=utf-8', ...page.headers}).end(page.html);
});
let origin = '';

before(async () => {
  browser = await launch();
  dialogs = `${await standIn.listen()}/`;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  origin = `http://localhost:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
});
after(async () => {
  await browser?.close();
  server.close();
  server.closeAllConnections();
  await standIn.close();
});

/**
 * Serves a page and opens it; its console must stay silent, but for what `expected` says.
 * @param {import('node:test').TestContext} t
 * @param {string} html  may hold {dialogs}, the base URL on the second origin
 * @param {{headers?: Record<string, string>, expected?: RegExp[], wait?: 'load' | 'domcontentloaded'}} [options]
 */
async function open(t, html, {headers = {}, expected = [], wait = 'load'} = {}) {
  const path = `/${pages.size}`;
  pages.set(path, {
    html: `<!doctype html><html lang="en"><title>Test</title>${html.replaceAll('{dialogs}', dialogs)}`,
    headers,
  });
  const page = await openPage(t, browser, {expected});
  await page.goto(origin + path, {waitUntil: wait});
  return page;
}

const ELEMENT = '<chatapp-dialog base-url="{dialogs}" phones="79991234567"></chatapp-dialog>';

/** Each test has a page of its own, and much of its time is waiting. */
const SIDE_BY_SIDE = {concurrency: 3};

describe('the script tag', SIDE_BY_SIDE, () => {
  for (const [kind, tag] of [
    ['classic', '<script src="/chatapp-dialog.min.js"></script>'],
    ['classic with defer', '<script src="/chatapp-dialog.min.js" defer></script>'],
    ['classic with async', '<script src="/chatapp-dialog.min.js" async></script>'],
    ['a module', '<script src="/chatapp-dialog.min.js" type="module"></script>'],
    [
      'with integrity',
      `<script src="/chatapp-dialog.min.js" defer crossorigin="anonymous" integrity="${integrity}"></script>`,
    ],
  ]) {
    test(`works: ${kind}`, async (t) => {
      const page = await open(t, `${tag}${ELEMENT}`);
      await reaches(page, 'loaded');
    });
  }

  test('says that a class field hides a property, of which Lit says nothing in production', async (t) => {
    const page = await open(
      t,
      `<body><script src="/chatapp-dialog.min.js"></script>
       <script>
         customElements.define('crm-dialog', class extends customElements.get('chatapp-dialog') { phones = ['1']; baseUrl = '{dialogs}'; });
         document.body.append(document.createElement('crm-dialog'));
       </script>`,
      {expected: []},
    );
    await reaches(page, 'error', 'crm-dialog');
    assert.equal(
      await page.$eval('crm-dialog', (el) => /** @type {any} */ (el).error.message),
      'phones: a class field hides the property. Set it in the constructor instead.',
    );
  });

  test('is ASCII, so that a page in another encoding reads it right', () => {
    assert.ok(script.every((byte) => byte < 128));
  });

  for (const [what, first, second] of /** @type {const} */ ([
    ['twice', 'chatapp-dialog', 'chatapp-dialog'],
    ['in two versions, the older one first', 'old', 'chatapp-dialog'],
    ['in two versions, the newer one first', 'chatapp-dialog', 'old'],
  ])) {
    test(`loaded ${what}: the first one serves, a warning for each element names both, nothing throws`, async (t) => {
      const [winner, loser] = [first, second].map((name) => (name === 'old' ? '0.0.1' : version));
      const tags = `<script src="/${first}.min.js" defer></script><script src="/${second}.min.js?copy" defer></script>`;
      const warning = (/** @type {string} */ tag) =>
        new RegExp(`^<${tag}> ${winner} is registered; ${loser} is ignored\\.$`);
      const page = await open(t, `${tags}${ELEMENT}`, {
        expected: [warning('chatapp-dialog'), warning('chatapp-dialog-link')],
      });
      await reaches(page, 'loaded');
      assert.equal(
        await page.evaluate(() => /** @type {any} */ (customElements.get('chatapp-dialog')).version),
        winner,
      );
    });
  }

  test('replaces the light-DOM link without a painted gap and without a jump', async (t) => {
    const page = await open(
      t,
      `<style>chatapp-dialog { display: block; height: 400px }</style>
       <script>
         // What each painted frame shows: the link, or the element's own tree with something in it.
         globalThis.painted = [];
         (function look() {
           const el = document.querySelector('chatapp-dialog');
           if (el) {
             const own = el.shadowRoot?.querySelector('section');
             const isShown = own ? own.innerText.trim() !== '' || !!own.querySelector('iframe') : el.querySelector('a').checkVisibility();
             painted.push(isShown + ' ' + el.getBoundingClientRect().height);
           }
           requestAnimationFrame(look);
         })();
       </script>
       <script src="/late.min.js" async></script>
       <chatapp-dialog base-url="{dialogs}" phones="79991234567"><a href="{dialogs}">Open the chat</a></chatapp-dialog>`,
      {wait: 'domcontentloaded'},
    );
    await page.waitForFunction(() => /** @type {any} */ (globalThis).painted.length > 3);
    assert.ok(await (await page.$('chatapp-dialog a'))?.isVisible(), 'the link shows before the script arrives');
    late.shift()?.();
    await reaches(page, 'loaded');
    const link = await page.$('chatapp-dialog a');
    assert.ok(!(await link?.isVisible()), 'it is gone afterwards');
    assert.deepEqual(await page.evaluate(() => [...new Set(/** @type {any} */ (globalThis).painted)]), ['true 400']);
  });

  test('leaves a light-DOM link to pages without scripting', async (t) => {
    const page = await openPage(t, browser);
    await page.setJavaScriptEnabled(false);
    pages.set('/noscript', {
      html: '<chatapp-dialog><a href="https://dialogs.pro/">Open the chat</a></chatapp-dialog><script src="/chatapp-dialog.min.js"></script>',
    });
    await page.goto(`${origin}/noscript`);
    assert.ok(await (await page.$('chatapp-dialog a'))?.isVisible());
  });

  test('begins with the line by which Chromium compiles all of it while it loads', () => {
    assert.match(script.toString(), /^\/\/# allFunctionsCalledOnLoad\n/);
  });

  test('has a source map beside it', () => {
    assert.match(script.toString(), /\/\/# sourceMappingURL=chatapp-dialog\.min\.js\.map\s*$/);
    const map = JSON.parse(readFileSync(new URL('../../dist/chatapp-dialog.min.js.map', import.meta.url), 'utf8'));
    assert.ok(map.sources.some((/** @type {string} */ source) => source.includes('conversation-controller')));
  });
});

describe('a language’s script tag', SIDE_BY_SIDE, () => {
  const core = '<script src="/chatapp-dialog.min.js" defer></script>';
  const locale = '<script src="/locales/ru.min.js" defer></script>';
  for (const [order, tags] of [
    ['before', locale + core],
    ['after', core + locale],
  ]) {
    test(`works ${order} the element’s`, async (t) => {
      const page = await open(t, `${tags}<chatapp-dialog base-url="{dialogs}" phones="" lang="ru"></chatapp-dialog>`);
      await page.waitForFunction(() =>
        document.querySelector('chatapp-dialog')?.shadowRoot?.textContent?.includes('У этого клиента нет'),
      );
    });
  }
});

describe('addMessages', SIDE_BY_SIDE, () => {
  test('comes as a module beside the script tag, and the element shows its texts', async (t) => {
    const page = await open(
      t,
      `<script src="/chatapp-dialog.min.js" defer></script>
       <script type="module">
         import {addMessages} from '/locales/index.js';
         addMessages('de', {empty: 'Ohne Telefon und Chat.'});
       </script>
       <chatapp-dialog base-url="{dialogs}" phones="" lang="de"></chatapp-dialog>`,
    );
    await page.waitForFunction(() =>
      document.querySelector('chatapp-dialog')?.shadowRoot?.textContent?.includes('Ohne Telefon und Chat.'),
    );
  });
});

describe('offline', () => {
  test('is an error at once, and one opening when the browser is online again', async (t) => {
    const page = await open(t, `<script src="/chatapp-dialog.min.js" defer></script>${ELEMENT}`, {
      expected: [/ERR_INTERNET_DISCONNECTED/],
    });
    await reaches(page, 'loaded');
    await page.setOfflineMode(true);
    assert.equal(
      await page.$eval('chatapp-dialog', (el) => /** @type {any} */ (el).status),
      'loaded',
      'what is open stays',
    );
    await page.$eval('chatapp-dialog', (el) => /** @type {any} */ (el).reload());
    await reaches(page, 'error');
    assert.equal(await page.$eval('chatapp-dialog', (el) => /** @type {any} */ (el).error.code), 'unreachable');
    assert.match(await page.$eval('chatapp-dialog', (el) => el.shadowRoot?.textContent ?? ''), /You are offline\./);
    await page.setOfflineMode(false);
    await reaches(page, 'loaded');
  });
});

describe('a strict page', SIDE_BY_SIDE, () => {
  test('Content-Security-Policy without inline styles, and Trusted Types, are not violated', async (t) => {
    const policy = `default-src 'none'; script-src 'self'; style-src 'none'; frame-src ${dialogs}; require-trusted-types-for 'script'; trusted-types lit-html 'allow-duplicates'`;
    const page = await open(t, `<script src="/chatapp-dialog.min.js" defer></script>${ELEMENT}`, {
      headers: {'Content-Security-Policy': policy},
    });
    await page.evaluate(() => {
      /** @type {any} */ (globalThis).violations = [];
      document.addEventListener('securitypolicyviolation', (event) =>
        /** @type {any} */ (globalThis).violations.push(event.violatedDirective),
      );
    });
    await reaches(page, 'loaded');
    // Every template of the element is rendered once: idle, error, loading, loaded.
    for (const [phones, status] of /** @type {const} */ ([
      [[], 'idle'],
      [['bad'], 'error'],
      [['7'], 'loaded'],
    ])) {
      await page.$eval('chatapp-dialog', (el, value) => void (/** @type {any} */ (el.phones = value)), phones);
      await reaches(page, status);
    }
    assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).violations), []);
    assert.equal(await page.$eval('chatapp-dialog', (el) => getComputedStyle(el).display), 'block', 'the styles apply');
  });

  test('the frame is allowed microphone, camera, clipboard and full screen, and asks for no other', async (t) => {
    const page = await open(t, `<script src="/chatapp-dialog.min.js" defer></script>${ELEMENT}`);
    const frame = await insideFrame(page);
    const allowed = await frame.evaluate(() => {
      const {featurePolicy} = /** @type {any} */ (document);
      return ['microphone', 'camera', 'clipboard-read', 'clipboard-write', 'fullscreen', 'geolocation'].filter((name) =>
        featurePolicy.allowsFeature(name),
      );
    });
    assert.deepEqual(allowed, ['microphone', 'camera', 'clipboard-read', 'clipboard-write', 'fullscreen']);
  });
});

describe('a CRM’s widget iframe, on another origin', () => {
  test('holds the element: it opens, switches, links, and adds nothing to the history', async (t) => {
    const widget = `/${pages.size + 1000}`;
    pages.set(widget, {
      html: `<!doctype html><html lang="en"><title>Widget</title><script src="/chatapp-dialog.min.js" defer></script>
        ${ELEMENT}<chatapp-dialog-link base-url="{dialogs}" phones="79991234567">Open in a tab</chatapp-dialog-link>`.replaceAll(
        '{dialogs}',
        dialogs,
      ),
    });
    const framed = `${origin.replace('localhost', '127.0.0.1')}${widget}`;
    const allow = 'camera; microphone; clipboard-read; clipboard-write; fullscreen';
    const page = await open(
      t,
      `<iframe src="${framed}" allow="${allow}" sandbox="allow-scripts allow-same-origin allow-forms allow-popups allow-downloads" width="600" height="500"></iframe>`,
    );
    const frame = await (await page.waitForSelector('iframe'))?.contentFrame();
    assert.ok(frame);
    const loaded = () =>
      frame.waitForFunction(() => /** @type {any} */ (document.querySelector('chatapp-dialog'))?.status === 'loaded');
    await loaded();
    const before = await page.evaluate(() => history.length);
    await frame.$eval('chatapp-dialog', async (el) => {
      const dialog = /** @type {any} */ (el);
      dialog.phones = ['2'];
      await dialog.updateComplete;
    });
    await loaded();
    assert.equal(await page.evaluate(() => history.length), before);
    const inside = await frame.evaluateHandle(
      () => /** @type {any} */ (document.querySelector('chatapp-dialog')).frame,
    );
    const dialog = await inside.asElement()?.contentFrame();
    assert.match(dialog?.url() ?? '', /=2$/);
    assert.deepEqual(
      await dialog?.evaluate(() =>
        ['microphone', 'camera', 'geolocation'].filter((name) =>
          /** @type {any} */ (document).featurePolicy.allowsFeature(name),
        ),
      ),
      ['microphone', 'camera'],
    );
    const href = await frame.$eval('chatapp-dialog-link', (el) => el.shadowRoot?.querySelector('a')?.href);
    assert.equal(href, `${dialogs}?crm%5Bphones%5D%5B0%5D=79991234567`);
  });
});

describe('the Back button', () => {
  test('leaves the page after five switches, and with it the customers', async (t) => {
    pages.set('/before', {html: '<title>Before</title>'});
    const page = await open(t, `<script src="/chatapp-dialog.min.js" defer></script>${ELEMENT}`);
    const here = page.url();
    await page.goto(`${origin}/before`);
    await page.goto(here);
    await reaches(page, 'loaded');
    for (let i = 0; i < 5; i++) {
      await page.$eval(
        'chatapp-dialog',
        (el, phone) => void (/** @type {any} */ (el.phones = [phone])),
        `7999000000${i}`,
      );
      await page.evaluate(() => /** @type {any} */ (document.querySelector('chatapp-dialog')).updateComplete);
      await reaches(page, 'loaded');
    }
    await page.goBack();
    assert.equal(page.url(), `${origin}/before`);
  });
});

describe('openInNewTab()', SIDE_BY_SIDE, () => {
  /** @param {import('puppeteer-core').Page} page @param {object} [options] */
  const click = async (page, options) => {
    const opened = new Promise((resolve) => page.once('popup', resolve));
    await page.evaluate((given) => {
      const button = document.createElement('button');
      button.id = 'open';
      button.addEventListener('click', () =>
        /** @type {any} */ (document.querySelector('chatapp-dialog')).openInNewTab(given),
      );
      document.body.append(button);
    }, options);
    await page.click('#open');
    const tab = /** @type {import('puppeteer-core').Page} */ (await opened);
    await tab.waitForSelector('body[data-view]');
    return tab;
  };

  for (const [behaviour, options, view] of /** @type {const} */ ([
    ['without a token by default', undefined, 'login'],
    ['with the token where asked', {withToken: true}, 'chat'],
  ])) {
    test(`opens the conversation ${behaviour}, without a way back to the page`, async (t) => {
      const page = await open(t, `<script src="/chatapp-dialog.min.js" defer></script>${ELEMENT}`);
      await page.$eval(
        'chatapp-dialog',
        (el, token) => void (/** @type {any} */ (el.accessToken = token)),
        VALID_TOKEN,
      );
      await page.waitForFunction(
        () => /** @type {any} */ (document.querySelector('chatapp-dialog')).status === 'loaded',
      );
      const tab = await click(page, options);
      assert.equal((await shown(tab)).view, view);
      assert.equal(await tab.evaluate(() => opener), null);
    });
  }

  test('is refused by a browser that blocks windows', async (t) => {
    const page = await open(t, `<script src="/chatapp-dialog.min.js" defer></script>${ELEMENT}`);
    await reaches(page, 'loaded');
    const name = await page.evaluate(() => {
      globalThis.open = () => null;
      return /** @type {any} */ (document.querySelector('chatapp-dialog'))
        .openInNewTab()
        .catch((/** @type {Error} */ error) => error.name);
    });
    assert.equal(name, 'NotAllowedError');
  });
});

describe('copyLink()', () => {
  test('puts the link for colleagues on the clipboard', async (t) => {
    const page = await open(t, `<script src="/chatapp-dialog.min.js" defer></script>${ELEMENT}`);
    await page.browserContext().overridePermissions(origin, ['clipboard-read', 'clipboard-sanitized-write']);
    await reaches(page, 'loaded');
    await page.bringToFront();
    const copied = await page.evaluate(async () => {
      await /** @type {any} */ (document.querySelector('chatapp-dialog')).copyLink();
      return navigator.clipboard.readText();
    });
    assert.equal(copied, `${dialogs}?crm%5Bphones%5D%5B0%5D=79991234567`);
  });
});
