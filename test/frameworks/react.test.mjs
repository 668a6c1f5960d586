// What the sample app does not do with chatapp-dialog/react: rendered by a server, hidden, beside another copy of the element.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {before, describe, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {reaches} from '../support/browser-page.mjs';
import {setupServers} from '../support/test-page.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

const IMPORTS = `
  import * as React from 'react';
  import {StrictMode, createElement as h} from 'react';
  import {ChatAppDialog, ChatAppDialogLink} from './dist/frameworks/react.js';`;

/** The page, as a server and the browser render it. */
const PAGE = `${IMPORTS}
  export const page = (base) => h(StrictMode, null,
    h(ChatAppDialog, {baseUrl: base, phones: ['79991234567'], licenseId: 30310, getAccessToken: async () => 'token', id: 'chat', style: {height: 400}},
      h('a', {href: base}, 'Open the chat')),
    h(ChatAppDialogLink, {baseUrl: base, phones: ['79991234567']}, 'In a tab'));`;

/** @param {string} contents @param {18 | 19} version @param {import('esbuild').BuildOptions} options */
const bundle = async (contents, version, options) => {
  const alias = version === 18 ? {react: 'react-18', 'react-dom': 'react-dom-18'} : undefined;
  const {outputFiles} = await build({
    stdin: {contents, resolveDir: root},
    bundle: true,
    write: false,
    logLevel: 'silent',
    // React's warnings are in its development build.
    define: {'process.env.NODE_ENV': '"development"'},
    conditions: ['production'],
    ...(alias && {alias}),
    ...options,
  });
  return outputFiles?.[0]?.text ?? '';
};

/** A page whose parts the tests set. */
function setup() {
  const parts = {dialogs: '', html: '', script: '', released: Promise.resolve()};
  const {standIn, dialogs, origin, page} = setupServers(async (request, response) => {
    if (request.url === '/favicon.ico') return void response.writeHead(204).end();
    if (request.url === '/copy.js')
      return void response
        .writeHead(200, {'Content-Type': 'text/javascript'})
        .end(readFileSync(join(root, 'dist/chatapp-dialog.min.js')));
    if (request.url !== '/script.js') {
      const head =
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title><script type="module" async src="/script.js"></script>';
      return void response
        .writeHead(200, {'Content-Type': 'text/html'})
        .end(`${head}<div id="root">${parts.html}</div>`);
    }
    await parts.released;
    response.writeHead(200, {'Content-Type': 'text/javascript'}).end(parts.script);
  });
  before(() => {
    parts.dialogs = `${dialogs()}/`;
  });
  return {parts, origin, page, requests: () => standIn.requests().map(({url}) => decodeURIComponent(url))};
}

/** Whether the chat is still the one that it was. @param {import('puppeteer-core').Page} page */
const isSameChat = (page) =>
  page.evaluateHandle(() => {
    const el = /** @type {any} */ (document.querySelector('chatapp-dialog'));
    const {frame} = el;
    return () => el.isConnected && el.status === 'loaded' && el.frame === frame;
  });

