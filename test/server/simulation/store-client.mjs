// The store of a simulated process, with a real client.
import {redisStore, sqliteStore} from '../../../dist/server/index.js';

/** @typedef {{kind: 'redis', url: string} | {kind: 'sqlite', file: string}} StoreSettings */

/**
 * @param {StoreSettings} settings
 * @returns {Promise<import('../../../dist/server/index.js').TokenStore>}
 */
export async function openStore(settings) {
  // Only the client that is used: with all of them, it would be half the time of a run to start the processes.
  if (settings.kind === 'sqlite') {
    const {default: Database} = await import('libsql');
    return sqliteStore(new Database(settings.file));
  }
  // Of the two clients, the one that is loaded sooner.
  const {Redis} = await import('ioredis');
  const client = new Redis(settings.url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => 10,
  });
  client.on('error', () => {}); // outages are part of the simulation
  await client.connect();
  return redisStore(client);
}
