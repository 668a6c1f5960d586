import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {COLUMNS} from '../../bench/columns/index.mjs';
import {report} from '../../bench/report.mjs';
import {ROWS} from '../../bench/rows/index.mjs';

const column = COLUMNS.filter(({id}) => id === 'switch');
const [ours, raw, fresh] = ['chatapp-dialog', 'raw iframe', 'raw iframe, a fresh one each time'];

/** The document of a run in which the one column took these samples, in ms. @param {Record<string, number[]>} samples */
function documentOf(samples) {
  const rows = ROWS.filter(({name}) => name in samples);
  const cells = new Map(rows.map(({name}) => [name, {samples: {time: samples[name] ?? []}, notes: []}]));
  return report(
    {
      rows,
      columns: column,
      scripts: new Map(),
      browsers: [{name: 'chromium', version: 'Chrome/1', results: new Map([['switch', cells]]), strangers: []}],
      url: undefined,
      versions: {},
      facts: {machine: 'a machine', node: 'v1', date: '2026-01-01', command: 'npm run bench', seed: 1, load: '0'},
      isQuick: false,
    },
    [],
    {withCharts: false},
  );
}

describe('the document', () => {
  test('says which row is faster, and where nobody can tell', () => {
    const text = documentOf({[ours]: [10, 11, 12], [raw]: [1, 2, 3], [fresh]: [9, 10, 11]});
    assert.match(text, /^From fast to slow.+`≈`.+`<` says little\):$/m);
    assert.ok(text.includes(`- chromium, time: ${raw} < ${fresh} ≈ ${ours}\n`), text);
  });

  test('orders by the rounds in which all were measured', () => {
    const text = documentOf({[ours]: [10, 10, 10, 1, 1, 1, 1], [raw]: [5, 5, 5]});
    assert.ok(text.includes(`- chromium, time: ${raw} < ${ours}\n`), text);
  });

  test('has the ratio to the base, of the rounds that both share, and how many samples there are', () => {
    const text = documentOf({[raw]: [20, 20], [fresh]: [10, 10, 40, 40, 40]});
    assert.match(text, /\| raw iframe \| \*\*2\.00 ×\*\* \[2\.00, 2\.00\]; 20 \[20, 20\] ms \|/);
    assert.match(text, /chromium: time, 2 or 5 samples/);
  });
});
