// A year of openings, or the first part of one: eight real processes on one shared store, against the stand-in of ChatApp's API with a moved clock.
import {fork} from 'node:child_process';
import {createHash} from 'node:crypto';
import {once} from 'node:events';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {createStandInApi} from '../../../demo/stand-in/api.mjs';
import {API_ACCOUNT} from '../../../demo/stand-in/sample-data.mjs';
import {createRandom} from './random.mjs';
import {makeSchedule, START} from './schedule.mjs';
import {openSharedStore} from './shared-store.mjs';

/** @typedef {import('./store-client.mjs').StoreSettings} StoreSettings */
/** @typedef {{store: StoreSettings, account: typeof API_ACCOUNT, apiUrl: string, timeout: number, skew: number}} ProcessSettings */
/** @typedef {{event?: string, token?: string, error?: string, isReady?: true}} Report */

const DAY = 86_400_000;
const HOUR = 3_600_000;
const PROCESS = fileURLToPath(new URL('process.mjs', import.meta.url));
/** Wrong clocks, in milliseconds. */
const SKEWS = [0, 3 * HOUR, -3 * HOUR, 60_000, -60_000, 30 * DAY, -30 * DAY, 0];

/**
 * @param {{store: StoreSettings, days: number, processes?: number, seed?: number, hasFailures?: boolean, refreshExtends?: boolean, timeout?: number}} options
 *   `refreshExtends`: whether a refreshed refresh token lives 14 days anew, which ChatApp does not say
 */
