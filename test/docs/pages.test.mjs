// HTML, JavaScript, CSS and headers of the documentation, as they stand there, in Chromium.
import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {build} from 'esbuild';
import {VALID_TOKEN} from '../../demo/stand-in/sample-data.mjs';
import {reaches} from '../support/browser-page.mjs';
import {root} from '../support/packed-project.mjs';
import {fileOf, inLanguage, writeFiles} from './blocks.mjs';
import {linkOf, serve, setupDocs, view} from './docs-page.mjs';
import manifest from '../../package.json' with {type: 'json'};

/** What a module may import: the files of dist/ by the names that bundlers know. */
const ENTRIES = Object.fromEntries(
  /** @type {const} */ (['.', './element', './url', './locales', './locales/*']).flatMap((name) => {
    const file = manifest.exports[name].default;
    return (name.includes('*') ? ['ru', 'pt', 'es'] : ['']).map((part) => [
      name.replace('.', manifest.name).replace('*', part),
      file.replace('*', part),
    ]);
  }),
);
const IMPORT_MAP = `<script type="importmap">${JSON.stringify({imports: Object.fromEntries(Object.entries(ENTRIES).map(([name]) => [name, `/bundle/${name}.js`]))})}</script>`;

const docs = setupDocs();
/** @type {string} */
let work;
before(async () => {
  work = mkdtempSync(join(tmpdir(), 'chatapp-dialog-docs-'));
  // Few files, as a bundler makes them.
  const entryPoints = Object.entries(ENTRIES).map(([name, file]) => ({in: join(root, file), out: name}));
  await build({
    entryPoints,
    outdir: join(work, 'bundle'),
    bundle: true,
    splitting: true,
    format: 'esm',
    conditions: ['production'],
    logLevel: 'warning',
  });
});
after(() => rmSync(work, {recursive: true, force: true}));

/** Most of a page's time is waiting. */
const SIDE_BY_SIDE = {concurrency: 4};
const DIST = join(root, 'dist');
const HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Test</title><link rel="icon" href="data:,">';
/**
 * Serves and opens a page.
 * @param {import('node:test').TestContext} t
 * @param {Parameters<typeof serve>[0] & {path?: string, expected?: RegExp[], hosts?: Record<string, string>}} options
 */
async function open(t, {path = '/', expected = [], hosts = {}, ...site}) {
  const server = await serve(site);
  t.after(() => server.close());
  const opened = await docs.page(t, {expected, hosts});
  await opened.page.evaluateOnNewDocument(() => {
    /** @type {string[]} */
    const violations = [];
    Object.assign(globalThis, {violations});
    addEventListener('securitypolicyviolation', ({disposition, effectiveDirective}) =>
      violations.push(`${disposition} ${effectiveDirective}`),
    );
  });
  await opened.page.goto(server.origin + path);
  return {...opened, server, violations: () => opened.page.evaluate(() => /** @type {any} */ (globalThis).violations)};
}

/** The files of a page of the documentation, in a folder. @param {string} page */
function filesOf(page) {
  const folder = join(work, page.replaceAll('/', '-'));
  mkdirSync(folder, {recursive: true});
  writeFiles(page, folder);
  return folder;
}

