// What the element is to reach, and whether it does.
import {ratioOf} from './statistics.mjs';

/** @typedef {import('./statistics.mjs').Estimate} Estimate */
/** @typedef {import('./report.mjs').Run} Run */
/** @typedef {{name: string, limit: string, browser: string, figure: string, isMet: boolean, verdict: string, isCount?: boolean}} Judgement */

const OURS = 'chatapp-dialog';
const KEPT = 'chatapp-dialog, keep-alive';
const RAW = 'raw iframe';
const FRESH = 'raw iframe, a fresh one each time';

/** Bytes: less than one remount leaves where it leaves an object. */
const HEAP_LIMIT = 20;

const WHY_MANY =
  'Both cores were busy all the time, so that time is processor time. In turns in one warm page (20 elements at a time, Chromium held on one core, five runs of 20 to 40 rounds) all its processes together took 36 to 42 ms for a raw iframe, 1.16 to 1.26 times as long for an element, and 1.05 to 1.12 times as long for the element’s way of opening by hand (by a link, which is no row here): to append a frame first and to navigate it by a second step keeps the token out of the DOM and the history as it was. From the fields to the URL is 0.03 to 0.04 of it; the rest, a host with a shadow tree among it, is spread. No element makes its own UI before all of a task have opened: with 100 at a time an element took 1.26 times as long as a raw iframe, and 1.44 times before that. Without the watch of the load, the timers, the UI, its spinner, the second `sandbox` list or the early style sheets nothing changed beyond the noise. Two things were left as they are: `checkVisibility()` costs about 0.04, and without it a frame too many for a tab would open a new one; `window.open()` in place of a link would save 0.4 of the 8 ms that a frame takes in the page’s process, but pages and extensions put their own in its place.';

/**
 * Ratios of two rows' times: the first is to be at most so many times the second, or so many times faster. `why` says
 * what stands in the way, and what was tried, where one is missed.
 * @type {{name: string, column: string, row: string, base: string, most?: number, faster?: number, why?: string}[]}
 */
const RATIOS = [
  {
    name: '1 element → request, to a raw iframe',
    column: 'mount-1',
    row: OURS,
    base: RAW,
    most: 1.1,
    why: 'A raw iframe runs no code of its own; ours runs for the first time, and the engine compiles each function at its first call. In runs of their own, these were, in ms: the element and two attributes 4 in Chromium and 2 in Firefox, its shadow tree 0.9 and 0.7, from the fields to the URL 3 in both (0.3 to 0.6 once it has run), in Chromium also the name of the frame and whether it is laid out, 0.5 to 0.9 each. Styles, custom states and the rest of the UI moved behind the opening, and a script from the cache with its compiled code, changed nothing beyond the noise. A comment for V8, to compile all functions when the script is loaded, took 2.5 ms from the first opening, and added 1.7 ms to the evaluation.',
  },
  {
    name: '100 elements → last request, to raw iframes',
    column: 'mount-100',
    row: OURS,
    base: RAW,
    most: 1.1,
    why: WHY_MANY,
  },
  {
    name: '1,000 elements → last request, to raw iframes',
    column: 'mount-1000',
    row: OURS,
    base: RAW,
    most: 1.1,
    why: WHY_MANY,
  },
  {
    name: 'script evaluation, to Lit alone',
    column: 'evaluation',
    row: OURS,
    base: 'Lit alone',
    most: 2,
    why: 'In runs of their own, 3.8 of 6.4 ms in Chromium, and 8.0 of 11.6 in Firefox, went by until Lit’s class was there: most of it is compiling 25 kB of text beside Lit’s 15. The definition of two elements with 20 attributes, where Lit alone defines none, was 1.6 and 2.1; the names of parameters and attributes 0.6 and 1.2. Style sheets, the look for custom states and the question for the browser’s vendor were taken out of it. Plain names in place of #private ones, sloppy in place of strict code, and leaving `<chatapp-dialog-link>` out changed nothing beyond the noise: only less code would.',
  },
  {
    name: 'switch to a new customer, to a fresh raw iframe',
    column: 'switch',
    row: OURS,
    base: FRESH,
    most: 1.15,
    why: 'The frame is appended first and navigated by a second step, which keeps the token out of the DOM and the history as it was: the row of a raw iframe that is navigated by `location.replace()` pays for it as well. Six runs of this column alone gave from 1.06 to 1.22 times in Chromium, two gave 1.06 and 1.07 times in Firefox; three samples alone reach from 0.9 to 1.5.',
  },
  {
    name: 'return to a kept conversation, faster than a raw iframe that boots for 800 ms',
    column: 'return',
    row: KEPT,
    base: FRESH,
    faster: 20,
  },
];

