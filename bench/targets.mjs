// What the element is to reach, and whether it does.
import {ratioOf} from './statistics.mjs';

/** @typedef {import('./statistics.mjs').Estimate} Estimate */
/** @typedef {import('./report.mjs').Run} Run */
/** @typedef {{name: string, limit: string, browser: string, figure: string, isMet: boolean, verdict: string, isCount?: boolean}} Judgement */

const OURS = 'chatapp-dialog';
const KEPT = 'chatapp-dialog, keep-alive';
const FRESH = 'raw iframe, a fresh one each time';
const REPLACED = 'raw iframe, location.replace()';

/** Bytes: less than one remount leaves where it leaves an object. */
const HEAP_LIMIT = 20;

/**
 * Ratios of two rows' times: the first is to be at most so many times the second, or so many times faster. With neither,
 * it has no target. The rows are compared with a frame that keeps the token out of the DOM, as the element does.
 * @type {{name: string, column: string, value?: string, row: string, base: string, most?: number, faster?: number}[]}  `value`: `time`, where it is not named
 */
const RATIOS = [
  {name: '1 element → request', column: 'mount-1', row: OURS, base: REPLACED, most: 1.5},
  {name: '100 elements → last request', column: 'mount-100', row: OURS, base: REPLACED, most: 1.25},
  {name: 'switch to a new customer', column: 'switch', row: OURS, base: REPLACED, most: 1.15},
  {
    name: 'switch, the token is used again',
    column: 'signed-in',
    value: 'reused',
    row: OURS,
    base: REPLACED,
    most: 1.15,
  },
  {name: 'switch, the token takes 100 ms', column: 'signed-in', value: 'asked', row: OURS, base: REPLACED},
  {name: 'return to a kept conversation', column: 'return', row: KEPT, base: FRESH, faster: 20},
  {name: 'evaluation of the script', column: 'evaluation', row: OURS, base: 'Lit alone'},
];

/** The rows of a column that a target compares with each other, where it may be missed by a few percent. @param {string} id @returns {Set<string>} */
export const closelyJudged = (id) =>
  new Set(RATIOS.flatMap(({column, row, base, most}) => (column === id && most ? [row, base] : [])));

/** Counts, of both of our rows. @type {{name: string, column: string, value: string, limit: number, unit?: string}[]} */
const COUNTS = [
  {name: 'requests for 5 changes in one task', column: 'batch', value: 'requests', limit: 1},
  {name: 'history entries for 10 changes', column: 'history', value: 'entries', limit: 0},
  {name: 'reloads for the same value', column: 'same', value: 'requests', limit: 0},
  {name: 'reloads for a renewed token', column: 'token', value: 'requests', limit: 0},
  {name: 'violations of a strict policy', column: 'policy', value: 'violations', limit: 0},
  {name: 'did not open under a strict policy', column: 'policy', value: 'unopened', limit: 0},
  {name: 'reports to a `ReportingObserver`', column: 'reports', value: 'reports', limit: 0},
  {name: 'listeners left on window and document', column: 'listeners', value: 'listeners', limit: 0},
  {name: 'event listeners left by 5,000 remounts', column: 'heap', value: 'listeners', limit: 0},
  {name: 'DOM nodes left by 5,000 remounts', column: 'heap', value: 'nodes', limit: 0},
  {
    name: 'heap, for each of 5,000 remounts',
    column: 'heap',
    value: 'each',
    limit: HEAP_LIMIT,
    unit: ' bytes',
  },
];

/** @param {Estimate} estimate */
const interval = ({low, high}) => `[${low.toFixed(2)}, ${high.toFixed(2)}]`;

/** @param {boolean} isMet @param {Estimate} estimate @param {number} limit */
const verdictOf = (isMet, {low, high}, limit) =>
  `${isMet ? 'met' : '**missed**'}${low <= limit && limit <= high ? ', the interval reaches over' : ''}`;

/**
 * @param {Run} run
 * @returns {Judgement[]}
 */
export function judge({browsers, url, isQuick}) {
  /** @type {Judgement[]} */
  const judgements = [];
  for (const {name: browser, results} of browsers) {
    /** @param {string} column @param {string} row */
    const cellOf = (column, row) => results.get(column)?.get(row);
    for (const {name: what, column, value = 'time', row, base, most, faster} of RATIOS) {
      const [ours, other] = [cellOf(column, row), cellOf(column, base)];
      if (!ours || !other) continue;
      const name = `${what}, ${faster ? 'how many times faster than' : 'beside'} *${base}*`;
      const limit = most ? `≤ ${most.toFixed(2)} ×` : faster ? `≥ ${faster} ×` : '';
      const failure = ours.failure ?? other.failure;
      const [own, compared] = [ours.samples[value], other.samples[value]];
      if (failure || !own || !compared) {
        const figure = failure ?? 'not measured';
        judgements.push({name, limit, browser, figure, isMet: false, verdict: '**not measured**'});
        continue;
      }
      const ratio = faster ? ratioOf(compared, own) : ratioOf(own, compared);
      const figure = `${ratio.value.toFixed(2)} × ${interval(ratio)}`;
      const isMet = faster ? ratio.value >= faster : ratio.value <= (most ?? Infinity);
      const verdict = limit && verdictOf(isMet, ratio, most ?? faster ?? 0);
      judgements.push({name, limit, browser, figure, isMet, verdict});
    }
    for (const {name, column, value, limit, unit = ''} of COUNTS) {
      const cells = [OURS, KEPT]
        .map((row) => cellOf(column, row))
        .flatMap((cell) => (cell && !cell.absent ? [cell] : []));
      // A quick run remounts too few to tell.
      if (cells.length === 0 || (isQuick && column === 'heap')) continue;
      const worst = Math.max(...cells.map(({samples}) => samples[value]?.[0] ?? NaN));
      judgements.push({
        name,
        limit: limit === 0 ? '0' : `≤ ${limit}${unit}`,
        browser,
        figure: Number.isNaN(worst)
          ? (cells.find(({failure}) => failure)?.failure ?? 'not measured')
          : `${Number(worst.toFixed(1))}${unit}`,
        isMet: worst <= limit,
        isCount: true,
        verdict: worst <= limit ? 'met' : '**missed**',
      });
    }
  }
  for (const {name, ratio} of url?.rows ?? []) {
    judgements.push({
      name: `URL of ${name}, to \`qs.stringify\``,
      limit: '≤ 1.00 ×',
      browser: 'Node',
      figure: `${ratio.value.toFixed(2)} × ${interval(ratio)}`,
      isMet: ratio.value <= 1,
      verdict: verdictOf(ratio.value <= 1, ratio, 1),
    });
  }
  return judgements;
}
