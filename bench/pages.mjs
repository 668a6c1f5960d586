// The pages in which the rows are measured, and their scripts. None stands in the page itself: a strict policy forbids it.
import {countListeners, setupBench} from './harness.mjs';

/** @typedef {import('./rows/index.mjs').Row} Row */
/** @typedef {import('./columns/index.mjs').PageSetup} PageSetup */
/** @typedef {import('./server.mjs').Answer} Answer */

export const PAGE_HOST = 'crm.example';

const ISOLATED = {'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp'};

/** @param {Row} row */
const strictPolicy = ({hosts, connect = [], scripts = []}) =>
  [
    "default-src 'none'",
    `script-src 'self' ${scripts.join(' ')}`.trim(),
    "style-src 'self'",
    "img-src 'self'", // Firefox asks for the page's icon
    `frame-src ${hosts.map((host) => `https://${host}`).join(' ')}`,
    `connect-src ${connect.join(' ') || "'none'"}`,
    "require-trusted-types-for 'script'",
    "trusted-types lit-html 'allow-duplicates'",
  ].join('; ');

/** The hosts of all frames. @param {Row[]} rows */
export const hostsOf = (rows) => [...new Set(rows.flatMap(({hosts}) => hosts))];

/** @param {Row[]} rows @param {Row} row */
export const scriptPathOf = (rows, row) => `/row-${rows.indexOf(row)}.js`;

/** A page that keeps the connection and the process of each host's frames. */
export const KEEPER_PATH = 'keeper';

/** The page's address, behind its host. @param {number} row @param {PageSetup} setup */
export const pageQuery = (row, {isolated, bare, countsListeners, strict}) =>
  `?${new URLSearchParams(
    Object.entries({row, isolated, bare, countsListeners, strict})
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  )}`;

/**
 * @param {Row[]} rows
 * @returns {(query: URLSearchParams) => Answer}
 */
export const pageOf = (rows) => (query) => {
  const index = Number(query.get('row'));
  const row = /** @type {Row} */ (rows[index]);
  const scripts = [
    ...(query.has('countsListeners') ? ['/count-listeners.js'] : []),
    '/harness.js',
    ...(query.has('bare') ? [] : [`/row-${index}.js`, `/embed-${index}.js`]),
  ];
  const strict = query.has('strict');
  const icon = strict ? '' : '<link rel="icon" href="data:,">';
  return {
    body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Bench</title>${icon}${scripts.map((path) => `<script src="${path}"></script>`).join('')}<body></body>`,
    headers: {
      ...(query.has('isolated') && ISOLATED),
      ...(strict && {'content-security-policy': strictPolicy(row)}),
    },
  };
};

/** @param {readonly string[]} hosts @returns {Answer} */
const keeper = (hosts) => ({
  body: `<!doctype html><html lang="en"><title>Keeper</title><link rel="icon" href="data:,">${hosts.map((host) => `<iframe src="https://${host}/connect"></iframe>`).join('')}`,
});

/**
 * What the server answers besides pages and frames.
 * @param {Row[]} rows
 * @param {string[]} sources
 * @returns {Map<string, () => Answer>}
 */
export function answersFor(rows, sources) {
  /** @type {[string, string][]} */
  const scripts = [
    ['/harness.js', `(${setupBench})()`],
    ['/count-listeners.js', `(${countListeners})()`],
    ...rows.flatMap(
      ({embed, attributes = {}}, index) =>
        /** @type {[string, string][]} */ ([
          [`/row-${index}.js`, sources[index] ?? ''],
          [`/embed-${index}.js`, embed ? `window.embed = (${embed})(${JSON.stringify(attributes)})` : ''],
        ]),
    ),
  ];
  return new Map(
    /** @type {[string, () => Answer][]} */ ([
      ...scripts.map(
        ([path, body]) => /** @type {const} */ ([PAGE_HOST + path, () => ({type: 'text/javascript', body})]),
      ),
      [`${PAGE_HOST}/${KEEPER_PATH}`, () => keeper(hostsOf(rows))],
      ...rows.flatMap(({answers = {}}) =>
        Object.entries(answers).map(([address, answer]) => /** @type {const} */ ([address, () => answer])),
      ),
    ]),
  );
}
