// Medians, and how far to trust them.

/**
 * A generator of random numbers in [0, 1) that gives the same ones for the same seed (mulberry32).
 * @param {number} seed
 * @returns {() => number}
 */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A copy in random order (Fisher and Yates).
 * @template T
 * @param {readonly T[]} items
 * @param {() => number} random
 */
export function shuffled(items, random) {
  const copy = [...items];
  for (let last = copy.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [copy[last], copy[other]] = [/** @type {T} */ (copy[other]), /** @type {T} */ (copy[last])];
  }
  return copy;
}

/**
 * The value at a share of the sorted samples, interpolated between its neighbours.
 * @param {readonly number[]} samples
 * @param {number} share
 */
export function quantile(samples, share) {
  const sorted = samples.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? NaN;
  const above = sorted[Math.ceil(position)] ?? NaN;
  return below + (above - below) * (position - Math.floor(position));
}

/** @param {readonly number[]} samples */
export const median = (samples) => quantile(samples, 0.5);

/** @typedef {{value: number, low: number, high: number}} Estimate  a median, or a ratio of two, and its 95 % interval */

/** How often the samples are drawn anew: enough that an interval's second digit stays. */
const DRAWS = 2000;

/** The draws are the same each time, so that the same samples have the same interval in each table. */
const DRAWS_SEED = 1;

/**
 * A statistic of several groups of samples with its 95 % interval by the percentile bootstrap: the samples of each
 * group are drawn anew, with replacement, and the middle 95 % of what the statistic then gives is the interval.
 * @param {readonly (readonly number[])[]} groups
 * @param {(groups: number[][]) => number} statistic
 * @returns {Estimate}
 */
export function bootstrap(groups, statistic) {
  const random = randomFrom(DRAWS_SEED);
  const draw = () =>
    statistic(
      groups.map((group) =>
        Array.from(group, () => /** @type {number} */ (group[Math.floor(random() * group.length)])),
      ),
    );
  const drawn = Array.from({length: DRAWS}, draw);
  return {
    value: statistic(groups.map((group) => [...group])),
    low: quantile(drawn, 0.025),
    high: quantile(drawn, 0.975),
  };
}

/**
 * The median of samples, with its interval.
 * @param {readonly number[]} samples
 */
export const medianOf = (samples) => bootstrap([samples], ([group = []]) => median(group));

/**
 * How many times the one median is the other, with its interval.
 * @param {readonly number[]} samples
 * @param {readonly number[]} base
 */
export const ratioOf = (samples, base) =>
  bootstrap([samples, base], ([group = [], other = []]) => median(group) / median(other));
