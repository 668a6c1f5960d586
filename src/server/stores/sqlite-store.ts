import type {TokenStore} from './token-store.js';

interface Statement {
  all(...values: (string | number)[]): unknown[];
  run(...values: (string | number)[]): {changes: number | bigint};
}

/** The part of a database of better-sqlite3, libsql or node:sqlite that {@link sqliteStore} uses. */
export interface SqliteDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): Statement;
}

/** How many milliseconds a statement waits for another process, if the database has no such setting. */
const BUSY_TIMEOUT = 2000;

/**
 * Milliseconds since 1970. SQLite reads its clock after it has waited for other processes, so the wait does not shorten an
 * entry's time. With JavaScript's clock it would.
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
 * The database is yours: open it, close it. Give it a connection of its own: in a transaction of yours, a
 * rollback would undo its writes. While another process writes, the whole process waits, for as long as the database's
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
    // Only now: if the file cannot be written, the operation rejects, and the next one tries again.
    if (!hasTable) database.exec(TABLE);
    hasTable = true;
    return database.prepare(sql);
  };
  /** Writes, and gives the number of changed rows. */
  const write = (sql: string, ...values: (string | number)[]): number => Number(prepare(sql).run(...values).changes);

  // Async functions turn the exceptions of these libraries into rejections.
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
      // Not get(): it stops at the first row, before the commit, so a commit that fails would not be noticed.
      return Number(firstValue(prepare(INCREMENT).all(key, '1', ttlMs)));
    },
    async delete(key, onlyIf) {
      if (onlyIf === undefined) write(DELETE, key);
      else write(DELETE_ONLY_IF, key, onlyIf);
    },
  };
}

/** Reading the setting also detects other libraries: they answer with a promise, or call back. */
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

/** The first column of the first row. With a setting of node:sqlite, a row is an array. */
const firstValue = (rows: unknown[]): unknown => Object.values(rows[0] ?? {})[0];