describe('html', SIDE_BY_SIDE, () => {
  for (const {id, page, file, code} of inLanguage('html')) {
    if (file === 'crm.html') continue; // the frame around widget.html, below
    test(`opens, silently: ${id}`, async (t) => {
      const isWhole = code.startsWith('<!doctype');
      const hasScript = /<script[^>]+src="[^"]*chatapp-dialog\.min\.js/.test(code);
      const html = isWhole
        ? code
        : `${HEAD}${hasScript ? '' : '<script defer src="chatapp-dialog.min.js"></script>'}${code}`;
      const opened = await open(t, {pages: {'/': html}, folders: [filesOf(page), DIST]});
      if (code.includes('<chatapp-dialog\n') || code.includes('<chatapp-dialog '))
        await reaches(opened.page, code.includes('phones=""') ? 'idle' : 'loaded');
      else if (code.includes('<chatapp-dialog-link'))
        assert.match(String(await linkOf(opened.page)), /^https:\/\/dialogs\.pro\/\?/);
      const ids = [...code.matchAll(/(?:license-id|phones)="([^"]+)"/g)].length;
      if (ids && opened.openings.length)
        assert.match(opened.openings[0] ?? '', /api\[license_id\]=30310|crm\[phones\]\[0\]=79991234567/);
      assert.deepEqual(await opened.violations(), []);
    });
  }

  test('plain.md opens one right chat for each click, signed in', async (t) => {
    const {page, openings, server} = await open(t, {folders: [filesOf('docs/recipes/plain.md'), DIST]});
    assert.equal(await view(page), 'chat');
    const anna = 'api[license_id]=30310&api[messenger_type]=grWhatsApp&crm[phones][0]=79991234567';
    assert.deepEqual(openings, [`api[access_token]=${VALID_TOKEN}&${anna}`]);
    assert.equal(decodeURIComponent(String(await linkOf(page))), `https://dialogs.pro/?${anna}`);
    await page.click('[data-customer="2"]');
    await reaches(page, 'idle');
    assert.equal(await linkOf(page), null);
    await page.click('#reload');
    assert.equal(
      await page.$eval('chatapp-dialog', (dialog) =>
        /** @type {any} */ (dialog).updateComplete.then(() => /** @type {any} */ (dialog).status),
      ),
      'idle',
    );
    await page.click('[data-customer="1"]');
    await reaches(page, 'loaded');
    assert.equal(openings.length, 2);
    assert.equal(server.tokens(), 2);
  });

  test('colleague-link.md opens a link’s chat and nothing else of it', async (t) => {
    const {page, openings} = await open(t, {folders: [filesOf('docs/recipes/colleague-link.md'), DIST]});
    await reaches(page, 'idle');
    for (const [link, said, opened] of /** @type {const} */ ([
      ['http://[', 'This is no link.', ''],
      ['https://dialogs.pro/', 'This link names no chat.', ''],
      ['https://dialogs.pro/?api[license_id]=1&crm[phones][0]=', 'This link names no chat.', ''],
      [
        'https://dialogs.pro/?api[access_token]=theirs&api[crm_domain]=a.b&api[employee_ext_code]=9&api[license_id]=30310&crm[phones][0]=79991234567',
        '',
        'api[license_id]=30310&crm[phones][0]=79991234567',
      ],
      [
        'https://elsewhere.example/dialogs/30310/telegram/@username',
        '',
        'api[license_id]=30310&api[messenger_type]=telegram&crm[dialogIds][0]=@username',
      ],
    ])) {
      const before = openings.length;
      await page.$eval('input', (input, value) => void (input.value = value), link);
      await page.click('form button');
      assert.equal(await page.$eval('[role=status]', (status) => status.textContent), said);
      if (opened) await reaches(page, 'loaded');
      assert.deepEqual(openings.slice(before), opened ? [opened] : [], link);
    }
  });

  for (const [behaviour, change, isAllowed] of /** @type {const} */ ([
    ['gives the Dialog the microphone', (/** @type {string} */ html) => html, true],
    [
      'says so where the CRM hands down no microphone',
      (/** @type {string} */ html) => html.replace('microphone; ', ''),
      false,
    ],
  ])) {
    test(`widget-in-iframe.md ${behaviour}`, async (t) => {
      const page = 'docs/recipes/widget-in-iframe.md';
      const headers = Object.fromEntries(
        headersOf(inLanguage('http').find((block) => block.page === page)?.code ?? '').map(
          ([name = '', value = '']) => [
            name,
            name === 'Permissions-Policy' ? value : value.replace('https://*.bitrix24.ru', 'http://localhost:*'),
          ],
        ),
      );
      const widget = await serve({folders: [filesOf(page), DIST], headers});
      t.after(() => widget.close());
      const crm = fileOf(page, 'crm.html').code;
      const opened = await open(t, {
        pages: {'/': change(crm).replace('<title>', '<link rel="icon" href="data:,"><title>')},
        hosts: {'widget.example': widget.origin},
      });
      const inner = await (await opened.page.waitForSelector('iframe'))?.contentFrame();
      assert.ok(inner);
      await inner.waitForFunction(
        () => /** @type {any} */ (document.querySelector('chatapp-dialog'))?.status === 'loaded',
      );
      const handle = await inner.evaluateHandle(
        () => /** @type {any} */ (document.querySelector('chatapp-dialog')).frame,
      );
      const dialog = await /** @type {import('puppeteer-core').ElementHandle<HTMLIFrameElement>} */ (
        handle
      ).contentFrame();
      assert.equal(
        await dialog.evaluate(() => /** @type {any} */ (document).featurePolicy.allowsFeature('microphone')),
        isAllowed,
      );
      assert.equal(await inner.$eval('#no-calls', (hint) => /** @type {HTMLElement} */ (hint).hidden), isAllowed);
      assert.deepEqual(opened.openings, [
        `api[access_token]=${VALID_TOKEN}&api[license_id]=30310&crm[phones][0]=79991234567`,
      ]);
      const {height, all} = await inner.evaluate(() => ({
        height: document.querySelector('chatapp-dialog')?.getBoundingClientRect().bottom,
        all: innerHeight,
      }));
      assert.equal(height, all, 'fills the widget');
    });
  }
});

