// The token routes of the recipes, run: PHP by its own server, Laravel and Django behind shims (neither can be installed
// from npm), Node and Next by Node; each against a stand-in of the vendor's API, and its page in Chromium.
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {listen} from '../../demo/stand-in/listen.mjs';
import {VALID_TOKEN} from '../../demo/stand-in/sample-data.mjs';
import {root} from '../support/packed-project.mjs';
import {fileOf, inLanguage, writeFiles} from './blocks.mjs';
import {createVendorApi, CREDENTIALS, linkOf, serve, setupDocs, view} from './docs-page.mjs';

const SCRIPT = join(root, 'dist/chatapp-dialog.min.js');
const PHONE = 'crm[phones][0]=79991234567';
const shim = (/** @type {string} */ name) => fileURLToPath(new URL(`./shims/${name}`, import.meta.url));

const hasPhp = spawnSync('php', ['--version']).status === 0;
const hasPython = spawnSync('python3', ['--version']).status === 0;
if (!hasPhp) console.warn('\n*** PHP IS NOT INSTALLED: the PHP of the recipes is not run. Install php-cli. ***\n');
if (!hasPython) console.warn('\n*** PYTHON IS NOT INSTALLED: the Python of the recipes is not run. Install python3. ***\n');
const needsPhp = {skip: hasPhp || process.env.CI ? false : 'PHP is not installed'};
const needsPython = {skip: hasPython || process.env.CI ? false : 'Python is not installed'};

const docs = setupDocs();
/** @type {Awaited<ReturnType<typeof createVendorApi>>} */
let vendor;
/** @type {string} */
let work;
before(async () => {
  vendor = await createVendorApi();
  work = mkdtempSync(join(tmpdir(), 'chatapp-dialog-docs-'));
});
after(() => {
  vendor.close();
  rmSync(work, {recursive: true, force: true});
});

async function freePort() {
  const server = createServer();
  const {port} = new URL(await listen(server));
  await once(server.close(), 'close');
  return port;
}

/**
 * Starts a server, waits until it says so, and ends it with the test.
 * @param {import('node:test').TestContext} t
 * @param {string} command @param {string[]} args
 * @param {{cwd: string, env?: Record<string, string>, ready: RegExp}} options
 */
