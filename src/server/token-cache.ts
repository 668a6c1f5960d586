import type {ResilientStore} from './stores/resilient-store.js';
import type {Clock} from './timing.js';
import {type AccessRecord, type HoldRecord, parseRecord, type RefreshRecord} from './token-records.js';
import type {TokenPair} from './tokens-api.js';

/** In milliseconds. A token that ends this soon is not handed out: the Dialog needs time to load with it. */
export const MARGIN = 60_000;
/** In milliseconds: how long a hold is at most. */
const HOUR = 3_600_000;
/** How long failures are counted after the last one. Half a token's life: agents who come rarely get a login too. */
const MEMORY = 12 * HOUR;

/** The account's records in the store. */
export interface TokenCache {
  /** The name of one of the account's entries in the store. */
  keyOf(name: string): Promise<string>;
  /** The access token. It may have ended, but it was not invalidated. */
  readAccess(): Promise<AccessRecord | undefined>;
  /** The refresh token, if the store gave it or it has not ended. */
  readRefresh(): Promise<RefreshRecord | undefined>;
  write(pair: TokenPair): Promise<AccessRecord>;
  dropRefresh(refresh: RefreshRecord): Promise<void>;
  /** Does nothing if another token is stored. */
  invalidate(accessToken: string): Promise<void>;
  hold(hold: Omit<HoldRecord, 'since'>): Promise<void>;
  /** The last hold. It may be over: then only its count of failures matters. */
  held(): Promise<HoldRecord | undefined>;
  release(): Promise<void>;
}

/**
 * @param account  identifies the account, without its secrets
 * @param lives  asks ChatApp whether a token is valid, which also sets the clock
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
  /** This process's last hold. The store may lag, and give an older one. */
  let own: HoldRecord | undefined;

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
      // The refresh token first. If the process dies in between, the next one refreshes with it.
      await put('refresh', {refreshToken, end: refreshTokenEndTime}, refreshTokenEndTime - since);
      await put('access', access, end - since - MARGIN);
      return access;
    },

    async readAccess() {
      const {record: access, isRemembered} = await read('access');
      if (!access?.accessToken) return undefined;
      // If this machine's clock is wrong, a remembered entry may have ended, and an entry of the store may be valid.
      const isDoubtful = !clock.isSet && isRemembered === access.end > clock.time();
      return isDoubtful && !(await lives(access.accessToken)) ? undefined : access;
    },

    async readRefresh() {
      const {record, isRemembered} = await read('refresh');
      return record && (!isRemembered || record.end > clock.time()) ? record : undefined;
    },

    async dropRefresh(refresh) {
      await store.delete(await keyOf('refresh'), JSON.stringify(refresh));
    },

    async invalidate(accessToken) {
      const {record: access} = await read('access');
      if (!access || access.accessToken !== accessToken) return;
      // In one write: while the entry is missing, other processes use the token that they remember. If another process
      // stores a new token at the same time, that token is refreshed once more.
      await put('access', {...access, accessToken: ''}, access.end - access.since);
    },

    async hold(hold) {
      own = {since: clock.time(), ...hold};
      await put('hold', own, own.until - own.since + MEMORY);
    },
    async held() {
      const {record} = await read('hold');
      const time = clock.time();
      const hold = own && own.until > time ? own : record;
      if (!hold) return undefined;
      // If the clock was set back, the length counts from now.
      if (seen?.since !== hold.since || time < seen.at) seen = {since: hold.since, at: time};
      // The clock of the process that stored it may be fast. So its length counts from the first look too.
      const latest = seen.at + Math.min(hold.until - hold.since, HOUR);
      // This process may remember a hold that another one has deleted.
      const isForgotten = time > latest + MEMORY;
      return isForgotten ? undefined : {...hold, until: Math.min(hold.until, latest)};
    },
    async release() {
      own = undefined;
      await store.delete(await keyOf('hold'));
    },
  };
};

const digest = async (text: string): Promise<string> => {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return `chatapp-dialog:${Array.from(hash.subarray(0, 12), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
};
