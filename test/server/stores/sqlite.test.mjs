import assert from 'node:assert/strict';
import {isBuiltin} from 'node:module';
import {test} from 'node:test';
import PromiseLibsql from 'libsql/promise';
import {sqliteStore} from '../../../dist/server/stores/sqlite-store.js';
import {testSqlite} from './sqlite.mjs';

const NODE_SQLITE = 'node:sqlite';
// By the version too: where Node 24 has none, that is a failure. `npm run test:newer-node` brings such a Node.
const hasNodeSqlite = isBuiltin(NODE_SQLITE) || parseInt(process.versions.node, 10) >= 24;

testSqlite('libsql', {kind: 'sqlite', module: 'libsql'});
testSqlite(
  NODE_SQLITE,
  {kind: NODE_SQLITE, module: NODE_SQLITE},
  {skip: hasNodeSqlite ? false : 'this Node has no node:sqlite'},
);

test('sqliteStore() says what to pass, at once', () => {
  const statement = {all: () => statement, run: () => statement};
  const callsBack = {exec() {}, prepare: () => statement};
  for (const database of [
    undefined,
    null,
    'tokens.db',
    {},
    callsBack,
    {exec() {}, prepare: () => ({all: () => []})},
    new PromiseLibsql(':memory:', {}),
  ]) {
    assert.throws(() => sqliteStore(/** @type {any} */ (database)), {
      name: 'TypeError',
      message: /^sqliteStore: pass a Database of better-sqlite3/,
    });
  }
});
