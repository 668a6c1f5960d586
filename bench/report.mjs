// The document, and what a quick run prints: tables of what came out, and nothing that did not.
import {COLUMNS} from './columns/index.mjs';
import {medianOf, overlap, ratioOf} from './statistics.mjs';
import {reasons} from './targets.mjs';

/** @typedef {import('./columns/index.mjs').Column} Column */
/** @typedef {import('./columns/index.mjs').Value} Value */
/** @typedef {import('./measure.mjs').Cell} Cell */
/** @typedef {import('./measure.mjs').BrowserResults} BrowserResults */
/** @typedef {import('./rows/index.mjs').Row} Row */
/** @typedef {import('./statistics.mjs').Estimate} Estimate */

/**
 * All that a run gave.
 * @typedef {object} Run
 * @property {Row[]} rows
 * @property {Column[]} columns
 * @property {BrowserResults} scripts  the columns without a browser
 * @property {{name: string, version: string, results: BrowserResults, strangers: string[]}[]} browsers
 * @property {ReturnType<typeof import('./url-core.mjs').measureUrlCore> | undefined} url
 * @property {Record<string, string>} versions  of the peers, by row
 * @property {{machine: string, node: string, date: string, command: string, seed: number, load: string}} facts
 * @property {boolean} isQuick
 */

/** Places behind the point by size, so that three digits are told. @param {number} value */
const digits = (value) =>
  Number.isInteger(value) ? String(value) : value.toFixed(Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0);

/** @type {Record<Value['unit'], (value: number) => string>} */
const FORMAT = {
  ms: (value) => digits(value),
  count: (value) => String(value),
  bytes: (value) => value.toLocaleString('en'),
};

