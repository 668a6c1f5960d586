// Bar charts as SVG: a bar for each row, a whisker for its interval. Readable on light and dark, without a font of their own.
import {ratios} from './report.mjs';
import {medianOf} from './statistics.mjs';

/** @typedef {import('./report.mjs').Run} Run */
/** @typedef {import('./statistics.mjs').Estimate} Estimate */

const WIDTH = 760;
const LABELS = 250;
const FIGURES = 110;
const LINE = 24;

const STYLE = `
text { font: 13px system-ui, sans-serif; fill: #1f2328; }
.title { font-weight: 600; }
.bar { fill: #8c959f; }
.ours { fill: #0969da; }
.whisker { stroke: #1f2328; stroke-width: 1.5; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; }
  .bar { fill: #6e7681; }
  .ours { fill: #4493f8; }
  .whisker { stroke: #e6edf3; }
}`;

/** @param {string} text */
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** @typedef {{title: string, bars: {name: string, estimate: Estimate, label: string}[]}} Group */

/** @param {string} title @param {Group[]} groups */
function draw(title, groups) {
  const longest = Math.max(
    ...groups.flatMap(({bars}) => bars.map(({estimate}) => Math.max(estimate.high, 0))),
    Number.EPSILON,
  );
  const scale = (WIDTH - LABELS - FIGURES) / longest;
  /** @param {number} value */
  const x = (value) => (LABELS + Math.max(value, 0) * scale).toFixed(1);
  let y = 0;
  const parts = [];
  for (const group of groups) {
    y += LINE;
    if (group.title) parts.push(`<text class="title" x="0" y="${y - 7}">${escaped(group.title)}</text>`);
    for (const {name, estimate, label} of group.bars) {
      const {value, low, high} = estimate;
      parts.push(
        `<text x="${LABELS - 8}" y="${y + 16}" text-anchor="end">${escaped(name)}</text>`,
        `<rect class="bar${name.startsWith('chatapp-dialog') ? ' ours' : ''}" x="${LABELS}" y="${y + 4}" width="${Math.max(Number(x(value)) - LABELS, 1).toFixed(1)}" height="${LINE - 8}" rx="2"/>`,
        ...(high > low
          ? [`<path class="whisker" d="M${x(low)} ${y + 12}H${x(high)}M${x(low)} ${y + 8}v8M${x(high)} ${y + 8}v8"/>`]
          : []),
        `<text x="${Number(x(Math.max(value, high))) + 6}" y="${y + 16}">${escaped(label)}</text>`,
      );
      y += LINE;
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 6}" width="${WIDTH}" height="${y + 6}" role="img" aria-label="${escaped(title)}">
<style>${STYLE}</style>
${parts.join('\n')}
</svg>
`;
}

/**
 * A chart for each column that has one.
 * @param {Run} run
 * @returns {Map<string, string>}  file name → SVG
 */
export function charts({columns, scripts, browsers}) {
  const files = new Map();
  for (const column of columns) {
    for (const [key, value] of Object.entries(column.values)) {
      if (!value.chart) continue;
      const {base} = value;
      const parts = column.isStatic ? [{name: '', results: scripts}] : browsers;
      const groups = parts.flatMap(({name: browser, results}) => {
        const cells = results.get(column.id) ?? new Map();
        const bars = base
          ? ratios(cells, key, base).map(({name, ratio}) => ({
              name,
              estimate: ratio,
              label: `${ratio.value.toFixed(2)} ×`,
            }))
          : [...cells].flatMap(([name, {samples}]) => {
              const estimate = samples[key] && medianOf(samples[key]);
              return estimate ? [{name, estimate, label: estimate.value.toLocaleString('en')}] : [];
            });
        const title = [browser, base ? `times ${base}` : value.title].filter(Boolean).join(': ');
        return bars.length > 0 ? [{title, bars}] : [];
      });
      if (groups.length > 0) files.set(`${column.id}.svg`, draw(column.title, groups));
    }
  }
  return files;
}
