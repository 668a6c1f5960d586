// What sqliteStore() does, with each library.
import assert from 'node:assert/strict';
import {fork} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {sqliteStore} from '../../../dist/server/stores/sqlite-store.js';
import {until} from '../../support/ask.mjs';
import {testProcesses, testStore} from './contract.mjs';
import {openDatabase} from './open.mjs';

const LONG = 60_000;
const HOLD = fileURLToPath(new URL('./hold.mjs', import.meta.url));

/**
 * A database that deletes nothing. What is deleted on the way would be stopped, or wait, in place of the operation itself.
 * @param {import('../../../dist/server/stores/sqlite-store.js').SqliteDatabase} database
 */
const withoutDeletes = (database) => ({
  exec: (/** @type {string} */ sql) => database.exec(sql),
  prepare: (/** @type {string} */ sql) =>
    sql.startsWith('DELETE') ? {run: () => ({changes: 0}), all: () => []} : database.prepare(sql),
});

/**
 * @param {string} name
 * @param {Pick<import('./open.mjs').Opening, 'kind' | 'module'>} library
 * @param {import('./contract.mjs').Options} [options]
 */
export function testSqlite(name, library, options = {}) {
  describe(`sqliteStore() with ${name}`, options, () => {
    /** @type {string} */
    let folder;
    /** @type {(() => unknown)[]} */
    const closing = [];
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'chatapp-dialog-sqlite-'));
    });
    after(() => {
      for (const close of closing) close();
      rmSync(folder, {recursive: true, force: true});
    });

    const file = (/** @type {string} */ of) => join(folder, `${of}.db`);
    /** @param {string} at @param {object} [options] */
    async function openAt(at, options) {
      const database = await openDatabase({...library, at}, options);
      closing.push(() => database.close());
      return database;
    }
    /** The first column of the first row. @param {import('./open.mjs').Database} database @param {string} sql */
    const ask = (database, sql) => Object.values(Object(database.prepare(sql).all()[0]))[0];
    /** Each operation. @param {import('./contract.mjs').TokenStore} store */
    const operations = (store) => ({
      get: () => store.get('key'),
      set: () => store.set('key', 'new', LONG),
      setIfAbsent: () => store.setIfAbsent('other', 'new', LONG),
      increment: () => store.increment('count', LONG),
      delete: () => store.delete('key'),
      deleteOnlyIf: () => store.delete('key', 'value'),
    });

    testStore('in a file', async () => sqliteStore(await openAt(file('contract'))));
    testStore('in memory', async () => sqliteStore(await openAt(':memory:')));
    testProcesses('in a file', () => ({...library, at: file('processes')}));

    test('two connections share a file, whichever made the table', async () => {
      const [one, other] = [sqliteStore(await openAt(file('shared'))), sqliteStore(await openAt(file('shared')))];
      await one.set('key', 'value', LONG);
      assert.equal(await other.get('key'), 'value');
      assert.equal(await other.setIfAbsent('key', 'other', LONG), false);
      assert.equal(await other.increment('count', LONG), 1);
      assert.equal(await one.increment('count', LONG), 2);
    });

    test('what has ended is deleted by the next write, and nothing else', async () => {
      const database = await openAt(file('ended'));
      const store = sqliteStore(database);
      const writes = [
        () => store.set('a', 'value', LONG),
        () => store.setIfAbsent('b', 'value', LONG),
        () => store.increment('c', LONG),
      ];
      for (const [index, write] of writes.entries()) {
        await Promise.all(['x', 'y', 'z'].map((key) => store.set(key, 'value', 1)));
        await until(async () => (await store.get('z')) === undefined);
        await write();
        assert.equal(Number(ask(database, 'SELECT count(*) FROM chatapp_dialog_tokens')), index + 1);
      }
    });

    test('waits 2 s for another process, where the database does not say how long', async () => {
      const [unset, set] = [await openAt(file('timeout')), await openAt(file('timeout'))];
      unset.exec('PRAGMA busy_timeout = 0');
      set.exec('PRAGMA busy_timeout = 7');
      for (const database of [unset, set]) sqliteStore(database);
      assert.deepEqual(
        [unset, set].map((database) => Number(ask(database, 'PRAGMA busy_timeout'))),
        [2000, 7],
      );
    });

    test('rejects, and does not throw, where the database is closed', async () => {
      const database = await openDatabase({...library, at: file('closed')});
      const store = sqliteStore(database);
      await store.set('key', 'value', LONG);
      database.close();
      for (const operate of Object.values(operations(store))) await assert.rejects(operate);
    });

    test('rejects while another holds the file, from the start too, and works when it is free', async () => {
      const [mine, other] = [await openAt(file('held')), await openAt(file('held'))];
      other.exec('CREATE TABLE unrelated (id INTEGER)');
      other.exec('BEGIN EXCLUSIVE');
      mine.exec('PRAGMA busy_timeout = 5');
      const store = sqliteStore(mine);
      for (const operate of Object.values(operations(store))) await assert.rejects(operate);
      other.exec('COMMIT');
      assert.equal(await store.get('key'), undefined);
      assert.equal(await store.increment('count', LONG), 1);
    });

    test('rejects what could not be committed: a lock or a number that nobody else sees', async () => {
      const [mine, reader] = [await openAt(file('reader')), await openAt(file('reader'))];
      mine.exec('PRAGMA busy_timeout = 5');
      const store = sqliteStore(mine);
      await store.set('key', 'value', LONG);
      // Without a write-ahead log, a reader lets others begin to write but not commit.
      reader.exec('BEGIN');
      assert.equal(Number(ask(reader, 'SELECT count(*) FROM chatapp_dialog_tokens')), 1);
      const {get, ...writes} = operations(store);
      for (const [operation, write] of Object.entries(writes)) await assert.rejects(write, Error, operation);
      reader.exec('COMMIT');
      assert.equal(Number(ask(reader, 'SELECT count(*) FROM chatapp_dialog_tokens')), 1);
      assert.equal(await get(), 'value');
    });

    test('rejects an increment whose sum was there before the commit failed', async () => {
      const [mine, reader] = [await openAt(file('sum')), await openAt(file('sum'))];
      mine.exec('PRAGMA busy_timeout = 5');
      const store = sqliteStore(withoutDeletes(mine));
      await store.increment('count', LONG);
      reader.exec('BEGIN; SELECT count(*) FROM chatapp_dialog_tokens');
      await assert.rejects(store.increment('count', LONG));
      reader.exec('COMMIT');
      assert.equal(await store.get('count'), '1');
    });

    test('waiting for another process takes nothing off the time', async (t) => {
      const database = await openAt(file('waiting'));
      const store = sqliteStore(withoutDeletes(database));
      await store.set('key', 'old', LONG);
      const other = fork(HOLD, [JSON.stringify({...library, at: file('waiting')})], {execArgv: []});
      t.after(() => other.kill());
      await once(other, 'message');
      const released = once(other, 'message');
      other.send('for a while');
      const start = Date.now();
      await store.set('key', 'value', LONG);
      const [releasedAt] = await released;
      const endsAt = Number(ask(database, "SELECT ends_at FROM chatapp_dialog_tokens WHERE key = 'key'"));
      assert.ok(releasedAt > start, 'it has waited');
      assert.ok(endsAt >= releasedAt + LONG - 1, `${endsAt - releasedAt} ms`);
    });

    test('gives texts and numbers whatever the database was told to answer', async () => {
      const database = await openAt(
        file('settings'),
        library.kind === 'sqlite' ? {} : {readBigInts: true, returnArrays: true},
      );
      if ('defaultSafeIntegers' in database) /** @type {any} */ (database).defaultSafeIntegers();
      database.exec('PRAGMA busy_timeout = 0');
      const store = sqliteStore(database);
      assert.equal(await store.setIfAbsent('key', 'ы', LONG), true);
      assert.equal(await store.setIfAbsent('key', 'ы', LONG), false);
      assert.equal(await store.get('key'), 'ы');
      assert.deepEqual([await store.increment('count', LONG), await store.increment('count', LONG)], [1, 2]);
    });
  });
}
