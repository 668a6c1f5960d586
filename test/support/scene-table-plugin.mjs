// Collects what test/conversation/load-scenes.test.ts sees; with SCENE_TABLE set (npm run scenes) it becomes the table of that
// file, between its two marks.
import {readFileSync, writeFileSync} from 'node:fs';

/**
 * @typedef {{
 *   engine: 'Chromium' | 'Firefox' | 'WebKit', scene: string, status: string, code: string | null, seconds: number,
 *   agent: string, view: 'frame' | 'banner' | 'cover', developer: string | null,
 * }} Row
 */

const ENGINES = /** @type {const} */ (['Chromium', 'Firefox', 'WebKit']);
const MARKS = ['<!-- begin: written by npm run scenes -->\n', '<!-- end -->'];

/** @returns {import('@web/test-runner').TestRunnerPlugin} */
export function sceneTablePlugin(file = process.env.SCENE_TABLE) {
  /** @type {Row[]} */
  const rows = [];
  return {
    name: 'scene-table',
    executeCommand({command, payload}) {
      if (command !== 'scenes:record') return undefined;
      rows.push(/** @type {Row} */ (payload));
      return true; // for the runner, a command without a result is an unknown one
    },
    serverStop() {
      if (file) writeBetweenMarks(file, `${outcomes(rows)}\n${meanings(rows)}`);
    },
  };
}

/** @param {Row[]} rows */
function outcomes(rows) {
  const scenes = [...new Set(rows.map(({scene}) => scene))];
  const lines = scenes.map((scene) => {
    const cells = ENGINES.map((engine) => {
      const row = rows.find((each) => each.scene === scene && each.engine === engine);
      if (!row) return 'not run';
      const when =
        row.code === 'timeout'
          ? 'at `load-timeout`'
          : row.seconds < 3
            ? 'at once'
            : `after ${Math.round(row.seconds)} s`;
      return `\`${row.code ?? row.status}\` ${when}`;
    });
    return line(scene, ...cells);
  });
  return [line('scene', ...ENGINES), line('---', '---', '---', '---'), ...lines, ''].join('\n');
}

/** @param {Row[]} rows */
function meanings(rows) {
  const texts = new Set(
    rows.map(({status, code, agent, view, developer}) =>
      line(
        `\`${code ?? status}\``,
        `${view}: ${agent}`,
        (developer ?? '').replace(/https?:\/\/\S+/g, '(origin)').replace(/\d+ ms/, '(number) ms'),
      ),
    ),
  );
  return [
    line('end', 'the agent sees', 'the developer reads'),
    line('---', '---', '---'),
    ...[...texts].toSorted(),
    '',
  ].join('\n');
}

/** @param {string[]} cells */
const line = (...cells) => `| ${cells.join(' | ')} |`;

/**
 * @param {string} file
 * @param {string} text
 */
function writeBetweenMarks(file, text) {
  const [begin = '', end = ''] = MARKS;
  const [before, rest = ''] = readFileSync(file, 'utf8').split(begin);
  writeFileSync(file, `${before}${begin}${text}${rest.slice(rest.indexOf(end))}`);
}
