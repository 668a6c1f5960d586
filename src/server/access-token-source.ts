import {AccessTokenError, type AccessTokenErrorCode, systemCode} from './access-token-error.js';
import {type AccessTokenEvent, type AccessTokenSourceOptions, checkOptions} from './access-token-options.js';
import {createLoginBudget} from './login-budget.js';
import {createProcessLock} from './process-lock.js';
import {createResilientStore} from './stores/resilient-store.js';
import {createClock, limited, sleep} from './timing.js';
import {createTokenCache, MARGIN} from './token-cache.js';
import type {AccessRecord, HoldRecord} from './token-records.js';
import {type ApiFailure, createTokensApi, type TokenPair} from './tokens-api.js';

/** A token that lives. */
export interface AccessToken {
  accessToken: string;
  /** In ChatApp's time. */
  expiresAt: Date;
}

/** Live access tokens for an account, minted as rarely as can be. */
export interface AccessTokenSource {
  /**
   * A token that lives: the stored one while it is fresh, else a refreshed one, else one of a new login. Call it at each
   * opening of the Dialog; it costs a look into the store.
   * @throws AccessTokenError as a rejection
   */
  get(): Promise<AccessToken>;
  /**
   * Says that ChatApp refused a token before its end, so that it is handed out no more.
   * @param accessToken  which one; default the last that this source gave. Another one, renewed meanwhile, stays
   */
  invalidate(accessToken?: string): Promise<void>;
}

interface Renewal {
  access: AccessRecord;
  /** Whether it was minted for it. */
  isNew: boolean;
}

// All times below are milliseconds.
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** How long `get()` lets a token that lives wait for its renewal. */
const PATIENCE = 2000;
/** Of an operation of the store; so long one that failed is left alone. */
const STORE_TIMEOUT = 1000;
const POLL = 100;
const BACKOFF = {first: 1000, refresh: 5 * MINUTE, login: 30 * MINUTE};
/** How often a day a process may log in while it cannot reach the store. */
const LOGINS_WITHOUT_STORE = 3;

/**
 * A source of access tokens, for one account of ChatApp. Make one for each process and keep it.
 * @throws TypeError that names the option that is missing or wrong
 */
