// The recipes of the frameworks that the sample apps install (`npm run frameworks`), built by each framework's own tools with
// strict types, and driven in Chromium. Of all frameworks, or of those that scripts/framework-choice.mjs chooses.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {describe, test} from 'node:test';
import {build} from 'esbuild';
import {VALID_TOKEN} from '../../demo/stand-in/sample-data.mjs';
import {isRecipeChosen} from '../../scripts/framework-choice.mjs';
import {installedModules} from '../../scripts/frameworks.mjs';
import {serve, view} from '../docs/docs-page.mjs';
import {ANNA, BUNDLE, run, setupProjects} from '../docs/projects.mjs';
import {SCAFFOLDS} from '../docs/scaffolds.mjs';

const HEAD = '<!doctype html><html lang="en"><title>Test</title><link rel="icon" href="data:,">';

/** The tools' commands by framework. @type {Record<'react' | 'vue' | 'svelte' | 'angular', string[][]>} */
const TOOLS = {
  react: [
    ['typescript/bin/tsc', '--noEmit'],
    ['vite/bin/vite.js', 'build', '--mode', 'development', '--logLevel', 'warn'],
  ],
  vue: [
    ['vue-tsc/bin/vue-tsc.js', '--noEmit'],
    ['vite/bin/vite.js', 'build', '--mode', 'development', '--logLevel', 'warn'],
  ],
  svelte: [
    ['svelte-check/bin/svelte-check', '--fail-on-warnings'],
    ['vite/bin/vite.js', 'build', '--mode', 'development', '--logLevel', 'warn'],
  ],
  angular: [['@angular/compiler-cli/bundles/src/bin/ngc.js'], ['../build.mjs']],
};

const chosen = /** @type {[keyof typeof TOOLS, string[][]][]} */ (Object.entries(TOOLS)).filter(([name]) =>
  isRecipeChosen(name),
);

describe('a recipe', {skip: chosen.length > 0 ? false : 'none has changed'}, () => {
  const {docs, projectOf, drive} = setupProjects();

  for (const [name, tools] of chosen) {
    test(`${name}.md compiles with strict types, builds, and opens one right chat for each click`, async (t) => {
      const project = projectOf(`docs/recipes/${name}.md`, SCAFFOLDS[name], {modules: installedModules(name)});
      for (const [tool = '', ...args] of tools) run(project, tool, ...args);
      await drive(t, join(project, 'dist'), name === 'angular' ? [] : [/^Lit is in dev mode/]);
    });
  }

  if (!isRecipeChosen('react')) return;

  test('react.md: the raw tag opens the right chat when the customer is there', async (t) => {
    const project = projectOf('docs/recipes/react.md', SCAFFOLDS.raw, {modules: installedModules('react')});
    await build({entryPoints: [join(project, 'raw.tsx')], outfile: join(project, 'dist/main.js'), ...BUNDLE});
    const server = await serve({
      folders: [join(project, 'dist')],
      pages: {'/': `${HEAD}<div id="root"></div><script type="module" src="/main.js"></script>`},
    });
    t.after(() => server.close());
    const {page, openings} = await docs.page(t);
    await page.goto(server.origin);
    assert.equal(await view(page), 'chat');
    assert.deepEqual(openings, [`api[access_token]=${VALID_TOKEN}&${ANNA}`]);
  });

  test('next.md: rendered on a server the chat waits and shows its link; hydrated it opens the right one', async (t) => {
    const project = projectOf('docs/recipes/next.md', SCAFFOLDS.next, {modules: installedModules('react')});
    await build({
      ...BUNDLE,
      platform: 'node',
      format: 'cjs',
      entryPoints: [join(project, 'server.tsx')],
      outfile: join(project, 'server.cjs'),
    });
    await build({...BUNDLE, entryPoints: [join(project, 'client.tsx')], outfile: join(project, 'dist/client.js')});
    const {status, stdout, stderr} = spawnSync(process.execPath, ['server.cjs'], {cwd: project, encoding: 'utf8'});
    assert.equal(status, 0, stderr);
    assert.match(stdout, /<chatapp-dialog(?= )(?=[^>]* defer-hydration)[^>]*><a href="https:\/\/dialogs\.pro\/">/);
    const page = `${HEAD}<div id="root">${stdout}</div>`;
    const server = await serve({
      folders: [join(project, 'dist')],
      pages: {'/': `${page}<script type="module" src="/client.js"></script>`, '/noscript': page},
    });
    t.after(() => server.close());
    const plain = await docs.page(t);
    await plain.page.goto(`${server.origin}/noscript`);
    assert.ok(await (await plain.page.$('chatapp-dialog a'))?.isVisible());
    const opened = await docs.page(t);
    await opened.page.goto(server.origin);
    assert.equal(await view(opened.page), 'chat');
    assert.deepEqual(opened.openings, [`api[access_token]=${VALID_TOKEN}&${ANNA}`]);
  });
});
