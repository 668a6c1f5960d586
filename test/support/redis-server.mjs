// Starts Redis for tests: on a free port of the loopback, with nothing kept.
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createClient} from 'redis';
import {listen} from '../../demo/stand-in/listen.mjs';
import {until} from './ask.mjs';

export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis && !process.env.CI)
  console.warn('WARNING: redis-server is not installed. The tests with Redis are skipped; in CI they fail.');
/** Options of a test: where there is no Redis, it is skipped, and fails in CI. */
export const needsRedis = {skip: hasRedis || process.env.CI ? false : 'redis-server is not installed'};

/** Redis adds this to its port, for the other nodes of a cluster. */
const BUS = 10_000;

/**
 * Starts a Redis and waits until it answers.
 * @param {string[]} settings  of redis-server
 */
export async function startRedis(...settings) {
  const folder = mkdtempSync(join(tmpdir(), 'chatapp-dialog-redis-'));
  const port = await freePort();
  const args = [
    '--bind',
    '127.0.0.1',
    '--port',
    port,
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'no',
    ...settings,
  ];
  const child = spawn('redis-server', args, {stdio: ['ignore', 'pipe', 'inherit']});
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise((resolve) => child.once('close', resolve).once('error', resolve));
  const stop = async () => {
    kill();
    await ended;
    process.off('exit', kill);
    rmSync(folder, {recursive: true, force: true});
  };
  try {
    await untilReady(child);
  } catch (error) {
    await stop();
    throw error;
  }
  return {url: `redis://127.0.0.1:${port}`, stop};
}

/** Starts a cluster of one node and waits until it answers, which takes Redis two seconds. */
export async function startRedisCluster() {
  const redis = await startRedis('--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1');
  const node = await createClient({url: redis.url}).connect();
  await node.sendCommand(['CLUSTER', 'ADDSLOTS', ...Array.from({length: 16_384}, (_, slot) => `${slot}`)]);
  await until(async () => String(await node.sendCommand(['CLUSTER', 'INFO'])).includes('cluster_state:ok'));
  await node.close();
  return redis;
}

/** @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, null>} child */
async function untilReady(child) {
  let said = '';
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      said += chunk;
      if (said.includes('Ready to accept connections')) resolve(undefined);
    });
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`redis-server ended with ${code}: ${said}`)));
  });
}

/** @returns {Promise<string>} */
async function freePort() {
  const server = createServer();
  const {port} = new URL(await listen(server));
  await once(server.close(), 'close');
  return Number(port) + BUS < 65_536 ? port : freePort();
}