async function start(t, command, args, {cwd, env, ready}) {
  // A process group of its own: PHP's server has workers.
  const child = spawn(command, args, {cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: {...process.env, CHATAPP_API_URL: vendor.url, ...env}});
  const ended = once(child, 'exit');
  t.after(async () => {
    if (child.exitCode === null) process.kill(-(child.pid ?? 0), 'SIGKILL');
    await ended;
  });
  let said = '';
  await new Promise((resolve, reject) => {
    const hear = (/** @type {Buffer} */ chunk) => {
      said += chunk;
      if (ready.test(said)) resolve(undefined);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void ended.then(() => reject(new Error(`${command} ended: ${said}`)));
  });
  return {said: () => said};
}

/** @param {string} folder @param {string} page */
function siteOf(folder, page) {
  const site = join(work, folder);
  mkdirSync(site, {recursive: true});
  writeFiles(page, site);
  return site;
}

/** @param {string} target */
function putScript(target) {
  mkdirSync(dirname(target), {recursive: true});
  copyFileSync(SCRIPT, target);
}

/** What a token route answers. @param {string} url @param {RequestInit} [init] */
const ask = async (url, init) => {
  const response = await fetch(url, {method: 'POST', redirect: 'manual', ...init});
  return {status: response.status, cache: response.headers.get('cache-control'), text: await response.text()};
};

/**
 * A page of a recipe opens its customer, signed in, and its route mints one token however many ask.
 * @param {import('node:test').TestContext} t
 * @param {{route: string, url: string, cookie?: string, headers?: Record<string, string>, fields: string, label?: string}} site
 */
async function drive(t, {route, url, cookie = '', headers = {}, fields, label}) {
  const minted = vendor.logins.length;
  const {page, openings} = await docs.page(t);
  const [name = '', value = ''] = cookie.split('=');
  if (cookie) await page.browserContext().setCookie({name, value, domain: new URL(url).hostname, path: '/'});
  const answers = await Promise.all(Array.from({length: 4}, () => ask(route, {headers: {cookie, ...headers}})));
  for (const {status, cache, text} of answers) {
    assert.deepEqual({status, cache, text: JSON.parse(text)}, {status: 200, cache: 'no-store', text: {accessToken: VALID_TOKEN}});
  }
  await page.goto(url);
  assert.equal(await view(page), 'chat', 'signed in');
  assert.deepEqual(openings, [`api[access_token]=${VALID_TOKEN}&${fields}`]);
  assert.equal(decodeURIComponent(String(await linkOf(page))), `https://dialogs.pro/?${fields}`);
  if (label) assert.equal(await page.$eval('chatapp-dialog', (dialog) => /** @type {any} */ (dialog).frame.title), label);
  assert.equal(vendor.logins.length, minted + 1, 'one login');
  assert.ok(!(await page.content()).includes(VALID_TOKEN), 'no token in the page');
}

/**
 * A wrong password: no token, no reason for strangers, and no second login within the minute.
 * @param {string} route @param {Record<string, string>} headers
 */
async function refused(route, headers) {
  const minted = vendor.logins.length;
  for (let i = 0; i < 3; i++) {
    const {status, text} = await ask(route, {headers});
    assert.ok(status === 502 || status === 500, `${status}`);
    assert.doesNotMatch(text, /ApiInvalid|change-me|wrong|integration@/);
  }
  assert.equal(vendor.logins.length, minted + 1);
}

const CHANNEL = 'api[license_id]=30310&api[messenger_type]=grWhatsApp';

describe('php.md', needsPhp, () => {
  for (const block of inLanguage('php')) {
    test(`is PHP: ${block.id}`, () => {
      const {status, stdout, stderr} = spawnSync('php', ['-l'], {input: block.code, encoding: 'utf8'});
      assert.equal(status, 0, stdout + stderr);
    });
  }

  /** @param {import('node:test').TestContext} t @param {string} folder @param {Record<string, string>} [env] */
  async function startSite(t, folder, env) {
    const site = siteOf(folder, 'docs/recipes/php.md');
    putScript(join(site, 'public/chatapp-dialog.min.js'));
    writeFileSync(join(site, 'public/log-in.php'), '<?php session_start(); $_SESSION["user_id"] = 1;');
    const port = await freePort();
    await start(t, 'php', ['-S', `127.0.0.1:${port}`, '-t', 'public'], {cwd: site, ready: /started/, env: {...CREDENTIALS, PHP_CLI_SERVER_WORKERS: '3', ...env}});
    const origin = `http://127.0.0.1:${port}`;
    const [cookie = ''] = ((await fetch(`${origin}/log-in.php`)).headers.get('set-cookie') ?? '').split(';');
    return {origin, cookie, route: `${origin}/chatapp-token.php`};
  }

  test('its page opens the customer signed in, and 100 agents cost one token', async (t) => {
    const {origin, cookie, route} = await startSite(t, 'php');
    assert.equal((await ask(route)).status, 401, 'strangers get none');
    assert.equal((await ask(route, {method: 'GET', headers: {cookie}})).status, 405);
    await drive(t, {route, url: `${origin}/customer.php`, cookie, fields: `${CHANNEL}&${PHONE}&crm[phones][1]=9997654321`, label: 'Chat with Anna "Ann" O\'Neil'});
  });

  test('a wrong password is tried once a minute', async (t) => {
    const {cookie, route} = await startSite(t, 'php-wrong', {CHATAPP_PASSWORD: 'wrong'});
    await refused(route, {cookie});
  });
});

describe('laravel.md', needsPhp, () => {
  /** @param {import('node:test').TestContext} t @param {string} folder @param {Record<string, string>} [env] */
  async function startSite(t, folder, env) {
    const site = siteOf(folder, 'docs/recipes/laravel.md');
    putScript(join(site, 'public/chatapp-dialog.min.js'));
    const port = await freePort();
    await start(t, 'php', ['-S', `127.0.0.1:${port}`, '-t', 'public', shim('laravel.php')], {cwd: site, ready: /started/, env: {...CREDENTIALS, PHP_CLI_SERVER_WORKERS: '3', ...env}});
    return `http://127.0.0.1:${port}`;
  }
  const headers = {accept: 'application/json', 'x-csrf-token': 'csrf-of-"this"-session'};

  test('its page opens the customer signed in, and 100 agents cost one token', async (t) => {
    const origin = await startSite(t, 'laravel');
    const route = `${origin}/chatapp-token`;
    assert.equal((await ask(route, {headers})).status, 401, 'strangers get none');
    assert.equal((await ask(route, {headers: {cookie: 'session=1'}})).status, 419, 'other sites get none');
    await drive(t, {route, url: `${origin}/customer`, cookie: 'session=1', headers, fields: `${CHANNEL}&${PHONE}`, label: 'Chat with Anna "Ann" O\'Neil'});
  });

  test('a wrong password is tried once a minute', async (t) => {
    const origin = await startSite(t, 'laravel-wrong', {CHATAPP_PASSWORD: 'wrong'});
    await refused(`${origin}/chatapp-token`, {...headers, cookie: 'session=1'});
  });
});

describe('django.md', needsPython, () => {
  /** @param {import('node:test').TestContext} t @param {string} folder @param {Record<string, string>} [env] */
  async function startSite(t, folder, env) {
    const site = siteOf(folder, 'docs/recipes/django.md');
    putScript(join(site, 'crm/static/crm/chatapp-dialog.min.js'));
    writeFileSync(join(site, 'crm/__init__.py'), '');
    const {said} = await start(t, 'python3', ['-B', '-W', 'error', shim('django_shim.py')], {cwd: site, ready: /http:\S+\n/, env: {...CREDENTIALS, PYTHONUNBUFFERED: '1', ...env}});
    return said().trim();
  }
  const headers = {'x-csrftoken': 'csrf-of-"this"-session'};

  test('its page opens the customer signed in, and 100 agents cost one token', async (t) => {
    const origin = await startSite(t, 'django');
    const route = `${origin}/chatapp-token`;
    assert.equal((await ask(route, {headers})).status, 401, 'strangers get none');
    assert.equal((await ask(route, {method: 'GET', headers: {cookie: 'session=1'}})).status, 405);
    assert.equal((await ask(route, {headers: {cookie: 'session=1'}})).status, 403, 'other sites get none');
    await drive(t, {route, url: `${origin}/customer`, cookie: 'session=1', headers, fields: `${CHANNEL}&${PHONE}`, label: 'Chat with Anna "Ann" O\'Neil'});
  });

  test('a wrong password is tried once a minute', async (t) => {
    const origin = await startSite(t, 'django-wrong', {CHATAPP_PASSWORD: 'wrong'});
    await refused(`${origin}/chatapp-token`, {...headers, cookie: 'session=1'});
  });
});

describe('node.md', () => {
  /** With the files of plain.md, which it serves. @param {import('node:test').TestContext} t @param {string} folder @param {Record<string, string>} [env] */
  async function startSite(t, folder, env) {
    const site = siteOf(folder, 'docs/recipes/node.md');
    writeFiles('docs/recipes/plain.md', join(site, 'dist'));
    putScript(join(site, 'dist/chatapp-dialog.min.js'));
    const {said} = await start(t, process.execPath, ['--env-file=.env', 'server.mjs'], {cwd: site, ready: /http:\S+\n/, env: {PORT: '0', ...env}});
    return said().trim().replace(/\/$/, '');
  }

  test('serves plain.md, which opens the customer signed in, and 100 agents cost one token', async (t) => {
    const origin = await startSite(t, 'node');
    assert.equal((await ask(`${origin}/api/chatapp-token`, {method: 'GET'})).status, 405);
    assert.equal((await fetch(`${origin}/../.env`)).status, 404);
    assert.equal((await fetch(`${origin}/%2e%2e%2f.env`)).status, 404);
    await drive(t, {route: `${origin}/api/chatapp-token`, url: `${origin}/`, fields: `${CHANNEL}&${PHONE}`});
  });

  test('a wrong password is tried once a minute', async (t) => {
    const origin = await startSite(t, 'node-wrong', {CHATAPP_PASSWORD: 'wrong'});
    await refused(`${origin}/api/chatapp-token`, {});
  });
});

describe('next.md', () => {
  test('its route gives a token to who is logged in, and 100 agents cost one', async () => {
    const site = siteOf('next', 'docs/recipes/next.md');
    for (const mode of ['development', 'production']) {
      const outfile = join(site, `${mode}.mjs`);
      const contents = `import {POST} from './app/api/chatapp-token/route';
        const ask = async () => { const answer = await POST(new Request('http://localhost/', {method: 'POST'})); return [answer.status, answer.headers.get('cache-control'), await answer.text()]; };
        console.log(JSON.stringify(await Promise.all([ask(), ask(), ask()])));`;
      await build({stdin: {contents, resolveDir: site, loader: 'ts'}, outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'warning'});
      const minted = vendor.logins.length;
      const child = spawn(process.execPath, [outfile], {env: {...process.env, ...CREDENTIALS, NODE_ENV: mode, CHATAPP_API_URL: vendor.url}, stdio: ['ignore', 'pipe', 'inherit']});
      let out = '';
      for await (const chunk of child.stdout) out += chunk;
      const answer = mode === 'development' ? [200, 'no-store', JSON.stringify({accessToken: VALID_TOKEN})] : [401, null, ''];
      assert.deepEqual(JSON.parse(out), [answer, answer, answer]);
      assert.equal(vendor.logins.length, minted + (mode === 'development' ? 1 : 0));
    }
  });
});

describe('migration.md', needsPhp, () => {
  test('the page before and the page after open the same address', async (t) => {
    const site = siteOf('migration', 'docs/migration.md');
    const data = join(site, 'data.php');
    writeFileSync(data, `<?php $phones = ['79991234567', '9997654321']; $token = '${VALID_TOKEN}';`);
    /** @param {string} file */
    const render = (file) => {
      const {status, stdout, stderr} = spawnSync('php', ['-d', `auto_prepend_file=${data}`, file], {cwd: site, encoding: 'utf8'});
      assert.equal(status, 0, stderr);
      return `<!doctype html><html lang="en"><title>Test</title><link rel="icon" href="data:,">${stdout}`;
    };
    const step = inLanguage('php').find(({page, file}) => page === 'docs/migration.md' && !file);
    writeFileSync(join(site, 'step.php'), `<script defer src="chatapp-dialog.min.js"></script>${step?.code}`);
    const pages = {'/before': render('before/customer.php'), '/after': render('after/customer.php'), '/step': render('step.php')};
    writeFileSync(join(site, 'chat.js'), fileOf('docs/migration.md', 'after/chat.js').code);
    const server = await serve({folders: [site, dirname(SCRIPT)], pages});
    t.after(() => server.close());
    /** @type {string[]} */
    const all = [];
    for (const path of Object.keys(pages)) {
      const {page, openings} = await docs.page(t);
      await page.goto(server.origin + path);
      if (path === '/before') await page.waitForSelector('#spinner[hidden]');
      else assert.equal(await view(page), 'chat');
      all.push(...openings);
    }
    const address = `api[access_token]=${VALID_TOKEN}&${CHANNEL}&${PHONE}&crm[phones][1]=9997654321`;
    assert.deepEqual(all, [address, address, address]);
  });
});
