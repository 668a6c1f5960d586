// The rows, in the order of the tables.
import {freshIframe} from './fresh-iframe.mjs';
import {lit} from './lit.mjs';
import {ours} from './ours.mjs';
import {oursKept} from './ours-kept.mjs';
import {rawIframe} from './raw-iframe.mjs';
import {replacedIframe} from './replaced-iframe.mjs';
import {superset} from './superset.mjs';
import {tableau} from './tableau.mjs';
import {whereby} from './whereby.mjs';
import {youtube} from './youtube.mjs';

/**
 * One way to embed.
 * @typedef {object} Row
 * @property {string} name
 * @property {string} [package]  what npm calls it
 * @property {string} [entry]  what is bundled
 * @property {boolean} [isRoot]  it stands in the node_modules of the root, not of the bench
 * @property {string} [file]  the finished script, instead of an entry
 * @property {(attributes: Record<string, string>) => import('../harness.mjs').Embed} [embed]  how it is driven; runs in the page. Without it, it is no embed
 * @property {Record<string, string>} [attributes]  what `embed` gets
 * @property {string[]} hosts  of its frames
 * @property {Record<string, import('../server.mjs').Answer>} [answers]  what its service answers besides frames, by host and path
 * @property {string[]} [connect]  what a policy's connect-src must name for it
 * @property {string[]} [scripts]  scripts of others that it loads, which a policy's script-src must name
 * @property {Record<string, string>} [without]  columns that do not apply, with the reason
 * @property {string} how  how it was made comparable
 */

/** @type {Row[]} */
export const ROWS = [ours, oursKept, rawIframe, freshIframe, replacedIframe, whereby, tableau, superset, youtube, lit];
