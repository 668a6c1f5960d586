/**
 * Where the processes that share an account keep its token pair, their lock and the count of logins: {@link memoryStore},
 * {@link redisStore}, {@link sqliteStore}, or one of your own.
 *
 * Values hold secrets: who reads the store can open the account. Entries end by themselves after `ttlMs` milliseconds. Each
 * operation is atomic for all processes that share the store, and rejects where the store cannot be reached.
 */
export interface TokenStore {
  /** The value, or `undefined` where there is none or it has ended. */
  get(key: string): Promise<string | undefined>;
  /** Sets a value, whatever was there, for `ttlMs` from now. */
  set(key: string, value: string, ttlMs: number): Promise<void>;
  /** Sets a value for `ttlMs` from now where there is none. Says whether it did: the lock. */
  setIfAbsent(key: string, value: string, ttlMs: number): Promise<boolean>;
  /** Adds one to a number, which begins at 0 and ends `ttlMs` after its first increment. Gives the sum. */
  increment(key: string, ttlMs: number): Promise<number>;
  /** Deletes an entry; with `onlyIf`, only where the value is that one. */
  delete(key: string, onlyIf?: string): Promise<void>;
}
