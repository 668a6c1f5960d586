// Holds the coverage of src/: at least 95 % of lines, no empty figure, no file that no test loads.
import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

/** Per cent of lines. */
const MINIMUM = 95;

const root = fileURLToPath(new URL('..', import.meta.url));
const summary = JSON.parse(readFileSync(root + 'coverage/coverage-summary.json', 'utf8'));
const {total, covered, pct} = summary.total.lines;
const tested = new Set(Object.keys(summary));
const untested = readdirSync(root + 'src', {recursive: true, withFileTypes: true})
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`)
  // Types, and React's components, which test/frameworks drives as they are built; the back end's part, which `npm run test:server` measures.
  .filter((file) => !tested.has(file) && !/\/src\/(frameworks|server)\//.test(file));

console.log(`coverage: ${covered} of ${total} lines (${pct} %), ${tested.size - 1} files`);
const faults = [
  ...(total > 0 ? [] : ['the figure is empty: no line was measured']),
  ...(pct >= MINIMUM ? [] : [`below ${MINIMUM} %`]),
  ...untested.map((file) => `${file} is loaded by no test`),
];
for (const fault of faults) console.error(`coverage: ${fault}`);
process.exit(faults.length ? 1 : 0);