export async function simulateYear({
  store,
  days,
  processes = 8,
  seed = 2,
  hasFailures = false,
  refreshExtends = true,
  timeout = 400,
}) {
  const began = performance.now();
  const {openings, troubles} = makeSchedule({seed, days, processes, hasFailures});
  const {random} = createRandom(seed + 1);
  let time = START;
  const now = () => time;
  const troubleNow = () => troubles.filter(({from, to}) => from <= time && time < to);
  const api = createStandInApi({
    now,
    refreshExtends,
    inject: ({path}) => {
      if (path === '/v1/tokens/check') return undefined;
      const met = troubleNow().find(({kind, share}) => kind !== 'store-outage' && random() < share);
      return /** @type {import('./schedule.mjs').ApiFault | undefined} */ (met?.kind);
    },
  });
  const apiUrl = await api.listen();
  const shared = await openSharedStore(store);

  const figures = {
    openings: 0,
    given: 0,
    expired: 0,
    errors: /** @type {Record<string, number>} */ ({}),
    events: /** @type {Record<string, number>} */ ({}),
    deaths: 0,
    restarts: 0,
    stolen: 0,
    outages: 0,
    atOnce: 0,
    atOnceWithoutStore: 0,
  };
  /** @type {Map<string, number>} */
  const ends = new Map();
  /** @param {string} hash  of a token that was given: processes tell no more of it */
  const endOf = (hash) => {
    for (const {accessToken, end} of api.accessTokens().slice(ends.size))
      ends.set(createHash('sha256').update(accessToken).digest('hex'), end);
    return ends.get(hash) ?? 0;
  };
  let wasOut = false;
  const setOutage = async () => {
    const isOut = await shared.setOutage(troubleNow().some(({kind}) => kind === 'store-outage'));
    // So long a source leaves a store alone that has failed; the simulated outage ended earlier.
    if (wasOut && !isOut) await sleep(1.5 * timeout);
    if (isOut && !wasOut) figures.outages++;
    return (wasOut = isOut);
  };

  /** @param {number} index */
  const start = async (index) => {
    const skew = hasFailures ? (SKEWS[index % SKEWS.length] ?? 0) : 0;
    const child = fork(
      PROCESS,
      [JSON.stringify({store: shared.settings, account: API_ACCOUNT, apiUrl, timeout, skew})],
      {stdio: ['ignore', 'inherit', 'inherit', 'ipc']},
    );
    await once(child, 'message');
    return child;
  };
  const children = await Promise.all(Array.from({length: processes}, (_, index) => start(index)));

  /** To start, a process must reach its store. @param {number[]} indices */
  const restart = async (indices) => {
    await shared.setOutage(false);
    await Promise.all(indices.map(async (index) => (children[index] = await start(index))));
  };

  /** @type {number[]} */
  const dead = [];
  /** @param {number} index @param {boolean} dies */
  const open = async (index, dies) => {
    figures.openings++;
    const child = children[index];
    // On a busy machine ChatApp's answer, at which it had to die, may have come after the process's own.
    const report = child?.connected ? await ask(child, {time, dies}, figures.events) : undefined;
    if (!report) {
      figures.deaths++;
      dead.push(index);
      return;
    }
    if (report.error) figures.errors[report.error] = (figures.errors[report.error] ?? 0) + 1;
    if (report.token === undefined) return;
    figures.given++;
    if (endOf(report.token) <= time) figures.expired++;
  };

  for (const opening of openings) {
    time = opening.time;
    if (opening.restarts) {
      figures.restarts++;
      for (const child of children) child.kill('SIGKILL');
      await restart([...children.keys()]);
    }
    await shared.forgetEnded(time);
    if (opening.stealsRefresh) {
      const refresh = await shared.read('refresh');
      if (refresh) {
        figures.stolen++;
        await fetch(`${apiUrl}/v1/tokens/refresh`, {
          method: 'POST',
          headers: {Refresh: refresh.refreshToken},
          signal: AbortSignal.timeout(timeout),
        }).catch(() => {});
      }
    }
    if (opening.fault) api.failNext(opening.fault);
    const hasStore = !(await setOutage());
    api.resetMaxInFlight();
    await Promise.all(opening.processes.map((index) => open(index, opening.dies ?? false)));
    if (dead.length) await restart(dead.splice(0));
    const name = hasStore ? 'atOnce' : 'atOnceWithoutStore';
    figures[name] = Math.max(figures[name], api.maxInFlight);
  }

  for (const child of children) child.disconnect();
  await Promise.all(children.map((child) => child.exitCode ?? once(child, 'exit')));
  await api.close();
  await shared.close();
  return {
    ...figures,
    ...api.figures(),
    failedRequests: api.requests.filter(({outcome}) => outcome !== 'ok').length,
    outcomes: new Set(api.requests.map(({outcome}) => outcome)),
    mostLoginsInADay: mostInADay(api.requests),
    seconds: (performance.now() - began) / 1000,
  };
}

/**
 * Gives a process an order; gives what it says, or nothing where it dies.
 * @param {import('node:child_process').ChildProcess} child
 * @param {import('./process.mjs').Order} order
 * @param {Record<string, number>} events  counts what its source tells
 * @returns {Promise<Report | undefined>}
 */
function ask(child, order, events) {
  return new Promise((resolve) => {
    const end = (/** @type {Report | undefined} */ report) => {
      child.off('message', hear);
      child.off('exit', die);
      resolve(report);
    };
    const die = () => end(undefined);
    const hear = (/** @type {Report} */ report) => {
      if (report.event) events[report.event] = (events[report.event] ?? 0) + 1;
      else end(report);
    };
    child.on('message', hear);
    child.on('exit', die);
    child.send(order, () => {}); // it may be dying now
  });
}

/**
 * The most logins in any 24 hours that minted a token, also where the answer was lost.
 * @param {readonly import('../../../demo/stand-in/api.mjs').ApiRequest[]} requests
 */
function mostInADay(requests) {
  const times = requests
    .filter(({path, outcome}) => path === '/v1/tokens' && ['ok', 'lost'].includes(outcome))
    .map(({at}) => at);
  return Math.max(0, ...times.map((start) => times.filter((at) => at >= start && at < start + DAY).length));
}
