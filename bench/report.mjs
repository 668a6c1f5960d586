// The document, and what a quick run prints: tables of what came out, and nothing that did not.
import {COLUMNS} from './columns/index.mjs';
import {medianOf, ratioOf} from './statistics.mjs';

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
 * What stands in a table for a row's value.
 * @param {Cell | undefined} cell
 * @param {string} key
 * @param {Value} value
 * @param {{name: string, ratio: Estimate}[]} compared
 * @param {string} name
 */
function entry(cell, key, value, compared, name) {
  if (!cell) return '';
  if (cell.absent) return '–';
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

/** Whether a column holds counts alone: such columns share one table. @param {Column} column */
const isCount = ({values}) => Object.values(values).every(({unit}) => unit === 'count');

/**
 * A column of times or bytes.
 * @param {Column} column @param {Run} run @param {boolean} withCharts
 */
function section(column, run, withCharts) {
  const parts = column.isStatic
    ? [{name: '', results: run.scripts}]
    : run.browsers.filter(({results}) => results.has(column.id));
  // A table of rows that do not apply would hide the rest.
  const rows = run.rows.filter(({name}) => parts.some(({results}) => !results.get(column.id)?.get(name)?.absent));
  const lines = rows.map(({name}) => [name]);
  const head = [''];
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
    }
  }
  const base = Object.values(column.values).find((value) => value.base)?.base;
  const chart = withCharts && Object.values(column.values).some((value) => value.chart);
  return [
    `### ${column.title}`,
    column.how + (base ? ` The bold figure is the ratio to *${base}*.` : ''),
    ...(chart ? [`![${column.title}](images/benchmarks/${column.id}.svg)`] : []),
    table(head, lines),
  ].join('\n\n');
}

/** All columns of counts in one table, a browser after the other in each cell. @param {Column[]} columns @param {Run} run */
function countSection(columns, {rows, browsers}) {
  const values = columns.flatMap((column) =>
    Object.entries(column.values).map(([key, value]) => ({column, key, value})),
  );
  const lines = rows.map(({name}) => [
    name,
    ...values.map(({column, key, value}) =>
      browsers
        .filter(({results}) => results.has(column.id))
        .map(({results}) => entry(results.get(column.id)?.get(name), key, value, [], name))
        .join(' / '),
    ),
  ]);
  const names = browsers.map(({name}) => name).join(' / ');
  return [
    '### Counts',
    `In each cell: ${names}, where both are measured. “–” does not apply.`,
    table(
      ['', ...values.map(({column, value}) => `${column.title}: ${value.title}`)],
      lines.filter(([, ...cells]) => cells.some((cell) => /\d|failed/.test(cell))),
    ),
    ...columns.map(({title, how}) => `- **${title}.** ${how}`),
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
 * What an integrator wants to know first: each judged figure, in all browsers.
 * @param {import('./targets.mjs').Judgement[]} judgements
 * @param {string[]} names  of the browsers
 */
function firstTable(judgements, names) {
  const found = judgements.filter(({browser}) => names.includes(browser));
  const lines = [...new Set(found.map(({name}) => name))].map((what) => {
    const own = found.filter(({name}) => name === what);
    const cells = names.map((browser) => {
      const judgement = own.find(({browser: other}) => other === browser);
      return judgement ? [judgement.figure, judgement.verdict].filter(Boolean).join(', ') : '–';
    });
    return [what, own[0]?.limit ?? ''].concat(cells);
  });
  return table(['what', 'target'].concat(names), lines, '---');
}

/**
 * @param {Run} run
 * @param {import('./targets.mjs').Judgement[]} judgements
 * @param {{withCharts: boolean}} options
 */
export function report(run, judgements, {withCharts}) {
  const {facts, rows, columns, versions, browsers, url} = run;
  const taken = COLUMNS.filter((column) => columns.includes(column));
  const counts = taken.filter(isCount);
  return `${[
    '# Benchmarks',
    `The element beside raw iframes and other companies’ embeds. \`npm run bench\` writes this document. This run: ${facts.date}, \`${facts.command}\`, seed ${facts.seed}; ${facts.machine}; Node ${facts.node}, ${browsers.map(({version}) => version).join(', ')}; load of the machine before and after: ${facts.load}.`,
    '## At a glance',
    'The lines with “beside” compare the element with another row, most often with *raw iframe, location.replace()*: a frame written by hand that also keeps the access token out of the DOM. There, “2.00 ×” means that the element takes twice as long. The bracket says how far the figure is certain. If the target lies inside it, the verdict is followed by “the interval reaches over”: another run may judge otherwise. A line without a target only informs. “–” means that only Chromium can measure it.',
    firstTable(
      judgements,
      browsers.map(({name}) => name),
    ),
    '## Method',
    'The rows are measured in turns, in fresh pages and in random order, so that **ratios of one run** tell something. Milliseconds are only those of one machine on one day. A frame with a plain `src` is a little faster than *location.replace()*, but any script on the page can read the token in it. A target is judged by the median. Brackets hold the 95 % interval of the median, or of the ratio of two medians (percentile bootstrap, 2,000 draws). With fewer than six samples a bracket holds less than 95 %. One TLS server of this machine answers all hosts, over HTTP/2 and behind a proxy, so nothing reaches the internet. The services themselves are not measured, only what stands in the page.',
    table(
      ['row', 'version', 'how it is made comparable'],
      rows.map(({name, how}) => [name, versions[name] ?? '', how]),
      '---',
    ),
    '## Results',
    ...(counts.length > 0 && browsers.length > 0 ? [countSection(counts, run)] : []),
    ...taken.filter((column) => !isCount(column)).map((column) => section(column, run, withCharts)),
    ...(url ? [urlSection(url)] : []),
    ...(browsers.some(({strangers}) => strangers.length > 0)
      ? [
          `The browsers asked for other hosts by themselves, and got a 404 from the local server: ${[...new Set(browsers.flatMap(({strangers}) => strangers))].join(', ')}.`,
        ]
      : []),
  ].join('\n\n')}\n`;
}
