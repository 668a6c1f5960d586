// One of several processes that share a store; contract.mjs starts them. It is told how to open the store, says that it has,
// and at "go" wants the same as all others at the same time.
import {setTimeout as after} from 'node:timers/promises';
import {open} from './open.mjs';

/** Longer than the whole test. */
const LONG = 60_000;
const {opening, rounds} = JSON.parse(process.argv[2] ?? '');
const name = `process "${process.pid}"`;
const {store, close} = await open(opening);

process.once('message', async () => {
  /** @type {{won: number[], sums: number[]}} */
  const {won, sums} = {won: [], sums: []};
  for (let round = 0; round < rounds; round++)
    if (await store.setIfAbsent(`lock ${round}`, name, LONG)) won.push(round);
  for (let round = 0; round < rounds; round++) sums.push(await store.increment('count', LONG));
  for (let round = 0; round < rounds; round++) await addAlone();
  await close();
  process.send?.({won, sums}, () => process.disconnect());
});
process.send?.('ready');

/** Adds one to a number by reading and writing it, which loses additions unless the lock keeps the others away. */
async function addAlone() {
  while (!(await store.setIfAbsent('mutex', name, LONG))) await after(5);
  const number = Number((await store.get('number')) ?? 0);
  await store.set('number', `${number + 1}`, LONG);
  await store.delete('mutex', 'another process'); // must not free it
  await store.delete('mutex', name);
}
