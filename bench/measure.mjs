// Measures: column by column, and in each column round by round all rows in random order.
import {launch} from './browsers.mjs';
import {sourceOf} from './bundles.mjs';
import {answersFor, PAGE_HOST, pageOf, pageQuery, scriptPathOf} from './pages.mjs';
import {startServer} from './server.mjs';
import {shuffled} from './statistics.mjs';

/** @typedef {import('./columns/index.mjs').BrowserName} BrowserName */
/** @typedef {import('./columns/index.mjs').Column} Column */
/** @typedef {import('./rows/index.mjs').Row} Row */
/** @typedef {import('./columns/index.mjs').Measured} Measured */

/**
 * What came out of a row in a column: samples of each value, or why there are none.
 * @typedef {object} Cell
 * @property {Record<string, number[]>} samples
 * @property {string} [absent]  why the column does not apply
 * @property {string} [failure]  what went wrong
 * @property {string[]} notes
 */
/** By browser (`''` for columns that want none), column and row. @typedef {Map<string, Map<string, Map<string, Cell>>>} Results */

/** @typedef {{rows: Row[], columns: Column[], browsers: BrowserName[], isQuick: boolean, random: () => number, log: (line: string) => void}} Options */

/** Samples in a quick run, which proves that everything works and measures nothing. */
const QUICK_SAMPLES = 1;

/**
 * Why a column does not apply to a row.
 * @param {Column} column
 * @param {Row} row
 */
function absence(column, row) {
  if (row.without?.[column.id]) return row.without[column.id];
  if (!row.embed && !['bytes', 'evaluation'].includes(column.id)) return 'no embed';
  if (column.only && !column.only.includes(row.name)) return column.why;
  return undefined;
}

/** @param {Options} options */
export async function measure({rows, columns, browsers, isQuick, random, log}) {
  const sources = await Promise.all(rows.map(sourceOf));
  const server = await startServer({
    pageHost: PAGE_HOST,
    frameHosts: [...new Set(rows.flatMap(({hosts}) => hosts))],
    answers: answersFor(rows, sources),
    page: pageOf(rows),
  });
  /** @type {Results} */
  const results = new Map();
  /** @type {Record<string, string>} */
  const versions = {};

  /** @param {string} browserName @param {Column} column @param {import('puppeteer-core').Browser} [browser] */
  const fill = async (browserName, column, browser) => {
    const started = performance.now();
    /** @type {Map<string, Cell>} */
    const cells = new Map(rows.map((row) => {
      const absent = absence(column, row);
      return [row.name, {samples: {}, notes: [], ...(absent && {absent})}];
    }));
    const samples = isQuick ? QUICK_SAMPLES : column.samples;
    for (let sample = 0; sample < samples; sample++) {
      for (const row of shuffled(rows, random)) {
        const cell = /** @type {Cell} */ (cells.get(row.name));
        if (cell.absent || cell.failure) continue;
        const index = rows.indexOf(row);
        const page = await browser?.newPage();
        try {
          server.answerFrames(column.setup?.frames ?? 'ready');
          server.forget();
          await page?.goto(server.pageUrl + pageQuery(index, column.setup ?? {}));
          const {notes, ...values} = await column.measure({
            page: /** @type {import('puppeteer-core').Page} */ (page),
            server,
            row,
            source: sources[index] ?? '',
            scriptPath: scriptPathOf(rows, row),
            sample,
            isQuick,
          });
          for (const [name, value] of Object.entries(values)) (cell.samples[name] ??= []).push(value);
          if (notes) cell.notes = notes;
        } catch (error) {
          cell.failure = /** @type {Error} */ (error).message.split('\n')[0] ?? '';
        }
        await page?.close();
      }
    }
    const failures = [...cells].filter(([, {failure}]) => failure).map(([name, {failure}]) => `; ${name} failed: ${failure}`);
    log(`${browserName || 'no browser'}: ${column.id}, ${((performance.now() - started) / 1000).toFixed(1)} s${failures.join('')}`);
    const ofBrowser = results.get(browserName) ?? new Map();
    results.set(browserName, ofBrowser.set(column.id, cells));
  };

  try {
    for (const column of columns.filter(({isStatic}) => isStatic)) await fill('', column);
    for (const name of browsers) {
      const browser = await launch(name, server.proxyPort);
      if (!browser) {
        log(`${name} is not installed: left out`);
        continue;
      }
      try {
        versions[name] = await browser.version();
        for (const column of columns) {
          if (!column.isStatic && (column.browsers ?? browsers).includes(name)) await fill(name, column, browser);
        }
      } finally {
        await browser.close();
      }
    }
  } finally {
    server.close();
  }
  return {results, versions, strangers: [...server.strangers]};
}
