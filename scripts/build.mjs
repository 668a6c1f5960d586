// npm run build: dist/ from src/, and what a script tag needs to know of it.
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {readFileSync, rmSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = (/** @type {string} */ command, /** @type {string[]} */ ...args) =>
  execFileSync('npx', ['--no-install', command, ...args], {stdio: 'inherit', cwd: root});

rmSync(new URL('../dist', import.meta.url), {recursive: true, force: true});
run('tsc');
run('rollup', '--config', '--silent');
execFileSync(process.execPath, ['scripts/manifest.mjs'], {stdio: 'inherit', cwd: root});

const script = readFileSync(new URL('../dist/chatapp-dialog.min.js', import.meta.url));
console.log(`dist/chatapp-dialog.min.js  integrity="sha384-${createHash('sha384').update(script).digest('base64')}"`);
