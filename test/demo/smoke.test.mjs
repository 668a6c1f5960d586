// The pages of the demo, driven as a user does, with the built package.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import qs from 'qs';
import {startDemo} from '../../demo/server.mjs';
import {CRM_DOMAIN, VALID_TOKEN} from '../../demo/stand-in/sample-data.mjs';
import {insideFrame, launch, openDrawer, openPage, reaches, shown, text} from '../support/browser-page.mjs';

/** @typedef {import('puppeteer-core').Page} Page */

/** @type {import('puppeteer-core').Browser} */
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** Each test has a page and a demo of its own, and much of its time is waiting. */
const SIDE_BY_SIDE = {concurrency: 3};

/**
 * An empty page, and a demo for it, which counts its requests alone.
 * @param {import('node:test').TestContext} t @param {Parameters<typeof openPage>[2]} [options]
 */
async function setUpDemo(t, options) {
  const page = await openPage(t, browser, options);
  const demo = await startDemo();
  t.after(() => demo.close()); // behind its page, which looks at it
  return {page, demo};
}

/** @param {string} url */
const query = (url) => /** @type {any} */ (qs.parse(url.split('?')[1] ?? ''));

/** @param {Page} page @param {number} count */
const openings = (page, count) =>
  page.waitForFunction((wanted) => document.querySelector('#openings')?.textContent === wanted, {}, String(count));

/** Does what opens the Dialog once more, and gives its document. @param {Page} page @param {() => Promise<unknown>} act */
async function opening(page, act) {
  const count = Number(await text(page, '#openings'));
  await act();
  await openings(page, count + 1);
  return insideFrame(page);
}

/** @param {Page} page @param {string} selector @param {string} value */
const retype = async (page, selector, value) => {
  await page.$eval(selector, (input) => /** @type {HTMLInputElement} */ (input).select());
  await page.type(selector, value + '\n');
};

/** @param {Page} page */
const errorCode = (page) => page.$eval('#dialog', (dialog) => /** @type {any} */ (dialog).error?.code);

/** @param {Page} page  the parts that the element's own UI shows */
const shownParts = (page) =>
  page.$eval('#dialog', (dialog) =>
    [...(dialog.shadowRoot?.querySelectorAll('[part]') ?? [])]
      .filter((part) => part.checkVisibility())
      .map((part) => part.getAttribute('part')),
  );

