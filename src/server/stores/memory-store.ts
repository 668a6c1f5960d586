import type {TokenStore} from './token-store.js';

interface Entry {
  value: string;
  /** Milliseconds since 1970. */
  endsAt: number;
}

/**
 * Keeps the token in the memory of one process. This is the default. Other processes cannot see it, and after each start the
 * source logs in again. Entries end by `Date.now()`.
 */
export function memoryStore(): TokenStore {
  const entries = new Map<string, Entry>();
  const find = (key: string): Entry | undefined => {
    const entry = entries.get(key);
    return entry && entry.endsAt > Date.now() ? entry : undefined;
  };
  const put = (key: string, value: string, endsAt: number): void => {
    // Each write removes entries that have ended. A timer would keep the process alive.
    for (const [other, {endsAt}] of entries) if (endsAt <= Date.now()) entries.delete(other);
    entries.set(key, {value, endsAt});
  };
  // They are atomic, because they do not await anything.
  return {
    async get(key) {
      return find(key)?.value;
    },
    async set(key, value, ttlMs) {
      put(key, value, Date.now() + ttlMs);
    },
    async setIfAbsent(key, value, ttlMs) {
      if (find(key)) return false;
      put(key, value, Date.now() + ttlMs);
      return true;
    },
    async increment(key, ttlMs) {
      const {value, endsAt} = find(key) ?? {value: 0, endsAt: Date.now() + ttlMs};
      const sum = Number(value) + 1;
      put(key, `${sum}`, endsAt);
      return sum;
    },
    async delete(key, onlyIf) {
      if (onlyIf === undefined || find(key)?.value === onlyIf) entries.delete(key);
    },
  };
}
