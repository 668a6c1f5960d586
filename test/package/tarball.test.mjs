// What `npm pack` would ship, and whether its entries resolve, load and have types for whoever installs it.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

describe('the package', () => {
  /** An empty project that has the tarball unpacked as its dependency. @type {string} */
  let project;
  /** @type {string[]} */
  let files;
  before(() => {
    project = mkdtempSync(join(tmpdir(), 'chatapp-dialog-pack-'));
    const [packed] = JSON.parse(execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', project], {cwd: root, encoding: 'utf8'}));
    files = packed.files.map((/** @type {{path: string}} */ {path}) => path);
    mkdirSync(join(project, 'node_modules/chatapp-dialog'), {recursive: true});
    execFileSync('tar', ['-xzf', packed.filename, '-C', 'node_modules/chatapp-dialog', '--strip-components=1'], {cwd: project});
    for (const name of ['@lit', '@types', '@lit-labs']) {
      if (existsSync(join(root, 'node_modules', name))) symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name));
    }
    writeFileSync(join(project, 'package.json'), '{"type": "module"}');
  });
  after(() => rmSync(project, {recursive: true, force: true}));

  test('holds the built modules with their types, and the papers, and nothing else', () => {
    const sources = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'src'], {cwd: root, encoding: 'utf8'}).trim().split('\n');
    const modules = sources.map((path) => path.replace(/^src\/(.*)\.ts$/, 'dist/$1')).flatMap((path) => [`${path}.js`, `${path}.js.map`, `${path}.d.ts`]);
    const locales = sources.filter((path) => path.startsWith('src/locales/')).map((path) => path.replace(/^src\/(.*)\.ts$/, 'dist/$1.min.js'));
    assert.deepEqual(
      files.toSorted(),
      [...modules, 'dist/chatapp-dialog.min.js', 'dist/chatapp-dialog.min.js.map', ...locales, 'CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'].toSorted(),
    );
  });

  test('has every file that its manifest names', () => {
    const named = [manifest.types, manifest.unpkg, manifest.jsdelivr, ...manifest.sideEffects, ...Object.values(manifest.exports).flatMap((entry) => (typeof entry === 'string' ? entry : Object.values(entry)))];
    for (const path of named) {
      const pattern = new RegExp(`^${path.replace('./', '').replaceAll('.', '\\.').replace('*', '[^/]+')}$`);
      assert.ok(files.some((file) => pattern.test(file)), path);
    }
  });

  test('chatapp-dialog/url loads in Node, without a DOM', () => {
    const code = "import('chatapp-dialog/url').then(({buildDialogUrl}) => console.log(buildDialogUrl({licenseId: 1})))";
    assert.equal(execFileSync(process.execPath, ['-e', code], {cwd: project, encoding: 'utf8'}).trim(), 'https://dialogs.pro/?api%5Blicense_id%5D=1');
  });

  test('has types that compile for a strict user, library check included', () => {
    writeFileSync(
      join(project, 'use.ts'),
      `import 'chatapp-dialog';
       import {ChatAppDialog, type FrameStatus} from 'chatapp-dialog/element';
       import {buildDialogUrl, type DialogFields} from 'chatapp-dialog/url';
       const fields: DialogFields = {messengerType: 'anything', phones: ['7'], licenseId: undefined};
       const dialog = document.createElement('chatapp-dialog');
       dialog.fields = fields;
       dialog.phones = [79991234567];
       dialog.addEventListener('chatapp-error', (event) => console.log(event.error.code === 'same-origin', event.error.field));
       const status: FrameStatus = dialog.status;
       const same: boolean = dialog instanceof ChatAppDialog && buildDialogUrl(fields) === dialog.url;
       // @ts-expect-error a misspelt field
       buildDialogUrl({phone: '7'});
       // @ts-expect-error read-only
       dialog.status = status;
       export {same};`,
    );
    const options = ['--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false', '--noEmit', '--target', 'es2022', '--module', 'nodenext', '--lib', 'es2024,dom,dom.iterable', '--types', ''];
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...options, 'use.ts'], {cwd: project, stdio: 'pipe'});
  });

  test('is quoted in the README with its version and the hash of its script', () => {
    const script = readFileSync(join(root, 'dist/chatapp-dialog.min.js'));
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    assert.ok(readme.includes(`integrity="sha384-${createHash('sha384').update(script).digest('base64')}"`), 'npm run build prints the hash');
    assert.ok(readme.includes(`chatapp-dialog@${manifest.version}/dist/chatapp-dialog.min.js`));
  });

  test('names itself and its licence', () => {
    assert.equal(manifest.license, 'MIT');
    assert.match(readFileSync(join(root, 'LICENSE'), 'utf8'), /^MIT License/);
    assert.match(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), /## Unreleased/);
  });
});
