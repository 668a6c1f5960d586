import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {Redis} from 'ioredis';
import {createClient, RESP_TYPES} from 'redis';
import {redisStore} from '../../../dist/server/stores/redis-store.js';
import {until} from '../../support/ask.mjs';
import {needsRedis, startRedis, startRedisCluster} from '../../support/redis-server.mjs';
import {setupApi} from '../setup.mjs';
import {testProcesses, testStore} from './contract.mjs';
import {open} from './open.mjs';

/** @typedef {import('./open.mjs').Opening['kind']} Kind */

describe('redisStore()', needsRedis, () => {
  /** @type {Awaited<ReturnType<typeof startRedis>>} */
  let redis;
  before(async () => {
    redis = await startRedis();
  });
  after(() => redis?.stop());
  const url = (/** @type {number} */ database) => `${redis.url}/${database}`;

  /** The contract with a client, which is closed after. @param {string} name @param {Kind} kind @param {string} module @param {() => string} at */
  function testClient(name, kind, module, at) {
    describe(name, () => {
      /** @type {import('./open.mjs').Opened} */
      let opened;
      after(() => opened?.close());
      testStore('alone', async () => {
        opened = await open({kind, module, at: at()});
        return opened.store;
      });
    });
  }

  testClient('with node-redis', 'node-redis', 'redis', () => url(0));
  testClient('with a pool of node-redis', 'node-redis-pool', 'redis', () => url(0));
  testClient('with ioredis', 'ioredis', 'ioredis', () => url(0));
  testProcesses('with node-redis', () => ({kind: 'node-redis', module: 'redis', at: url(1)}));
  testProcesses('with ioredis', () => ({kind: 'ioredis', module: 'ioredis', at: url(2)}));

  describe('on a cluster', () => {
    /** @type {Awaited<ReturnType<typeof startRedisCluster>>} */
    let cluster;
    before(async () => {
      cluster = await startRedisCluster();
    });
    after(() => cluster?.stop());
    testClient('with node-redis', 'node-redis-cluster', 'redis', () => cluster.url);
    testClient('with ioredis', 'ioredis-cluster', 'ioredis', () => cluster.url);
  });

  test('gives texts and numbers whatever the client was told to answer', async (t) => {
    const nodeRedis = await createClient({url: url(3)}).connect();
    const ioredis = new Redis(url(3), {stringNumbers: true, keyPrefix: 'crm:'});
    t.after(() => Promise.all([nodeRedis.close(), ioredis.quit()]));
    const mapped = nodeRedis.withTypeMapping({
      [RESP_TYPES.BLOB_STRING]: Buffer,
      [RESP_TYPES.SIMPLE_STRING]: Buffer,
      [RESP_TYPES.NUMBER]: String,
    });
    for (const store of [redisStore(mapped), redisStore(ioredis)]) {
      assert.equal(await store.setIfAbsent('key', 'ы', 60_000), true);
      assert.equal(await store.setIfAbsent('key', 'ы', 60_000), false);
      assert.equal(await store.get('key'), 'ы');
      assert.deepEqual([await store.increment('count', 60_000), await store.increment('count', 60_000)], [1, 2]);
    }
  });

  test('an entry of somebody else that has no end gets one when it is incremented', async (t) => {
    const client = await createClient({url: url(4)}).connect();
    t.after(() => client.close());
    await client.set('count', '7');
    assert.equal(await redisStore(client).increment('count', 60_000), 8);
    assert.ok((await client.pTTL('count')) > 0);
  });

  test('whose memory is full reads and does not write: the source goes on with the token that it has renewed', async (t) => {
    const full = await startRedis('--maxmemory-policy', 'noeviction');
    const client = await createClient({url: full.url}).connect();
    t.after(() => [client.destroy(), full.stop()]);
    const {api, createSource} = await setupApi(t);
    const store = redisStore(client);
    let reads = 0;
    const source = createSource({
      store: {
        ...store,
        async get(key) {
          const value = await store.get(key);
          reads++;
          return value;
        },
      },
    });
    const first = await source.get();
    await client.configSet('maxmemory', '1');
    await assert.rejects(store.set('key', 'value', 60_000), /OOM/);
    await source.invalidate(first.accessToken);
    const second = await source.get();
    assert.notEqual(second.accessToken, first.accessToken);
    // A store that failed is left alone for a while. Wait until it is read again.
    const before = reads;
    await until(async () => {
      assert.deepEqual(await source.get(), second);
      return reads > before;
    });
    assert.deepEqual([api.figures().logins, api.figures().refreshes], [1, 1]);
  });

  test('rejects where Redis is gone', async (t) => {
    const gone = await startRedis();
    const nodeRedis = createClient({url: gone.url, disableOfflineQueue: true});
    const ioredis = new Redis(gone.url, {maxRetriesPerRequest: 0, retryStrategy: () => 1});
    for (const client of [nodeRedis, ioredis]) client.on('error', () => {});
    t.after(() => [nodeRedis.destroy(), ioredis.disconnect()]);
    await nodeRedis.connect();
    const stores = [redisStore(nodeRedis), redisStore(ioredis)];
    for (const store of stores) await store.set('key', 'value', 60_000);
    await gone.stop();
    for (const store of stores) {
      await assert.rejects(store.get('key'));
      await assert.rejects(store.set('key', 'value', 60_000));
      await assert.rejects(store.setIfAbsent('key', 'value', 60_000));
      await assert.rejects(store.increment('key', 60_000));
      await assert.rejects(store.delete('key'));
      await assert.rejects(store.delete('key', 'value'));
    }
  });
});

test('redisStore() says what to pass, at once', () => {
  const other = {get() {}, set() {}, del() {}, eval() {}};
  const ofVersion3 = {...other, EVAL() {}, send_command() {}, sendCommand() {}};
  const wrong = [
    undefined,
    null,
    'redis://localhost',
    {},
    new Map(),
    other,
    ofVersion3,
    Promise.resolve(other),
    createClient,
  ];
  for (const client of wrong) {
    assert.throws(() => redisStore(/** @type {any} */ (client)), {
      name: 'TypeError',
      message: /^redisStore: pass a client of node-redis 4 .* ioredis 5/,
    });
  }
});
