// The lint rule that holds the direction of imports can fail: it reports each forbidden import.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What each file may not import. @type {Record<string, string[]>} */
const FORBIDDEN = {
  'src/url/fields.ts': ['../events.js', 'lit'],
  'src/events.ts': ['./messages.js'],
  'src/dialog-error.ts': ['./conversation/state.js'],
  'src/conversation/state.ts': ['../messages.js', '../frameworks/react.js', '../url/index.js'],
  'src/conversation/conversation-controller.ts': ['../elements/chatapp-dialog.js', '../server/timing.js'],
  'src/elements/chatapp-dialog.ts': ['../define.js', '../url/index.js', '../server/timing.js'],
  'src/elements/chatapp-dialog-link.ts': ['../frameworks/react.js'],
  'src/elements/dialog-fields.ts': ['../element.js'],
  'src/element.ts': ['./define.js', './server/timing.js'],
  'src/define.ts': ['./frameworks/react.js', './index.js'],
  'src/frameworks/react.ts': ['../index.js'],
  'src/server/access-token-source.ts': ['../url/fields.js', '../conversation/state.js', '../elements/dialog-fields.js'],
  'src/server/stores/redis-store.ts': ['../../dialog-error.js', 'redis'],
};

describe('the direction of imports', () => {
  /** @type {string} */
  let copy;
  /** What is reported, once the copy's files import all that they may not. @type {Set<string>} */
  let reported;

  /** @param {string[]} options */
  const lint = (...options) =>
    spawnSync(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '--deny-warnings', ...options, 'src'], {
      cwd: copy,
      encoding: 'utf8',
    });

  before(() => {
    copy = mkdtempSync(join(tmpdir(), 'chatapp-dialog-lint-'));
    for (const name of ['src', '.oxlintrc.json']) cpSync(join(root, name), join(copy, name), {recursive: true});
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  });
  after(() => rmSync(copy, {recursive: true, force: true}));

  test('holds as the sources are', () => {
    const {status, stdout} = lint();
    assert.equal(status, 0, stdout);
  });

  describe('forbids', () => {
    before(() => {
      for (const [file, imports] of Object.entries(FORBIDDEN)) {
        const path = join(copy, file);
        writeFileSync(path, imports.map((name) => `import '${name}';\n`).join('') + readFileSync(path, 'utf8'));
      }
      /** @type {{code: string, filename: string, message: string}[]} */
      const diagnostics = JSON.parse(lint('--format=json').stdout).diagnostics;
      reported = new Set(
        diagnostics
          .filter(({code}) => code.includes('no-restricted-imports'))
          .map(({filename, message}) => `${filename} to import ${/'(.+?)'/.exec(message)?.[1]}`),
      );
    });

    for (const [file, imports] of Object.entries(FORBIDDEN)) {
      for (const name of imports) {
        const forbidden = `${file} to import ${name}`;
        test(forbidden, () => assert.ok(reported.has(forbidden), [...reported].join('\n')));
      }
    }
  });
});
