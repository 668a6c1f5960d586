import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {COLUMNS} from '../../bench/columns/index.mjs';
import {report} from '../../bench/report.mjs';
import {ROWS} from '../../bench/rows/index.mjs';

const column = COLUMNS.filter(({id}) => id === 'switch');
const [raw, replaced] = ['raw iframe', 'raw iframe, location.replace()'];

/**
 * The document of a run in which the one column took these samples, in ms.
 * @param {Record<string, number[]>} samples
 * @param {import('../../bench/targets.mjs').Judgement[]} [judgements]
 */
function documentOf(samples, judgements = []) {
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
    judgements,
    {withCharts: false},
  );
}

describe('the document', () => {
  test('has the ratio to the base, of the rounds that both share, and how many samples there are', () => {
    const text = documentOf({[raw]: [20, 20], [replaced]: [10, 10, 40, 40, 40]});
    assert.match(text, /\| raw iframe \| \*\*2\.00 ×\*\* \[2\.00, 2\.00\]; 20 \[20, 20\] ms \|/);
    assert.match(text, /chromium: time, 2 or 5 samples/);
  });

  test('begins with what an integrator wants to know, one line for each figure', () => {
    const judgement = {name: 'a figure', limit: '≤ 1', isMet: true};
    const text = documentOf({[raw]: [1, 2, 3]}, [
      {...judgement, browser: 'chromium', figure: '0.5 ×', verdict: 'met'},
      {...judgement, browser: 'Node', figure: '0.7 ×', verdict: 'met'},
    ]);
    assert.ok(
      text.includes('| what | target | chromium |\n| --- | --- | --- |\n| a figure | ≤ 1 | 0.5 ×, met |\n\n'),
      text,
    );
  });
});
