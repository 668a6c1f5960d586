// The stand-in's scenes: ways in which a frame's load can go wrong, each as a browser would meet it.
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {after, before, describe, test} from 'node:test';
import {SCENES} from '../../demo/stand-in/scenes.mjs';
import {createStandIn} from '../../demo/stand-in/server.mjs';
import {ask, bodyOf, until} from '../support/ask.mjs';

const QUERY = '?crm[phones][0]=79991234567';
const APP = 'Stand-in of ChatApp Dialog';

const standIn = createStandIn();
/** @type {string} */
let origin;
before(async () => {
  origin = await standIn.listen();
});
after(() => standIn.close());

/** @param {string} name @param {string} [session] */
const scene = (name, session = name) => `${origin}/s/${session}/scene/${name}/${QUERY}`;

/**
 * Waits until requests have arrived, which no answer tells where none comes.
 * @param {string} session
 * @param {number} [count]
 * @param {import('../../demo/stand-in/server.mjs').StandIn} [server]
 */
const arrived = (session, count = 1, server = standIn) => until(() => server.requests(session).length >= count);

describe('scenes that never end', () => {
  /** @param {import('node:test').TestContext} t @param {string} name */
  const setUp = async (t, name) => {
    const server = createStandIn();
    const address = await server.listen();
    t.after(() => server.close());
    const asked = ask(`${address}/s/held/scene/${name}/${QUERY}`);
    await arrived('held', 1, server);
    return {server, ...asked};
  };

  for (const name of ['never', 'release', 'slow-600000']) {
    test(`${name}: no answer, until the server closes`, async (t) => {
      const {server, response} = await setUp(t, name);
      await server.close();
      await assert.rejects(response, {code: 'ECONNRESET'});
    });
  }

  test('headers: the headers, and no byte of a page', async (t) => {
    const {server, response} = await setUp(t, 'headers');
    const answer = await response;
    assert.equal(answer.statusCode, 200);
    assert.match(answer.headers['content-type'] ?? '', /^text\/html/);
    let bytes = 0;
    answer.on('data', (chunk) => (bytes += chunk.length));
    const failed = once(answer, 'error');
    await server.close();
    await failed;
    assert.equal(bytes, 0);
  });

  test('endless: a paragraph, and no end', async (t) => {
    const {server, response} = await setUp(t, 'endless');
    const answer = await response;
    const [chunk] = await once(answer, 'data');
    assert.match(String(chunk), /<p>This page has begun/);
    const failed = once(answer, 'error');
    await server.close();
    await failed;
    assert.equal(answer.complete, false);
  });
});

describe('scenes that answer late', () => {
  test('slow: the app, when its time has come', async (t) => {
    /** Timers of this length. @type {(() => void)[]} */
    const timers = [];
    const {setTimeout} = globalThis;
    t.mock.method(globalThis, 'setTimeout', (/** @type {() => void} */ run, /** @type {number} */ after) =>
      after === 9000 ? timers.push(run) : setTimeout(run, after),
    );
    const {response} = ask(scene('slow-9000'));
    let answered = false;
    response.then(
      () => (answered = true),
      () => {},
    );
    await arrived('slow-9000');
    await bodyOf(ask(`${origin}/s/other/`).response); // the server had time to answer
    assert.equal(answered, false);
    timers[0]?.();
    assert.ok((await bodyOf(response)).includes(APP));
  });

  for (const method of ['GET', 'POST']) {
    test(`release: the app for all that wait, by ${method}`, async () => {
      const session = `release-${method}`;
      const [one, two] = [ask(scene('release', session)), ask(scene('release', session))];
      await arrived(session, 2);
      const release = await fetch(`${origin}/_release?session=${session}`, {method});
      assert.equal(release.status, 204);
      assert.equal(release.headers.get('access-control-allow-origin'), '*');
      for (const {response} of [one, two]) assert.ok((await bodyOf(response)).includes(APP));
    });
  }

  /** @param {ReturnType<typeof ask>} asked */
  async function isHeld({request, response}) {
    await bodyOf(ask(`${origin}/s/other/`).response); // the server had time to answer
    request.destroy();
    await assert.rejects(response, {code: 'ECONNRESET'});
  }

  test('release: one that comes early lets the next one pass, and only that', async () => {
    await fetch(`${origin}/_release?session=early`);
    assert.ok((await bodyOf(ask(scene('release', 'early')).response)).includes(APP));
    const second = ask(scene('release', 'early'));
    await arrived('early', 2);
    await isHeld(second);
  });

  test('release: another session stays held', async () => {
    const [mine, other] = [ask(scene('release', 'mine')), ask(scene('release', 'other-held'))];
    await Promise.all([arrived('mine'), arrived('other-held')]);
    await fetch(`${origin}/_release?session=mine`);
    await bodyOf(mine.response);
    await isHeld(other);
  });
});

