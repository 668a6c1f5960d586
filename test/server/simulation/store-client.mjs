// The store of a simulated process, with a real client.
import Database from 'libsql';
import {createClient} from 'redis';
import {redisStore, sqliteStore} from '../../../dist/server/index.js';

/** @typedef {{kind: 'redis', url: string} | {kind: 'sqlite', file: string}} StoreSettings */

/**
 * @param {StoreSettings} settings
 * @returns {Promise<import('../../../dist/server/index.js').TokenStore>}
 */
export async function openStore(settings) {
  if (settings.kind === 'sqlite') return sqliteStore(new Database(settings.file));
  const client = createClient({url: settings.url, disableOfflineQueue: true, socket: {reconnectStrategy: () => 10}});
  client.on('error', () => {}); // outages are part of the simulation
  await client.connect();
  return redisStore(client);
}
