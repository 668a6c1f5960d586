// What happens in a year: when agents open the Dialog, and what goes wrong meanwhile. Most of it comes by chance. So that a short
// run has all of it, each kind of trouble comes in the first weeks for certain too.
import {createRandom} from './random.mjs';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Thursday, 00:00 UTC. */
export const START = Date.UTC(2026, 0, 1);
/** The days on which the company is closed: longer than a refresh token lives. */
const HOLIDAYS = [{from: 14, to: 32}];
/** On which days API trouble begins that lasts a whole day and more, over the token's end. The first is a Friday's evening. */
const LONG_TROUBLES = [8.7, 120, 300];

/** How ChatApp fails. */
export const API_FAULTS = /** @type {const} */ (['timeout', 'error-500', 'lost', 'rate-limit', 'html']);

/** @typedef {(typeof API_FAULTS)[number]} ApiFault */
/**
 * @typedef {{from: number, to: number, kind: ApiFault | 'store-outage', share: number}} Trouble  `share` of requests that it meets
 * @typedef {{
 *   time: number, processes: number[], dies?: boolean, restarts?: boolean, stealsRefresh?: boolean, fault?: ApiFault
 * }} Opening
 *   One or several at once; `dies`: the process dies after ChatApp's answer; `restarts`: all begin anew, as in a deployment;
 *   `stealsRefresh`: somebody else has used the refresh token before; `fault`: how the next request to ChatApp fails.
 */

/** In which mornings the store is away, for certain. */
const MORNINGS_WITHOUT_STORE = [12];
/** What the first opening of a day has, for certain. @type {Record<number, Partial<Opening>>} */
const FIRST_OPENINGS = {
  1: {fault: 'timeout'},
  4: {fault: 'error-500'},
  5: {fault: 'lost'},
  6: {fault: 'rate-limit'},
  7: {dies: true},
  11: {fault: 'html'},
  13: {stealsRefresh: true},
  32: {restarts: true},
};

/** How many of the first days the company is open. @param {number} days */
export const openDays = (days) =>
  HOLIDAYS.reduce((open, {from, to}) => open - Math.max(0, Math.min(to, days) - Math.min(from, days)), days);

/**
 * @param {{seed: number, days: number, processes: number, hasFailures: boolean}} options
 * @returns {{openings: Opening[], troubles: Trouble[]}}
 */
export function makeSchedule({seed, days, processes, hasFailures}) {
  const {random, whole, pick} = createRandom(seed);
  const everybody = Array.from({length: processes}, (_, index) => index);
  /** @type {Opening[]} */
  const openings = [];
  /** @type {Trouble[]} */
  const troubles = [];

  for (let day = 0; day < days; day++) {
    const midnight = START + day * DAY;
    const isWeekend = [2, 3].includes(day % 7);
    if (HOLIDAYS.some(({from, to}) => day >= from && day < to)) continue;
    if (!isWeekend) openings.push({time: midnight + 9 * HOUR + whole(60_000), processes: everybody});
    for (let left = isWeekend ? whole(4) : 20 + whole(20); left > 0; left--) {
      // Two at once now and then.
      const chosen = [...new Set([whole(processes), ...(random() < 0.1 ? [whole(processes)] : [])])];
      openings.push({time: midnight + 8 * HOUR + whole(12 * HOUR), processes: chosen});
    }
    if (!hasFailures) continue;
    if (random() < 0.25) {
      const from = midnight + 7 * HOUR + whole(8 * HOUR);
      troubles.push({
        from,
        to: from + whole(8 * HOUR),
        kind: pick(API_FAULTS),
        share: pick([0.3, 0.7, 1]),
      });
    }
    if (random() < 0.1) {
      const from = midnight + 8 * HOUR + whole(10 * HOUR);
      troubles.push({from, to: from + HOUR + whole(5 * HOUR), kind: 'store-outage', share: 1});
    }
  }
  openings.sort((one, other) => one.time - other.time);
  if (hasFailures) {
    for (const day of LONG_TROUBLES) {
      const from = START + day * DAY;
      if (day < days)
        troubles.push({from, to: from + 1.6 * DAY, kind: pick(['timeout', 'error-500', 'lost']), share: 1});
    }
    for (const day of MORNINGS_WITHOUT_STORE) {
      const from = START + day * DAY + 7 * HOUR;
      troubles.push({from, to: from + 3 * HOUR, kind: 'store-outage', share: 1});
    }
    for (const opening of openings) {
      const chance = random();
      if (chance < 0.15)
        opening.dies = true; // few openings ask ChatApp
      else if (chance < 0.153) opening.restarts = true;
      else if (chance < 0.158) opening.stealsRefresh = true;
    }
    for (const [day, happening] of Object.entries(FIRST_OPENINGS)) {
      const first = openings.find(({time}) => time > START + Number(day) * DAY);
      if (first) Object.assign(first, happening);
    }
  }
  return {openings, troubles};
}
