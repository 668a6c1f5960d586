// `npm run bench`: the element beside a raw iframe and other companies' embeds, and the URL core beside qs.
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {cpus, loadavg, totalmem, type, release} from 'node:os';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {BROWSERS} from './browsers.mjs';
import {versionOf} from './bundles.mjs';
import {charts} from './charts.mjs';
import {COLUMNS} from './columns/index.mjs';
import {measureIn, measureScripts} from './measure.mjs';
import {report} from './report.mjs';
import {ROWS} from './rows/index.mjs';
import {randomFrom} from './statistics.mjs';
import {judge} from './targets.mjs';
import {measureUrlCore} from './url-core.mjs';

const {values: options} = parseArgs({
  options: {
    quick: {type: 'boolean', default: false},
    browsers: {type: 'string'},
    rows: {type: 'string', default: ''},
    columns: {type: 'string', default: ''},
    seed: {type: 'string', default: String(Date.now() % 1_000_000)},
    // For each column; in all, a run of the default takes more than half an hour.
    seconds: {type: 'string', default: '18'},
  },
});

/**
 * Those that are named, or all.
 * @template T
 * @param {T[]} all
 * @param {string} names  one whole name, or several parted by commas; a part of a name is enough, where none has it whole
 * @param {(item: T) => string} nameOf
 */
const chosen = (all, names, nameOf) => {
  if (!names) return all;
  const isName = all.some((item) => nameOf(item) === names); // some have a comma
  const found = (isName ? [names] : names.split(',')).map((name) => {
    const whole = all.filter((item) => nameOf(item) === name);
    const some = whole.length > 0 ? whole : all.filter((item) => nameOf(item).includes(name));
    if (some.length === 0) throw new Error(`There is no ${name}, but ${all.map(nameOf).join('; ')}.`);
    return some;
  });
  return all.filter((item) => found.some((some) => some.includes(item)));
};

const rows = chosen(ROWS, options.rows, ({name}) => name);
const columns = chosen(COLUMNS, options.columns, ({id}) => id);
const names = chosen(BROWSERS, options.browsers ?? (options.quick ? 'chromium' : ''), (name) => name);
const isWhole =
  rows.length === ROWS.length &&
  columns.length === COLUMNS.length &&
  names.length === BROWSERS.length &&
  !options.quick;
const seed = Number(options.seed);
const random = randomFrom(seed);
const load = () => (loadavg()[0] ?? 0).toFixed(2);
console.log(`seed ${seed}`);
// Its browsers end with it: left alone, puppeteer would end the browser and let the run go on.
for (const signal of ['SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

const before = load();
const settings = {rows, columns, isQuick: options.quick, seconds: Number(options.seconds), random, log: console.log};
// First, while nothing else of ours runs.
const url = options.columns ? undefined : measureUrlCore({samples: options.quick ? 3 : 60, random});
const scripts = await measureScripts(settings);
/** @type {import('./report.mjs').Run['browsers']} */
const browsers = [];
/** @type {string[]} */
const failed = [];
for (const name of names) {
  const measured = await measureIn(name, settings);
  if (measured) browsers.push({name, ...measured});
  else failed.push(`${name} is not installed`);
}

const run = {
  rows,
  columns,
  scripts,
  browsers,
  url,
  versions: Object.fromEntries(rows.filter(({file, entry}) => file || entry).map((row) => [row.name, versionOf(row)])),
  facts: {
    machine: `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release()}`,
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
    command: ['npm run bench', ...(process.argv.length > 2 ? ['--', ...process.argv.slice(2)] : [])].join(' '),
    seed,
    load: `${before}, ${load()}`,
  },
  isQuick: options.quick,
};

failed.push(
  ...[scripts, ...browsers.map(({results}) => results)].flatMap((results) =>
    [...results].flatMap(([column, cells]) =>
      [...cells].flatMap(([row, {failure}]) => (failure ? [`${column}, ${row}: ${failure}`] : [])),
    ),
  ),
);
const judgements = judge(run);
if (isWhole && failed.length === 0) {
  const docs = fileURLToPath(new URL('../docs/internals/', import.meta.url));
  const images = `${docs}images/benchmarks/`;
  rmSync(images, {recursive: true, force: true});
  mkdirSync(images, {recursive: true});
  for (const [file, svg] of charts(run)) writeFileSync(images + file, svg);
  writeFileSync(`${docs}benchmarks.md`, report(run, judgements, {withCharts: true}));
  console.log('docs/internals/benchmarks.md is written.');
} else {
  charts(run); // so that a quick run proves them, too
  const text = report(run, judgements, {withCharts: false});
  console.log(options.quick ? 'A quick run: nothing was judged.' : text);
}
// Times depend on the machine; counts do not. One sample of a quick run proves neither.
if (!options.quick) {
  failed.push(
    ...judgements
      .filter(({isCount, isMet}) => isCount && !isMet)
      .map(({name, browser, figure}) => `${name} (${browser}): ${figure}`),
  );
}
if (failed.length > 0) {
  console.error(`Failed:\n${failed.join('\n')}`);
  process.exitCode = 1;
}
