// docs/reference.md and llms.txt are made from the build and from the other pages.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {root} from '../support/packed-project.mjs';
import manifest from '../../package.json' with {type: 'json'};

describe('npm run reference', () => {
  /** @type {string} */
  let copy;
  before(() => {
    copy = mkdtempSync(join(tmpdir(), 'chatapp-dialog-reference-'));
    for (const path of ['docs', 'scripts', 'dist', 'README.md', 'llms.txt', 'package.json'])
      cpSync(join(root, path), join(copy, path), {recursive: true});
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  });
  after(() => rmSync(copy, {recursive: true}));

  /** @param {string} folder */
  const check = (folder) =>
    spawnSync(process.execPath, ['scripts/reference.mjs', '--check'], {cwd: folder, encoding: 'utf8'});

  test('has nothing to change', () => {
    const {status, stderr} = check(root);
    assert.equal(status, 0, stderr);
  });

  test('names each file that is not current', () => {
    const page = join(copy, 'docs/link.md');
    writeFileSync(page, `${readFileSync(page, 'utf8')}\nOne more line.\n`);
    const {status, stderr} = check(copy);
    assert.equal(status, 1);
    assert.match(stderr, /^llms\.txt is not current/m);
    assert.doesNotMatch(stderr, /reference\.md/);
    writeFileSync(join(copy, 'docs/reference.md'), '');
    assert.match(check(copy).stderr, /^docs\/reference\.md is not current/m);
  });
});

test('llms.txt has each public page of the package', () => {
  const text = readFileSync(join(root, 'llms.txt'), 'utf8');
  for (const page of ['README.md', 'docs/reference.md', 'docs/token.md', 'docs/recipes/php.md'])
    assert.ok(text.includes(`<!-- file: ${page} -->`), page);
  assert.ok(text.includes(`chatapp-dialog@${manifest.version}`));
});

test('the README is short', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  assert.ok(readme.split('\n').length <= 201, 'at most 200 lines');
  assert.ok(readme.split(/\s+/).length <= 1_700, 'at most 1,700 words');
});
