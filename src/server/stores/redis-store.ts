import type {TokenStore} from './token-store.js';

type Command = (...args: never[]) => unknown;

/** The part of a client of node-redis or ioredis that {@link redisStore} uses. */
export interface RedisClient {
  get: Command;
  set: Command;
  del: Command;
  eval: Command;
}

/** The commands that are the same in both clients. */
interface SameCommands {
  get(key: string): Promise<unknown>;
  del(key: string): Promise<unknown>;
}

interface NodeRedis extends SameCommands {
  set(key: string, value: string, options: {PX: number; NX?: true}): Promise<unknown>;
  eval(script: string, options: {keys: string[]; arguments: string[]}): Promise<unknown>;
}

interface IoRedis extends SameCommands {
  set(key: string, value: string, px: 'PX', ttl: number, ...nx: 'NX'[]): Promise<unknown>;
  eval(script: string, keyCount: 1, key: string, argument: string): Promise<unknown>;
}

/** The same commands for both clients. */
interface Commands extends SameCommands {
  set(key: string, value: string, ttl: number): Promise<unknown>;
  /** Answers `null` if there is a value already. */
  setIfAbsent(key: string, value: string, ttl: number): Promise<unknown>;
  run(script: string, key: string, argument: string): Promise<unknown>;
}

/** Each script has one key, so that it runs on a cluster too. */
const INCREMENT = `
local sum = redis.call('INCR', KEYS[1])
if redis.call('PTTL', KEYS[1]) < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return sum`;
const DELETE_ONLY_IF = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`;

/**
 * Redis, for processes on any number of machines.
 *
 * The client is yours: connect it, listen to its errors, close it. How long a command waits for a lost connection is a setting
 * of the client as well; node-redis waits for ever unless it has `disableOfflineQueue: true`. It must be allowed to run GET,
 * SET, DEL, INCR, PTTL, PEXPIRE and EVAL. Entries end by the server's clock.
 *
 * @param client of node-redis 4 or newer (one client, a pool, a cluster or a sentinel; not in `legacyMode`), or of ioredis 5 or
 *   newer (`Redis` or `Cluster`).
 * @throws TypeError at once where the client is of another library.
 */
export function redisStore(client: RedisClient): TokenStore {
  const commands = commandsOf(client);
  return {
    async get(key) {
      // A client can be set up to answer buffers.
      const value = await commands.get(key);
      return value == null ? undefined : String(value);
    },
    async set(key, value, ttlMs) {
      await commands.set(key, value, toTtl(ttlMs));
    },
    async setIfAbsent(key, value, ttlMs) {
      return (await commands.setIfAbsent(key, value, toTtl(ttlMs))) != null;
    },
    async increment(key, ttlMs) {
      return Number(await commands.run(INCREMENT, key, `${toTtl(ttlMs)}`));
    },
    async delete(key, onlyIf) {
      await (onlyIf === undefined ? commands.del(key) : commands.run(DELETE_ONLY_IF, key, onlyIf));
    },
  };
}

function commandsOf(client: RedisClient): Commands {
  const methods = client as unknown as {[name: string]: unknown} | undefined;
  const has = (...names: string[]) => names.every((name) => typeof methods?.[name] === 'function');
  if (has('get', 'set', 'del', 'eval', 'defineCommand')) return commandsOfIoRedis(client as unknown as IoRedis);
  // Clients of other libraries look alike, but ignore NX silently: then every process gets the lock. Only node-redis also has
  // its commands in capitals. Versions before 4 had send_command, and no promises.
  if (has('get', 'set', 'del', 'eval', 'EVAL') && !has('send_command'))
    return commandsOfNodeRedis(client as unknown as NodeRedis);
  throw new TypeError(
    'redisStore: pass a client of node-redis 4 or newer (createClient()), or of ioredis 5 or newer (new Redis()).',
  );
}

const commandsOfNodeRedis = (client: NodeRedis): Commands => ({
  get: (key) => client.get(key),
  del: (key) => client.del(key),
  set: (key, value, ttl) => client.set(key, value, {PX: ttl}),
  setIfAbsent: (key, value, ttl) => client.set(key, value, {PX: ttl, NX: true}),
  run: (script, key, argument) => client.eval(script, {keys: [key], arguments: [argument]}),
});

const commandsOfIoRedis = (client: IoRedis): Commands => ({
  get: (key) => client.get(key),
  del: (key) => client.del(key),
  set: (key, value, ttl) => client.set(key, value, 'PX', ttl),
  setIfAbsent: (key, value, ttl) => client.set(key, value, 'PX', ttl, 'NX'),
  run: (script, key, argument) => client.eval(script, 1, key, argument),
});

/** Redis takes whole milliseconds, 1 or more. */
const toTtl = (ttlMs: number): number => Math.max(1, Math.ceil(ttlMs));
