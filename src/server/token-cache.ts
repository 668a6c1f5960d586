import type {ResilientStore} from './stores/resilient-store.js';
import type {Clock} from './timing.js';
import {type AccessRecord, type HoldRecord, parseRecord, type RefreshRecord} from './token-records.js';
import type {TokenPair} from './tokens-api.js';

/** A token that ends in so many milliseconds is not handed out: the Dialog has to boot with it. */
export const MARGIN = 60_000;
/** How long failures are counted after the last one, in milliseconds. */
const MEMORY_OF_FAILURES = 3_600_000;

/** The account's records in the store. */
export interface TokenCache {
  /** The name in the store of something that belongs to the account. */
  keyOf(name: string): Promise<string>;
  /** The access token, also one that has ended; not one that was invalidated. */
  readAccess(): Promise<AccessRecord | undefined>;
  /** The refresh token, while it lives. */
  readRefresh(): Promise<RefreshRecord | undefined>;
  write(pair: TokenPair): Promise<AccessRecord>;
  dropRefresh(refresh: RefreshRecord): Promise<void>;
  invalidate(accessToken: string | undefined): Promise<void>;
  hold(hold: Omit<HoldRecord, 'since'>): Promise<void>;
  /** The last hold, also one that is over. */
  held(): Promise<HoldRecord | undefined>;
  release(): Promise<void>;
}

/**
 * @param account  what makes the account another one; no secret
 * @param lives  asks ChatApp whether a token lives
 */
export const createTokenCache = (
  store: ResilientStore,
  clock: Clock,
  account: string,
  lives: (accessToken: string) => Promise<boolean>,
): TokenCache => {
  let prefix: Promise<string> | undefined;
  /** What the store did not take. */
  let unsaved: TokenPair | undefined;
  let invalidated: string | undefined;
  let seen = {until: 0, end: 0};

  const keyOf = async (name: string) => `${await (prefix ??= digest(account))}:${name}`;
  const read = async <Name extends 'access' | 'refresh' | 'hold'>(name: Name) => {
    const key = await keyOf(name);
    const text = await store.get(key, (value) => parseRecord(name, value) !== undefined);
    // What the store has lost (it is away, was emptied, or evicts) is no reason for another login.
    return {record: parseRecord(name, text ?? (await store.recall(key))), isRemembered: text === undefined};
  };
  const put = async (name: string, record: object, ttlMs: number) =>
    store.set(await keyOf(name), JSON.stringify(record), Math.max(1, Math.ceil(ttlMs)));

  const write = async (pair: TokenPair): Promise<AccessRecord> => {
    const {accessToken, accessTokenEndTime: end, refreshToken, refreshTokenEndTime} = pair;
    const since = clock.time();
    const access = {accessToken, since, end};
    // The refresh token first: where the process dies in between, the old access token still lives and the new chain goes on.
    const isRefreshSaved = await put('refresh', {refreshToken, end: refreshTokenEndTime}, refreshTokenEndTime - since);
    const isAccessSaved = await put('access', access, end - since - MARGIN);
    unsaved = isRefreshSaved && isAccessSaved ? undefined : pair;
    return access;
  };

  /** Gives back what the store has lost, unless another process was faster. */
  const refill = async (access: AccessRecord) => {
    const {record: refresh} = await read('refresh');
    for (const [name, record] of Object.entries({refresh, access})) {
      const ttlMs = record ? record.end - clock.time() - MARGIN : 0;
      if (ttlMs > 0) await store.setIfAbsent(await keyOf(name), JSON.stringify(record), ttlMs);
    }
  };

  return {
    keyOf,
    write,

    async readAccess() {
      const {record, isRemembered} = await read('access');
      if (record) clock.atLeast(record.since);
      // The store ends what has ended. A process that never heard ChatApp's time would not notice that its own clock is wrong.
      const isDoubtful = record && isRemembered && !clock.isSet && record.end > clock.time();
      let access = isDoubtful && !(await lives(record.accessToken)) ? undefined : record;
      if (unsaved && !store.isDown) {
        const pair = unsaved;
        unsaved = undefined;
        // Tokens of others that end later are newer.
        if (!access || access.end <= pair.accessTokenEndTime) access = await write(pair);
      }
      if (!access?.accessToken || access.accessToken === invalidated) return undefined;
      if (isRemembered && clock.isSet && !store.isDown) await refill(access);
      return access;
    },

    async readRefresh() {
      const {record} = await read('refresh');
      return record && record.end > clock.time() ? record : undefined;
    },

    async dropRefresh(refresh) {
      await store.delete(await keyOf('refresh'), JSON.stringify(refresh));
    },

    async invalidate(accessToken) {
      const {record: access} = await read('access');
      if (!access || (accessToken !== undefined && access.accessToken !== accessToken)) return;
      invalidated = access.accessToken;
      const key = await keyOf('access');
      // Both do nothing where another process has renewed it. The empty record tells those that remember the token.
      await store.delete(key, JSON.stringify(access));
      await store.setIfAbsent(
        key,
        JSON.stringify({...access, accessToken: ''}),
        Math.max(1, access.end - clock.time()),
      );
    },

    async hold(hold) {
      const since = clock.time();
      await put('hold', {since, ...hold}, hold.until - since + MEMORY_OF_FAILURES);
    },
    async held() {
      const {record: hold} = await read('hold');
      // Of a process whose clock is ahead it would seem to last for ever: it lasts no longer than it was meant to.
      if (hold && hold.until !== seen.until) seen = {until: hold.until, end: clock.time() + hold.until - hold.since};
      return hold && {...hold, until: Math.min(hold.until, seen.end)};
    },
    async release() {
      await store.delete(await keyOf('hold'));
    },
  };
};

const digest = async (text: string): Promise<string> => {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return `chatapp-dialog:${Array.from(hash.subarray(0, 12), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
};
