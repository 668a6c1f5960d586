// Opens the stores as their users do: for the tests, and for the processes that they start.
import {redisStore} from '../../../dist/server/stores/redis-store.js';
import {sqliteStore} from '../../../dist/server/stores/sqlite-store.js';

/**
 * How to open a store: the library by its kind, where it is imported from, and the server's URL or the file.
 * @typedef {{kind: keyof typeof OPENERS, module: string, at: string}} Opening
 * @typedef {{store: import('../../../dist/server/stores/token-store.js').TokenStore, close: () => unknown}} Opened
 * @typedef {import('../../../dist/server/stores/sqlite-store.js').SqliteDatabase & {close(): unknown}} Database
 */

const OPENERS = {
  /** @param {string} module @param {string} url */
  async 'node-redis'(module, url) {
    const {createClient} = /** @type {typeof import('redis')} */ (await import(module));
    const client = createClient({url});
    await client.connect();
    return {store: redisStore(client), close: () => client.quit()};
  },
  /** @param {string} module @param {string} url */
  async 'node-redis-pool'(module, url) {
    const {createClientPool} = /** @type {typeof import('redis')} */ (await import(module));
    const pool = createClientPool({url});
    await pool.connect();
    return {store: redisStore(pool), close: () => pool.close()};
  },
  /** @param {string} module @param {string} url */
  async 'node-redis-cluster'(module, url) {
    const {createCluster} = /** @type {typeof import('redis')} */ (await import(module));
    const cluster = createCluster({rootNodes: [{url}]});
    await cluster.connect();
    return {store: redisStore(cluster), close: () => cluster.quit()};
  },
  /** @param {string} module @param {string} url */
  async ioredis(module, url) {
    const {Redis} = /** @type {typeof import('ioredis')} */ (await import(module));
    const client = new Redis(url);
    return {store: redisStore(client), close: () => client.quit()};
  },
  /** @param {string} module @param {string} url */
  async 'ioredis-cluster'(module, url) {
    const {Cluster} = /** @type {typeof import('ioredis')} */ (await import(module));
    const cluster = new Cluster([url]);
    return {store: redisStore(cluster), close: () => cluster.quit()};
  },
  /** @param {string} module @param {string} file */
  sqlite: async (module, file) => ofDatabase(await openDatabase({kind: 'sqlite', module, at: file})),
  /** @param {string} module @param {string} file */
  'node:sqlite': async (module, file) => ofDatabase(await openDatabase({kind: 'node:sqlite', module, at: file})),
};

/** @param {Database} database */
function ofDatabase(database) {
  // SQLite gives no turns: on a slow machine, one of several processes that write all the time may wait for seconds.
  database.exec('PRAGMA busy_timeout = 30000');
  return {store: sqliteStore(database), close: () => database.close()};
}

/** @param {Opening} opening @returns {Promise<Opened>} */
export const open = ({kind, module, at}) => OPENERS[kind](module, at);

/**
 * A database of libsql, better-sqlite3 (`sqlite`) or node:sqlite.
 * @param {{kind: string, module: string, at: string}} opening
 * @param {object} [options]  of the database
 * @returns {Promise<Database>}
 */
export async function openDatabase({kind, module, at}, options = {}) {
  const imported = await import(module);
  // The types of libsql, which stand for the others: Node 20 has none of node:sqlite.
  const Database = /** @type {typeof import('libsql')} */ (
    kind === 'sqlite' ? imported.default : imported.DatabaseSync
  );
  return new Database(at, options);
}