describe('playground', SIDE_BY_SIDE, () => {
  /** @param {import('node:test').TestContext} t @param {Parameters<typeof openPage>[2]} [options] */
  const setUp = async (t, options) => {
    const {page, demo} = await setUpDemo(t, options);
    await page.goto(demo.url);
    const frame = await insideFrame(page);
    return {
      page,
      demo,
      frame,
      preset: (/** @type {string} */ id) => page.select('#preset', id),
      requests: () => demo.requests('playground'),
    };
  };

  test('presets', async (t) => {
    const {page, frame, preset, requests} = await setUp(t);

    await t.test('the first one is opened once, as the given employee', async () => {
      assert.deepEqual(await shown(frame), {view: 'chat', employee: 'Olivia Brandt', heading: 'Marina Costa'});
      assert.equal(await text(page, '#openings'), '1');
      assert.equal(requests().length, 1);
    });

    for (const [id, expected] of /** @type {const} */ ([
      ['two-phones', {view: 'list', employee: 'Olivia Brandt', heading: '2 dialogs'}],
      ['telegram', {view: 'chat', employee: 'Olivia Brandt', heading: 'Sofia Rossi'}],
      ['all', {view: 'list', employee: 'Elena Duarte', heading: '11 dialogs'}],
      ['expired', {view: 'refused', employee: undefined, heading: 'Sign-in refused'}],
      ['no-token', {view: 'login', employee: undefined, heading: 'Sign in'}],
    ])) {
      await t.test(`${id} opens what it says`, async () => {
        const {employee, ...rest} = await shown(await opening(page, () => preset(id)));
        assert.deepEqual({...rest, employee}, expected);
      });
    }

    for (const [id, error] of /** @type {const} */ ([
      ['bad-phone', {code: 'invalid-field', field: 'phones'}],
      ['bad-base-url', {code: 'invalid-base-url', field: 'baseUrl'}],
    ])) {
      await t.test(`${id} is an error and no request`, async () => {
        const before = requests().length;
        await preset(id);
        await reaches(page, 'error');
        const told = await page.$eval('#dialog', (dialog) => {
          const {code, field} = /** @type {any} */ (dialog).error;
          return {code, field};
        });
        assert.deepEqual(told, error);
        assert.match(await text(page, '#log li .detail'), new RegExp(`${error.code} · ${error.field}`));
        assert.match(await text(page, '#url'), /^None/);
        // The next opening is the next request: none was on its way in between.
        await opening(page, () => preset('telegram'));
        assert.equal(requests().length, before + 1);
      });
    }

    await t.test('empty is idle, and its PHP link is not a link to all chats', async () => {
      await preset('empty');
      await reaches(page, 'idle');
      assert.equal(await page.$eval('#dialog', (dialog) => /** @type {any} */ (dialog).frame), null);
      await page.click('#tab-php');
      assert.doesNotMatch(await text(page, '#code'), /href|http_build_query\(\$/);
    });

    await t.test('the language of the box is the element’s', async () => {
      for (const [lang, said] of Object.entries({
        ru: /нет ни телефона/,
        pt: /telefone/,
        es: /teléfono/,
        en: /no phone/,
      })) {
        await page.select('#lang', lang);
        await page.waitForFunction(
          (source) => new RegExp(source).test(document.querySelector('#dialog')?.shadowRoot?.textContent ?? ''),
          {},
          said.source,
        );
      }
    });

    await t.test('the same customer with another token is shown with that token', async () => {
      await opening(page, () => preset('expired'));
      await retype(page, '#access-token', VALID_TOKEN);
      assert.equal((await shown(await opening(page, () => preset('expired')))).view, 'refused');
    });
  });

  test('pasted links', async (t) => {
    const {page, requests} = await setUp(t);

    await t.test('change nothing without a phone or chat, and do not sign in with a sign-in of their own', async () => {
      for (const link of [
        'hello world',
        'https://dialogs.pro/dialogs/41200/telegram',
        'https://dialogs.pro/?crm[phones][0]=',
      ]) {
        await page.type('#link', link + '\n');
        await page.waitForFunction(() =>
          document.querySelector('#paste-said')?.textContent?.includes('nothing was changed'),
        );
        await page.$eval('#paste-said', (said) => void (said.textContent = ''));
      }
      assert.equal(requests().length, 1);
      const link =
        'https://dialogs.pro/dialogs/41200/telegram/@sofia_rossi?api[access_token]=THEIRS&api[crm_domain]=theirs';
      assert.deepEqual(await shown(await opening(page, () => page.type('#link', link + '\n'))), {
        view: 'chat',
        employee: 'Olivia Brandt',
        heading: 'Sofia Rossi',
      });
      assert.ok(!requests().at(-1)?.url.includes('THEIRS'));
    });

    await t.test('fill the fields and open their chat, signed in as before', async () => {
      const link = 'https://dialogs.pro/dialogs/41200/telegram/@james_ortega';
      assert.deepEqual(await shown(await opening(page, () => page.type('#link', link + '\n'))), {
        view: 'chat',
        employee: 'Olivia Brandt',
        heading: 'James Ortega',
      });
      const fields = await page.$$eval('#fields input:not([type=checkbox])', (inputs) =>
        inputs.slice(0, 4).map((input) => /** @type {HTMLInputElement} */ (input).value),
      );
      assert.deepEqual(fields, ['41200', 'telegram', '', '@james_ortega']);
    });
  });

  test('an address on the internet is not opened while the stand-in is chosen', async (t) => {
    const {page} = await setUp(t);
    await retype(page, '#base-url', 'https://dialogs.pro/');
    await reaches(page, 'idle');
    assert.match(await text(page, '#held'), /dialogs\.pro is not on this machine/);
    assert.match(await page.$eval('#dialog', (dialog) => /** @type {any} */ (dialog).url), /^http:\/\/localhost:/);
  });

  test('the real Dialog is opened only when chosen, and gets no sample', async (t) => {
    const {page} = await setUp(t, {answered: 'dialogs.pro'});
    /** @type {string[]} */
    const outside = [];
    page.on('request', (request) => {
      if (request.url().startsWith('https:')) outside.push(request.url());
    });
    await opening(page, () => page.click('input[value=real] + span'));
    assert.deepEqual(outside, ['https://dialogs.pro/']);
    assert.equal(await page.$eval('#bar', (bar) => bar.checkVisibility()), false);
    const frame = await opening(page, () => page.click('input[value=stand-in] + span'));
    assert.equal((await shown(frame)).heading, 'Marina Costa');
  });

  test('refused: without probe Chromium takes its own error page for a page, with probe it is unreachable', async (t) => {
    const {page, requests} = await setUp(t, {expected: [/ERR_CONNECTION_REFUSED/]});
    const count = requests().length;
    await page.select('#scene', 'refused');
    await openings(page, 2);
    await reaches(page, 'loaded');
    await page.click('input[name=probe]');
    await page.click('[data-method=reload]');
    await reaches(page, 'error');
    assert.equal(await errorCode(page), 'unreachable');
    assert.match(await text(page, '#scene-hint'), /unreachable/);
    assert.equal(requests().length, count);
  });

  test('scenes', async (t) => {
    const {page} = await setUp(t);

    await t.test('release: the button lets the page go', async () => {
      await page.select('#scene', 'release');
      await page.waitForFunction(() =>
        document.querySelector('#requests li')?.textContent?.includes('/scene/release/'),
      );
      await reaches(page, 'loading');
      await page.click('#release');
      assert.equal((await shown(await insideFrame(page))).heading, 'Marina Costa');
      await opening(page, () => page.select('#scene', ''));
      assert.equal(await page.$eval('#release', (button) => button.checkVisibility()), false);
    });

    await t.test('never: after load-timeout there is a banner over the frame', async () => {
      await retype(page, '#load-timeout', '300');
      await page.select('#scene', 'never');
      await reaches(page, 'error');
      assert.equal(await errorCode(page), 'timeout');
      assert.deepEqual(await shownParts(page), ['banner', 'error', 'icon', 'retry', 'open', 'details', 'frame']);
      await page.waitForFunction(() =>
        document.querySelector('#requests li')?.textContent?.includes('GET /scene/never/'),
      );
      assert.match(await text(page, '#timeline li:last-child'), /^error/);
    });
  });

  test('the own policy of the page blocks the frame, and the choice stays over the navigation', async (t) => {
    const {page, preset} = await setUp(t, {expected: [/frame-src 'none'/]});
    await opening(page, () => preset('two-phones'));
    await Promise.all([page.waitForNavigation(), page.select('#scene', 'csp-frame')]);
    await reaches(page, 'error');
    assert.equal(await errorCode(page), 'blocked-by-csp');
    assert.equal(await page.$eval('#scene', (select) => /** @type {HTMLSelectElement} */ (select).value), 'csp-frame');
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    await Promise.all([page.waitForNavigation(), page.click('#policy-back')]);
    assert.deepEqual(await shown(await insideFrame(page)), {
      view: 'list',
      employee: 'Olivia Brandt',
      heading: '2 dialogs',
    });
  });

  test('an own policy that forbids the probe is told in the console, and the frame loads', async (t) => {
    const {page} = await setUp(t, {
      expected: [/connect-src 'self'/, /Refused to connect/, /for probe, allow \S+ in connect-src/],
    });
    await page.click('input[name=probe]');
    await Promise.all([page.waitForNavigation(), page.select('#scene', 'csp-connect')]);
    assert.equal((await shown(await insideFrame(page))).heading, 'Marina Costa');
  });

  test('token sources', async (t) => {
    const {page, requests} = await setUp(t, {expected: [/getAccessToken rejected/]});
    const statuses = () => page.$$eval('#log .status', (all) => all.map((status) => status.textContent));

    for (const [id, expected] of /** @type {const} */ ([
      ['second', {view: 'chat', employee: 'Elena Duarte', heading: 'Marina Costa'}],
      ['employee', {view: 'chat', employee: 'Tomas Eriksen', heading: 'Marina Costa'}],
      ['null', {view: 'login', employee: undefined, heading: 'Sign in'}],
      ['none', {view: 'login', employee: undefined, heading: 'Sign in'}],
    ])) {
      await t.test(`${id} opens what it says`, async () => {
        await page.click('[data-clear=log]');
        const {employee, ...rest} = await shown(await opening(page, () => page.select('#token-source', id)));
        assert.deepEqual({...rest, employee}, expected);
        assert.equal((await statuses()).includes('authorizing'), id !== 'none');
        assert.equal(/access_token/.test(await text(page, '#url')), id === 'second' || id === 'employee');
      });
    }

    await t.test('a callback that rejects is an error, and no request', async () => {
      const count = requests().length;
      await page.select('#token-source', 'rejects');
      await reaches(page, 'error');
      assert.equal(await errorCode(page), 'access-token');
      assert.match(await text(page, '#url'), /^None/);
      await page.select('#token-source', 'typed');
      await insideFrame(page);
      assert.equal(requests().length, count + 1);
    });

    await t.test('lazy waits while it is out of sight', async () => {
      await opening(page, () => page.select('#token-source', 'second'));
      await page.select('#loading', 'lazy');
      await page.click('#out-of-sight');
      await page.click('[data-method=reload]');
      await reaches(page, 'waiting');
      await opening(page, () => page.click('#out-of-sight'));
    });
  });

  test('requests are listed with the token masked, probes among them', async (t) => {
    const {page, preset} = await setUp(t);
    await page.click('input[name=probe]');
    await page.click('[data-clear=requests]');
    await preset('telegram');
    await insideFrame(page);
    await page.waitForFunction(() => document.querySelectorAll('#requests li').length === 2);
    const listed = await page.$$eval('#requests li', (rows) =>
      rows.map((row) => `${row.getAttribute('data-kind')} ${row.querySelector('.request')?.textContent}`).toSorted(),
    );
    assert.match(listed[0] ?? '', /^page GET \/\?api\[access_token\]=••••••••&.*@sofia_rossi/);
    assert.equal(listed[1], 'probe HEAD /');
  });

  test('the token is in its own field and nowhere else', async (t) => {
    const {page, demo, preset} = await setUp(t);
    for (const id of ['two-phones', 'bad-phone', 'all']) {
      await preset(id);
      await reaches(page, id === 'bad-phone' ? 'error' : 'loaded');
      const minted = demo.api.accessTokens().map(({accessToken}) => accessToken);
      assert.ok(minted.length > 0, 'the route has given one');
      const secrets = [VALID_TOKEN, ...minted].flatMap((token) => [token, encodeURIComponent(token)]);
      await page.click('#exact');
      for (const tab of ['html', 'vue', 'react', 'angular', 'php']) {
        await page.click(`#tab-${tab}`);
        const document = await page.evaluate(() => {
          const dialog = /** @type {HTMLElement} */ (window.document.querySelector('#dialog'));
          const others = [...window.document.querySelectorAll('input')].filter((input) => input.id !== 'access-token');
          return [
            window.document.documentElement.outerHTML,
            dialog.shadowRoot?.innerHTML,
            location.href,
            ...others.map((input) => input.value),
          ].join('\n');
        });
        for (const secret of secrets) assert.ok(!document.includes(secret));
      }
    }
    assert.equal(
      await page.$eval('#access-token', (input) => /** @type {HTMLInputElement} */ (input).value),
      VALID_TOKEN,
    );
    assert.match(await text(page, '#url'), /access_token(\]|%5D)=••••••••/);
    const frame = await insideFrame(page);
    assert.ok(!(await frame.content()).includes(VALID_TOKEN), 'nor in the stand-in');
  });

  for (const [width, height] of /** @type {const} */ ([
    [1440, 900],
    [1024, 768],
    [390, 844],
  ])) {
    test(`shows the element above the fold at ${width} x ${height}`, async (t) => {
      const {page} = await setUp(t, {width, height});
      const {top, bottom} = await page.$eval('#dialog', (dialog) => dialog.getBoundingClientRect().toJSON());
      assert.ok(height - top >= 300, `${height - top} pixels are seen`);
      if (width >= 1000) assert.ok(bottom <= height, 'with its composer');
    });
  }

  test('signs in by the route of its server, which the code names too', async (t) => {
    const {page, demo, requests} = await setUp(t);
    const {api} = query(requests().at(-1)?.url ?? '');
    assert.equal(api.access_token, demo.api.accessTokens().at(-1)?.accessToken);
    assert.deepEqual([api.crm_domain, api.employee_ext_code], [CRM_DOMAIN, '101']);
    assert.match(await text(page, '#code'), /access-token-url="\/api\/chatapp-token"/);
  });

  test('has no horizontal scroll at 400 px, in any tab', async (t) => {
    const {page, preset} = await setUp(t, {width: 400});
    for (const id of ['bad-base-url', 'all']) {
      await preset(id);
      await reaches(page, id === 'all' ? 'loaded' : 'error');
      for (const tab of ['html', 'angular', 'php']) {
        await page.click(`#tab-${tab}`);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 400);
      }
    }
    await page.select('#scene', 'endless');
    await page.select('#token-source', 'employee');
    await openings(page, 4);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 400);
  });
});

