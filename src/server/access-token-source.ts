import {AccessTokenError, systemCode} from './access-token-error.js';
import {type AccessTokenEvent, type AccessTokenSourceOptions, checkOptions} from './access-token-options.js';
import {createLoginBudget} from './login-budget.js';
import {createProcessLock} from './process-lock.js';
import {createResilientStore} from './stores/resilient-store.js';
import {createClock, limited, notify, sleep} from './timing.js';
import {createTokenCache, MARGIN} from './token-cache.js';
import {createMinter} from './token-minter.js';
import type {AccessRecord} from './token-records.js';
import {createTokensApi} from './tokens-api.js';

/** A valid token. */
export interface AccessToken {
  accessToken: string;
  /** By this machine's clock, even if that clock is wrong. */
  expiresAt: Date;
}

/** Gives valid access tokens for an account, and mints as few as possible. */
export interface AccessTokenSource {
  /**
   * Gives a valid token: the stored one while it is fresh, else a refreshed one, else one from a new login. Call it each time
   * an agent opens the Dialog. Usually it only reads the store.
   * @throws AccessTokenError as a rejection
   */
  get(): Promise<AccessToken>;
  /**
   * Tells the source that ChatApp refused a token before its end. The token is not handed out again.
   * @param accessToken  The one that was refused. If the stored token is another one, it stays
   * @throws TypeError as a rejection if it is missing
   */
  invalidate(accessToken: string): Promise<void>;
}

// All times below are milliseconds.
/** If the old token is still valid, `get()` waits this long for the new one. */
const PATIENCE = 2000;
/** Time limit of an operation of the store. After a failure, the store is not used for the same time. */
const STORE_TIMEOUT = 1000;
/** How often a process looks for the token that another process gets. */
const POLL = 100;

/**
 * Creates a source of access tokens for one ChatApp account. Create it once in each process.
 * @throws TypeError that names the option that is missing or wrong
 */
export const createAccessTokenSource = (options: AccessTokenSourceOptions): AccessTokenSource => {
  const checked = checkOptions(options);
  const {email, appId, apiUrl, timeout, loginBudget, onEvent} = checked;
  const ahead = Math.max(checked.refreshAhead, MARGIN);
  const clock = createClock(checked.now);
  const emit = (event: AccessTokenEvent) => notify(onEvent, event);
  const store = createResilientStore(checked.store, Math.min(timeout, STORE_TIMEOUT), (operation, cause) => {
    emit({
      type: 'failure',
      error: new AccessTokenError(
        'store',
        `The store failed at ${operation}()${systemCode(cause)}; what this process knows itself is used.`,
      ),
    });
  });
  const api = createTokensApi(checked, clock);
  let check: {accessToken: string; until: number; lives: Promise<boolean>} | undefined;
  const cache = createTokenCache(store, clock, `${apiUrl}\n${email}\n${appId}`, (accessToken) => {
    // All calls of a short time share one request.
    if (check?.accessToken !== accessToken || performance.now() > check.until)
      check = {accessToken, until: performance.now() + 2 * timeout, lives: api.check(accessToken)};
    return check.lives;
  });
  const budget = createLoginBudget(store, clock.time, cache.keyOf);
  // A refresh that is refused, a login, and the store's operations fit into the lease.
  const lock = createProcessLock(store, () => cache.keyOf('lock'), timeout * 3.5);

  let flight: Promise<AccessRecord | undefined> | undefined;

  const endsAfter = ({since, end}: AccessRecord, ms: number) => end - clock.time() > Math.min(ms, (end - since) / 2);
  const isFresh = (access: AccessRecord) => endsAfter(access, ahead);
  const isLive = (access: AccessRecord) => endsAfter(access, MARGIN);
  const mint = createMinter({api, budget, cache, clock, loginBudget, emit, isLive});

  const give = ({accessToken, end}: AccessRecord, isReused: boolean): AccessToken => {
    const expiresAt = clock.toDate(end);
    if (isReused) emit({type: 'reuse', expiresAt});
    return {accessToken, expiresAt};
  };

  /** Gives a new token, or `undefined` if the stored one can be used. */
  const renew = async (): Promise<AccessRecord | undefined> => {
    const deadline = performance.now() + timeout;
    let told = '';
    const wait = async (reason: 'another-process' | 'next-attempt', ms: number) => {
      if (told !== reason) emit({type: 'wait', reason});
      told = reason;
      await sleep(ms);
    };
    for (;;) {
      const access = await cache.readAccess();
      if (access && isFresh(access)) return undefined;
      const heldBack = await cache.held();
      const left = (heldBack?.until ?? 0) - clock.time();
      if (heldBack && left > 0) {
        if (access && isLive(access)) return undefined;
        if (performance.now() + left > deadline)
          throw new AccessTokenError(heldBack.code, heldBack.message, clock.toDate(heldBack.until));
        await wait('next-attempt', left + 1);
        continue;
      }

      const state = await lock.take();
      if (state !== 'mine' && access && isLive(access)) {
        if (state === 'unknown') await lock.release(); // the store may have set it
        return undefined;
      }
      if (state === 'taken') {
        const message = `Another process is asking ChatApp for a token, for more than ${timeout} ms.`;
        if (performance.now() > deadline) throw new AccessTokenError('timeout', message);
        await wait('another-process', POLL * (0.5 + Math.random()));
        continue;
      }
      // The store may be connecting: it is asked again below. Other processes may log in too, but not all at once.
      if (state === 'unknown') await sleep(STORE_TIMEOUT + POLL + (Math.random() * timeout) / 4);
      try {
        // Another process may have finished before this one got the lock.
        const latest = await cache.readAccess();
        if (latest && isFresh(latest)) return undefined;
        const isHeld = ((await cache.held())?.until ?? 0) > clock.time();
        const minted = isHeld ? undefined : await mint();
        if (minted) return minted;
      } finally {
        await lock.release();
      }
    }
  };

  const get = async (): Promise<AccessToken> => {
    const access = await cache.readAccess();
    if (access && isFresh(access)) return give(access, true);
    const isFollower = flight !== undefined;
    flight ??= renew().finally(() => (flight = undefined));
    const renewal = flight;
    // If the old token is still valid, the agent does not wait long for the new one.
    const patience = isFollower ? 0 : Math.min(PATIENCE, timeout / 2);
    const minted = await (access && isLive(access) ? limited(patience, () => renewal).catch(() => undefined) : renewal);
    if (minted) return give(minted, isFollower);
    // Read the token again: it may have been invalidated in the meantime.
    const latest = await cache.readAccess();
    return latest && isLive(latest) ? give(latest, true) : get();
  };

  return {
    get,
    async invalidate(accessToken) {
      if (typeof accessToken !== 'string' || !accessToken)
        throw new TypeError('invalidate: pass the accessToken that ChatApp refused');
      await cache.invalidate(accessToken);
    },
  };
};
