// The package as its users get it: packed by npm and unpacked in an empty project.
import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** What npm installs with the package by itself. */
const DEPENDENCIES = ['lit', '@lit/reactive-element', 'lit-element', 'lit-html', '@lit-labs/ssr-dom-shim'];

/** @type {Record<string, unknown>} */
const STRICT = {
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  skipDefaultLibCheck: true,
  noEmit: true,
  target: 'es2022',
  module: 'nodenext',
  lib: ['es2024', 'dom', 'dom.iterable'],
  types: [],
};

/**
 * @typedef {{source: string, file?: string, options?: Record<string, unknown>, packages?: string[]}} Program
 *   `options` of the compiler; `packages` of the root's node_modules that this program has for itself
 */

/** @param {string[]} packages  of the root's node_modules @param {string} folder */
function linkPackages(packages, folder) {
  for (const name of packages) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), {recursive: true});
    symlinkSync(join(root, 'node_modules', name), link);
  }
}

/**
 * An empty project with the tarball as its dependency. Needs `npm run build` first.
 * @param {string[]} [others]  packages of the root's node_modules that the project has too
 */
export function createPackedProject(others = []) {
  const project = mkdtempSync(join(tmpdir(), 'chatapp-dialog-pack-'));
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', project], {
      cwd: root,
      encoding: 'utf8',
    }),
  );
  const unpacked = join(project, 'node_modules/chatapp-dialog');
  mkdirSync(unpacked, {recursive: true});
  execFileSync('tar', ['-xzf', packed.filename, '-C', unpacked, '--strip-components=1'], {cwd: project});
  linkPackages([...DEPENDENCIES, ...others], project);
  writeFileSync(join(project, 'package.json'), '{"type": "module"}');

  return {
    project,
    tarball: join(project, packed.filename),
    /** The tarball's files. @type {string[]} */
    files: packed.files.map((/** @type {{path: string}} */ {path}) => path),
    /** Runs Node in the project; gives what it prints. @param {string[]} args */
    node: (...args) => execFileSync(process.execPath, args, {cwd: project, encoding: 'utf8', stdio: 'pipe'}),
    /**
     * Compiles programs for strict users, each for itself, in one run of the compiler. Checks the libraries' types too, but not
     * TypeScript's own.
     * @param {Record<string, Program>} programs  by name
     * @returns {Record<string, string>} what the compiler says of each
     */
    compile(programs) {
      const folders = Object.values(programs).map(({source, file = 'use.ts', options, packages}, index) => {
        const folder = `program-${index}`;
        mkdirSync(join(project, folder));
        writeFileSync(join(project, folder, file), source);
        const compilerOptions = {...STRICT, ...options};
        writeFileSync(join(project, folder, 'tsconfig.json'), JSON.stringify({compilerOptions, files: [file]}));
        if (packages) {
          // A copy and no link, which would lead to the packages beside what it links to.
          cpSync(unpacked, join(project, folder, 'node_modules/chatapp-dialog'), {recursive: true});
          linkPackages(packages, join(project, folder));
        }
        return folder;
      });
      const {status, stdout, stderr} = spawnSync(
        process.execPath,
        [join(root, 'node_modules/typescript/bin/tsc'), '--build', '--pretty', 'false', ...folders],
        {cwd: project, encoding: 'utf8'},
      );
      const messages = stdout.match(/^\S.*\n(?:\s.*\n)*/gm) ?? [];
      assert.equal(status !== 0, messages.length > 0, stdout + stderr);
      // An error in a library that several programs have is an error of all of them.
      return Object.fromEntries(
        Object.keys(programs).map((name, index) => [
          name,
          messages.filter((each) => each.startsWith(`program-${index}/`) || !each.startsWith('program-')).join(''),
        ]),
      );
    },
    remove: () => rmSync(project, {recursive: true, force: true}),
  };
}