describe('CRM example', SIDE_BY_SIDE, () => {
  /** @param {import('node:test').TestContext} t @param {{width?: number, height?: number}} [viewport] */
  const setUp = async (t, viewport) => {
    const {page, demo} = await setUpDemo(t, viewport);
    await page.goto(demo.url + 'full-stack/');
    const frame = await insideFrame(page);
    return {page, demo, frame, choose: (/** @type {string} */ id) => page.click(`[data-customer=${id}]`)};
  };

  test('five customers are five requests and no history entry; Back leaves the page', async (t) => {
    const {page, demo, choose} = await setUp(t);
    const crm = page.url();
    await page.goto(`${crm}?before`); // a page to go back to
    await page.goto(crm);
    assert.equal((await shown(await insideFrame(page))).heading, 'Marina Costa');
    const before = demo.requests().length;
    const historyBefore = await page.evaluate(() => history.length);
    for (const [id, crm, heading] of /** @type {const} */ ([
      ['daniel', {phones: ['491713920012', '491713920034']}, '2 dialogs'],
      ['sofia', {dialogIds: ['@sofia_rossi']}, 'Sofia Rossi'],
      ['james', {phones: ['2025550143']}, '2 dialogs'],
      ['helen', {phones: ['447700900142'], dialogIds: ['helen.park@example.com']}, '2 dialogs'],
      ['loft', {dialogIds: ['120363041234567890@g.us']}, 'Loft 12 renovation'],
    ])) {
      const {view, ...rest} = await shown(await opening(page, () => choose(id)));
      assert.deepEqual(rest, {employee: 'Olivia Brandt', heading}, view);
      const asked = query(demo.requests().at(-1)?.url ?? '');
      assert.deepEqual(asked.crm, crm);
      assert.equal(asked.api.access_token, demo.api.accessTokens().at(-1)?.accessToken);
      assert.deepEqual([asked.api.crm_domain, asked.api.employee_ext_code], [CRM_DOMAIN, '101']);
      assert.equal(await page.$eval('[aria-current=true]', (button) => button.getAttribute('data-customer')), id);
    }
    assert.equal(demo.requests().length, before + 5);
    assert.equal(await page.evaluate(() => history.length), historyBefore);
    assert.deepEqual([await text(page, '#openings'), await text(page, '#history-added')], ['6', '0']);
    await page.goBack();
    assert.equal(page.url(), `${crm}?before`);
  });

  test('keep-alive brings a customer back without a request, with the half-typed answer; without it, the answer is gone', async (t) => {
    const {page, demo, choose} = await setUp(t);
    const draft = 'textarea, input[type=text], [contenteditable]';
    /** @param {string} typed */
    const thereAndBack = async (typed) => {
      await (await insideFrame(page)).locator(draft).fill(typed);
      await choose('sofia');
      await page.waitForSelector('#took[data-restored=false]');
      const before = demo.requests().length;
      await choose('marina');
      await page.waitForSelector('#took[data-restored]');
      return {
        requests: demo.requests().length - before,
        typed: await (
          await insideFrame(page)
        ).$eval(draft, (field) => /** @type {HTMLTextAreaElement} */ (field).value),
        said: (await text(page, '#took')).replace(/\d+/, 'N'),
      };
    };
    assert.deepEqual(await thereAndBack('half'), {requests: 1, typed: '', said: 'Loaded anew in N ms'});
    await openDrawer(page);
    await page.click('#keeps');
    assert.deepEqual(await thereAndBack('half-typed'), {requests: 0, typed: 'half-typed', said: 'Kept: back in N ms'});
  });

  test('says what the last change took, also where nothing opens, nothing changes, or the page did not choose it', async (t) => {
    const {page, choose} = await setUp(t);
    const said = async () => (await text(page, '#took')).replace(/\d+/, 'N');
    await page.waitForSelector('#took[data-restored]');
    const first = await text(page, '#took');
    await choose('marina');
    assert.equal(await text(page, '#took'), first);
    await choose('noah');
    await reaches(page, 'idle');
    assert.equal(await said(), 'Nothing open');
    await choose('marina');
    await page.waitForSelector('#took[data-restored]');
    assert.equal(await said(), 'Loaded anew in N ms');
    await page.$eval('#dialog', (dialog) => {
      const now = performance.now.bind(performance);
      performance.now = () => now() + 3_600_000; // long after that choice
      delete (/** @type {HTMLElement} */ (document.querySelector('#took')).dataset.restored);
      /** @type {any} */ (dialog).reload();
    });
    await page.waitForSelector('#took[data-restored]');
    assert.equal(await said(), 'Loaded anew in N ms');
    assert.ok(Number(/\d+/.exec(await text(page, '#took'))) < 3_600_000, await text(page, '#took'));
  });

  test('the Dialog can be made to answer late', async (t) => {
    const {page, choose} = await setUp(t);
    await openDrawer(page);
    await page.click('#boots');
    await choose('sofia');
    await page.waitForSelector('#took[data-restored]');
    assert.ok(Number(/\d+/.exec(await text(page, '#took'))) >= 800, 'the stand-in waits that long');
  });

  test('its list', async (t) => {
    const {page, demo, choose} = await setUp(t);

    await t.test('opens the chat in a new tab, where there is one', async () => {
      const [target] = await Promise.all([new Promise((resolve) => page.once('popup', resolve)), page.click('#open')]);
      const tab = /** @type {Page} */ (target);
      await tab.waitForFunction(() => document.body?.dataset.view);
      assert.match(tab.url(), /79991234567$/);
      assert.ok(!tab.url().includes('token'));
      await tab.close();
      await choose('noah');
      const isLink = () => page.$eval('#open', (link) => !!link.shadowRoot?.querySelector('a')?.href);
      assert.equal(await isLink(), false);
      await choose('ivan');
      assert.equal(await isLink(), true);
    });

    await t.test('opens nothing for a customer without contacts, and asks for nothing', async () => {
      await insideFrame(page); // the opening before this one has arrived
      const before = demo.requests().length;
      await choose('noah');
      await reaches(page, 'idle');
      const {frame, said} = await page.$eval('#dialog', (dialog) => ({
        frame: /** @type {any} */ (dialog).frame,
        said: dialog.shadowRoot?.textContent ?? '',
      }));
      assert.equal(frame, null);
      assert.match(said, /no phone/);
      await choose('ivan');
      await insideFrame(page);
      assert.equal(demo.requests().length, before + 1);
    });

    await t.test('asks the back end for a token with each opening', async () => {
      await insideFrame(page);
      await opening(page, () => choose('sofia'));
      await page.waitForFunction(
        () => document.querySelector('#tokens')?.textContent === document.querySelector('#openings')?.textContent,
      );
    });

    await t.test('has the token nowhere in the page', async () => {
      const document = await page.evaluate(
        () =>
          window.document.documentElement.outerHTML + window.document.querySelector('#dialog')?.shadowRoot?.innerHTML,
      );
      assert.ok(!document.includes('$2y$') && !document.includes('%242y'));
    });
  });

  test('is still found at its old address', async (t) => {
    const {page, demo} = await setUpDemo(t);
    await page.goto(demo.url + 'crm.html?before');
    assert.equal(page.url(), demo.url + 'full-stack/?before');
    await insideFrame(page);
  });

  for (const [width, height] of /** @type {const} */ ([
    [1440, 900],
    [1024, 768],
    [390, 844],
  ])) {
    test(`cuts nothing off at ${width} x ${height}, with the drawer closed`, async (t) => {
      const {page, choose} = await setUp(t, {width, height});
      await choose('daniel'); // the longest card
      const cut = await page.$$eval('#card, .chat', (parts) =>
        parts.filter((part) => part.scrollHeight > part.clientHeight).map(({className}) => className),
      );
      assert.deepEqual(cut, []);
      assert.equal(await page.$eval('#next-morning', (button) => button.checkVisibility()), false);
      if (width >= 1000) assert.equal(await page.evaluate(() => document.documentElement.scrollHeight), height);

      const place = () => page.$eval('#dialog', (dialog) => dialog.getBoundingClientRect().toJSON());
      const before = await place();
      assert.ok(before.top < 0.55 * height && before.bottom <= height, 'the chat is on the first screen');
      await choose('noah');
      await reaches(page, 'idle');
      assert.deepEqual(await place(), before, 'nothing moves for a customer without a chat');
    });
  }

  test('has no horizontal scroll at 400 px', async (t) => {
    const {page, choose} = await setUp(t, {width: 400});
    for (const id of ['loft', 'helen']) {
      await choose(id);
      await reaches(page, 'loaded');
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 400);
    }
  });
});

