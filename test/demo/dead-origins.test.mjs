// Origins at which no page can be had, for the demo's pages and for the browser tests.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {startDemo} from '../../demo/server.mjs';
import {createResetOrigin, refusedOrigin} from '../../demo/stand-in/scenes.mjs';
import {ask} from '../support/ask.mjs';
import {standInPlugin} from '../support/stand-in-plugin.mjs';

describe('dead origins', () => {
  test('refused: nothing listens', async () => {
    await assert.rejects(ask(await refusedOrigin()).response, {code: 'ECONNREFUSED'});
  });

  test('reset: every connection breaks', async (t) => {
    const server = createResetOrigin();
    t.after(() => server.close());
    const address = await server.listen();
    for (let times = 0; times < 3; times++) await assert.rejects(ask(address).response, {code: 'ECONNRESET'});
  });

  test('the demo names both to its pages, and closes them with itself', async (t) => {
    const demo = await startDemo();
    t.after(() => demo.close());
    const config = await (await fetch(`${demo.url}demo-config.json`)).json();
    assert.equal(config.standIn, demo.standInUrl);
    await assert.rejects(ask(config.refused).response, {code: 'ECONNREFUSED'});
    await assert.rejects(ask(config.reset).response, {code: 'ECONNRESET'});
    await demo.close();
    await assert.rejects(ask(config.reset).response, {code: 'ECONNREFUSED'});
  });

  test('the browser tests get them by command, and stand-ins of their own', async (t) => {
    const plugin = standInPlugin();
    await plugin.serverStart?.(/** @type {any} */ ({}));
    t.after(() => plugin.serverStop?.());
    /** @param {string} command @param {unknown} [payload] @returns {Promise<any>} */
    const execute = async (command, payload) => plugin.executeCommand?.(/** @type {any} */ ({command, payload}));
    await assert.rejects(ask(await execute('stand-in:refused')).response, {code: 'ECONNREFUSED'});
    await assert.rejects(ask(await execute('stand-in:reset')).response, {code: 'ECONNRESET'});
    const [one, two] = [await execute('stand-in:own'), await execute('stand-in:own')];
    assert.equal(new Set([one, two, await execute('stand-in:origin')]).size, 3);
    assert.equal(await execute('stand-in:stop', one), true);
    await assert.rejects(ask(one).response, {code: 'ECONNREFUSED'});
    assert.equal((await ask(two).response).statusCode, 200);
    await assert.rejects(execute('stand-in:stop', one), /No stand-in/);
    assert.equal(await execute('another:command'), undefined);
    await plugin.serverStop?.();
    await assert.rejects(ask(two).response, {code: 'ECONNREFUSED'});
  });
});
