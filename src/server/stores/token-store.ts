/**
 * Where the processes that share an account keep its token pair, their lock and the count of logins: {@link memoryStore},
 * {@link redisStore}, {@link sqliteStore}, or one of your own.
 *
 * Values hold secrets: anybody who can read the store can open the account. An entry ends by itself after `ttlMs`
 * milliseconds. Each operation is atomic for all processes that share the store. If the store fails, it rejects.
 */
export interface TokenStore {
  /** The value, or `undefined` if there is none or it has ended. */
  get(key: string): Promise<string | undefined>;
  /** Sets a value, whatever was there, for `ttlMs` from now. */
  set(key: string, value: string, ttlMs: number): Promise<void>;
  /** Sets a value for `ttlMs` from now if there is none. Gives whether it did. It is used as a lock. */
  setIfAbsent(key: string, value: string, ttlMs: number): Promise<boolean>;
  /** Adds one to a number, which begins at 0 and ends `ttlMs` after its first increment. Gives the sum. */
  increment(key: string, ttlMs: number): Promise<number>;
  /** Deletes an entry. With `onlyIf`, it does so only if the value is equal. */
  delete(key: string, onlyIf?: string): Promise<void>;
}