// One after the other: the keyboard, and the clipboard of the machine, belong to the page in front.
describe('in front', () => {
  test('each tab of the playground has its code, and the button copies it', async (t) => {
    const {page, demo} = await setUpDemo(t);
    await page.goto(demo.url);
    await page
      .browserContext()
      .overridePermissions(new URL(demo.url).origin, ['clipboard-read', 'clipboard-sanitized-write']);
    for (const [id, mark] of Object.entries({
      html: '<chatapp-dialog',
      vue: '.phones="phones"',
      react: 'phones={phones}',
      angular: 'CUSTOM_ELEMENTS_SCHEMA',
      php: 'http_build_query($fields)',
    })) {
      await page.click(`#tab-${id}`);
      await page.click('#copy-code');
      await page.waitForFunction(() => document.querySelector('#code-said')?.textContent?.endsWith('copied.'));
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      assert.ok(copied.includes(mark), `${id} has ${mark}`);
      assert.match(
        copied,
        id === 'php' ? /chatapp_token\(\)/ : /\/api\/chatapp-token/,
        `${id} says where the token is from`,
      );
      assert.equal(copied.trim(), await text(page, '#code'));
    }
    // The page says so until there is other code to copy.
    await opening(page, () => page.click('[data-method=reload]'));
    await reaches(page, 'loaded');
    assert.match(await text(page, '#code-said'), /copied\.$/);
    await page.select('#preset', 'telegram');
    await page.waitForFunction(() => document.querySelector('#code-said')?.textContent === '');
  });

  test('arrow keys walk through the list of the CRM example and Enter chooses', async (t) => {
    const {page, demo} = await setUpDemo(t);
    await page.goto(demo.url + 'full-stack/');
    await insideFrame(page);
    await page.focus('[data-customer=marina]');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await openings(page, 2);
    assert.equal((await shown(await insideFrame(page))).heading, 'Sofia Rossi');
  });
});

