// A recipe's page as a project: its files, over those of the framework's own starter, with our package unpacked from its tarball.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {after} from 'node:test';
import {VALID_TOKEN} from '../../demo/stand-in/sample-data.mjs';
import {reaches} from '../support/browser-page.mjs';
import {createPackedProject, root} from '../support/packed-project.mjs';
import {writeFiles} from './blocks.mjs';
import {linkOf, serve, setupDocs, view} from './docs-page.mjs';

/** What the recipes ask for, besides the token. */
export const ANNA = 'api[license_id]=30310&api[messenger_type]=grWhatsApp&crm[phones][0]=79991234567';

/** For what no tool of a framework builds. @satisfies {import('esbuild').BuildOptions} */
export const BUNDLE = {
  bundle: true,
  format: 'esm',
  jsx: 'automatic',
  define: {'process.env.NODE_ENV': '"production"'},
  conditions: ['production'],
  logLevel: 'warning',
  logOverride: {'unsupported-directive': 'silent'},
};

/** A browser, a stand-in, and a folder for the projects of a test's file. */
export function setupProjects() {
  const docs = setupDocs();
  const packed = createPackedProject();
  const work = mkdtempSync(join(tmpdir(), 'chatapp-dialog-recipes-'));
  after(() => {
    packed.remove();
    rmSync(work, {recursive: true, force: true});
  });

  return {
    docs,

    /**
     * @param {string} page
     * @param {Record<string, string>} scaffold
     * @param {{modules?: string, packages?: string[], wanted?: (file: string) => boolean}} options
     *   What is installed besides our package: all of a folder, or some packages of the root.
     */
    projectOf(page, scaffold, {modules, packages = [], wanted}) {
      const project = mkdtempSync(join(work, 'project-'));
      for (const [file, text] of Object.entries(scaffold)) {
        mkdirSync(dirname(join(project, file)), {recursive: true});
        writeFileSync(join(project, file), text);
      }
      writeFiles(page, project, wanted);
      for (const file of ['src/crm.ts', 'src/app/crm.ts']) takeTime(join(project, file));
      const installed = join(project, 'node_modules');
      // A copy and no link: its imports of React and others are the project's.
      cpSync(join(packed.project, 'node_modules/chatapp-dialog'), join(installed, 'chatapp-dialog'), {recursive: true});
      for (const name of modules ? [] : ['lit', '@lit/reactive-element', 'lit-element', 'lit-html', ...packages]) {
        mkdirSync(dirname(join(installed, name)), {recursive: true});
        symlinkSync(join(root, 'node_modules', name), join(installed, name), 'junction');
      }
      if (modules) link(modules, installed);
      return project;
    },

    /**
     * What every framework's page promises, in Chromium.
     * @param {import('node:test').TestContext} t
     * @param {string} folder  what was built
     * @param {RegExp[]} [expected]  on the console
     */
    async drive(t, folder, expected = []) {
      const server = await serve({folders: [folder]});
      t.after(() => server.close());
      const {page, openings} = await docs.page(t, {expected});
      await page.goto(server.origin);
      assert.equal(await view(page), 'chat', 'signed in');
      assert.deepEqual(openings, [`api[access_token]=${VALID_TOKEN}&${ANNA}`]);
      assert.equal(server.tokens(), 1);
      assert.equal(decodeURIComponent(String(await linkOf(page))), `https://dialogs.pro/?${ANNA}`);
      /** @param {string} name */
      const click = (name) => page.locator(`::-p-aria([name="${name}"][role="button"])`).click();
      await click('Boris');
      await page.waitForFunction(() =>
        document
          .querySelector('chatapp-dialog')
          ?.shadowRoot?.textContent?.includes('This customer has no phone or chat.'),
      );
      await reaches(page, 'idle');
      assert.equal(await linkOf(page), null);
      assert.equal(openings.length, 1, 'no chat for a customer without a phone');
      await click('Anna');
      await reaches(page, 'loaded');
      await page.evaluate(() => {
        /** @type {any} */ (globalThis).loaded = new Promise((resolve) =>
          document.addEventListener('chatapp-load', resolve, {once: true}),
        );
      });
      await click('Reload the chat');
      await page.evaluate(() => /** @type {any} */ (globalThis).loaded.then(() => true));
      assert.equal(openings.length, 3);
      assert.equal(server.tokens(), 3);
      // The handler of chatapp-error: what it was told stands in the page.
      await page.$eval('chatapp-dialog', (dialog) => void (/** @type {any} */ (dialog.phones = ['call me'])));
      await page.waitForFunction(() => document.querySelector('p[role=status]')?.textContent?.startsWith('phones'));
      await click('Boris');
      await reaches(page, 'idle');
      // The error of the customer before is not shown beside this one.
      await page.waitForFunction(() => document.querySelector('p[role=status]')?.textContent === '');
    },
  };
}

/** Data that were there at once would hide what a page does without them. @param {string} file */
function takeTime(file) {
  if (!existsSync(file)) return;
  const code = readFileSync(file, 'utf8');
  const late = code.replace('CUSTOMERS.find(', '(await new Promise(requestAnimationFrame), CUSTOMERS).find(');
  assert.notEqual(late, code);
  writeFileSync(file, late);
}

/** Links what is not there yet, into scopes too. @param {string} from @param {string} to */
function link(from, to) {
  for (const name of readdirSync(from)) {
    if (!existsSync(join(to, name))) symlinkSync(join(from, name), join(to, name), 'junction');
    else if (name.startsWith('@')) link(join(from, name), join(to, name));
  }
}

/**
 * Runs a tool that is installed in a project.
 * @param {string} project @param {string} tool @param {string[]} args
 */
export function run(project, tool, ...args) {
  // In development, because frameworks warn, and React's strict mode does anything, there alone.
  const env = {...process.env, NODE_ENV: 'development'};
  const {status, stdout, stderr} = spawnSync(process.execPath, [join(project, 'node_modules', tool), ...args], {
    cwd: project,
    encoding: 'utf8',
    env,
  });
  assert.equal(status, 0, `${tool} ${args.join(' ')}\n${stdout}${stderr}`);
}
