// What the tests of the source share: the stand-in of ChatApp's API with a clock that moves, and sources that ask it.
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
      timeout: 2000,
      now: () => time,
      onEvent: (event) => events.push(event),
      ...given,
    });

  return {
    api,
    apiUrl,
    store,
    time: () => time,
    /** @param {number} ms */
    move: (ms) => void (time += ms),
    /** The name in the store of what belongs to the account. @param {'access' | 'refresh' | 'hold' | 'lock'} name */
    async keyOf(name) {
      let prefix = '';
      const spy = {
        ...memoryStore(),
        get: async (/** @type {string} */ key) => void (prefix = key.replace(/:[^:]*$/, '')),
      };
      await failureOf(create({store: spy, timeout: 1, fetch: () => Promise.reject(new Error('not asked'))}).get());
      return `${prefix}:${name}`;
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
