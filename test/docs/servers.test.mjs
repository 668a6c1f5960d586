// The token routes of the documentation, run: PHP by its own server, Node and Next by Node with the packed package; each against
// a stand-in of the vendor's API, and its page in Chromium. Laravel and Django are not there: code-blocks.test.mjs parses their files.
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {copyFileSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer, get, request} from 'node:http';
import {dirname, join} from 'node:path';
import {text} from 'node:stream/consumers';
import {after, before, describe, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {listen} from '../../demo/stand-in/listen.mjs';
import {TOKEN_MARK, VALID_TOKEN} from '../../demo/stand-in/sample-data.mjs';
import {createPackedProject, root} from '../support/packed-project.mjs';
import {PATIENCE_MS} from '../support/ask.mjs';
import {needs} from '../support/needs.mjs';
import {needsRedis, startRedis} from '../support/redis-server.mjs';
import {fileOf, inLanguage, textOf, writeFiles} from './blocks.mjs';
import {CREDENTIALS, linkOf, serve, setupDocs, view} from './docs-page.mjs';

const SCRIPT = join(root, 'dist/chatapp-dialog.min.js');
const PHONE = 'crm[phones][0]=79991234567';
const NODE_SHIM = fileURLToPath(new URL('./shims/node.mjs', import.meta.url));

const needsPhp = needs('php', 'php-cli');

const docs = setupDocs();
/** How often the API was asked to mint. */
const mintings = () => docs.api.requests.filter(({path}) => path !== '/v1/tokens/check').length;
const lastMinted = () => docs.api.accessTokens().at(-1)?.accessToken ?? 'none';
/** What was asked of the API since then. @param {number} since */
const askedSince = (since) => docs.api.requests.slice(since).map(({path, outcome}) => `${path} ${outcome}`);
/** @type {ReturnType<typeof createPackedProject>} */
let packed;
before(() => {
  packed = createPackedProject(['redis', 'ioredis', 'express']);
});
after(() => packed?.remove());

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
  const child = spawn(command, args, {
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {...process.env, CHATAPP_API_URL: docs.apiUrl(), ...env},
  });
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

/** A folder with the files of a page, where the package is installed. @param {string} folder @param {string} page */
function siteOf(folder, page) {
  const site = join(packed.project, folder);
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
  const minted = mintings();
  const {page, openings} = await docs.page(t);
  const [name = '', value = ''] = cookie.split('=');
  if (cookie) await page.browserContext().setCookie({name, value, domain: new URL(url).hostname, path: '/'});
  const answers = await Promise.all(Array.from({length: 4}, () => ask(route, {headers: {cookie, ...headers}})));
  const accessToken = lastMinted();
  for (const {status, cache, text} of answers) {
    assert.deepEqual({status, cache, text: JSON.parse(text)}, {status: 200, cache: 'no-store', text: {accessToken}});
  }
  await page.goto(url);
  assert.equal(await view(page), 'chat', 'signed in');
  assert.deepEqual(openings, [`api[access_token]=${accessToken}&${fields}`]);
  assert.equal(decodeURIComponent(String(await linkOf(page))), `https://dialogs.pro/?${fields}`);
  if (label)
    assert.equal(await page.$eval('chatapp-dialog', (dialog) => /** @type {any} */ (dialog).frame.title), label);
  assert.equal(mintings(), minted + 1, 'one login');
  assert.ok(!(await page.content()).includes(TOKEN_MARK), 'no token in the page');
}

/**
 * A wrong password: no token, no reason for strangers, and no second login within the minute.
 * @param {string} route @param {Record<string, string>} headers
 */
async function refused(route, headers) {
  const minted = mintings();
  for (let i = 0; i < 3; i++) {
    const {status, text} = await ask(route, {headers});
    assert.ok([500, 502, 503].includes(status), `${status}`);
    assert.doesNotMatch(text, /ApiInvalid|change-me|wrong|integration@/);
  }
  assert.equal(mintings(), minted + 1);
}

const CHANNEL = 'api[license_id]=30310&api[messenger_type]=grWhatsApp';

describe('php.md', needsPhp, () => {
  /** @param {import('node:test').TestContext} t @param {string} folder @param {Record<string, string>} [env] */
  async function startSite(t, folder, env) {
    const site = siteOf(folder, 'docs/recipes/php.md');
    putScript(join(site, 'public/chatapp-dialog.min.js'));
    const port = await freePort();
    await start(t, 'php', ['-S', `127.0.0.1:${port}`, '-t', 'public'], {
      cwd: site,
      ready: /started/,
      env: {...CREDENTIALS, PHP_CLI_SERVER_WORKERS: '3', ...env},
    });
    const origin = `http://127.0.0.1:${port}`;
    const login = await fetch(`${origin}/log-in.php`, {redirect: 'manual'});
    const [cookie = ''] = (login.headers.get('set-cookie') ?? '').split(';');
    const route = `${origin}/chatapp-token.php`;
    const file = join(site, 'chatapp-token.json');
    const kept = () => JSON.parse(readFileSync(file, 'utf8'));
    return {
      origin,
      cookie,
      route,
      kept,
      /** PHP's clock cannot be moved; the times in its file can. @param {Record<string, number>} times */
      change: (times) => writeFileSync(file, JSON.stringify({...kept(), ...times})),
      /** What some who ask at once are answered. @param {number} [count] */
      async get(count = 1) {
        const answers = await Promise.all(Array.from({length: count}, () => ask(route, {headers: {cookie}})));
        return answers.map(({status, text}) => (status === 200 ? JSON.parse(text).accessToken : status));
      },
    };
  }
  /** Unix time, so many minutes from now. @param {number} minutes */
  const inMinutes = (minutes) => Math.floor(Date.now() / 1000) + minutes * 60;

  test('its page opens the customer signed in, and 100 agents cost one token', async (t) => {
    const {origin, cookie, route} = await startSite(t, 'php');
    assert.equal((await ask(route)).status, 401, 'strangers get none');
    assert.equal((await ask(route, {method: 'GET', headers: {cookie}})).status, 405);
    const [rebound] = await once(get(`${origin}/log-in.php`, {headers: {host: 'evil.example'}}), 'response');
    assert.equal(rebound.resume().statusCode, 403, 'no login by another name of this machine');
    await drive(t, {
      route,
      url: `${origin}/customer.php`,
      cookie,
      fields: `${CHANNEL}&${PHONE}&crm[phones][1]=9997654321`,
      label: 'Chat with Anna "Ann" O\'Neil',
    });
    const visit = await docs.page(t);
    await visit.page.goto(`${origin}/customer.php`);
    assert.equal(await view(visit.page), 'chat', 'the login leads back');
  });

  test('a wrong password is tried once a minute', async (t) => {
    const {cookie, route, kept, change} = await startSite(t, 'php-wrong', {CHATAPP_PASSWORD: 'wrong'});
    for (const minute of ['first', 'second', 'third']) {
      const since = inMinutes(1);
      await refused(route, {cookie});
      assert.ok(kept().retryAt >= since && kept().retryAt <= inMinutes(1), minute);
      change({retryAt: 0});
    }
  });

  test('an hour before its end the token is refreshed, once for all who ask', async (t) => {
    const {get, change} = await startSite(t, 'php-refresh');
    const [first] = await get();
    const since = docs.api.requests.length;
    change({accessTokenEndTime: inMinutes(61), retryAt: 0});
    assert.deepEqual(await get(4), [first, first, first, first]);
    assert.deepEqual(askedSince(since), [], 'fresh');
    change({accessTokenEndTime: inMinutes(59)});
    const second = await get(4);
    assert.deepEqual(second, Array(4).fill(lastMinted()));
    assert.notEqual(second[0], first);
    assert.deepEqual(askedSince(since), ['/v1/tokens/refresh ok']);
    change({accessTokenEndTime: inMinutes(59), retryAt: 0});
    await get();
    assert.deepEqual(
      askedSince(since),
      ['/v1/tokens/refresh ok', '/v1/tokens/refresh ok'],
      'with the new refresh token',
    );
  });

  test('while ChatApp fails the old token serves to its end, and no login is made; then a used refresh token costs one', async (t) => {
    const {get, change} = await startSite(t, 'php-failures');
    const [token] = await get();
    for (const kind of /** @type {const} */ (['error-500', 'rate-limit', 'html', 'lost'])) {
      const since = docs.api.requests.length;
      change({accessTokenEndTime: inMinutes(30), retryAt: 0});
      docs.api.failNext(kind);
      assert.deepEqual([...(await get(3)), ...(await get())], Array(4).fill(token), kind);
      assert.deepEqual(askedSince(since), [`/v1/tokens/refresh ${kind}`]);
    }
    const since = docs.api.requests.length;
    change({accessTokenEndTime: inMinutes(0)});
    assert.deepEqual(await get(), [502], 'nothing that has ended is given');
    assert.deepEqual(askedSince(since), []);
    change({retryAt: 0});
    assert.deepEqual(await get(), [lastMinted()]);
    assert.deepEqual(askedSince(since), ['/v1/tokens/refresh ApiInvalidTokenError', '/v1/tokens ok']);
  });

  test('a refresh token that has ended is not tried', async (t) => {
    const {get, change} = await startSite(t, 'php-ended');
    await get();
    const since = docs.api.requests.length;
    change({accessTokenEndTime: inMinutes(0), refreshTokenEndTime: inMinutes(0), retryAt: 0});
    assert.deepEqual(await get(), [lastMinted()]);
    assert.deepEqual(askedSince(since), ['/v1/tokens ok']);
  });

  test('logins that get no answer come at most 100 a day', async (t) => {
    const {get, kept, change} = await startSite(t, 'php-waits');
    const waits = [];
    for (let i = 0; i < 6; i++) {
      docs.api.failNext('lost');
      assert.deepEqual(await get(), [502]);
      waits.push(Math.round((kept().retryAt - Date.now() / 1000) / 60));
      change({retryAt: 0});
    }
    assert.deepEqual(waits, [1, 2, 4, 8, 15, 15]);
    await get();
    assert.equal(kept().wait, 60, 'from the beginning, once it works');
  });
});

/** What a server answers to a path that no browser sends as it is. @param {string} origin @param {string} path */
async function answerTo(origin, path) {
  const [response] = await once(get({port: new URL(origin).port, path, agent: false}), 'response');
  return {status: response.statusCode, text: await text(response)};
}

for (const file of ['server.mjs', 'express.mjs'])
  describe(`node.md: ${file}`, () => {
    /** With the files of plain.md, which it serves. @param {import('node:test').TestContext} t @param {string} folder @param {Record<string, string>} [env] */
    async function startSite(t, folder, env) {
      const site = siteOf(folder, 'docs/recipes/node.md');
      writeFiles('docs/recipes/plain.md', join(site, 'dist'));
      putScript(join(site, 'dist/chatapp-dialog.min.js'));
      const {said} = await start(t, process.execPath, ['--env-file=.env', file], {
        cwd: site,
        ready: /http:\S+\n/,
        env: {PORT: '0', ...env},
      });
      return said().trim().replace(/\/$/, '');
    }

    test('serves plain.md, which opens the customer signed in, and 100 agents cost one token', async (t) => {
      const origin = await startSite(t, `node-${file}`);
      // Express answers a method without a route with 404.
      assert.equal(
        (await ask(`${origin}/api/chatapp-token`, {method: 'GET'})).status,
        file === 'server.mjs' ? 405 : 404,
      );
      for (const path of ['/../.env', '/%2e%2e%2f.env', '/x/../../.env', 'http://x/../../../.env', '//', '//[']) {
        const answer = await answerTo(origin, path);
        assert.doesNotMatch(answer.text, /CHATAPP_/, path);
        if (file === 'server.mjs') assert.equal(answer.status, 404, path);
      }
      await drive(t, {route: `${origin}/api/chatapp-token`, url: `${origin}/`, fields: `${CHANNEL}&${PHONE}`});
    });

    test('gives no token to a page whose name was made to lead here', async (t) => {
      const origin = await startSite(t, `node-rebound-${file}`);
      const headers = {host: 'evil.example', origin: 'http://evil.example'};
      const [response] = await once(
        request(`${origin}/api/chatapp-token`, {method: 'POST', headers}).end(),
        'response',
      );
      assert.equal(response.resume().statusCode, 403);
    });

    test('a wrong password is tried once a minute', async (t) => {
      const origin = await startSite(t, `node-wrong-${file}`, {CHATAPP_PASSWORD: 'wrong'});
      await refused(`${origin}/api/chatapp-token`, {});
    });
  });

/**
 * Runs a module in a site; gives its `result`. One that waits for ever is ended.
 * @param {string} site @param {string} code @param {Record<string, string>} [env]
 */
async function runModule(site, code, env) {
  const args = [
    '--import',
    NODE_SHIM,
    '--input-type=module',
    '--eval',
    `${code}\nprocess.stdout.write('\\n' + JSON.stringify(result), () => process.exit());`,
  ];
  const child = spawn(process.execPath, args, {
    cwd: site,
    env: {...process.env, ...env},
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: PATIENCE_MS,
  });
  let said = '';
  for await (const chunk of child.stdout) said += chunk;
  return JSON.parse(said.split('\n').at(-1) || '"it gave nothing"');
}

describe('next.md', () => {
  /** The route, in one file as Next makes it. @param {string} folder @param {(site: string) => void} [change] */
  async function buildRoute(folder, change) {
    const site = siteOf(folder, 'docs/recipes/next.md');
    change?.(site);
    await build({
      entryPoints: [join(site, 'app/api/chatapp-token/route.ts')],
      outfile: join(site, 'route.mjs'),
      bundle: true,
      external: ['ioredis'],
      format: 'esm',
      platform: 'node',
      logLevel: 'warning',
    });
    return site;
  }
  /** Loads the route, as often as `next dev` does while you work, and asks it. */
  const LOAD = `
    const answers = async ({POST}) => Promise.all([1, 2, 3].map(async () => {
      const answer = await POST(new Request('http://localhost/', {method: 'POST'}), {params: Promise.resolve({})});
      return [answer.status, answer.headers.get('cache-control'), await answer.text()];
    }));
    const result = [];
    for (const load of ['a', 'b']) result.push(...(await answers(await import('./route.mjs?' + load))));`;
  const env = () => ({...CREDENTIALS, CHATAPP_API_URL: docs.apiUrl()});

  for (const [mode, logins] of /** @type {const} */ ([
    ['development', 1],
    ['production', 0],
  ])) {
    test(`its route gives ${logins ? 'all of them one token, hot reloads or not' : 'nobody a token before there is a session check'}, in ${mode}`, async () => {
      const site = await buildRoute(`next-${mode}`);
      const minted = mintings();
      const answers = await runModule(site, LOAD, {...env(), NODE_ENV: mode});
      const answer = logins ? [200, 'no-store', JSON.stringify({accessToken: lastMinted()})] : [403, 'no-store', ''];
      assert.deepEqual(
        answers,
        Array.from({length: 6}, () => answer),
      );
      assert.equal(mintings(), minted + logins);
    });
  }

  test('its route is loaded without credentials, for `next build`, and names them when it is asked', async () => {
    const site = await buildRoute('next-build');
    const result = await runModule(
      site,
      `const {POST} = await import('./route.mjs');
      const result = await POST(new Request('http://localhost/', {method: 'POST'})).catch(String);`,
      {NODE_ENV: 'production', CHATAPP_EMAIL: 'a@example.com'},
    );
    assert.match(result, /^TypeError: .*: password, appId missing/);
  });

  test('with the option for Redis that it names, instances share one token', needsRedis, async (t) => {
    const [, option = ''] = /`(store: redisStore\(.+\))`/.exec(textOf('docs/recipes/next.md')) ?? [];
    const site = await buildRoute('next-redis', (folder) => {
      const file = join(folder, 'lib/chatapp-token.ts');
      const code = readFileSync(file, 'utf8');
      writeFileSync(
        file,
        `import {Redis} from 'ioredis';\nimport {redisStore} from 'chatapp-dialog/server';\n${code.replace('onEvent:', `${option}, onEvent:`)}`,
      );
    });
    const redis = await startRedis();
    t.after(() => redis.stop());
    const minted = mintings();
    const all = await Promise.all(
      [1, 2].map(() => runModule(site, LOAD, {...env(), NODE_ENV: 'development', REDIS_URL: redis.url})),
    );
    const answer = [200, 'no-store', JSON.stringify({accessToken: lastMinted()})];
    assert.deepEqual(
      all.flat(),
      Array.from({length: 12}, () => answer),
    );
    assert.equal(mintings(), minted + 1);
  });
});

describe('chatapp-dialog/server', () => {
  for (const [page, apiUrl] of /** @type {const} */ ([
    ['docs/server.md', 'CHATAPP_API_URL'],
    ['docs/token.md', 'STANDS_IN'],
  ])) {
    test(`server.mjs of ${page} gives a token to who is logged in, with their name, and 100 agents cost one`, async (t) => {
      const site = join(packed.project, page.replaceAll('/', '-'));
      mkdirSync(site);
      writeFileSync(join(site, 'server.mjs'), fileOf(page, 'server.mjs').code);
      writeFileSync(
        join(site, 'session.mjs'),
        "export const agentOf = (request) => request.headers.get('cookie') === 'session=1' ? {id: '101'} : undefined;",
      );
      const server = await start(t, process.execPath, ['--import', NODE_SHIM, 'server.mjs'], {
        cwd: site,
        ready: /http:\S+\n/,
        env: {...CREDENTIALS, [apiUrl]: docs.apiUrl()},
      });
      const origin = server.said().trim();
      const route = `${origin}/api/chatapp-token`;
      const headers = {cookie: 'session=1'};
      const minted = mintings();
      assert.equal((await ask(route)).status, 403, 'strangers get none');
      assert.equal((await ask(route, {method: 'GET', headers})).status, 405);
      assert.equal(
        (await ask(route, {headers: {...headers, 'sec-fetch-site': 'cross-site'}})).status,
        403,
        'other sites get none',
      );
      assert.equal(mintings(), minted);
      const answers = await Promise.all(Array.from({length: 4}, () => ask(route, {headers})));
      const employee = {crmDomain: 'crm.example.com', employeeExtCode: '101'};
      for (const {status, cache, text} of answers) {
        assert.deepEqual(
          {status, cache, text: JSON.parse(text)},
          {status: 200, cache: 'no-store', text: {accessToken: lastMinted(), ...employee}},
        );
      }
      assert.equal(mintings(), minted + 1, 'one login');
      assert.ok(!server.said().includes(TOKEN_MARK), 'no token in the log');
    });
  }

  const GET = "const {source} = await import('./source.mjs'); const result = (await source.get()).accessToken;";

  test('source.mjs of docs/server.md shares one token among processes, by Redis', needsRedis, async (t) => {
    const site = siteOf('server-redis', 'docs/server.md');
    const redis = await startRedis();
    t.after(() => redis.stop());
    const minted = mintings();
    const get = () => runModule(site, GET, {...CREDENTIALS, STANDS_IN: docs.apiUrl(), REDIS_URL: redis.url});
    const tokens = [...(await Promise.all([get(), get(), get()])), await get()];
    assert.deepEqual(tokens, Array(4).fill(lastMinted()));
    assert.equal(mintings(), minted + 1);
  });

  test('source.mjs of docs/server.md is loaded where Redis is away', async () => {
    const site = siteOf('server-redis-away', 'docs/server.md');
    const REDIS_URL = `redis://127.0.0.1:${await freePort()}`;
    const result = await runModule(site, "const result = Object.keys((await import('./source.mjs')).source);", {
      ...CREDENTIALS,
      REDIS_URL,
    });
    assert.deepEqual(result, ['get', 'invalidate']);
  });
});

describe('migration.md', needsPhp, () => {
  test('the page before and the page after open the same address', async (t) => {
    const site = siteOf('migration', 'docs/migration.md');
    const data = join(site, 'data.php');
    writeFileSync(data, `<?php $phones = ['79991234567', '9997654321']; $token = '${VALID_TOKEN}';`);
    /** @param {string} file */
    const render = (file) => {
      const {status, stdout, stderr} = spawnSync('php', ['-d', `auto_prepend_file=${data}`, file], {
        cwd: site,
        encoding: 'utf8',
      });
      assert.equal(status, 0, stderr);
      return `<!doctype html><html lang="en"><title>Test</title><link rel="icon" href="data:,">${stdout}`;
    };
    const step = inLanguage('php').find(({page, file}) => page === 'docs/migration.md' && !file);
    writeFileSync(join(site, 'step.php'), `<script defer src="chatapp-dialog.min.js"></script>${step?.code}`);
    const pages = {
      '/before': render('before/customer.php'),
      '/after': render('after/customer.php'),
      '/step': render('step.php'),
    };
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
