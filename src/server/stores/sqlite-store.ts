import type {TokenStore} from './token-store.js';

interface Statement {
  all(...values: (string | number)[]): unknown[];
  run(...values: (string | number)[]): {changes: number | bigint};
}

/** What {@link sqliteStore} uses of a database of better-sqlite3, libsql or node:sqlite. */
export interface SqliteDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): Statement;
}

/** Milliseconds that a statement waits for another process, where the database has no such setting. */
const BUSY_TIMEOUT = 2000;

/**
 * Milliseconds since 1970. SQLite's clock and not JavaScript's, because SQLite looks at it when the statement is at its turn:
 * waiting for another process takes nothing off an entry's time.
 */
const NOW = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";

const TABLE = `CREATE TABLE IF NOT EXISTS chatapp_dialog_tokens (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL,
  ends_at INTEGER NOT NULL
)`;
const GET = `SELECT value FROM chatapp_dialog_tokens WHERE key = ? AND ends_at > ${NOW}`;
const INSERT = `INSERT INTO chatapp_dialog_tokens (key, value, ends_at) VALUES (?, ?, ${NOW} + ?) ON CONFLICT (key) DO UPDATE`;
const SET = `${INSERT} SET value = excluded.value, ends_at = excluded.ends_at`;
const SET_IF_ABSENT = `${SET} WHERE ends_at <= ${NOW}`;
const INCREMENT = `${INSERT} SET
  value = CASE WHEN ends_at > ${NOW} THEN value + 1 ELSE excluded.value END,
  ends_at = CASE WHEN ends_at > ${NOW} THEN ends_at ELSE excluded.ends_at END
RETURNING value`;
const DELETE = 'DELETE FROM chatapp_dialog_tokens WHERE key = ?';
const DELETE_ONLY_IF = `${DELETE} AND value = ?`;
const DELETE_ENDED = `DELETE FROM chatapp_dialog_tokens WHERE ends_at <= ${NOW} AND key <> ?`;

/**
 * A SQLite file, for processes on one machine; not on a network drive, where locks may not hold. The table
 * `chatapp_dialog_tokens` is made where there is none, and ended entries are deleted by the next write.
 *
 * The database is yours: open it, close it. Best it has a connection of its own: what is written within an open transaction of
 * yours ends with its rollback. While another process writes, the whole process waits, for as long as the database's
 * `busy_timeout` says; where that is 0, it is set to 2 seconds. After it the operation rejects.
 *
 * @param database of better-sqlite3 or libsql (`new Database(file)`), or of node:sqlite (`new DatabaseSync(file)`, Node 22.5 or
 *   newer). SQLite 3.35 or newer.
 * @throws TypeError at once where the database is of another library.
 */
export function sqliteStore(database: SqliteDatabase): TokenStore {
  setBusyTimeout(database);
  let hasTable = false;
  const prepare = (sql: string): Statement => {
    // Here and not at once, so that a file which cannot be written is a rejection too, and is tried again.
    if (!hasTable) database.exec(TABLE);
    hasTable = true;
    return database.prepare(sql);
  };
  /** Writes; says how many rows. */
  const write = (sql: string, ...values: (string | number)[]): number => Number(prepare(sql).run(...values).changes);

  // Async functions, because what these libraries throw becomes a rejection so.
  return {
    async get(key) {
      const value = firstValue(prepare(GET).all(key));
      return value == null ? undefined : String(value);
    },
    async set(key, value, ttlMs) {
      write(DELETE_ENDED, key);
      write(SET, key, value, ttlMs);
    },
    async setIfAbsent(key, value, ttlMs) {
      write(DELETE_ENDED, key);
      return write(SET_IF_ABSENT, key, value, ttlMs) > 0;
    },
    async increment(key, ttlMs) {
      write(DELETE_ENDED, key);
      // Not get(), which stops at the first row: the commit would come after it, and its failure be lost.
      return Number(firstValue(prepare(INCREMENT).all(key, '1', ttlMs)));
    },
    async delete(key, onlyIf) {
      if (onlyIf === undefined) write(DELETE, key);
      else write(DELETE_ONLY_IF, key, onlyIf);
    },
  };
}

/** Reading the setting tells the libraries apart as well: others answer with a promise, or call back. */
function setBusyTimeout(database: SqliteDatabase): void {
  let timeout: unknown;
  if (typeof database?.exec === 'function' && typeof database.prepare === 'function') {
    const rows: unknown = database.prepare('PRAGMA busy_timeout').all?.();
    timeout = Array.isArray(rows) ? firstValue(rows) : undefined;
  }
  if (timeout === undefined) {
    throw new TypeError('sqliteStore: pass a Database of better-sqlite3 or libsql, or a DatabaseSync of node:sqlite.');
  }
  if (Number(timeout) === 0) database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}`);
}

/** Of the first row, which is an object or, by a setting of node:sqlite, an array. */
const firstValue = (rows: unknown[]): unknown => Object.values(rows[0] ?? {})[0];
