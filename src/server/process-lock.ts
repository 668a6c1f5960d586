import type {ResilientStore} from './stores/resilient-store.js';

/** Lets one process at a time ask ChatApp. */
export interface ProcessLock {
  /** `mine`; `taken` by another process; or `unknown`, where the store cannot say. */
  take(): Promise<'mine' | 'taken' | 'unknown'>;
  release(): Promise<void>;
}

/** @param lease  milliseconds after which the lock of a process that died is free */
export const createProcessLock = (store: ResilientStore, key: () => Promise<string>, lease: number): ProcessLock => {
  let mine: string | undefined;
  let seen = {holder: '', since: 0, last: 0};

  /** Whether one and the same holder is seen for longer than a lease: a store that keeps no ends, or says anything. */
  const isStale = (holder: string) => {
    const at = performance.now();
    const isSame = seen.holder === holder && at - seen.last < lease;
    seen = {holder, since: isSame ? seen.since : at, last: at};
    return at - seen.since > lease;
  };

  return {
    async take() {
      const id = crypto.randomUUID();
      const isTaken = await store.setIfAbsent(await key(), id, lease);
      if (isTaken === undefined) return 'unknown';
      if (!isTaken) {
        const holder = (await store.get(await key(), () => true)) ?? '';
        if (!isStale(holder)) return 'taken';
        await store.delete(await key(), holder);
        await store.setIfAbsent(await key(), id, lease);
      }
      mine = id;
      return 'mine';
    },

    async release() {
      if (mine !== undefined) await store.delete(await key(), mine);
      mine = undefined;
    },
  };
};