for (const version of /** @type {const} */ ([18, 19])) {
  describe(`React ${version} on a server`, () => {
    const {parts, origin, page: newPage, requests} = setup();
    before(async () => {
      const onServer = await bundle(
        `${PAGE} import {renderToString} from 'react-dom/server'; console.log(renderToString(page('${parts.dialogs}')));`,
        version,
        {platform: 'node'},
      );
      parts.html = execFileSync(process.execPath, ['-'], {input: onServer, encoding: 'utf8'}).trim();
      parts.script = await bundle(
        `${PAGE} import {hydrateRoot} from 'react-dom/client'; hydrateRoot(document.querySelector('#root'), page('${parts.dialogs}'));`,
        version,
        {format: 'esm'},
      );
    });

    test('renders the children, and the elements wait', () => {
      assert.match(
        parts.html,
        /^<chatapp-dialog [^>]*defer-hydration=""[^>]*><a href="[^"]+">Open the chat<\/a><\/chatapp-dialog><chatapp-dialog-link [^>]*defer-hydration=""[^>]*>In a tab<\/chatapp-dialog-link>$/,
      );
      assert.doesNotMatch(parts.html, /token/);
    });

    test('shows the link until React takes over, then opens once, with all properties, and React does not complain', async (t) => {
      const page = await newPage(t);
      let release = () => {};
      parts.released = new Promise((resolve) => (release = resolve));
      await page.goto(origin(), {waitUntil: 'domcontentloaded'});
      const link = await page.waitForSelector('#chat a');
      assert.ok(await link?.isVisible());
      release();
      await reaches(page, 'loaded');
      assert.ok(!(await link?.isVisible()));
      assert.deepEqual(requests(), ['/?api[access_token]=token&api[license_id]=30310&crm[phones][0]=79991234567']);
      assert.equal(
        await page.$eval('chatapp-dialog-link', (el) => el.shadowRoot?.querySelector('a')?.href),
        `${parts.dialogs}?crm%5Bphones%5D%5B0%5D=79991234567`,
      );
    });
  });

  describe(`React ${version} after another copy of the element`, () => {
    const {parts, origin, page: newPage, requests} = setup();
    test('sets properties all the same', async (t) => {
      parts.script = await bundle(
        `${IMPORTS} import {createRoot} from 'react-dom/client';
         createRoot(document.querySelector('#root')).render(h(ChatAppDialog, {baseUrl: '${parts.dialogs}', dialogIds: ['@a'], licenseId: 1, disabled: false}));`,
        version,
        {format: 'esm', banner: {js: "import '/copy.js';"}},
      );
      const page = await newPage(t, {
        expected: [/^<chatapp-dialog> .* is ignored/, /^<chatapp-dialog-link> .* is ignored/],
      });
      await page.goto(origin());
      await reaches(page, 'loaded');
      assert.deepEqual(requests(), ['/?api[license_id]=1&crm[dialogIds][0]=@a']);
      assert.deepEqual(await page.$eval('chatapp-dialog', (el) => el.getAttributeNames()), ['filter-by-property']);
    });
  });
}

describe('React’s <Activity>', () => {
  const {parts, origin, page: newPage, requests} = setup();
  before(async () => {
    parts.script = await bundle(
      `${IMPORTS} import {createRoot} from 'react-dom/client'; import {flushSync} from 'react-dom';
       const root = createRoot(document.querySelector('#root'));
       const chat = (phone) => h(ChatAppDialog, {baseUrl: '${parts.dialogs}', phones: [phone], getAccessToken: async () => 'token'});
       // The customers in the order in which they are named, as Next keeps the routes that were left.
       window.render = (...shown) => root.render(h(StrictMode, null, ...shown.map(([phone, mode]) => h(React.Activity, {key: phone, mode}, chat(phone)))));
       window.show = (...shown) => flushSync(() => window.render(...shown));`,
      19,
      {format: 'esm'},
    );
  });
  /** @param {import('puppeteer-core').Page} page @param {[string, 'visible' | 'hidden'][]} shown */
  const show = async (page, ...shown) => {
    await page.waitForFunction(() => 'show' in globalThis);
    await page.evaluate((all) => /** @type {any} */ (globalThis).show(...all), shown);
    for (const [phone, mode] of shown) {
      if (mode === 'visible')
        await page.waitForFunction(
          (wanted) =>
            [...document.querySelectorAll('chatapp-dialog')].some(
              (el) => /** @type {any} */ (el).phones?.[0] === wanted && /** @type {any} */ (el).status === 'loaded',
            ),
          {},
          phone,
        );
    }
  };
  const opened = (/** @type {string} */ phone) => `/?api[access_token]=token&crm[phones][0]=${phone}`;

  test('that hides a chat from the start opens nothing until it shows it', async (t) => {
    const page = await newPage(t);
    await page.goto(origin());
    await show(page, ['1', 'hidden'], ['2', 'visible']);
    assert.deepEqual(requests(), [opened('2')]);
    await show(page, ['1', 'visible'], ['2', 'visible']);
    assert.deepEqual(requests(), [opened('2'), opened('1')]);
  });

  test('that hides an open chat closes it, opens nothing when it moves, and opens it anew when it shows it', async (t) => {
    const before = requests().length;
    // Chromium says so where a move takes an open frame along, before the element can take the frame away.
    const page = await newPage(t, {expected: [/can escape its sandboxing/]});
    await page.goto(origin());
    await show(page, ['1', 'visible']);
    await show(page, ['1', 'hidden'], ['2', 'visible']);
    assert.equal(page.frames().length, 2, 'the page and the shown chat');
    await show(page, ['3', 'visible'], ['2', 'hidden'], ['1', 'hidden']);
    await show(page, ['2', 'hidden'], ['1', 'visible'], ['3', 'hidden']);
    assert.equal(page.frames().length, 2);
    assert.deepEqual(requests().slice(before), ['1', '2', '3', '1'].map(opened));
  });

  test('in strict mode and without a hurry opens once too', async (t) => {
    const before = requests().length;
    const page = await newPage(t);
    await page.goto(origin());
    await page.waitForFunction(() => 'show' in globalThis);
    await page.evaluate(() => /** @type {any} */ (globalThis).render(['1', 'visible']));
    await reaches(page, 'loaded');
    await page.evaluate(() => /** @type {any} */ (globalThis).render(['1', 'visible'], ['2', 'visible']));
    await page.waitForFunction(
      () =>
        [...document.querySelectorAll('chatapp-dialog')].map((el) => /** @type {any} */ (el).status).join() ===
        'loaded,loaded',
    );
    assert.deepEqual(requests().slice(before), ['1', '2'].map(opened));
  });
});

