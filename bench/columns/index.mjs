// The columns, in the order of the document.
import {bytes} from './bytes.mjs';
import {batch, historyEntries, same, token} from './changes.mjs';
import {earlyScript} from './early.mjs';
import {evaluation} from './evaluation.mjs';
import {heap} from './heap.mjs';
import {kept} from './kept.mjs';
import {listeners} from './listeners.mjs';
import {mounts} from './mount.mjs';
import {policy} from './policy.mjs';
import {reports} from './reports.mjs';
import {returnToCustomer} from './return.mjs';
import {signedIn} from './signed-in.mjs';
import {switchCustomer} from './switch.mjs';

/** @typedef {'chromium' | 'firefox'} BrowserName */

/**
 * What a column wants of its page: what its frames get, whether the page is isolated from other origins, has none of
 * the row's scripts, counts listeners, or has a strict policy.
 * @typedef {object} PageSetup
 * @property {keyof typeof import('../frames.mjs').FRAMES} [frames]  default: `ready`
 * @property {boolean} [isolated]
 * @property {boolean} [bare]
 * @property {boolean} [countsListeners]
 * @property {boolean} [strict]
 */

/**
 * What a column measures with.
 * @typedef {object} Context
 * @property {import('puppeteer-core').Page} page  a fresh one
 * @property {import('../server.mjs').BenchServer} server
 * @property {import('../rows/index.mjs').Row} row
 * @property {string} source  of the row's script
 * @property {string} scriptPath  where the page finds it
 * @property {number} sample
 * @property {boolean} isQuick
 */

/** @typedef {{title: string, unit: 'ms' | 'bytes' | 'count', base?: string, chart?: boolean}} Value  `base`: the row that ratios are to */
/** @typedef {Record<string, number> & {notes?: string[]}} Measured */

/**
 * @typedef {object} Column
 * @property {string} id
 * @property {string} title
 * @property {Record<string, Value>} values
 * @property {string} how
 * @property {number} samples  at most: see measure.mjs
 * @property {(context: Context) => any} measure  gives `Measured`, or its promise
 * @property {boolean} [isStatic]  wants no browser
 * @property {BrowserName[]} [browsers]
 * @property {string[]} [only]  the rows that it is for
 * @property {string} [why]  it is for them only
 * @property {boolean} [wantsOwnBrowser]  each sample has a browser of its own, because closing its page takes longer than a minute, or what it left would burden the next
 * @property {PageSetup} [setup]
 */

/** @type {Column[]} */
export const COLUMNS = [
  bytes,
  evaluation,
  ...mounts,
  batch,
  historyEntries,
  same,
  token,
  switchCustomer,
  signedIn,
  returnToCustomer,
  kept,
  earlyScript,
  heap,
  listeners,
  policy,
  reports,
];
