import {limited} from '../timing.js';
import {memoryStore} from './memory-store.js';
import type {TokenStore} from './token-store.js';

/** The name of one of a store's operations. */
export type StoreOperation = keyof TokenStore;

/**
 * A store that never rejects. If the store behind it throws, hangs, gives a wrong answer or has lost an entry, this process
 * uses the entries that it has written and read itself. `set`, `increment` and `delete` give whether the store behind it did so.
 */
export interface ResilientStore {
  /** Values that are not `isValid` count as a failure. A remembered value comes from this process, and may have ended. */
  get(key: string, isValid: (value: string) => boolean): Promise<{value: string | undefined; isRemembered: boolean}>;
  set(key: string, value: string, ttlMs: number): Promise<boolean>;
  /** `undefined` if the store cannot say. */
  setIfAbsent(key: string, value: string, ttlMs: number): Promise<boolean | undefined>;
  increment(key: string, ttlMs: number): Promise<boolean>;
  delete(key: string, onlyIf?: string): Promise<boolean>;
}

/** The answer of an operation that failed. */
const FAILED = Symbol('failed');
/** How long an entry of another process is remembered, in milliseconds. Each record holds its own end. */
const MEMORY = 15 * 86_400_000;
/** How many writes the reads of a store may lag behind. More than a process makes to one entry in some seconds. */
const LAG = 10;

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
  const reported = new Set<StoreOperation>();
  /** Values that the store behind it may still give: a write that failed did not replace them, or its reads lag. */
  const replaced = new Map<string, (string | undefined)[]>();
  let downUntil = 0;
  const isDown = () => performance.now() < downUntil;

  const report = (operation: StoreOperation, cause?: unknown) => {
    if (!reported.has(operation)) onFailure(operation, cause);
    reported.add(operation);
  };

  /** Asks the store behind, unless it is down. It is always asked to delete: a lock whose write hung may be there. */
  const ask = async (
    operation: StoreOperation,
    work: () => Promise<unknown>,
    isValid: (answer: unknown) => boolean = () => true,
  ): Promise<unknown> => {
    if (isDown() && operation !== 'delete') return FAILED;
    try {
      // The async function turns an exception into a rejection.
      const answer = await limited(limit, async () => work());
      if (isValid(answer)) {
        reported.delete(operation);
        return answer;
      }
      report(operation);
    } catch (error) {
      downUntil = performance.now() + limit;
      report(operation, error);
    }
    return FAILED;
  };

  const write = async (
    operation: StoreOperation,
    key: string,
    change: (one: TokenStore) => Promise<unknown>,
    isValid?: (answer: unknown) => boolean,
  ) => {
    const before = await own.get(key);
    await change(own);
    const isWritten = (await ask(operation, () => change(store), isValid)) !== FAILED;
    const olds = replaced.get(key) ?? [];
    replaced.set(key, [...(isWritten ? olds.slice(-LAG) : olds), before]);
    return isWritten;
  };

  return {
    async get(key, isValid) {
      const value = await ask(
        'get',
        () => store.get(key),
        (answer) => answer === undefined || answer === null || (typeof answer === 'string' && isValid(answer)),
      );
      if (typeof value !== 'string' || replaced.get(key)?.includes(value))
        return {value: await own.get(key), isRemembered: true};
      await own.set(key, value, MEMORY);
      return {value, isRemembered: false};
    },

    set: (key, value, ttlMs) => write('set', key, (one) => one.set(key, value, ttlMs)),

    async setIfAbsent(key, value, ttlMs) {
      const isSet = await ask(
        'setIfAbsent',
        () => store.setIfAbsent(key, value, ttlMs),
        (answer) => typeof answer === 'boolean',
      );
      return typeof isSet === 'boolean' ? isSet : undefined;
    },

    increment: (key, ttlMs) => write('increment', key, (one) => one.increment(key, ttlMs), Number.isSafeInteger),

    delete: (key, onlyIf) => write('delete', key, (one) => one.delete(key, onlyIf)),
  };
};
