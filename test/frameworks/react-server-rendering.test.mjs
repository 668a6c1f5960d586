// chatapp-dialog/react rendered by a server and taken over in the browser, with React 18 and 19.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {createServer} from 'node:http';
import {after, before, describe, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {listen} from '../../demo/stand-in/listen.mjs';
import {createStandIn} from '../../demo/stand-in/server.mjs';
import {launch, openPage, reaches} from '../support/browser-page.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The page, as a server and the browser render it. */
const PAGE = `
  import {StrictMode, createElement as h} from 'react';
  import {ChatAppDialog, ChatAppDialogLink} from './dist/frameworks/react.js';
  export const page = (base) => h(StrictMode, null,
    h(ChatAppDialog, {baseUrl: base, phones: ['79991234567'], licenseId: 30310, getAccessToken: async () => 'token', id: 'chat', style: {height: 400}},
      h('a', {href: base}, 'Open the chat')),
    h(ChatAppDialogLink, {baseUrl: base, phones: ['79991234567']}, 'In a tab'));`;

/** @param {string} contents @param {18 | 19} version @param {import('esbuild').BuildOptions} options */
const bundle = async (contents, version, options) => {
  const alias = version === 18 ? {react: 'react-18', 'react-dom': 'react-dom-18'} : undefined;
  const {outputFiles} = await build({
    stdin: {contents: PAGE + contents, resolveDir: root},
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

for (const version of /** @type {const} */ ([18, 19])) {
  describe(`React ${version} on a server`, () => {
    const standIn = createStandIn();
    let dialogs = '';
    let origin = '';
    let html = '';
    let script = '';
    /** Answers the script, when the test says so. @type {Promise<void>} */
    let released = Promise.resolve();
    const server = createServer(async (request, response) => {
      if (request.url === '/favicon.ico') return void response.writeHead(204).end();
      if (request.url !== '/script.js') {
        const head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title><script type="module" async src="/script.js"></script>';
        return void response.writeHead(200, {'Content-Type': 'text/html'}).end(`${head}<div id="root">${html}</div>`);
      }
      await released;
      response.writeHead(200, {'Content-Type': 'text/javascript'}).end(script);
    });
    /** @type {import('puppeteer-core').Browser} */
    let browser;

    before(async () => {
      browser = await launch();
      dialogs = `${await standIn.listen()}/`;
      origin = (await listen(server)).replace('127.0.0.1', 'localhost');
      const onServer = await bundle(`import {renderToString} from 'react-dom/server'; console.log(renderToString(page('${dialogs}')));`, version, {platform: 'node'});
      html = execFileSync(process.execPath, ['-'], {input: onServer, encoding: 'utf8'}).trim();
      script = await bundle(`import {hydrateRoot} from 'react-dom/client'; hydrateRoot(document.querySelector('#root'), page('${dialogs}'));`, version, {format: 'esm'});
    });
    after(async () => {
      await browser?.close();
      server.close();
      server.closeAllConnections();
      await standIn.close();
    });

    test('renders the children, and the elements wait', () => {
      assert.match(html, /^<chatapp-dialog [^>]*defer-hydration=""[^>]*><a href="[^"]+">Open the chat<\/a><\/chatapp-dialog><chatapp-dialog-link [^>]*defer-hydration=""[^>]*>In a tab<\/chatapp-dialog-link>$/);
      assert.doesNotMatch(html, /token/);
    });

    test('shows the link until React takes over, then opens once, with all properties, and React does not complain', async (t) => {
      const page = await openPage(t, browser);
      let release = () => {};
      released = new Promise((resolve) => (release = resolve));
      await page.goto(origin, {waitUntil: 'domcontentloaded'});
      const link = await page.waitForSelector('#chat a');
      assert.ok(await link?.isVisible());
      release();
      await reaches(page, 'loaded');
      assert.ok(!(await link?.isVisible()));
      assert.deepEqual(
        standIn.requests().map(({url}) => decodeURIComponent(url)),
        ['/?api[access_token]=token&api[license_id]=30310&crm[phones][0]=79991234567'],
      );
      assert.equal(await page.$eval('chatapp-dialog-link', (el) => el.shadowRoot?.querySelector('a')?.href), `${dialogs}?crm%5Bphones%5D%5B0%5D=79991234567`);
    });
  });
}
