// What every store does: one contract, run with each of them.
import assert from 'node:assert/strict';
import {fork} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {once} from 'node:events';
import {after, before, describe, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {until} from '../../support/ask.mjs';
import {open} from './open.mjs';

/**
 * @typedef {import('../../../dist/server/stores/token-store.js').TokenStore} TokenStore
 * @typedef {{skip?: string | false}} Options
 */

/** Milliseconds: soon over, and longer than any test. */
const [SHORT, LONG] = [50, 60_000];
/** Milliseconds that a server's clock may be behind. */
const TOLERANCE = 10;
const WORKER = fileURLToPath(new URL('./worker.mjs', import.meta.url));
const [PROCESSES, ROUNDS] = [4, 25];

const STRANGE = {
  'an empty text': '',
  unicode: 'Ключ ключ – 鍵 🔑 e\u0301',
  // But for NUL, at which libsql ends a text that it reads.
  'control characters': '\r\n\t\u0001\u001b\u007f\u2028',
  quotes: `it's "quoted" \`so\` \\' ; DROP TABLE chatapp_dialog_tokens; -- $1 ? :a @b %s {0} KEYS[1] *`,
  '100 kB': 'x"ы'.repeat(33_334),
  JSON: JSON.stringify({accessToken: '$2y$10$a/b.c', ends: 1.5, list: [null, true]}),
  'what looks like a number': '01.50',
  'spaces at its ends': ' a ',
};

/**
 * The contract, in one process.
 * @param {string} name
 * @param {() => TokenStore | Promise<TokenStore>} makeStore  called once, before the tests
 * @param {Options} [options]
 */
export function testStore(name, makeStore, options = {}) {
  // One test after the other: a write of another one may clear up what a test believes to have ended by itself.
  describe(name, options, () => {
    /** @type {TokenStore} */
    let store;
    before(async () => {
      store = await makeStore();
    });
    /** A key that no other test has. */
    const newKey = () => `test:${randomUUID()}`;
    const isGone = (/** @type {string} */ key) => async () => (await store.get(key)) === undefined;
    const atOnce = (/** @type {(index: number) => Promise<unknown>} */ act) =>
      Promise.all(Array.from({length: 20}, (_, index) => act(index)));

    describe('get()', () => {
      test('gives undefined where nothing was set', async () => {
        assert.equal(await store.get(newKey()), undefined);
      });
    });

    describe('set()', () => {
      test('sets a value, whatever was there', async () => {
        const key = newKey();
        assert.equal(await store.set(key, 'first', LONG), undefined);
        assert.equal(await store.get(key), 'first');
        await store.set(key, 'second', LONG);
        assert.equal(await store.get(key), 'second');
      });

      test('for ttlMs, not shorter and not longer', async () => {
        const key = newKey();
        const start = Date.now();
        await store.set(key, 'value', SHORT);
        await until(isGone(key));
        assert.ok(Date.now() - start >= SHORT - TOLERANCE, `${Date.now() - start} ms`);
      });

      test('for a part of a millisecond too', async () => {
        const key = newKey();
        for (const ttl of [0.4, SHORT + 0.5]) {
          await store.set(key, 'value', ttl);
          await until(isGone(key));
        }
      });

      test('begins the time anew', async () => {
        const [longer, shorter, other] = [newKey(), newKey(), newKey()];
        await store.set(longer, 'value', SHORT);
        await store.set(shorter, 'value', LONG);
        await store.set(longer, 'value', LONG);
        await store.set(shorter, 'value', SHORT);
        await store.set(other, 'value', 2 * SHORT);
        await until(isGone(shorter));
        await until(isGone(other));
        assert.equal(await store.get(longer), 'value');
      });
    });

    describe('setIfAbsent()', () => {
      test('sets a value where there is none, and says so', async () => {
        const key = newKey();
        assert.equal(await store.setIfAbsent(key, 'first', LONG), true);
        assert.equal(await store.setIfAbsent(key, 'second', LONG), false);
        assert.equal(await store.setIfAbsent(key, 'first', LONG), false, 'nor for the same value');
        assert.equal(await store.get(key), 'first');
      });

      test('of 20 contenders, one wins', async () => {
        const key = newKey();
        const won = await atOnce((index) => store.setIfAbsent(key, `${index}`, LONG));
        assert.deepEqual(won.toSorted(), [...Array(19).fill(false), true]);
        assert.equal(await store.get(key), `${won.indexOf(true)}`);
      });

      test('counts what has ended as absent, and losing prolongs nothing', async () => {
        const key = newKey();
        const start = Date.now();
        await store.set(key, 'first', SHORT);
        await until(() => store.setIfAbsent(key, 'second', LONG));
        assert.ok(Date.now() - start >= SHORT - TOLERANCE, `${Date.now() - start} ms`);
        assert.equal(await store.get(key), 'second');
      });

      test('for ttlMs', async () => {
        const key = newKey();
        const start = Date.now();
        await store.setIfAbsent(key, 'value', SHORT);
        await until(isGone(key));
        assert.ok(Date.now() - start >= SHORT - TOLERANCE, `${Date.now() - start} ms`);
      });

      test('counts an empty text as present', async () => {
        const key = newKey();
        await store.set(key, '', LONG);
        assert.equal(await store.setIfAbsent(key, 'value', LONG), false);
      });
    });

    describe('increment()', () => {
      test('counts from 1 on', async () => {
        const key = newKey();
        for (const sum of [1, 2, 3]) assert.equal(await store.increment(key, LONG), sum);
        assert.equal(await store.get(key), '3');
      });

      test('at once, loses none', async () => {
        const key = newKey();
        const sums = await atOnce(() => store.increment(key, LONG));
        assert.deepEqual(
          sums.map(Number).toSorted((a, b) => a - b),
          Array.from({length: 20}, (_, index) => index + 1),
        );
      });

      test('ends ttlMs after the first, and begins again at 1', async () => {
        const key = newKey();
        const start = Date.now();
        assert.equal(await store.increment(key, SHORT), 1);
        let last = 1;
        await until(async () => {
          const sum = await store.increment(key, LONG); // must not prolong it
          if (sum === 1) return true;
          assert.equal(sum, ++last);
          return false;
        });
        assert.ok(Date.now() - start >= SHORT - TOLERANCE, `${Date.now() - start} ms`);
        assert.equal(await store.increment(key, SHORT), 2, 'begun again, for the new time');
      });

      test('goes on from a number that was set, and leaves its end', async () => {
        const key = newKey();
        await store.set(key, '41', LONG);
        assert.equal(await store.increment(key, 1), 42);
        const other = newKey();
        await store.set(other, 'value', SHORT);
        await until(isGone(other));
        assert.equal(await store.increment(key, 1), 43);
      });
    });

    describe('delete()', () => {
      test('deletes an entry, whatever it is', async () => {
        const key = newKey();
        await store.set(key, 'value', LONG);
        assert.equal(await store.delete(key), undefined);
        assert.equal(await store.get(key), undefined);
        await store.delete(key);
        assert.equal(await store.setIfAbsent(key, 'value', LONG), true, 'it is free');
        await store.delete(key, undefined);
        assert.equal(await store.get(key), undefined);
      });

      test('with onlyIf, only where the value is that one', async () => {
        const key = newKey();
        await store.set(key, 'mine', LONG);
        for (const other of ['yours', 'Mine', 'mine ', 'min', '', '%', '*']) {
          assert.equal(await store.delete(key, other), undefined);
          assert.equal(await store.get(key), 'mine', `not "${other}"`);
        }
        await store.delete(key, 'mine');
        assert.equal(await store.get(key), undefined);
        await store.delete(key, 'mine');
      });

      test('compares texts, not numbers, and not what looks the same', async () => {
        for (const [value, other] of [
          ['1', '1.0'],
          ['1.0', '1'],
          ['é', 'e\u0301'],
        ]) {
          const key = newKey();
          await store.set(key, value ?? '', LONG);
          await store.delete(key, other);
          assert.equal(await store.get(key), value);
        }
      });

      test('leaves other keys', async () => {
        const [key, other] = [newKey(), newKey()];
        for (const each of [key, other]) await store.set(each, 'value', LONG);
        await store.delete(key, 'value');
        assert.equal(await store.get(other), 'value');
        await store.set(key, 'value', LONG);
        await store.delete(key);
        assert.equal(await store.get(other), 'value');
      });
    });

    for (const [what, text] of Object.entries(STRANGE)) {
      test(`keeps ${what} as it is, as a value and in a key`, async () => {
        const key = newKey() + text;
        await store.set(key, text, LONG);
        assert.ok((await store.get(key)) === text);
        await store.delete(key, `${text}x`);
        assert.ok((await store.get(key)) === text);
        await store.delete(key, text);
        assert.equal(await store.get(key), undefined);
        assert.equal(await store.setIfAbsent(key, text, LONG), true);
        assert.ok((await store.get(key)) === text);
        await store.delete(key);
        assert.equal(await store.increment(key, LONG), 1);
      });
    }

    test('keeps keys apart', async () => {
      const key = newKey();
      const keys = [
        key,
        `${key} `,
        `${key}:`,
        key.toUpperCase(),
        `${key}*`,
        `${key}\u0000a`,
        `${key}\u0000b`,
        `${key}%`,
        `${key}_`,
      ];
      await Promise.all(keys.map((each, index) => store.set(each, `${index}`, LONG)));
      assert.deepEqual(
        await Promise.all(keys.map((each) => store.get(each))),
        keys.map((_, index) => `${index}`),
      );
    });
  });
}

/**
 * The contract between processes.
 * @param {string} name
 * @param {() => import('./open.mjs').Opening} howToOpen  called before the tests
 * @param {Options} [options]
 */
export function testProcesses(name, howToOpen, options = {}) {
  describe(`${name}, shared by ${PROCESSES} processes`, options, () => {
    /** @type {{won: number[], sums: number[]}[]} */
    let results;
    /** @type {import('./open.mjs').Opened} */
    let opened;
    before(async () => {
      const opening = howToOpen();
      results = await contend(opening);
      opened = await open(opening);
    });
    after(() => opened?.close());
    const all = (/** @type {(result: {won: number[], sums: number[]}) => number[]} */ ofOne) =>
      results.flatMap(ofOne).toSorted((a, b) => a - b);

    test('each lock has one winner', () => {
      assert.deepEqual(
        all(({won}) => won),
        Array.from({length: ROUNDS}, (_, round) => round),
      );
    });

    test('no increment is lost', async () => {
      assert.deepEqual(
        all(({sums}) => sums),
        Array.from({length: PROCESSES * ROUNDS}, (_, index) => index + 1),
      );
      assert.equal(await opened.store.get('count'), `${PROCESSES * ROUNDS}`);
    });

    test('the lock keeps the others away until its holder deletes it', async () => {
      assert.equal(await opened.store.get('number'), `${PROCESSES * ROUNDS}`);
      assert.equal(await opened.store.get('mutex'), undefined);
    });
  });
}

/**
 * Lets processes want the same at the same time; gives what each of them got.
 * @param {import('./open.mjs').Opening} opening
 */
async function contend(opening) {
  const workers = Array.from({length: PROCESSES}, () =>
    fork(WORKER, [JSON.stringify({opening, rounds: ROUNDS})], {execArgv: []}),
  );
  const ended = workers.map((worker) => once(worker, 'exit'));
  /** The worker's next message. @param {import('node:child_process').ChildProcess} worker @param {number} index */
  const hear = async (worker, index) => {
    const [message] = await Promise.race([
      once(worker, 'message'),
      ended[index]?.then(([code]) => Promise.reject(new Error(`A process ended with ${code}.`))) ?? [],
    ]);
    return message;
  };
  try {
    await Promise.all(workers.map(hear));
    const results = workers.map(hear);
    for (const worker of workers) worker.send('go');
    return await Promise.all(results);
  } finally {
    for (const worker of workers) worker.kill();
    await Promise.all(ended);
  }
}
