// What the stand-in of the API knows of its tokens: who gets some, how many in a day, how long each serves.
import {randomBytes} from 'node:crypto';
import {TOKEN_MARK} from './sample-data.mjs';

/**
 * @typedef {{email: string, password: string, appId: string}} Account
 * @typedef {{cabinetUserId: number, accessToken: string, accessTokenEndTime: number, refreshToken: string, refreshTokenEndTime: number}} TokenPair
 *   Times are Unix seconds.
 * @typedef {{status: number, code: string, message: string}} Refusal
 * @typedef {{account?: string, pair: TokenPair} | {account?: string, refusal: Refusal}} Minting  `account` is its e-mail.
 * @typedef {{accessToken: string, mintedAt: number, end: number}} MintedToken  Times are milliseconds since 1970.
 */

/** As many a day and account cost a login; a refresh costs none. */
export const LOGINS_PER_DAY = 100;
/** In seconds. */
const DAY = 86_400;
const ACCESS_LIFE = DAY;
const REFRESH_LIFE = 14 * DAY;

const ALPHABET = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The name is the vendor's. @type {Refusal} */
const INVALID_TOKEN = {
  status: 401,
  code: 'ApiInvalidTokenError',
  message: 'The token is not known, has ended or was used.',
};
/** The vendor's names of these two are not known; these are ours. @type {Refusal} */
const INVALID_CREDENTIALS = {
  status: 401,
  code: 'ApiInvalidCredentialsError',
  message: 'E-mail, password or app id is wrong.',
};
/** @type {Refusal} */
const TOKEN_LIMIT = {status: 429, code: 'ApiTokenLimitError', message: `${LOGINS_PER_DAY} tokens were minted today.`};

/** @param {{now: () => number, accounts: readonly Account[], refreshExtends: boolean}} options  see {@link import('./api.mjs').createStandInApi} */
export function createTokenMint({now, accounts, refreshExtends}) {
  /** @type {MintedToken[]} */
  const minted = [];
  /** Access tokens → when they end, in seconds. @type {Map<string, number>} */
  const ends = new Map();
  /** The refresh tokens that were not used yet. @type {Map<string, {account: Account, end: number}>} */
  const refreshable = new Map();
  /** Logins by day and account. @type {Map<string, number>} */
  const logins = new Map();
  let refreshes = 0;

  const seconds = () => Math.floor(now() / 1000);
  const today = () => new Date(now()).toISOString().slice(0, 10);

  /** @param {Account} account @param {number} refreshEnd @returns {Minting} */
  const mint = (account, refreshEnd) => {
    const end = seconds() + ACCESS_LIFE;
    const accessToken = `$2y$10$${randomText(20)}${TOKEN_MARK}${randomText(20)}`;
    const refreshToken = randomText(20) + TOKEN_MARK + randomText(31);
    ends.set(accessToken, end);
    minted.push({accessToken, mintedAt: now(), end: end * 1000});
    refreshable.set(refreshToken, {account, end: refreshEnd});
    const cabinetUserId = accounts.indexOf(account) + 1;
    return {
      account: account.email,
      pair: {cabinetUserId, accessToken, accessTokenEndTime: end, refreshToken, refreshTokenEndTime: refreshEnd},
    };
  };

  return {
    /** @param {Partial<Record<keyof Account, unknown>>} credentials @returns {Minting} */
    logIn({email, password, appId}) {
      const account = accounts.find((one) => one.email === email && one.password === password && one.appId === appId);
      if (!account) return {refusal: INVALID_CREDENTIALS};
      const key = JSON.stringify([today(), account.email, account.appId]);
      const count = logins.get(key) ?? 0;
      if (count >= LOGINS_PER_DAY) return {account: account.email, refusal: TOKEN_LIMIT};
      logins.set(key, count + 1);
      return mint(account, seconds() + REFRESH_LIFE);
    },

    /** A refresh token serves once. @param {string} refreshToken @returns {Minting} */
    refresh(refreshToken) {
      const known = refreshable.get(refreshToken);
      if (!known) return {refusal: INVALID_TOKEN};
      if (known.end <= seconds()) return {account: known.account.email, refusal: INVALID_TOKEN};
      refreshable.delete(refreshToken);
      refreshes++;
      return mint(known.account, refreshExtends ? seconds() + REFRESH_LIFE : known.end);
    },

    /** An access token serves until its end, also after a refresh. @param {string} accessToken @returns {Refusal | undefined} */
    check: (accessToken) => ((ends.get(accessToken) ?? 0) > seconds() ? undefined : INVALID_TOKEN),

    /** What was minted so far; `loginsToday` in the clock's day, of all accounts. */
    figures() {
      const counts = [...logins];
      const sum = (/** @type {typeof counts} */ some) => some.reduce((total, [, count]) => total + count, 0);
      return {logins: sum(counts), loginsToday: sum(counts.filter(([key]) => key.includes(today()))), refreshes};
    },

    /** Every access token that was minted, the newest last. */
    accessTokens: () => [...minted],
  };
}

/** @param {number} length */
function randomText(length) {
  return [...randomBytes(length)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
