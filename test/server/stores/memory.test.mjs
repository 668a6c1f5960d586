import assert from 'node:assert/strict';
import {getActiveResourcesInfo} from 'node:process';
import {test} from 'node:test';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {memoryStore} from '../../../dist/server/stores/memory-store.js';
import {until} from '../../support/ask.mjs';
import {testStore} from './contract.mjs';

testStore('memoryStore()', memoryStore);

test('memoryStore() leaves no timer running, which would keep the process alive', async () => {
  const timers = () => getActiveResourcesInfo().filter((resource) => /Timeout|Immediate/.test(resource)).length;
  const [store, before] = [memoryStore(), timers()];
  void store.set('a', 'value', 60_000);
  void store.setIfAbsent('b', 'value', 60_000);
  void store.increment('c', 60_000);
  assert.equal(timers(), before);
});

test('memoryStore() lets go of what has ended', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc');
  const used = () => {
    collectGarbage();
    const {heapUsed, external} = process.memoryUsage();
    return (heapUsed + external) / 1e6;
  };
  const store = memoryStore();
  const megabyte = () => Buffer.alloc(1e6, 'x').toString('latin1');
  const before = used();
  for (let index = 0; index < 50; index++) await store.set(`kept ${index}`, megabyte(), 60_000);
  assert.ok(used() - before > 40, 'what has not ended stays');
  for (let index = 0; index < 50; index++) await store.set(`kept ${index}`, megabyte(), 1);
  await until(async () => (await store.get('kept 49')) === undefined);
  await store.set('other', 'value', 60_000);
  assert.ok(used() - before < 10, `${used() - before} MB`);
});

test('two memoryStore()s share nothing', async () => {
  const [one, other] = [memoryStore(), memoryStore()];
  await one.set('key', 'value', 60_000);
  assert.equal(await other.get('key'), undefined);
});
