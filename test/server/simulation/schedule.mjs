// What happens in a year: when agents open the Dialog, and what goes wrong meanwhile.
import {createRandom} from './random.mjs';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Thursday, 00:00 UTC. */
export const START = Date.UTC(2026, 0, 1);
/** Closed: longer than a refresh token lives. */
const HOLIDAYS = [{from: 200, to: 218}];

/** @typedef {'timeout' | 'error-500' | 'lost' | 'rate-limit' | 'html'} ApiFault */
/**
 * @typedef {{from: number, to: number, kind: ApiFault | 'store-outage', share: number}} Trouble  `share` of requests that it meets
 * @typedef {{time: number, processes: number[], dies?: boolean, restarts?: boolean, stealsRefresh?: boolean}} Opening
 *   One or several at once; `dies`: the process dies after ChatApp's answer; `restarts`: all begin anew, as in a deployment;
 *   `stealsRefresh`: somebody else has used the refresh token before.
 */

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
        kind: pick(/** @type {const} */ (['timeout', 'error-500', 'lost', 'rate-limit', 'html'])),
        share: pick([0.3, 0.7, 1]),
      });
    }
    if (random() < 0.1) {
      const from = midnight + 8 * HOUR + whole(10 * HOUR);
      troubles.push({from, to: from + HOUR + whole(5 * HOUR), kind: 'store-outage', share: 1});
    }
  }
  // API trouble of a whole day and more, over the token's end.
  if (hasFailures)
    for (const day of [40, 120, 300])
      if (day < days)
        troubles.push({
          from: START + day * DAY,
          to: START + (day + 1.6) * DAY,
          kind: pick(['timeout', 'error-500', 'lost']),
          share: 1,
        });

  openings.sort((one, other) => one.time - other.time);
  if (hasFailures) {
    for (const opening of openings) {
      const chance = random();
      if (chance < 0.15)
        opening.dies = true; // few openings ask ChatApp
      else if (chance < 0.153) opening.restarts = true;
      else if (chance < 0.158) opening.stealsRefresh = true;
    }
  }
  return {openings, troubles};
}