export const createAccessTokenSource = (options: AccessTokenSourceOptions): AccessTokenSource => {
  const checked = checkOptions(options);
  const {email, appId, apiUrl, timeout, loginBudget, onEvent} = checked;
  const ahead = Math.max(checked.refreshAhead, MARGIN);
  const clock = createClock(checked.now);
  const {time} = clock;
  const emit = (event: AccessTokenEvent) => {
    try {
      onEvent?.(event);
    } catch {
      // What a logger throws is no reason to have no token.
    }
  };
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
  let check: {until: number; lives: Promise<boolean>} | undefined;
  const cache = createTokenCache(store, clock, `${apiUrl}\n${email}\n${appId}`, (accessToken) => {
    // One answer for all that ask at once, and while ChatApp does not answer.
    if (!check || performance.now() > check.until)
      check = {until: performance.now() + 2 * timeout, lives: api.check(accessToken)};
    return check.lives;
  });
  const budget = createLoginBudget(store, time, cache.keyOf);
  // Two requests fit into the lease: a refresh that is refused, and a login.
  const lock = createProcessLock(store, () => cache.keyOf('lock'), timeout * 2.5);

  let flight: Promise<Renewal> | undefined;
  let lastGiven: string | undefined;
  let loginsWithoutStore: number[] = [];

  const endsAfter = ({since, end}: AccessRecord, ms: number) => end - time() > Math.min(ms, (end - since) / 2);
  const isFresh = (access: AccessRecord) => endsAfter(access, ahead);
  const isLive = (access: AccessRecord) => endsAfter(access, MARGIN);

  const give = ({accessToken, end}: AccessRecord, isReused: boolean): AccessToken => {
    const expiresAt = new Date(end);
    if (isReused) emit({type: 'reuse', expiresAt});
    lastGiven = accessToken;
    return {accessToken, expiresAt};
  };

  /** Keeps all processes from asking before a time. */
  const hold = async (code: AccessTokenErrorCode, message: string, ms: number, failures: number) => {
    const until = Math.ceil(time() + ms);
    await cache.hold({code, message, until, failures});
    emit({type: 'failure', error: new AccessTokenError(code, message, new Date(until))});
  };

  const backOff = async ({failure, message, retryAfter}: ApiFailure, longest: number) => {
    const failures = ((await cache.held())?.failures ?? 0) + 1;
    // Half of it by chance, so that processes do not come back all at once.
    const delay = Math.min(BACKOFF.first * 2 ** (failures - 1), longest) * (1 - Math.random() / 2);
    await hold(failure, message, Math.max(delay, retryAfter), failures);
  };

  const keep = async (pair: TokenPair): Promise<AccessRecord> => {
    await cache.release();
    return cache.write(pair);
  };

  /** Asks ChatApp; `undefined` where that failed and is held. */
  const mint = async (access: AccessRecord | undefined): Promise<AccessRecord | undefined> => {
    const refresh = await cache.readRefresh();
    if ((await budget.count()) >= loginBudget) return void (await refuseByBudget());
    if (refresh) {
      const answer = await api.refresh(refresh.refreshToken);
      if ('accessToken' in answer) {
        const record = await keep(answer);
        await budget.spend();
        emit({type: 'refresh', expiresAt: new Date(record.end)});
        return record;
      }
      // Another process, whose lease had ended, may have been faster.
      const latest = await cache.readAccess();
      if (latest && isFresh(latest)) return latest;
      const isRefused = answer.failure === 'credentials';
      if (isRefused) {
        await cache.dropRefresh(refresh);
        emit({type: 'failure', error: new AccessTokenError('credentials', answer.message)});
      }
      // An answer that says nothing leaves a login, unless there is no need yet.
      if (!isRefused && (answer.failure !== 'bad-response' || (access && isLive(access))))
        return void (await backOff(answer, BACKOFF.refresh));
    }
    return logIn();
  };

  const logIn = async (): Promise<AccessRecord | undefined> => {
    if (store.isDown) {
      loginsWithoutStore = loginsWithoutStore.filter((at) => at > time() - DAY);
      if (loginsWithoutStore.length >= LOGINS_WITHOUT_STORE || (await budget.count()) > loginBudget / 2) {
        return void (await hold(
          'store',
          `The store cannot be used, and without it a process logs in ${LOGINS_WITHOUT_STORE} times a day at most.`,
          MINUTE,
          0,
        ));
      }
      loginsWithoutStore.push(time());
    }
    const logins = await budget.spend();
    if (logins > loginBudget) {
      await budget.restore();
      return void (await refuseByBudget());
    }
    const answer = await api.logIn();
    if ('accessToken' in answer) {
      const record = await keep(answer);
      emit({type: 'login', expiresAt: new Date(record.end), logins});
      return record;
    }
    if (answer.failure !== 'credentials') return void (await backOff(answer, BACKOFF.login));
    await budget.restore();
    await hold(
      'credentials',
      `${answer.message} Check email, password and appId.`,
      Math.max(MINUTE, answer.retryAfter),
      0,
    );
    return undefined;
  };

  const refuseByBudget = async () => {
    const message = `${loginBudget} tokens were asked for in the last 24 hours; ChatApp allows an account 100 a day, so no more are asked for now.`;
    await hold('login-budget', message, Math.min(MINUTE, budget.nextSpan() - time()), 0);
  };

  /** A token that is fresh; or, where that cannot be had now, one that lives. */
  const renew = async (): Promise<Renewal> => {
    const deadline = performance.now() + timeout;
    let told: AccessTokenEvent | undefined;
    const wait = async (reason: 'another-process' | 'next-attempt', ms: number) => {
      if (told?.type !== 'wait' || told.reason !== reason) emit((told = {type: 'wait', reason}));
      await sleep(ms);
    };
    for (;;) {
      const access = await cache.readAccess();
      if (access && isFresh(access)) return {access, isNew: false};
      const heldBack = await cache.held();
      const left = (heldBack?.until ?? 0) - time();
      if (heldBack && left > 0) {
        if (access && isLive(access)) return {access, isNew: false};
        if (!isWorthWaiting(heldBack) || performance.now() + left > deadline)
          throw new AccessTokenError(heldBack.code, heldBack.message, new Date(heldBack.until));
        await wait('next-attempt', left + 1);
        continue;
      }

      const state = await lock.take();
      if (state === 'taken' || state === 'unknown') {
        if (access && isLive(access)) return {access, isNew: false};
        if (state === 'taken') {
          if (performance.now() > deadline)
            throw new AccessTokenError(
              'timeout',
              `Another process is asking ChatApp for a token, for more than ${timeout} ms.`,
            );
          await wait('another-process', POLL * (0.5 + Math.random()));
          continue;
        }
        // Nobody can say who else asks: at least not all at once.
        await sleep((Math.random() * timeout) / 4);
      }
      try {
        // Between the look above and the lock another process may have finished.
        const latest = await cache.readAccess();
        if (latest && isFresh(latest)) return {access: latest, isNew: false};
        const minted = (await isHeld()) ? undefined : await mint(latest);
        if (minted) return {access: minted, isNew: true};
      } finally {
        await lock.release();
      }
    }
  };

  const isHeld = async () => ((await cache.held())?.until ?? 0) > time();
  /** What another attempt cannot mend is told at once. */
  const isWorthWaiting = ({code}: HoldRecord) =>
    code === 'unreachable' || code === 'timeout' || code === 'bad-response';

  return {
    async get() {
      const access = await cache.readAccess();
      if (access && isFresh(access)) return give(access, true);
      const isFollower = flight !== undefined;
      flight ??= renew().finally(() => (flight = undefined));
      const renewal = flight;
      // What lives can be handed out, whatever comes of its renewal: the agent need not wait for long.
      const patience = isFollower ? 0 : Math.min(PATIENCE, timeout / 2);
      const {access: record, isNew} = await (access && isLive(access)
        ? limited(patience, () => renewal).catch(() => ({access, isNew: false}))
        : renewal);
      return give(record, isFollower || !isNew);
    },

    invalidate: async (accessToken = lastGiven) => cache.invalidate(accessToken),
  };
};
