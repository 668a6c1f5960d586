import type {ResilientStore} from './stores/resilient-store.js';

/** Lets one process at a time ask ChatApp. */
export interface ProcessLock {
  /** `mine`; `taken` by another process; or `unknown` if the store cannot say. */
  take(): Promise<'mine' | 'taken' | 'unknown'>;
  release(): Promise<void>;
}

/** @param lease  milliseconds after which the lock of a process that died is free */
export const createProcessLock = (store: ResilientStore, key: () => Promise<string>, lease: number): ProcessLock => {
  let mine: string | undefined;
  return {
    async take() {
      const id = crypto.randomUUID();
      const isSet = await store.setIfAbsent(await key(), id, lease);
      if (isSet === undefined) return 'unknown';
      if (!isSet) return 'taken';
      mine = id;
      return 'mine';
    },

    async release() {
      // Only the own lock: another process may have taken it after the lease.
      if (mine !== undefined) await store.delete(await key(), mine);
      mine = undefined;
    },
  };
};