for (const version of /** @type {const} */ ([18, 19])) {
  describe(`React ${version} with a callback that is new at each render`, () => {
    const {parts, origin, page: newPage, requests} = setup();
    before(async () => {
      parts.script = await bundle(
        `${IMPORTS} import {createRoot} from 'react-dom/client'; import {flushSync} from 'react-dom';
         const root = createRoot(document.querySelector('#root'));
         window.asked = 0;
         function Page({phone, isBroken}) {
           const [, setRenders] = React.useState(0);
           window.render = () => flushSync(() => setRenders((renders) => renders + 1));
           const getAccessToken = async () => {
             window.asked++;
             if (isBroken) throw new TypeError('of the page');
             return {accessToken: 'token'};
           };
           const onChange = () => setRenders((renders) => renders + 1);
           return h(ChatAppDialog, {baseUrl: '${parts.dialogs}', phones: [phone], getAccessToken, onChatappStatuschange: onChange, onChatappError: onChange});
         }
         window.show = (phone, isBroken) => flushSync(() => root.render(h(Page, {phone, isBroken})));`,
        version,
        {format: 'esm'},
      );
    });

    test('asks once at each opening, and after a failure once more, however often it renders', async (t) => {
      const page = await newPage(t, {expected: [/getAccessToken rejected with a TypeError/], isRepeated: true});
      await page.goto(origin());
      await page.waitForFunction(() => 'show' in globalThis);
      const asked = () => page.evaluate(() => /** @type {any} */ (globalThis).asked);
      /** @param {string} phone @param {boolean} isBroken @param {string} status */
      const show = async (phone, isBroken, status) => {
        await page.evaluate((...given) => /** @type {any} */ (globalThis).show(...given), phone, isBroken);
        await page.waitForFunction(
          (phone, status) => {
            const el = /** @type {any} */ (document.querySelector('chatapp-dialog'));
            return el.phones[0] === phone && el.status === status;
          },
          {},
          phone,
          status,
        );
        await page.evaluate(async () => {
          for (let i = 0; i < 20; i++) {
            /** @type {any} */ (globalThis).render();
            await new Promise((resolve) => setTimeout(resolve));
          }
        });
      };
      await show('1', false, 'loaded');
      assert.equal(await asked(), 1);
      await show('2', false, 'loaded');
      assert.equal(await asked(), 2);
      await show('3', true, 'error');
      assert.equal(await asked(), 4);
      assert.deepEqual(
        requests(),
        ['1', '2'].map((phone) => `/?api[access_token]=token&crm[phones][0]=${phone}`),
      );
    });
  });
}

