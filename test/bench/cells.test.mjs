// Which cells of the benchmark a run takes.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {absence} from '../../bench/cells.mjs';
import {COLUMNS} from '../../bench/columns/index.mjs';
import {ROWS} from '../../bench/rows/index.mjs';

/** @param {boolean} isQuick */
const cells = (isQuick) => {
  const run = {isQuick, columns: COLUMNS, rows: ROWS};
  return COLUMNS.flatMap((column) =>
    ROWS.filter((row) => !absence(column, row, run)).map((row) => ({column: column.id, row: row.name})),
  );
};

test('a quick run takes each column and each row, and little more', () => {
  const quick = cells(true);
  assert.deepEqual(
    [...new Set(quick.map(({column}) => column))],
    COLUMNS.map(({id}) => id),
  );
  assert.deepEqual([...new Set(quick.map(({row}) => row))].toSorted(), ROWS.map(({name}) => name).toSorted());
  assert.ok(quick.length <= COLUMNS.length + ROWS.length, `${quick.length} cells`);
});

test('a quick run takes no cell that a whole run leaves out', () => {
  const whole = new Set(cells(false).map((cell) => JSON.stringify(cell)));
  for (const cell of cells(true)) assert.ok(whole.has(JSON.stringify(cell)), JSON.stringify(cell));
});
