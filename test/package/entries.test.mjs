// Every entry of the package, from the tarball: it loads without a DOM, bundles, costs what it may, and has its types.
import assert from 'node:assert/strict';
import {readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {build} from 'esbuild';
import {brotliSize} from '../../scripts/brotli.mjs';
import {createPackedProject, root} from '../support/packed-project.mjs';
import manifest from '../../package.json' with {type: 'json'};

const LANGUAGES = readdirSync(join(root, 'src/locales'))
  .map((name) => name.replace('.ts', ''))
  .filter((name) => name !== 'index');
/** What a page can import: the names of `exports`, each language in place of the star. */
const ENTRIES = Object.keys(manifest.exports)
  .flatMap((path) => (path.includes('*') ? LANGUAGES.map((language) => path.replace('*', language)) : path))
  .map((path) => path.replace('.', 'chatapp-dialog'));
const MODULES = ENTRIES.filter((entry) => !entry.endsWith('.json'));

describe('the package’s entries', () => {
  /** @type {ReturnType<typeof createPackedProject>} */
  let packed;
  before(
    () =>
      (packed = createPackedProject([
        '@lit/react',
        'react',
        '@types/react',
        'csstype',
        '@types/node',
        'undici-types',
        'redis',
        '@redis/client',
        'ioredis',
      ])),
  );
  after(() => packed.remove());

  /** @param {string} contents  of a module @param {Partial<import('esbuild').BuildOptions>} [options] */
  const bundle = async (contents, options) => {
    const {outputFiles, metafile} = await build({
      stdin: {contents, resolveDir: packed.project},
      bundle: true,
      write: false,
      format: 'esm',
      minify: true,
      metafile: true,
      logLevel: 'silent',
      ...options,
    });
    return {code: outputFiles?.[0]?.contents ?? new Uint8Array(), inputs: Object.keys(metafile?.inputs ?? {})};
  };

  for (const entry of MODULES) {
    test(`${entry} loads in Node, without a DOM and without a word`, () => {
      const code = `const had = Object.keys(globalThis); await import('${entry}'); if (globalThis.document) throw new Error('a DOM'); console.log('loaded')`;
      assert.equal(packed.node('--input-type=module', '-e', code), 'loaded\n');
    });

    test(`${entry} goes into a bundle, and that runs in Node too`, async () => {
      const {code} = await bundle(`import '${entry}'; export * from '${entry}'; console.log('loaded')`, {
        platform: 'node',
      });
      writeFileSync(join(packed.project, 'bundle.mjs'), code);
      assert.equal(packed.node('bundle.mjs'), 'loaded\n');
    });
  }

  for (const entry of ENTRIES.filter((name) => name.endsWith('.json'))) {
    test(`${entry} is read as JSON`, () => {
      assert.equal(
        packed.node(
          '--input-type=module',
          '--no-warnings',
          '-e',
          `import data from '${entry}' with {type: 'json'}; console.log(typeof data)`,
        ),
        'object\n',
      );
    });
  }

  test('chatapp-dialog/url alone is at most 3,000 bytes (brotli 11), and holds no Lit and no element', async () => {
    const {code, inputs} = await bundle(`export * from 'chatapp-dialog/url'`);
    const bytes = brotliSize(code);
    assert.ok(bytes <= 3000, `${bytes} bytes`);
    assert.deepEqual(
      inputs.filter((path) => !path.includes('chatapp-dialog/dist/url/') && path !== '<stdin>'),
      [],
    );
  });

  test('chatapp-dialog/element alone registers nothing, and unused leaves nothing in a bundle', async () => {
    const {code} = await bundle(`import {ChatAppDialog} from 'chatapp-dialog/element'; globalThis.it = ChatAppDialog`);
    assert.doesNotMatch(Buffer.from(code).toString(), /customElements\.define/);
    assert.equal(
      (await bundle(`import {ChatAppDialog} from 'chatapp-dialog/element'; import 'chatapp-dialog/vue'`)).code.length,
      0,
    );
  });

  for (const entry of ['chatapp-dialog', 'chatapp-dialog/react']) {
    test(`${entry} registers the elements also where a bundler drops what is not used`, async () => {
      const {code} = await bundle(`import '${entry}'`, {external: ['react']});
      assert.match(Buffer.from(code).toString(), /customElements\.define/);
    });
  }

  describe('have types', () => {
    /** @type {Record<string, import('../support/packed-project.mjs').Program>} */
    const programs = {
      'that compile on a back end, where there is no DOM': {
        options: {lib: ['es2024'], types: ['node'], skipLibCheck: true},
        source: `import {createServer, type IncomingMessage} from 'node:http';
       import {AccessTokenError, createAccessTokenHandler, createAccessTokenSource, redisStore, toNodeListener, type TokenStore} from 'chatapp-dialog/server';
       import {createClient} from 'redis';
       import {Redis} from 'ioredis';
       const stores: TokenStore[] = [redisStore(createClient()), redisStore(new Redis({lazyConnect: true}))];
       const {CHATAPP_EMAIL: email, CHATAPP_PASSWORD: password, CHATAPP_APP_ID: appId} = process.env;
       const source = createAccessTokenSource({email, password, appId, store: stores[0], onEvent: (event) => console.log(event.type === 'failure' && event.error.code)});
       createServer(toNodeListener(createAccessTokenHandler(source, {authorize: (request, incoming: IncomingMessage) => Boolean(request.headers.get('cookie')) && {employeeExtCode: incoming.url ?? ''}})));
       source.get().catch((error: unknown) => error instanceof AccessTokenError && error.retryAt?.getTime());
       export const route: (request: Request, context: {params: Promise<object>}) => Promise<Response> = createAccessTokenHandler(source, {authorize: async () => undefined});
       // @ts-expect-error who may have the token must be said
       createAccessTokenHandler(source, {});
       // @ts-expect-error the account must be named
       createAccessTokenSource({email});`,
      },
      'that say what can be used, and what cannot': {
        source: `import 'chatapp-dialog';
       import {ChatAppDialog, ChatAppDialogLink, type FrameStatus} from 'chatapp-dialog/element';
       import {addMessages} from 'chatapp-dialog/locales';
       import {buildDialogUrl, type DialogFields} from 'chatapp-dialog/url';
       const fields: DialogFields = {messengerType: 'anything', phones: ['7'], licenseId: undefined};
       const dialog = document.createElement('chatapp-dialog');
       dialog.fields = fields;
       dialog.phones = [79991234567];
       dialog.addEventListener('chatapp-error', (event) => console.log(event.error.code === 'same-origin', event.error.field));
       const status: FrameStatus = dialog.status;
       dialog.addEventListener('chatapp-statuschange', (event) => event.oldStatus === 'loading' && event.status satisfies FrameStatus);
       addMessages('de', {retry: 'Nochmal'});
       // @ts-expect-error no such text
       addMessages('de', {rety: 'Nochmal'});
       const same: boolean = dialog instanceof ChatAppDialog && buildDialogUrl(fields) === dialog.url;
       const link = document.createElement('chatapp-dialog-link') satisfies ChatAppDialogLink;
       link.withToken = true;
       link.getAccessToken = async ({signal}) => (await fetch('/token', {signal})).text();
       // @ts-expect-error a misspelt field
       buildDialogUrl({phone: '7'});
       // @ts-expect-error read-only
       dialog.status = status;
       // @ts-expect-error the link has no frame
       link.reload();
       export {same};`,
      },
    };
    for (const entry of MODULES.filter((name) => !/vue|svelte|jsx/.test(name))) {
      programs[`that compile for a strict user, library check included: ${entry}`] = {
        source: `import '${entry}'; export type All = typeof import('${entry}');`,
      };
    }
    /** @type {Record<string, string>} */
    let said;
    before(() => (said = packed.compile(programs)));

    for (const name of Object.keys(programs)) test(name, () => assert.equal(said[name], ''));
  });
});