for (const version of /** @type {const} */ ([18, 19])) {
  describe(`React ${version}’s <Suspense>`, () => {
    const {parts, origin, page: newPage, requests} = setup();
    before(async () => {
      parts.script = await bundle(
        `${IMPORTS} import {createRoot} from 'react-dom/client'; import {flushSync} from 'react-dom';
         const root = createRoot(document.querySelector('#root'));
         let pending = null;
         const Neighbour = () => { if (pending) throw pending; return null; };
         const page = () => h(StrictMode, null, h(React.Suspense, {fallback: h('p', null, 'Loading')},
           h(ChatAppDialog, {baseUrl: '${parts.dialogs}', phones: ['1']}), h(Neighbour)));
         window.suspend = () => { pending = new Promise((resolve) => { window.resume = () => { pending = null; resolve(); }; }); flushSync(() => root.render(page())); };
         root.render(page());`,
        version,
        {format: 'esm'},
      );
    });

    test('keeps the chat when a neighbour suspends again', async (t) => {
      const page = await newPage(t);
      await page.goto(origin());
      await reaches(page, 'loaded');
      const isSame = await isSameChat(page);
      await page.evaluate(() => /** @type {any} */ (globalThis).suspend());
      await page.waitForSelector('p');
      assert.ok(!(await (await page.$('chatapp-dialog'))?.isVisible()));
      await page.evaluate(() => /** @type {any} */ (globalThis).resume());
      await page.waitForFunction(() => !document.querySelector('p'));
      await page.waitForSelector('chatapp-dialog', {visible: true});
      assert.ok(await page.evaluate((same) => same(), isSame));
      assert.deepEqual(requests(), ['/?crm[phones][0]=1']);
    });
  });
}

for (const version of /** @type {const} */ ([18, 19])) {
  describe(`React ${version}’s plain tag`, () => {
    const {parts, origin, page: newPage, requests} = setup();
    const TAG = `import {createElement as h, StrictMode} from 'react';
      const chat = (base, phones) => h(StrictMode, null, h('chatapp-dialog', {'base-url': base, phones}));`;
    before(async () => {
      parts.html = execFileSync(process.execPath, ['-'], {
        input: await bundle(
          `${TAG} import {renderToString} from 'react-dom/server'; console.log(renderToString(chat('${parts.dialogs}', '1')));`,
          version,
          {platform: 'node'},
        ),
        encoding: 'utf8',
      }).trim();
      parts.script = await bundle(
        `import './dist/define.js'; ${TAG} import {hydrateRoot} from 'react-dom/client'; import {flushSync} from 'react-dom';
         const root = hydrateRoot(document.querySelector('#root'), chat('${parts.dialogs}', '1'));
         window.show = (phones) => flushSync(() => root.render(chat('${parts.dialogs}', phones)));`,
        version,
        {format: 'esm'},
      );
    });

    test('keeps the chat when React hydrates and renders again, and asks for another customer once', async (t) => {
      const page = await newPage(t);
      await page.goto(origin());
      await reaches(page, 'loaded');
      const isSame = await isSameChat(page);
      await page.evaluate(() => /** @type {any} */ (globalThis).show('1'));
      assert.ok(await page.evaluate((same) => same(), isSame));
      await page.evaluate(async () => {
        const load = new Promise((resolve) =>
          document.querySelector('chatapp-dialog')?.addEventListener('chatapp-load', resolve),
        );
        /** @type {any} */ (globalThis).show('2');
        await load;
      });
      assert.deepEqual(requests(), ['/?crm[phones][0]=1', '/?crm[phones][0]=2']);
    });
  });
}
