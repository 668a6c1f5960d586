import {limited} from '../timing.js';
import {memoryStore} from './memory-store.js';
import type {TokenStore} from './token-store.js';

/** The name of one of a store's operations. */
export type StoreOperation = keyof TokenStore;

/**
 * A store that never rejects: where the one behind it throws, hangs or answers rubbish, there is what this process has written
 * and read itself.
 */
export interface ResilientStore {
  /** Whether the store behind cannot be used now. */
  readonly isDown: boolean;
  /** What the store holds; a value that `isValid` refuses counts as rubbish. */
  get(key: string, isValid: (value: string) => boolean): Promise<string | undefined>;
  /** What this process knows itself of a key that the store cannot give, or has lost. It may have ended since. */
  recall(key: string): Promise<string | undefined>;
  /** Says whether other processes will see it. */
  set(key: string, value: string, ttlMs: number): Promise<boolean>;
  /** `undefined` where the store cannot say. */
  setIfAbsent(key: string, value: string, ttlMs: number): Promise<boolean | undefined>;
  /** What was counted while the store was down is added when it is back. */
  increment(key: string, ttlMs: number): Promise<number>;
  delete(key: string, onlyIf?: string): Promise<void>;
}

/** What an operation gives that has failed. */
const FAILED = Symbol('failed');
/** In milliseconds: how long what another process wrote is remembered. The values say themselves when they end. */
const MEMORY = 15 * 86_400_000;

/**
 * @param limit  milliseconds that an operation may take, and for which a store that failed is not asked again
 * @param onFailure  called at the first failure of an operation after it worked
 */
export const createResilientStore = (
  store: TokenStore,
  limit: number,
  onFailure: (operation: StoreOperation, cause: unknown) => void,
): ResilientStore => {
  const own = memoryStore();
  const uncounted = new Map<string, {count: number; ttlMs: number}>();
  const reported = new Set<StoreOperation>();
  let downUntil = 0;
  const isDown = () => performance.now() < downUntil;

  const report = (operation: StoreOperation, cause?: unknown) => {
    if (!reported.has(operation)) onFailure(operation, cause);
    reported.add(operation);
  };

  /** Asks the store behind, unless it is down. */
  const ask = async <T>(operation: StoreOperation, work: () => Promise<T>): Promise<T | typeof FAILED> => {
    if (isDown()) return FAILED;
    try {
      // In a function of its own, so that what is thrown at once counts as a rejection.
      return await limited(limit, async () => work());
    } catch (error) {
      downUntil = performance.now() + limit;
      report(operation, error);
      return FAILED;
    }
  };

  const countLater = (key: string, ttlMs: number) => {
    uncounted.set(key, {count: (uncounted.get(key)?.count ?? 0) + 1, ttlMs});
  };

  const countNow = async () => {
    for (const [key, {count, ttlMs}] of uncounted) {
      for (let left = count; left > 0; left--) {
        if ((await ask('increment', () => store.increment(key, ttlMs))) === FAILED) return;
        uncounted.set(key, {count: left - 1, ttlMs});
      }
      uncounted.delete(key);
    }
  };

  return {
    get isDown() {
      return isDown();
    },

    async get(key, isValid) {
      const value: unknown = await ask('get', () => store.get(key));
      if (value === FAILED) return undefined;
      if (uncounted.size) await countNow();
      if (value === undefined || value === null) {
        reported.delete('get');
        return undefined;
      }
      if (typeof value !== 'string' || !isValid(value)) {
        report('get');
        return undefined;
      }
      reported.delete('get');
      await own.set(key, value, MEMORY);
      return value;
    },

    recall: (key) => own.get(key),

    async set(key, value, ttlMs) {
      await own.set(key, value, ttlMs);
      const isSet = (await ask('set', () => store.set(key, value, ttlMs))) !== FAILED;
      if (isSet) reported.delete('set');
      return isSet;
    },

    async setIfAbsent(key, value, ttlMs) {
      const answer: unknown = await ask('setIfAbsent', () => store.setIfAbsent(key, value, ttlMs));
      if (answer === FAILED) return undefined;
      if (typeof answer !== 'boolean') {
        report('setIfAbsent');
        return undefined;
      }
      reported.delete('setIfAbsent');
      return answer;
    },

    async increment(key, ttlMs) {
      const mine = await own.increment(key, ttlMs);
      const answer: unknown = await ask('increment', () => store.increment(key, ttlMs));
      if (answer === FAILED) countLater(key, ttlMs);
      else if (!Number.isSafeInteger(answer)) report('increment');
      else reported.delete('increment');
      return Number.isSafeInteger(answer) ? Math.max(Number(answer), mine) : mine;
    },

    async delete(key, onlyIf) {
      await own.delete(key, onlyIf);
      if ((await ask('delete', () => store.delete(key, onlyIf))) !== FAILED) reported.delete('delete');
    },
  };
};
