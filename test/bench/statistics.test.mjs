import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {
  bootstrap,
  median,
  medianOf,
  overlap,
  quantile,
  randomFrom,
  ratioOf,
  shuffled,
} from '../../bench/statistics.mjs';

describe('randomFrom', () => {
  test('gives the same numbers for the same seed, others for another', () => {
    const take = (/** @type {number} */ seed) => Array.from({length: 5}, randomFrom(seed));
    assert.deepEqual(take(7), take(7));
    assert.notDeepEqual(take(7), take(8));
  });

  test('spreads over [0, 1)', () => {
    const numbers = Array.from({length: 10_000}, randomFrom(1));
    assert.ok(numbers.every((number) => number >= 0 && number < 1));
    assert.ok(Math.abs(numbers.reduce((sum, number) => sum + number, 0) / numbers.length - 0.5) < 0.02);
  });
});

test('shuffled keeps all items, leaves the list alone, and gives each order as often as the others', () => {
  const random = randomFrom(3);
  const list = ['a', 'b', 'c'];
  /** @type {Map<string, number>} */
  const orders = new Map();
  for (let turn = 0; turn < 6000; turn++) {
    const order = shuffled(list, random).join('');
    orders.set(order, (orders.get(order) ?? 0) + 1);
  }
  assert.deepEqual(list, ['a', 'b', 'c']);
  assert.deepEqual([...orders.keys()].toSorted(), ['abc', 'acb', 'bac', 'bca', 'cab', 'cba']);
  for (const count of orders.values()) assert.ok(Math.abs(count - 1000) < 150, String(count));
});

describe('median', () => {
  for (const [samples, expected] of /** @type {[number[], number][]} */ ([
    [[5], 5],
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 100], 10], // as numbers, not as texts
  ])) {
    test(`of ${samples} is ${expected}`, () => assert.equal(median(samples), expected));
  }

  test('of nothing is no number', () => assert.ok(Number.isNaN(median([]))));
});

test('quantile interpolates between neighbours', () => {
  assert.equal(quantile([0, 10], 0.25), 2.5);
  assert.equal(quantile([3, 1, 2], 0), 1);
  assert.equal(quantile([3, 1, 2], 1), 3);
});

describe('bootstrap', () => {
  const noisy = (/** @type {number} */ middle, /** @type {() => number} */ random) =>
    Array.from({length: 40}, () => middle + random() - 0.5);

  test('of equal samples is a point', () => assert.deepEqual(medianOf([4, 4, 4]), {value: 4, low: 4, high: 4}));

  test('of a ratio of equal samples is a point', () =>
    assert.deepEqual(ratioOf([6, 6], [4, 4]), {value: 1.5, low: 1.5, high: 1.5}));

  test('gives the same samples the same interval', () => {
    const samples = noisy(10, randomFrom(2));
    assert.deepEqual(medianOf(samples), medianOf(samples));
  });

  test('holds the true ratio nineteen times of twenty', () => {
    const random = randomFrom(11);
    const hits = Array.from({length: 100}, () => ratioOf(noisy(12, random), noisy(10, random))).filter(
      ({low, high}) => low <= 1.2 && 1.2 <= high,
    ).length;
    assert.ok(hits >= 88 && hits <= 100, `${hits} of 100`);
  });

  test('is narrower with more samples', () => {
    const random = randomFrom(5);
    const width = (/** @type {number} */ length) => {
      const {low, high} = bootstrap([Array.from({length}, random)], ([group = []]) => median(group));
      return high - low;
    };
    assert.ok(width(400) < width(20) / 2);
  });
});

test('overlap sees a common value, the ends too', () => {
  const one = {value: 2, low: 1, high: 3};
  assert.equal(overlap(one, {value: 4, low: 3, high: 5}), true);
  assert.equal(overlap(one, {value: 4, low: 3.1, high: 5}), false);
  assert.equal(overlap({value: 4, low: 3.1, high: 5}, one), false);
});
