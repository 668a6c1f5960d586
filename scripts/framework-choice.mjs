// Which frameworks `npm run frameworks` builds and the tests of test/frameworks/ drive. FRAMEWORKS chooses:
//
//   not set      all of them, each with its sample app and its recipe
//   vue,svelte   these
//   changed      those whose own files have changed; and the sample app of React 19, which stands for the others (CI)
//
// "Changed" compares with the commit at which the branch left main; on main, with the commit before. CHANGED_SINCE names
// another commit. Files that are not committed count too. If git cannot compare, all frameworks are chosen.
import {execFileSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** How the paths of the files begin that are one framework's. @type {Record<string, string[]>} */
const OWN_FILES = {
  'plain-script-tag': ['demo/frameworks/plain-script-tag/'],
  vue: ['demo/frameworks/vue/', 'docs/recipes/vue.md', 'src/frameworks/vue.ts'],
  react: ['demo/frameworks/react/', 'docs/recipes/react.md', 'docs/recipes/next.md', 'src/frameworks/react.ts'],
  svelte: ['demo/frameworks/svelte/', 'docs/recipes/svelte.md', 'src/frameworks/svelte.ts'],
  angular: ['demo/frameworks/angular/', 'docs/recipes/angular.md'],
};
/** The same of the files with which all frameworks are built and driven. */
const SHARED_FILES = [
  'demo/frameworks/shared/',
  'scripts/framework',
  'src/frameworks/elements.ts',
  'test/docs/scaffolds.mjs',
  'test/frameworks/',
];

/** The variant of a sample app that CI builds and drives at each change. */
const STANDS_FOR_ALL = 'react-19';

const all = Object.keys(OWN_FILES);
const wanted = process.env.FRAMEWORKS;
const chosen = !wanted ? all : wanted === 'changed' ? changedFrameworks() : named(wanted.split(','));

/** Whether a framework's recipe is built and driven. @param {string} framework */
export const isRecipeChosen = (framework) => chosen.includes(framework);

/** Whether a variant of a sample app is. @param {string} variant @param {string} framework */
export const isAppChosen = (variant, framework) =>
  chosen.includes(framework) || (wanted === 'changed' && variant === STANDS_FOR_ALL);

/** @param {string[]} names */
function named(names) {
  for (const name of names) if (!all.includes(name)) throw new Error(`FRAMEWORKS: no ${name}, but ${all.join(', ')}.`);
  return names;
}

function changedFrameworks() {
  try {
    const since = process.env.CHANGED_SINCE || branchStart();
    const files = [...git('diff', '--name-only', since), ...git('ls-files', '--others', '--exclude-standard')];
    const hasChanged = (/** @type {string[]} */ starts) =>
      files.some((file) => starts.some((start) => file.startsWith(start)));
    return hasChanged(SHARED_FILES) ? all : all.filter((framework) => hasChanged(OWN_FILES[framework] ?? []));
  } catch (error) {
    console.warn(`WARNING: git cannot tell what has changed, so all frameworks are built. ${error}`);
    return all;
  }
}

/** Where the branch left main, as the remote has it if there is one; on main, the commit before the last. */
function branchStart() {
  const [main = 'main'] = git('branch', '--remotes', '--list', 'origin/main', '--format=%(refname:short)');
  const [[head], [start = '']] = [git('rev-parse', 'HEAD'), git('merge-base', 'HEAD', main)];
  return start === head ? 'HEAD~1' : start;
}

/** The lines that it prints. @param {string[]} args */
function git(...args) {
  return execFileSync('git', args, {cwd: ROOT, encoding: 'utf8', stdio: 'pipe'}).split('\n').filter(Boolean);
}
