// The recipes that need no more than what this repository has installed. The others are in frameworks/recipes.test.mjs.
import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, test} from 'node:test';
import {build} from 'esbuild';
import {BLOCKS} from './blocks.mjs';
import {BUNDLE, run, setupProjects} from './projects.mjs';
import {SCAFFOLDS, STRICT} from './scaffolds.mjs';

const {projectOf, drive} = setupProjects();

test('solid-preact.md: Preact’s files build, and open one right chat for each click', async (t) => {
  const project = projectOf('docs/recipes/solid-preact.md', SCAFFOLDS.preact, {
    packages: ['preact'],
    wanted: (file) => /crm\.ts$|app\.tsx$/.test(file),
  });
  await build({
    entryPoints: [join(project, 'src/main.tsx')],
    outfile: join(project, 'dist/main.js'),
    jsxImportSource: 'preact',
    ...BUNDLE,
  });
  writeFileSync(join(project, 'dist/index.html'), SCAFFOLDS.preact['index.html']);
  await drive(t, join(project, 'dist'));
});

describe('types, in one run of the compiler for each JSX', () => {
  for (const [name, {page, wanted, tsconfig, packages, files}] of Object.entries(STRICT)) {
    test(name, () => {
      assert.ok(BLOCKS.some((block) => block.page === page && block.file && wanted(block.file)));
      const project = projectOf(
        page,
        {'tsconfig.json': JSON.stringify(tsconfig), ...files},
        {packages: ['typescript', '@typescript', ...packages], wanted},
      );
      run(project, 'typescript/bin/tsc');
    });
  }
});
