// The lint rule that holds the direction of imports can fail: each forbidden import makes it.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

describe('the direction of imports', () => {
  /** @type {string} */
  let copy;
  before(() => {
    copy = mkdtempSync(join(tmpdir(), 'chatapp-dialog-lint-'));
    for (const name of ['src', '.oxlintrc.json']) cpSync(join(root, name), join(copy, name), {recursive: true});
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  });
  after(() => rmSync(copy, {recursive: true, force: true}));

  const lint = () => {
    const {status, stdout} = spawnSync(
      process.execPath,
      [join(root, 'node_modules/oxlint/bin/oxlint'), '--deny-warnings', 'src'],
      {cwd: copy, encoding: 'utf8'},
    );
    return {status, stdout};
  };

  test('holds as the sources are', () => assert.deepEqual(lint().status, 0));

  for (const [file, imported] of [
    ['src/url/fields.ts', '../events.js'],
    ['src/url/fields.ts', 'lit'],
    ['src/events.ts', './messages.js'],
    ['src/dialog-error.ts', './frame/frame-state.js'],
    ['src/frame/frame-state.ts', '../messages.js'],
    ['src/frame/frame-state.ts', '../frameworks/react.js'],
    ['src/frame/frame-state.ts', '../url/index.js'],
    ['src/chatapp-dialog.ts', './define.js'],
    ['src/chatapp-dialog.ts', './url/index.js'],
    ['src/dialog-fields-element.ts', './element.js'],
    ['src/chatapp-dialog-link.ts', './frameworks/react.js'],
    ['src/dom.ts', './element.js'],
    ['src/dom.ts', './url/index.js'],
    ['src/element.ts', './define.js'],
    ['src/define.ts', './frameworks/react.js'],
    ['src/frameworks/react.ts', '../index.js'],
    ['src/define.ts', './index.js'],
    ['src/server/access-token-source.ts', '../url/fields.js'],
    ['src/server/stores/redis-store.ts', '../../dialog-error.js'],
    ['src/server/stores/redis-store.ts', 'redis'],
    ['src/chatapp-dialog.ts', './server/timing.js'],
    ['src/frame/access-token.ts', '../server/timing.js'],
    ['src/element.ts', './server/timing.js'],
  ]) {
    test(`forbids ${file} to import ${imported}`, () => {
      const path = join(copy, /** @type {string} */ (file));
      const source = readFileSync(path, 'utf8');
      writeFileSync(path, `import '${imported}';\n${source}`);
      try {
        const {status, stdout} = lint();
        assert.equal(status, 1);
        assert.match(stdout, /no-restricted-imports/);
      } finally {
        writeFileSync(path, source);
      }
    });
  }
});
