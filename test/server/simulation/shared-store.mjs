// The simulation's own way to the shared store: to cut it off, to look into it, and to end its entries by the moved clock.
import {connect, createServer} from 'node:net';
import Database from 'libsql';
import {createClient} from 'redis';
import {listen} from '../../../demo/stand-in/listen.mjs';
import {sqliteStore} from '../../../dist/server/index.js';

/** So many milliseconds before its token a source lets an entry end. */
const MARGIN = 60_000;

/** @typedef {import('./store-client.mjs').StoreSettings} StoreSettings */
/** @typedef {{accessToken: string, refreshToken: string, end: number}} StoredRecord */
/**
 * @typedef {{
 *   settings: StoreSettings,
 *   setOutage(isOut: boolean): Promise<boolean>,
 *   read(name: 'access' | 'refresh'): Promise<StoredRecord | undefined>,
 *   forgetEnded(time: number): Promise<void>,
 *   close(): Promise<void>,
 * }} SharedStore  `settings` are the processes'; `setOutage` gives what is the case now
 */

/** @param {StoreSettings} settings @returns {Promise<SharedStore>} */
export const openSharedStore = (settings) =>
  settings.kind === 'redis' ? openRedis(settings.url) : openSqlite(settings.file);

/** @param {string} url @returns {Promise<SharedStore>} */
async function openRedis(url) {
  const client = createClient({url});
  await client.connect();
  /** @type {Set<import('node:net').Socket>} */
  const sockets = new Set();
  let isOut = false;
  // A relay stands between, so that the processes lose a real connection.
  const relay = createServer((socket) => {
    if (isOut) return void socket.destroy();
    const {hostname, port} = new URL(url);
    const behind = connect({host: hostname, port: Number(port)});
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket) && behind.destroy());
    behind.on('close', () => socket.destroy());
    for (const one of [socket, behind]) one.on('error', () => {});
    socket.pipe(behind).pipe(socket);
  });
  const relayed = new URL(await listen(relay));
  /** @param {string} name */
  const keyOf = async (name) => (await client.keys(`chatapp-dialog:*:${name}`))[0];

  /** @type {SharedStore['read']} */
  const read = async (name) => {
    const key = await keyOf(name);
    return key ? (JSON.parse((await client.get(key)) ?? 'null') ?? undefined) : undefined;
  };
  return {
    settings: {kind: 'redis', url: `redis://${relayed.host}`},
    read,
    async setOutage(isWanted) {
      isOut = isWanted;
      if (isOut) for (const socket of sockets) socket.destroy();
      return isOut;
    },
    // Redis ends its entries by its own clock, which cannot be moved.
    async forgetEnded(time) {
      const key = await keyOf('access');
      const record = await read('access');
      if (key && record && record.end - MARGIN <= time) await client.del(key);
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      relay.close();
      await client.close();
    },
  };
}

/** @param {string} file @returns {Promise<SharedStore>} */
async function openSqlite(file) {
  const database = new Database(file);
  database.exec('PRAGMA busy_timeout = 10000');
  await sqliteStore(database).get('nothing'); // makes the table
  /** @type {SharedStore['read']} */
  const read = async (name) => {
    const row = database.prepare('SELECT value FROM chatapp_dialog_tokens WHERE key LIKE ?').get(`%:${name}`);
    return row ? JSON.parse(/** @type {{value: string}} */ (row).value) : undefined;
  };
  return {
    settings: {kind: 'sqlite', file},
    read,
    // A file has no connection to lose.
    setOutage: async () => false,
    // SQLite's clock is the machine's.
    async forgetEnded(time) {
      const record = await read('access');
      if (record && record.end - MARGIN <= time)
        database.prepare('DELETE FROM chatapp_dialog_tokens WHERE key LIKE ?').run('%:access');
    },
    close: async () => void database.close(),
  };
}
