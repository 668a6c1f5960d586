// The figures of docs/internals/benchmarks.md are these functions' results.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {bootstrap, median, medianOf, quantile, randomFrom, ratioOf, shuffled} from '../../bench/statistics.mjs';

test('shuffled leaves the list alone, and gives each order as often as the others', () => {
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

for (const [samples, expected] of /** @type {[number[], number][]} */ ([
  [[5], 5],
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[10, 9, 100], 10], // as numbers, not as texts
  [[], NaN],
])) {
  test(`the median of [${samples}] is ${expected}`, () => assert.equal(median(samples), expected));
}

test('quantile interpolates between neighbours', () => {
  assert.equal(quantile([0, 10], 0.25), 2.5);
  assert.equal(quantile([3, 1, 2], 0), 1);
  assert.equal(quantile([3, 1, 2], 1), 3);
});

test('an interval is the middle 95 % of what the draws give', () => {
  const samples = Array.from({length: 1000}, (_, index) => index);
  const {low, high} = bootstrap([samples], ([[first = NaN] = []]) => first);
  assert.ok(Math.abs(low - 25) < 10 && Math.abs(high - 975) < 10, `${low} to ${high}`);
});

test('of equal samples the interval is a point', () => {
  assert.deepEqual(medianOf([4, 4, 4]), {value: 4, low: 4, high: 4});
  assert.deepEqual(ratioOf([6, 6], [4, 4]), {value: 1.5, low: 1.5, high: 1.5});
});