/** What the element says of a callback without a token. */
const REJECTED = /getAccessToken rejected/;

describe('all states', SIDE_BY_SIDE, () => {
  for (const width of [1280, 400]) {
    test(`are reached, and fit into ${width} px`, async (t) => {
      const {page, demo} = await setUpDemo(t, {
        width,
        expected: [/ERR_CONNECTION_REFUSED/, REJECTED],
      });
      await page.goto(demo.url + 'states.html?lang=ru');
      await page.waitForSelector('.state');
      await page.waitForFunction(() =>
        [...document.querySelectorAll('.state')].every((state) => state.getAttribute('data-reached') === 'true'),
      );
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      assert.match(
        await page.$eval('.state:last-child chatapp-dialog', (dialog) => dialog.shadowRoot?.textContent ?? ''),
        /Ни один чат/,
      );
      const widths = () =>
        page.$$eval('chatapp-dialog', (dialogs) => [...new Set(dialogs.map(({offsetWidth}) => offsetWidth))]);
      assert.deepEqual(await widths(), [320]);
      await page.click('input[value="480"] + span');
      assert.deepEqual(await widths(), [width > 480 ? 480 : 366]);
      await page.click('#rtl');
      const directions = () => page.$$eval('chatapp-dialog', (all) => [...new Set(all.map(({dir}) => dir))]);
      assert.deepEqual(await directions(), ['rtl']);
    });
  }
});