/** @param {string[]} head @param {string[][]} lines @param {'---' | '--:'} [alignment]  of all columns but the first */
function table(head, lines, alignment = '--:') {
  const align = head.map((_, index) => (index === 0 ? '---' : alignment));
  return [head, align, ...lines].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

/**
 * The ratio of each row to a value's base, in one browser.
 * @param {Map<string, Cell>} cells
 * @param {string} key
 * @param {string} base
 * @returns {{name: string, ratio: Estimate}[]}
 */
export function ratios(cells, key, base) {
  const ofBase = cells.get(base)?.samples[key];
  if (!ofBase) return [];
  return [...cells].flatMap(([name, {samples}]) => {
    const own = samples[key];
    // A row beside itself is 1, whatever its samples; beside another one, only the rounds count in which both were measured.
    return own
      ? [{name, ratio: name === base ? {value: 1, low: 1, high: 1} : ratioOf(own, ofBase.slice(0, own.length))}]
      : [];
  });
}

/**
 * The rows from the fastest to the slowest, by the rounds of all of them; `≈` stands where the intervals of two neighbours overlap.
 * @param {Map<string, Cell>} cells
 * @param {string} key
 */
function order(cells, key) {
  const measured = [...cells].flatMap(([name, {samples}]) => (samples[key] ? [{name, samples: samples[key]}] : []));
  const rounds = Math.min(...measured.map(({samples}) => samples.length));
  const rows = measured
    .map(({name, samples}) => ({name, time: medianOf(samples.slice(0, rounds))}))
    .toSorted((a, b) => a.time.value - b.time.value);
  return rows
    .map(
      ({name, time}, index) =>
        `${index === 0 ? '' : overlap(/** @type {{time: Estimate}} */ (rows[index - 1]).time, time) ? ' ≈ ' : ' < '}${name}`,
    )
    .join('');
}

/**
 * What stands in a table for a row's value.
 * @param {Cell | undefined} cell
 * @param {string} key
 * @param {Value} value
 * @param {{name: string, ratio: Estimate}[]} compared
 * @param {string} name
 */
function entry(cell, key, value, compared, name) {
  if (!cell) return '';
  if (cell.absent) return 'n/a';
  const samples = cell.samples[key];
  if (cell.failure || !samples) return `failed: ${cell.failure ?? 'no figure'}`.replaceAll('|', '\\|');
  const {value: middle, low, high} = medianOf(samples);
  const format = FORMAT[value.unit];
  if (value.unit !== 'ms') return [format(middle), ...cell.notes].join(', ');
  const ratio = compared.find((each) => each.name === name)?.ratio;
  const times = `${format(middle)} [${format(low)}, ${format(high)}]`;
  return ratio
    ? `**${ratio.value.toFixed(2)} ×** [${ratio.low.toFixed(2)}, ${ratio.high.toFixed(2)}]; ${times} ms`
    : `${times} ms`;
}

/** @param {Column} column @param {Run} run @param {boolean} withCharts */
function section(column, run, withCharts) {
  const {rows} = run;
  const parts = column.isStatic
    ? [{name: '', results: run.scripts}]
    : run.browsers.filter(({results}) => results.has(column.id));
  /** @type {string[][]} */
  const lines = rows.map(({name}) => [name]);
  const head = [''];
  const orders = [];
  for (const {name: browser, results} of parts) {
    const cells = results.get(column.id) ?? new Map();
    for (const [key, value] of Object.entries(column.values)) {
      const taken = [...new Set([...cells.values()].flatMap(({samples}) => samples[key]?.length ?? []))].toSorted(
        (a, b) => a - b,
      );
      head.push(
        [browser, value.title].filter(Boolean).join(': ') +
          (value.unit === 'ms' ? `, ${taken.join(' or ') || 'no'} ${taken.at(-1) === 1 ? 'sample' : 'samples'}` : ''),
      );
      const compared = value.base ? ratios(cells, key, value.base) : [];
      for (const [index, {name}] of rows.entries())
        lines[index]?.push(entry(cells.get(name), key, value, compared, name));
      const isCompared = [...cells.values()].filter(({samples}) => samples[key]).length > 1;
      if (value.unit === 'ms' && isCompared)
        orders.push(`- ${[browser, value.title].join(', ')}: ${order(cells, key)}`);
    }
  }
  const base = Object.values(column.values).find((value) => value.base)?.base;
  const absent = new Map(
    parts.flatMap(({results}) =>
      [...(results.get(column.id) ?? [])].flatMap(([name, cell]) => (cell.absent ? [[name, cell.absent]] : [])),
    ),
  );
  // Rows that do not apply are told in a sentence, for a table of n/a hides the rest.
  const shown = lines.filter(([name = '']) => !absent.has(name));
  const chart = withCharts && Object.values(column.values).some((value) => value.chart);
  return [
    `### ${column.title}`,
    column.how + (base ? ` The bold figure is the ratio to *${base}*.` : ''),
    ...(chart ? [`![${column.title}](images/benchmarks/${column.id}.svg)`] : []),
    table(head, shown),
    ...(orders.length > 0
      ? [
          `From fast to slow, by the rounds in which all were measured; where the intervals of two neighbours overlap, \`≈\` stands between them, and their order says nothing (with fewer than six rounds, \`<\` says little):\n\n${orders.join('\n')}`,
        ]
      : []),
    ...(absent.size > 0 ? [`n/a: ${[...absent].map(([name, why]) => `${name} (${why})`).join('; ')}.`] : []),
  ].join('\n\n');
}

/** @param {NonNullable<Run['url']>} url */
function urlSection({rows, linear}) {
  const lines = rows.map(({name, ours, qs, ratio}) => [
    name,
    `**${ratio.value.toFixed(2)} ×** [${ratio.low.toFixed(2)}, ${ratio.high.toFixed(2)}]`,
    digits(ours * 1000),
    digits(qs * 1000),
  ]);
  return [
    '### The URL: `buildDialogUrl` beside `qs.stringify`',
    "In Node, in one process, in turns. Both give the same URL, byte for byte: `qs` with `format: 'RFC1738'` and `arrayFormat: 'indices'`, behind a base URL that is a text. Ours also checks each field, `qs` does not. The base URL is the default and the phones are digits, as most are: another base URL is parsed and checked, and a phone with formatting is cleaned, which takes longer, and is not in these figures.",
    table(['', 'ratio', 'buildDialogUrl, µs', 'qs, µs'], lines),
    `A phone among 10,000 takes ${linear.value.toFixed(2)} [${linear.low.toFixed(2)}, ${linear.high.toFixed(2)}] times as long as one among 100; 1.00 would be linear.`,
  ].join('\n\n');
}

/**
 * @param {Run} run
 * @param {import('./targets.mjs').Judgement[]} judgements
 * @param {{withCharts: boolean}} options
 */
export function report(run, judgements, {withCharts}) {
  const {facts, rows, columns, versions, browsers, url} = run;
  const reasonsOfMissed = reasons(judgements);
  return `${[
    '# Benchmarks',
    'Written by `npm run bench`. The rows are measured in turns, in fresh pages and in random order, so that **ratios of one run** tell something; milliseconds tell of one machine on one day. Brackets hold the 95 % interval of the median, or of the ratio of two medians (percentile bootstrap, 2,000 draws). A column takes fewer samples on a slow machine, and more of the two rows between which a few percent decide on a target, as its head says; other rows are compared with the samples of the same rounds. With fewer than six, a bracket is no wider than from the least to the greatest, and holds less than 95 %.',
    table(
      ['', ''],
      [
        ['machine', facts.machine],
        ['Node', facts.node],
        ...browsers.map(({name, version}) => [name, version]),
        ['date', facts.date],
        ['command', `\`${facts.command}\``],
        ['seed', String(facts.seed)],
        ['load of the machine (1 minute): after its build, and at the end', facts.load],
      ],
      '---',
    ),
    '## Targets',
    'A figure is judged by its median. Where the limit lies within its bracket, “the interval reaches over”: another run may judge otherwise.',
    table(
      ['what', 'target', 'where', 'figure', ''],
      judgements.map(({name, limit, browser, figure, verdict}) => [name, limit, browser, figure, verdict]),
      '---',
    ),
    ...(reasonsOfMissed.length > 0
      ? [
          '### What was missed, and why',
          'Found by hand, on a virtual machine (AMD EPYC, 2 cores) in November 2026; no column of this run holds these figures.',
          ...reasonsOfMissed,
        ]
      : []),
    '## What is compared',
    table(
      ['row', 'version', 'how it is made comparable'],
      rows.map(({name, how}) => [name, versions[name] ?? '', how]),
      '---',
    ),
    'All hosts are answered by one TLS server of this machine, behind a proxy: nothing reaches the internet, and all rows go the same way, over HTTP/2 (but in the columns of the early connection, which have no proxy: there Firefox would connect to nothing ahead). The real services are not measured, only what stands in the page.',
    '## Results',
    ...COLUMNS.filter((column) => columns.includes(column)).map((column) => section(column, run, withCharts)),
    ...(url ? [urlSection(url)] : []),
    ...(browsers.some(({strangers}) => strangers.length > 0)
      ? [
          `The browsers asked for other hosts by themselves, and got a 404 from the local server: ${browsers.flatMap(({strangers}) => strangers).join(', ')}.`,
        ]
      : []),
  ].join('\n\n')}\n`;
}
