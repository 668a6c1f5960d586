/**
 * Random numbers that are the same for the same seed (mulberry32).
 * @param {number} seed
 */
export function createRandom(seed) {
  let state = seed;
  /** From 0 to below 1. */
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    random,
    /** @param {number} below */
    whole: (below) => Math.floor(random() * below),
    /** @template T @param {readonly T[]} list */
    pick: (list) => /** @type {T} */ (list[Math.floor(random() * list.length)]),
  };
}
