// The package as its users get it: packed by npm and unpacked in an empty project.
import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** What npm installs with the package by itself. */
const DEPENDENCIES = ['lit', '@lit/reactive-element', 'lit-element', 'lit-html', '@lit-labs/ssr-dom-shim'];

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
  for (const name of [...DEPENDENCIES, ...others]) {
    const link = join(project, 'node_modules', name);
    mkdirSync(dirname(link), {recursive: true});
    symlinkSync(join(root, 'node_modules', name), link);
  }
  writeFileSync(join(project, 'package.json'), '{"type": "module"}');

  return {
    project,
    tarball: join(project, packed.filename),
    /** The tarball's files. @type {string[]} */
    files: packed.files.map((/** @type {{path: string}} */ {path}) => path),
    /** Runs Node in the project; gives what it prints. @param {string[]} args */
    node: (...args) => execFileSync(process.execPath, args, {cwd: project, encoding: 'utf8', stdio: 'pipe'}),
    /**
     * Compiles a file for a strict user, the libraries' own types checked too; throws with what the compiler says.
     * @param {string} file @param {string} source @param {string[]} [options]
     */
    compile(file, source, options = []) {
      writeFileSync(join(project, file), source);
      const strict = [
        '--strict',
        '--exactOptionalPropertyTypes',
        '--skipLibCheck',
        'false',
        '--noEmit',
        '--target',
        'es2022',
        '--module',
        'nodenext',
        '--lib',
        'es2024,dom,dom.iterable',
        '--types',
        '',
      ];
      try {
        execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...strict, ...options, file], {
          cwd: project,
          encoding: 'utf8',
          stdio: 'pipe',
        });
      } catch (error) {
        throw new Error(/** @type {{stdout: string}} */ (error).stdout, {cause: error});
      }
    },
    remove: () => rmSync(project, {recursive: true, force: true}),
  };
}