describe('scenes that answer something else', () => {
  test('no-content: 204', async () => {
    assert.equal((await fetch(scene('no-content'))).status, 204);
  });

  test('download: a file to save', async () => {
    const answer = await fetch(scene('download'));
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-disposition') ?? '', /^attachment/);
  });

  for (const status of [404, 500]) {
    test(`${status}: an error page`, async () => {
      const answer = await fetch(scene(String(status)));
      assert.equal(answer.status, status);
      assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
      assert.match(await answer.text(), new RegExp(`<p>Error ${status}`));
    });
  }

  test('x-frame-options: the app, with the header', async () => {
    const answer = await fetch(scene('x-frame-options'));
    assert.equal(answer.headers.get('x-frame-options'), 'DENY');
    assert.ok((await answer.text()).includes(APP));
  });

  test('frame-ancestors: the app, with the directive', async () => {
    const answer = await fetch(scene('frame-ancestors'));
    assert.match(answer.headers.get('content-security-policy') ?? '', /; frame-ancestors 'none'$/);
    assert.ok((await answer.text()).includes(APP));
  });

  test('redirect: to the app under the other loopback name, and back', async () => {
    const elsewhere = origin.replace('127.0.0.1', 'localhost');
    const answer = await fetch(scene('redirect'), {redirect: 'manual'});
    assert.equal(answer.status, 302);
    assert.equal(answer.headers.get('location'), `${elsewhere}/s/redirect/${QUERY}`);
    const back = await fetch(`${elsewhere}/scene/redirect/a${QUERY}`, {redirect: 'manual'});
    assert.equal(back.headers.get('location'), `${origin}/a${QUERY}`);
    assert.ok((await bodyOf(ask(`${elsewhere}/s/redirect/${QUERY}`).response)).includes(APP));
    assert.deepEqual(
      standIn.requests('redirect').map(({url}) => url),
      [`/scene/redirect/${QUERY}`, `/${QUERY}`],
    );
  });

  test('reset: the connection breaks', async () => {
    await assert.rejects(ask(scene('reset')).response, {code: 'ECONNRESET'});
  });

  test('a name that is no scene is an error, so that a misspelt one is seen', async () => {
    for (const name of ['nevr', 'slow-', 'toString']) assert.equal((await fetch(scene(name))).status, 404);
  });

  test('the app of a scene reads its address as ever and keeps the scene in its links', async () => {
    await fetch(`${origin}/_release?session=path`);
    const html = await bodyOf(ask(`${origin}/s/path/scene/release/dialogs/41200/telegram/@sofia_rossi`).response);
    const json = /id="request">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
    assert.deepEqual(JSON.parse(json).fields.dialogIds, ['@sofia_rossi']);
    assert.equal(JSON.parse(json).prefix, '/s/path/scene/release');
  });
});

describe('request log', () => {
  test('keeps the scene in the address, with a session and without', async () => {
    await fetch(scene('404', 'log'));
    await fetch(`${origin}/scene/500?a`);
    assert.deepEqual(standIn.requests('log'), [{method: 'GET', url: `/scene/404/${QUERY}`, referer: null}]);
    assert.equal(standIn.requests().at(-1)?.url, '/scene/500?a');
  });

  test('tells of requests for the root, with their method and whether credentials came', async () => {
    const before = standIn.requests().length;
    const head = await fetch(`${origin}/`, {method: 'HEAD'});
    assert.equal(head.status, 200);
    assert.equal(await head.text(), '');
    await fetch(`${origin}/`);
    await fetch(`${origin}/`, {headers: {cookie: 'a=b'}});
    await fetch(`${origin}/`, {method: 'HEAD', headers: {authorization: 'Basic YTpi'}});
    assert.deepEqual(standIn.requests().slice(before), [
      {method: 'HEAD', url: '/', referer: null},
      {method: 'GET', url: '/', referer: null},
      {method: 'GET', url: '/', referer: null, credentials: true},
      {method: 'HEAD', url: '/', referer: null, credentials: true},
    ]);
  });
});

test('the list for the selector names scenes that exist, each once', async () => {
  assert.equal(new Set(SCENES.map(({name}) => name)).size, SCENES.length);
  const server = createStandIn();
  const address = await server.listen();
  const asked = SCENES.map(({name}) => ask(`${address}/scene/${name}/`).response);
  await arrived('', SCENES.length, server);
  await bodyOf(ask(`${address}/s/later/`).response); // whatever is answered at once is on its way by now
  await server.close();
  for (const answer of await Promise.allSettled(asked)) {
    if (answer.status === 'fulfilled') assert.notEqual(answer.value.headers['content-type'], 'text/plain');
  }
});
