import type {ResilientStore} from './stores/resilient-store.js';

/** Lets one process at a time ask ChatApp. */
export interface ProcessLock {
  /** `mine`; `taken` by another process; or `unknown` if the store cannot say. */
  take(): Promise<'mine' | 'taken' | 'unknown'>;
  release(): Promise<void>;
}

/** @param lease  milliseconds after which the lock ends, also if its process has died */
export const createProcessLock = (store: ResilientStore, key: () => Promise<string>, lease: number): ProcessLock => {
  const id = crypto.randomUUID();
  return {
    async take() {
      const isSet = await store.setIfAbsent(await key(), id, lease);
      if (isSet === undefined) return 'unknown';
      return isSet ? 'mine' : 'taken';
    },

    async release() {
      // Only its own lock: another process may have taken it after the lease.
      await store.delete(await key(), id);
    },
  };
};
