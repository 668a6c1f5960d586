import {AccessTokenError, type AccessTokenErrorCode} from './access-token-error.js';
import type {AccessTokenEvent} from './access-token-options.js';
import type {LoginBudget} from './login-budget.js';
import type {Clock} from './timing.js';
import type {TokenCache} from './token-cache.js';
import type {AccessRecord} from './token-records.js';
import type {ApiFailure, TokenPair, TokensApi} from './tokens-api.js';

// All times are milliseconds.
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** The wait after a failure doubles each time: the first wait, and the longest after a refresh and after a login. */
const BACKOFF = {first: 1000, refresh: 5 * MINUTE, login: 30 * MINUTE};
/** After so many failures in a row, a login is tried if the old token has ended: the refresh token may be the reason. */
const FAILURES_BEFORE_LOGIN = 12;
/** How many times a day a process may log in while the store does not count logins. */
const LOGINS_WITHOUT_STORE = 3;

export interface MinterOptions {
  api: TokensApi;
  budget: LoginBudget;
  cache: TokenCache;
  clock: Clock;
  loginBudget: number;
  emit(event: AccessTokenEvent): void;
  isLive(access: AccessRecord): boolean;
}

/**
 * Gets a new token from ChatApp, by the refresh token if there is one, else by a login. Only the process with the lock may
 * call it. After a failure, it stores a hold and gives `undefined`. No process asks again until the hold ends.
 */
export const createMinter = ({
  api,
  budget,
  cache,
  clock,
  loginBudget,
  emit,
  isLive,
}: MinterOptions): (() => Promise<AccessRecord | undefined>) => {
  let loginsWithoutStore: number[] = [];

  /** Keeps all processes from asking before a time. */
  const hold = async (code: AccessTokenErrorCode, message: string, ms: number, failures = 0): Promise<undefined> => {
    const until = Math.ceil(clock.time() + ms);
    await cache.hold({code, message, until, failures});
    emit({type: 'failure', error: new AccessTokenError(code, message, clock.toDate(until))});
  };

  const backOff = async ({failure, message, retryAfter}: ApiFailure, longest: number): Promise<undefined> => {
    const failures = ((await cache.held())?.failures ?? 0) + 1;
    // Up to half of it is left out at random: the processes must not come back all at once.
    const delay = Math.min(BACKOFF.first * 2 ** (failures - 1), longest) * (1 - Math.random() / 2);
    return hold(failure, message, Math.max(delay, retryAfter), failures);
  };

  const refuseByBudget = () =>
    hold(
      'login-budget',
      `${loginBudget} tokens were asked for in the last 24 hours; ChatApp allows an account 100 a day, so no more are asked for now.`,
      MINUTE,
    );

  const keep = async (pair: TokenPair): Promise<AccessRecord> => {
    await cache.release();
    return cache.write(pair);
  };

  const logIn = async (): Promise<AccessRecord | undefined> => {
    const {logins, isShared} = await budget.spend();
    if (!isShared) {
      loginsWithoutStore = loginsWithoutStore.filter((at) => at > clock.time() - DAY);
      if (loginsWithoutStore.length >= LOGINS_WITHOUT_STORE) {
        await budget.restore();
        const message = `The store cannot be written, and without it a process logs in ${LOGINS_WITHOUT_STORE} times a day at most.`;
        return hold('store', message, MINUTE);
      }
      loginsWithoutStore.push(clock.time());
    }
    if (logins > loginBudget) {
      await budget.restore();
      return refuseByBudget();
    }
    const answer = await api.logIn();
    if ('accessToken' in answer) {
      const record = await keep(answer);
      emit({type: 'login', expiresAt: clock.toDate(record.end), logins});
      return record;
    }
    if (answer.failure !== 'credentials') return backOff(answer, BACKOFF.login);
    await budget.restore();
    const message = `${answer.message} Check email, password and appId.`;
    return hold('credentials', message, Math.max(MINUTE, answer.retryAfter));
  };

  return async () => {
    const refresh = await cache.readRefresh();
    if ((await budget.count()) >= loginBudget) return refuseByBudget();
    if (refresh) {
      const answer = await api.refresh(refresh.refreshToken);
      if ('accessToken' in answer) {
        const record = await keep(answer);
        await budget.spend();
        emit({type: 'refresh', expiresAt: clock.toDate(record.end)});
        return record;
      }
      if (answer.failure === 'credentials') {
        await cache.dropRefresh(refresh);
        emit({type: 'failure', error: new AccessTokenError('credentials', answer.message)});
      } else {
        const access = await cache.readAccess();
        const failures = ((await cache.held())?.failures ?? 0) + 1;
        const isLoginDue = answer.failure === 'bad-response' || failures % FAILURES_BEFORE_LOGIN === 0;
        if (!isLoginDue || (access && isLive(access))) return backOff(answer, BACKOFF.refresh);
      }
    }
    return logIn();
  };
};
