// Installs what a lock file names, once, outside of this repository: for what must not find its node_modules.
import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync} from 'node:fs';
import {homedir} from 'node:os';
import {basename, dirname, join} from 'node:path';

/** One install for each lock file; may be deleted at any time. */
const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'chatapp-dialog');

/**
 * Where the install of a folder's lock file is, or will be.
 * @param {string} name  of the cache, with the part of it: `frameworks/vue`
 * @param {string} folder
 */
export function cachedInstall(name, folder) {
  const lock = readFileSync(join(folder, 'package-lock.json'));
  return join(CACHE, `${name}-${createHash('sha256').update(lock).digest('hex').slice(0, 12)}`);
}

/**
 * Installs a folder's lock file, without its scripts, unless that is done.
 * @param {string} folder
 * @param {string} cached  of `cachedInstall`
 * @param {string[]} [beside]  files that its package.json looks for in the folder above
 */
export function installCached(folder, cached, beside = []) {
  if (existsSync(cached)) return;
  mkdirSync(dirname(cached), {recursive: true});
  const part = mkdtempSync(`${cached}.part-`);
  const target = join(part, basename(folder));
  try {
    mkdirSync(target);
    for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(folder, file), join(target, file));
    for (const file of beside) copyFileSync(file, join(part, basename(file)));
    npm(target, {}, 'ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
    // Renamed at the end: half an install is never taken for a whole one.
    renameSync(target, cached);
  } catch (error) {
    if (!existsSync(cached)) throw error; // else another process was faster
  } finally {
    rmSync(part, {recursive: true, force: true});
  }
}

/**
 * Runs npm; what a failed run says is in the error.
 * @param {string} cwd
 * @param {Record<string, string>} env
 * @param {string[]} args
 */
export function npm(cwd, env, ...args) {
  const {status, stdout, stderr} = spawnSync('npm', args, {cwd, env: {...process.env, ...env}, encoding: 'utf8'});
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed in ${cwd}\n${stdout}${stderr}`);
  return stdout;
}
