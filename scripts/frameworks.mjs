// `npm run frameworks`: builds the sample apps of demo/frameworks/ as somebody does who has installed the package: from its
// tarball, outside of this repository, where no import can find what an app's own package.json does not name.
import {execFileSync} from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {cachedInstall, installCached, npm} from './cached-install.mjs';
import {isAppChosen} from './framework-choice.mjs';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const SAMPLES = join(ROOT, 'demo/frameworks');
const TARBALL = 'chatapp-dialog.tgz';

/** Where the built apps are, by variant. */
export const BUILT = join(ROOT, 'node_modules/.cache/frameworks');

/**
 * An app, and what else its build gets. React in development, because its strict mode does nothing in production.
 * @type {Record<string, {app: string, env?: Record<string, string>}>}
 */
const ALL_VARIANTS = {
  'plain-script-tag': {app: 'plain-script-tag'},
  vue: {app: 'vue'},
  'react-19': {app: 'react', env: {NODE_ENV: 'development'}},
  'react-18': {app: 'react', env: {NODE_ENV: 'development', REACT: '18'}},
  svelte: {app: 'svelte'},
  angular: {app: 'angular'},
};
/** What is built, and driven by the tests. */
export const VARIANTS = Object.fromEntries(
  Object.entries(ALL_VARIANTS).filter(([variant, {app}]) => isAppChosen(variant, app)),
);

/** Builds the variants from what is in dist/ now. */
export function buildFrameworks() {
  if (!existsSync(join(ROOT, 'dist/index.js'))) throw new Error('The package is not built: run npm run build.');
  const work = mkdtempSync(join(tmpdir(), 'chatapp-dialog-frameworks-'));
  try {
    const [{filename}] = JSON.parse(npm(ROOT, {}, 'pack', '--json', '--ignore-scripts', '--pack-destination', work));
    // For `npm ci` by hand too, hence in both places.
    renameSync(join(work, filename), join(work, TARBALL));
    copyFileSync(join(work, TARBALL), join(SAMPLES, TARBALL));
    const isSource = (/** @type {string} */ path) => !['node_modules', 'dist', 'out'].includes(basename(path));
    cpSync(SAMPLES, work, {recursive: true, filter: isSource});
    for (const app of new Set(Object.values(VARIANTS).map(({app}) => app)))
      timed(`${app}: installed`, () => provide(app, work));
    rmSync(BUILT, {recursive: true, force: true});
    for (const [variant, {app, env}] of Object.entries(VARIANTS)) {
      timed(`${variant}: built`, () => {
        npm(join(work, app), {NODE_ENV: 'production', ...env}, 'run', 'build');
        cpSync(join(work, app, 'dist'), join(BUILT, variant), {recursive: true});
        rmSync(join(work, app, 'dist'), {recursive: true});
      });
    }
  } finally {
    rmSync(work, {recursive: true, force: true});
  }
}

/**
 * Where an app's packages are, once it has been built: all that its lock file names but the package itself, which is not of now.
 * @param {string} app
 */
export const installedModules = (app) => join(cachedInstall(`frameworks/${app}`, join(SAMPLES, app)), 'node_modules');

/**
 * Gives an app its node_modules: links to the cached install, and the package itself out of the tarball. So nothing ever
 * writes into the cache, and two checkouts may use it at once.
 * @param {string} app
 * @param {string} work
 */
function provide(app, work) {
  const cached = cachedInstall(`frameworks/${app}`, join(SAMPLES, app));
  installCached(join(work, app), cached, [join(work, TARBALL)]);
  const modules = join(work, app, 'node_modules');
  mkdirSync(join(modules, 'chatapp-dialog'), {recursive: true});
  for (const name of readdirSync(join(cached, 'node_modules'))) {
    // A junction: Windows wants no rights for it.
    if (!existsSync(join(modules, name)))
      symlinkSync(join(cached, 'node_modules', name), join(modules, name), 'junction');
  }
  execFileSync('tar', ['-xzf', TARBALL, '-C', join(modules, 'chatapp-dialog'), '--strip-components=1'], {cwd: work});
}

/** @param {string} what @param {() => void} act */
function timed(what, act) {
  const start = performance.now();
  act();
  console.log(`${what} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(`FRAMEWORKS=${process.env.FRAMEWORKS ?? ''}: ${Object.keys(VARIANTS).join(', ')}`);
  buildFrameworks();
  console.log(
    `npm start shows them: ${Object.keys(VARIANTS)
      .map((variant) => `http://localhost:8000/frameworks/${variant}/`)
      .join(' ')}`,
  );
}