/** The rows of a column that a target compares with each other, where it may be missed by a few percent. @param {string} id @returns {Set<string>} */
export const closelyJudged = (id) =>
  new Set(RATIOS.flatMap(({column, row, base, most}) => (column === id && most ? [row, base] : [])));

/** Counts, of both of our rows. @type {{name: string, column: string, value: string, limit: number, each?: number, unit?: string}[]} */
const COUNTS = [
  {name: 'requests for 5 changes in one task', column: 'batch', value: 'requests', limit: 1},
  {name: 'history entries for 10 changes', column: 'history', value: 'entries', limit: 0},
  {name: 'reloads for the same value', column: 'same', value: 'requests', limit: 0},
  {name: 'reloads for a renewed token', column: 'token', value: 'requests', limit: 0},
  {name: 'violations of a strict policy', column: 'policy', value: 'violations', limit: 0},
  {name: 'did not open under a strict policy', column: 'policy', value: 'unopened', limit: 0},
  {name: 'listeners left on window and document', column: 'listeners', value: 'listeners', limit: 0},
  {name: 'event listeners left by 2,000 remounts', column: 'heap', value: 'listeners', limit: 0},
  {name: 'DOM nodes left by 2,000 remounts', column: 'heap', value: 'nodes', limit: 0},
  {
    name: 'heap, for each of the last 1,000 remounts',
    column: 'heap',
    value: 'growth',
    limit: HEAP_LIMIT,
    each: 1_000,
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
    for (const {name, column, row, base, most, faster} of RATIOS) {
      const [ours, other] = [cellOf(column, row), cellOf(column, base)];
      if (!ours || !other) continue;
      const limit = most ? `≤ ${most.toFixed(2)} ×` : `≥ ${faster} ×`;
      const failure = ours.failure ?? other.failure;
      if (failure || !ours.samples.time || !other.samples.time) {
        judgements.push({
          name,
          limit,
          browser,
          figure: failure ?? 'not measured',
          isMet: false,
          verdict: '**not measured**',
        });
        continue;
      }
      const ratio = most
        ? ratioOf(ours.samples.time, other.samples.time)
        : ratioOf(other.samples.time, ours.samples.time);
      const isMet = most ? ratio.value <= most : ratio.value >= (faster ?? 0);
      judgements.push({
        name,
        limit,
        browser,
        figure: `${ratio.value.toFixed(2)} × ${interval(ratio)}`,
        isMet,
        verdict: verdictOf(isMet, ratio, most ?? faster ?? 0),
      });
    }
    for (const {name, column, value, limit, each = 1, unit = ''} of COUNTS) {
      const cells = [OURS, KEPT]
        .map((row) => cellOf(column, row))
        .flatMap((cell) => (cell && !cell.absent ? [cell] : []));
      // A quick run remounts too few to tell.
      if (cells.length === 0 || (isQuick && column === 'heap')) continue;
      const worst = Math.max(...cells.map(({samples}) => (samples[value]?.[0] ?? NaN) / each));
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

/**
 * What stands in the way of targets that are missed, one text for each.
 * @param {Judgement[]} judgements
 */
export function reasons(judgements) {
  const missed = new Set(judgements.filter(({isMet}) => !isMet).map(({name}) => name));
  /** @type {Map<string, string[]>} */
  const names = new Map();
  for (const {name, why} of RATIOS) if (why && missed.has(name)) names.set(why, [...(names.get(why) ?? []), name]);
  return [...names].map(([why, missed]) => `**${missed.join('; ')}**: ${why}`);
}
