// What `npm pack` would ship, and what the package's manifest says of it.
import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {formatMessage} from 'publint/utils';
import {publint} from 'publint';
import {createPackedProject, root} from '../support/packed-project.mjs';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
/** @param {string[]} patterns */
const listed = (...patterns) =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...patterns], {
    cwd: root,
    encoding: 'utf8',
  })
    .trim()
    .split('\n');

describe('the package', () => {
  /** @type {ReturnType<typeof createPackedProject>} */
  let packed;
  before(() => (packed = createPackedProject()));
  after(() => packed.remove());

  test('holds the built modules with their types, the editors’ data and the papers, and nothing else', () => {
    const sources = listed('src');
    const modules = sources
      .map((path) => path.replace(/^src\/(.*)\.ts$/, 'dist/$1'))
      .flatMap((path) => [`${path}.js`, `${path}.js.map`, `${path}.d.ts`]);
    const locales = sources
      .filter((path) => path.startsWith('src/locales/') && !path.endsWith('/index.ts'))
      .map((path) => path.replace(/^src\/(.*)\.ts$/, 'dist/$1.min.js'));
    const editors = ['custom-elements', 'vscode.html-custom-data', 'web-types'].map((name) => `dist/${name}.json`);
    const papers = [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'llms.txt',
      'package.json',
      ...listed('docs'),
    ];
    assert.deepEqual(
      packed.files.toSorted(),
      [
        ...modules,
        'dist/chatapp-dialog.min.js',
        'dist/chatapp-dialog.min.js.map',
        ...locales,
        ...editors,
        ...papers,
      ].toSorted(),
    );
  });

  test('has every file that its manifest names', () => {
    assert.equal(manifest.main, manifest.exports['.'].default, 'Parcel reads no exports by default');
    const {main, types, unpkg, jsdelivr, customElements, 'web-types': webTypes, sideEffects, exports} = manifest;
    const named = [
      main,
      types,
      unpkg,
      jsdelivr,
      customElements,
      webTypes,
      ...sideEffects,
      ...Object.values(exports).flatMap((entry) => (typeof entry === 'string' ? entry : Object.values(entry))),
    ];
    for (const path of named) {
      const pattern = new RegExp(`^${path.replace('./', '').replaceAll('.', '\\.').replace('*', '[^/]+')}$`);
      assert.ok(
        packed.files.some((file) => pattern.test(file)),
        path,
      );
    }
  });

  test('has no link in its papers that leads out of it', () => {
    for (const file of packed.files.filter((name) => name.endsWith('.md') && name !== 'CHANGELOG.md')) {
      for (const [, target = ''] of readFileSync(
        join(packed.project, 'node_modules/chatapp-dialog', file),
        'utf8',
      ).matchAll(/(?:\]\(|<img [^>]*src="|srcset=")(?!https?:|#)([^)"#\s]+)/g)) {
        const path = new URL(target, `file:///${file}`).pathname.slice(1);
        assert.ok(packed.files.includes(path), `${file} links to ${target}`);
      }
    }
  });

  test('satisfies publint', async () => {
    const {messages, pkg} = await publint({pkgDir: root, strict: true, pack: 'npm'});
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg, {color: false})),
      [],
    );
  });

  test('has types that resolve as its modules do (Are the types wrong?)', () => {
    const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    const {status, stdout} = spawnSync(process.execPath, [attw, '--profile', 'esm-only', packed.tarball], {
      encoding: 'utf8',
    });
    assert.equal(status, 0, stdout);
    for (const path of Object.keys(manifest.exports))
      assert.ok(stdout.includes(`"${path.replace('.', 'chatapp-dialog')}"`), `it has not looked at ${path}`);
  });

  test('installs beside old versions of what it works with', () => {
    const project = join(packed.project, 'old');
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), '{"private": true}');
    const old = 'react@17 vue@2.6 svelte@3 solid-js@1.3 preact@8 redis@3 ioredis@4 better-sqlite3@7'.split(' ');
    const options = ['--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    execFileSync('npm', ['install', ...options, packed.tarball, ...old], {cwd: project, stdio: 'pipe'});
    const {packages} = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8'));
    assert.match(packages['node_modules/react'].version, /^17\./);
    assert.equal(packages['node_modules/chatapp-dialog'].version, manifest.version);
  });

  test('is quoted in the README with its version and the hash of its script', () => {
    const script = readFileSync(join(root, 'dist/chatapp-dialog.min.js'));
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    assert.ok(
      readme.includes(`integrity="sha384-${createHash('sha384').update(script).digest('base64')}"`),
      'npm run build prints the hash',
    );
    assert.ok(readme.includes(`chatapp-dialog@${manifest.version}/dist/chatapp-dialog.min.js`));
  });

  test('names itself and its licence', () => {
    assert.equal(manifest.license, 'MIT');
    assert.match(readFileSync(join(root, 'LICENSE'), 'utf8'), /^MIT License/);
    assert.match(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), /## Unreleased/);
  });
});