describe('js', SIDE_BY_SIDE, () => {
  // What the fragments speak of.
  const BODY = `<button id="copy"></button><button id="in-a-tab"></button><chatapp-dialog phones="79991112233"></chatapp-dialog>
    <script type="module">
      import * as all from 'chatapp-dialog';
      Object.assign(globalThis, all, {customer: {phones: ['79991234567']}, fields: {licenseId: 30310}, link: 'https://dialogs.pro/?crm[phones][0]=79991234567'});
      globalThis.dialog = document.querySelector('chatapp-dialog');
      await import('/block.js');
      await dialog.updateComplete;
      document.body.dataset.done = '';
    </script>`;

  for (const [index, {id, page: from, code, file}] of inLanguage('js').entries()) {
    if (file || from === 'docs/server.md') continue; // runs in its page, or on a server: see servers.test.mjs
    test(`runs, silently: ${id}`, async (t) => {
      const pages = {'/': HEAD + IMPORT_MAP + BODY};
      const folder = join(work, `block-${index}`);
      mkdirSync(folder);
      writeFileSync(join(folder, 'block.js'), code);
      const {page, openings} = await open(t, {pages, folders: [folder, work]});
      await page.waitForSelector('[data-done]');
      const isOutline = code.includes('/* … */'); // a function without a body answers no token
      await reaches(page, isOutline ? 'error' : 'loaded');
      if (code.includes('popstate')) {
        await page.goBack();
        await reaches(page, 'idle');
        await page.goForward();
        await reaches(page, 'loaded');
      }
      if (code.includes('turbo:load')) {
        await page.evaluate(async () => {
          const dialog = document.querySelector('chatapp-dialog');
          const load = new Promise((resolve) => dialog?.addEventListener('chatapp-load', resolve, {once: true}));
          document.dispatchEvent(new Event('turbo:load'));
          await load;
        });
      }
      if (/\bdialog\.phones =|Object\.assign\(dialog/.test(code))
        assert.match(openings.at(-1) ?? '', /crm\[phones\]\[0\]=7?9991234567/);
    });
  }
});

test('css', async (t) => {
  const {page} = await open(t, {pages: {'/': HEAD}});
  for (const {id, code} of inLanguage('css')) {
    await t.test(`is understood, each rule and declaration: ${id}`, async () => {
      const troubles = await page.evaluate((text) => {
        const bare = text.replace(/\/\*.*?\*\//gs, '');
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(bare);
        const written = bare.split('{').length - 1;
        const lost = [...bare.matchAll(/([\w-]+)\s*:\s*([^;{}]+);/g)]
          .filter(([, name = '', value = '']) => !CSS.supports(name, value))
          .map(([all]) => all);
        return sheet.cssRules.length === written ? lost : [...lost, `${sheet.cssRules.length} rules of ${written}`];
      }, code);
      assert.deepEqual(troubles, []);
    });
  }
});

/** @param {string} code */
const headersOf = (code) =>
  code
    .trim()
    .split('\n')
    .map((line) => /^([\w-]+): (.+)$/.exec(line)?.slice(1) ?? [line]);

describe('http', SIDE_BY_SIDE, () => {
  const known = new Set([
    'Content-Security-Policy',
    'Content-Security-Policy-Report-Only',
    'Permissions-Policy',
    'Referrer-Policy',
    'Cross-Origin-Opener-Policy',
    'X-Content-Type-Options',
  ]);
  const usual = fileOf('docs/headers.md', 'index.html').code;
  const folders = () => [filesOf('docs/headers.md'), DIST];

  for (const {id, code} of inLanguage('http')) {
    test(`the page works under it: ${id}`, async (t) => {
      const headers = Object.fromEntries(headersOf(code));
      for (const name of Object.keys(headers)) assert.ok(known.has(name), name);
      const policy = `${headers['Content-Security-Policy']}`;
      let html = usual;
      if (policy.includes('unpkg.com'))
        html = html.replace(
          '"chatapp-dialog.min.js"',
          `"https://unpkg.com/chatapp-dialog@${manifest.version}/dist/chatapp-dialog.min.js"`,
        );
      if (/connect-src [^;]*dialogs\.pro/.test(policy))
        html = html.replace('<chatapp-dialog ', '<chatapp-dialog probe ');
      if (!/style-src|default-src/.test(policy)) html = html.replace('<link rel="stylesheet" href="chat.css">', '');
      const {page, openings, violations} = await open(t, {pages: {'/': html}, folders: folders(), headers});
      await reaches(page, 'loaded');
      assert.deepEqual(openings, ['crm[phones][0]=79991234567']);
      assert.deepEqual(await violations(), []);
      const frame = page.frames().find((each) => each.url().startsWith('https://dialogs.pro/'));
      assert.equal(
        await frame?.evaluate(() => /** @type {any} */ (document).featurePolicy.allowsFeature('microphone')),
        true,
      );
      if (html.includes(' probe '))
        assert.equal(await page.$eval('chatapp-dialog', (dialog) => /** @type {any} */ (dialog).error), null);
    });

    const withoutFrame = Object.fromEntries(
      headersOf(code.replace('frame-src https://dialogs.pro', "frame-src 'self'")),
    );
    const name = Object.keys(withoutFrame).find((each) => each.startsWith('Content-Security'));
    if (!name) continue;
    const isReport = name.endsWith('Report-Only');
    test(`and without the Dialog’s host it ${isReport ? 'reports' : 'blocks'}: ${id}`, async (t) => {
      const headers = {
        [name]: String(withoutFrame[name])
          .replace(/script-src[^;]*/, "script-src 'self'")
          .replace(' https://new.dialogs.pro', ''),
      };
      const {page, violations} = await open(t, {
        pages: {'/': usual},
        folders: folders(),
        headers,
        expected: [
          /violates the following .*Content Security Policy directive|Framing 'https:\/\/dialogs\.pro\/' violates/,
        ],
      });
      await reaches(page, isReport ? 'loaded' : 'error');
      // Chromium reports some twice.
      assert.deepEqual([...new Set(await violations())], [`${isReport ? 'report' : 'enforce'} frame-src`]);
    });
  }
});
