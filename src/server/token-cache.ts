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
  /** Does nothing if another token is stored. */
  invalidate(accessToken: string): Promise<void>;
  hold(hold: Omit<HoldRecord, 'since'>): Promise<void>;
  /** The last hold, also one that is over. */
  held(): Promise<HoldRecord | undefined>;
  release(): Promise<void>;
}

/**
 * @param account  what makes the account another one; no secret
 * @param lives  asks ChatApp whether a token lives, which sets the clock
 */
export const createTokenCache = (
  store: ResilientStore,
  clock: Clock,
  account: string,
  lives: (accessToken: string) => Promise<boolean>,
): TokenCache => {
  let prefix: Promise<string> | undefined;
  /** The hold that was read last, and when it was read first. */
  let seen: {since: number; at: number} | undefined;

  const keyOf = async (name: string) => `${await (prefix ??= digest(account))}:${name}`;
  const read = async <Name extends 'access' | 'refresh' | 'hold'>(name: Name) => {
    const {value, isRemembered} = await store.get(await keyOf(name), (text) => parseRecord(name, text) !== undefined);
    return {record: parseRecord(name, value), isRemembered};
  };
  const put = async (name: string, record: object, ttlMs: number) =>
    store.set(await keyOf(name), JSON.stringify(record), Math.max(1, Math.ceil(ttlMs)));

  return {
    keyOf,

    async write({accessToken, accessTokenEndTime: end, refreshToken, refreshTokenEndTime}) {
      const since = clock.time();
      const access = {accessToken, since, end};
      // The refresh token first. If the process dies in between, the old access token still lives and can be refreshed.
      await put('refresh', {refreshToken, end: refreshTokenEndTime}, refreshTokenEndTime - since);
      await put('access', access, end - since - MARGIN);
      return access;
    },

    async readAccess() {
      const {record: access, isRemembered} = await read('access');
      if (!access?.accessToken) return undefined;
      // The store ends its entries itself. Without it, only ChatApp can tell that this machine's clock is wrong.
      const isDoubtful = isRemembered && !clock.isSet && access.end > clock.time();
      return isDoubtful && !(await lives(access.accessToken)) ? undefined : access;
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
      if (!access || access.accessToken !== accessToken) return;
      // One write, without a moment in which the entry is missing: then other processes would use what they remember. If
      // another process stores a new token right now, that token is refreshed once more.
      await put('access', {...access, accessToken: ''}, access.end - access.since);
    },

    async hold(hold) {
      const since = clock.time();
      await put('hold', {since, ...hold}, hold.until - since + MEMORY_OF_FAILURES);
    },
    async held() {
      const {record: hold} = await read('hold');
      if (!hold) return undefined;
      if (seen?.since !== hold.since) seen = {since: hold.since, at: clock.time()};
      // The clock of the process that stored it may be wrong. From here on it lasts no longer than it was meant to.
      const latest = seen.at + hold.until - hold.since;
      // A process may remember it long after another one has deleted it.
      const isForgotten = clock.time() > latest + MEMORY_OF_FAILURES;
      return isForgotten ? undefined : {...hold, until: Math.min(hold.until, latest)};
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
