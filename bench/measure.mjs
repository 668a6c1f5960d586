// Measures: column by column, and in each column round by round all rows in random order.
import {launch} from './browsers.mjs';
import {sourceOf} from './bundles.mjs';
import {absence} from './cells.mjs';
import {answersFor, hostsOf, KEEPER_PATH, PAGE_HOST, pageOf, pageQuery, scriptPathOf} from './pages.mjs';
import {startServer} from './server.mjs';
import {shuffled} from './statistics.mjs';
import {closelyJudged} from './targets.mjs';

/** @typedef {import('./columns/index.mjs').BrowserName} BrowserName */
/** @typedef {import('./columns/index.mjs').Column} Column */
/** @typedef {import('./rows/index.mjs').Row} Row */
/** @typedef {import('puppeteer-core').Browser} Browser */

/**
 * What came out of a row in a column: samples of each value, or why there are none.
 * @typedef {object} Cell
 * @property {Record<string, number[]>} samples
 * @property {string} [absent]  why the column does not apply
 * @property {string} [failure]  what went wrong
 * @property {string[]} notes
 */
/** By column and row. @typedef {Map<string, Map<string, Cell>>} BrowserResults */
/**
 * @typedef {object} Options
 * @property {Row[]} rows
 * @property {Column[]} columns
 * @property {boolean} isQuick
 * @property {number} seconds  for each column: then no other round of all rows begins, but for the least ones
 * @property {() => number} random
 * @property {(line: string) => void} log
 */

/** Samples in a quick run, which proves that everything works and measures nothing. */
const QUICK_SAMPLES = 1;

/** So many rounds a column has at least, however slow the machine. */
const LEAST_ROUNDS = 3;

/** Beyond the rounds of all rows, those go on for so many times `seconds` between which a few percent decide. */
const CLOSE_SPANS = 2;

/**
 * All rows in one column.
 * @param {Column} column
 * @param {Options} options
 * @param {(row: Row, sample: number) => Promise<import('./columns/index.mjs').Measured>} take
 */
async function fill(column, options, take) {
  const {rows, isQuick, seconds, random} = options;
  /** @type {Map<string, Cell>} */
  const cells = new Map(
    rows.map((row) => {
      const absent = absence(column, row, options);
      return [row.name, {samples: {}, notes: [], ...(absent && {absent})}];
    }),
  );
  const samples = isQuick ? QUICK_SAMPLES : column.samples;
  let sample = 0;
  /** @param {Row[]} turn @param {number} least  rounds @param {number} span  seconds */
  const takeRounds = async (turn, least, span) => {
    const end = performance.now() + span * 1000;
    for (; sample < samples && (sample < least || performance.now() < end); sample++) {
      for (const row of shuffled(turn, random)) {
        const cell = /** @type {Cell} */ (cells.get(row.name));
        if (cell.absent || cell.failure) continue;
        try {
          const {notes, ...values} = await take(row, sample);
          for (const [name, value] of Object.entries(values))
            (cell.samples[name] ??= []).push(/** @type {number} */ (value));
          if (notes) cell.notes = notes;
        } catch (error) {
          cell.failure = /** @type {Error} */ (error).message.split('\n')[0] ?? '';
        }
      }
    }
  };
  await takeRounds(rows, LEAST_ROUNDS, seconds);
  const close = rows.filter(({name}) => closelyJudged(column.id).has(name));
  if (close.length > 0) await takeRounds(close, 0, CLOSE_SPANS * seconds);
  return cells;
}

/**
 * The columns that want no browser.
 * @param {Options} options
 * @returns {Promise<BrowserResults>}
 */
export async function measureScripts(options) {
  const results = new Map();
  for (const column of options.columns.filter(({isStatic}) => isStatic)) {
    results.set(
      column.id,
      await fill(column, options, async (row) =>
        column.measure(/** @type {any} */ ({row, source: await sourceOf(row)})),
      ),
    );
  }
  return results;
}

/** Ends a browser at once: asked to, one with a thousand frames would take minutes. @param {Browser | undefined} browser */
function end(browser) {
  void browser?.disconnect();
  browser?.process()?.kill('SIGKILL');
}

/**
 * All columns in one browser.
 * @param {BrowserName} name
 * @param {Options} options
 * @returns {Promise<{results: BrowserResults, version: string, strangers: string[]} | undefined>}  none where the browser is missing
 */
export async function measureIn(name, options) {
  const {rows, isQuick, log} = options;
  const sources = await Promise.all(rows.map(sourceOf));
  const server = await startServer({
    pageHost: PAGE_HOST,
    frameHosts: hostsOf(rows),
    answers: answersFor(rows, sources),
    page: pageOf(rows),
  });
  const open = async () => {
    const browser = await launch(name, server.proxyPort);
    await (await browser?.newPage())?.goto(server.pageUrl + KEEPER_PATH);
    return browser;
  };
  try {
    let browser = await open();
    if (!browser) return undefined;
    const version = await browser.version();
    /** @type {BrowserResults} */
    const results = new Map();
    // A quick run loads all in one page: most of its time would go by for opening new ones.
    const onlyPage = isQuick ? await browser.newPage() : undefined;
    for (const column of options.columns) {
      if (column.isStatic || !(column.browsers ?? [name]).includes(name)) continue;
      const started = performance.now();
      const isAlone = column.wantsOwnBrowser && !isQuick;
      const cells = await fill(column, options, async (row, sample) => {
        // A row that brought the browser down fails alone.
        if (!browser?.connected) browser = await open();
        const page = onlyPage ?? (await /** @type {Browser} */ (browser).newPage());
        try {
          server.answerFrames(column.setup?.frames ?? 'ready');
          server.forget();
          await page.goto(server.pageUrl + pageQuery(rows.indexOf(row), column.setup ?? {}));
          return await column.measure({
            page,
            server,
            row,
            source: sources[rows.indexOf(row)] ?? '',
            scriptPath: scriptPathOf(rows, row),
            sample,
            isQuick,
          });
        } finally {
          if (isAlone) {
            end(browser);
            browser = await open();
          } else if (!isQuick) await page.close();
        }
      });
      results.set(column.id, cells);
      const failures = [...cells]
        .filter(([, {failure}]) => failure)
        .map(([row, {failure}]) => `; ${row} failed: ${failure}`);
      log(`${name}: ${column.id}, ${((performance.now() - started) / 1000).toFixed(1)} s${failures.join('')}`);
    }
    end(browser);
    return {results, version, strangers: [...server.strangers]};
  } finally {
    server.close();
  }
}
