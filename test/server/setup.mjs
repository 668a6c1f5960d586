// What the tests of the source share: the stand-in of ChatApp's API with a clock that moves, and sources that ask it.
// Sources have their default timeout of 10 s, which no answer takes, however busy the machine is. A test gives a shorter one
// only to a source that waits in vain.
import {createStandInApi} from '../../demo/stand-in/api.mjs';
import {API_ACCOUNT} from '../../demo/stand-in/sample-data.mjs';
import {createAccessTokenSource, memoryStore} from '../../dist/server/index.js';

/** @typedef {import('../../dist/server/index.js').AccessTokenEvent} AccessTokenEvent */
/** @typedef {import('../../dist/server/index.js').AccessTokenSourceOptions} Options */

/** In milliseconds. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/**
 * @param {import('node:test').TestContext} t
 * @param {Parameters<typeof createStandInApi>[0]} [options]  of the API
 */
export async function setupApi(t, options) {
  let time = Date.UTC(2026, 0, 1, 12);
  const api = createStandInApi({now: () => time, ...options});
  const apiUrl = await api.listen();
  t.after(() => api.close());
  const store = memoryStore();
  /** @param {Partial<Options>} [given] @param {AccessTokenEvent[]} [events] */
  const create = (given, events = []) =>
    createAccessTokenSource({
      ...API_ACCOUNT,
      apiUrl,
      store,
      now: () => time,
      onEvent: (event) => events.push(event),
      ...given,
    });

  /**
   * The name in the store of what belongs to the account.
   * @param {'access' | 'refresh' | 'hold' | 'lock'} name
   * @param {Partial<Options>} [given]  what makes the account another one
   */
  const keyOf = async (name, given) => {
    let prefix = '';
    const spy = {
      ...memoryStore(),
      get: async (/** @type {string} */ key) => void (prefix ||= key.replace(/:[^:]*$/, '')),
    };
    await failureOf(
      create({...given, store: spy, timeout: 1, fetch: () => Promise.reject(new Error('not asked'))}).get(),
    );
    return `${prefix}:${name}`;
  };

  return {
    api,
    apiUrl,
    store,
    time: () => time,
    /** @param {number} ms */
    move: (ms) => void (time += ms),
    keyOf,
    /**
     * Leaves in a store what an outage of an hour leaves: the next attempt that fails puts the one after it off for minutes.
     * So get() rejects at once, and does not wait for another attempt.
     * @param {Partial<Options>} [given]  of the sources, where they have others
     */
    async setLongOutage(given) {
      const hold = {since: time, until: time, failures: 12, code: 'unreachable', message: 'of the outage'};
      await (given?.store ?? store).set(await keyOf('hold', given), JSON.stringify(hold), DAY);
    },
    /**
     * A source with what it told. All sources of a test share one store, as processes do, unless one is given.
     * @param {Partial<Options>} [given]
     */
    createSource(given) {
      /** @type {AccessTokenEvent[]} */
      const events = [];
      return {
        ...create(given, events),
        events,
        /** The types of what it told since it was asked last. */
        told: () => events.splice(0).map(({type}) => type),
      };
    },
  };
}

/**
 * What a promise rejects with.
 * @param {Promise<unknown>} promise
 * @returns {Promise<any>}
 */
export const failureOf = (promise) =>
  promise.then(
    () => undefined,
    (error) => error,
  );
