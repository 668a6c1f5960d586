// Every fenced code block of the documentation is in a language of which the tests here run, compile or parse all blocks:
// projects, frameworks/recipes, servers and pages; what needs no browser, here.
import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {after, describe, test} from 'node:test';
import {transform} from 'esbuild';
import {needs} from '../support/needs.mjs';
import {createPackedProject, root} from '../support/packed-project.mjs';
import {BLOCKS, inLanguage, PAGES, textOf} from './blocks.mjs';
import {CREDENTIALS} from './docs-page.mjs';
import manifest from '../../package.json' with {type: 'json'};

/** Languages, and whether a block of it must be a file of its page: what is not built as a project would not be checked. */
const LANGUAGES = {
  html: false,
  css: false,
  js: false,
  http: false,
  sh: false,
  ts: false,
  json: false,
  ini: true,
  php: false,
  tsx: true,
  vue: true,
  svelte: true,
  python: true,
  blade: true,
  django: true,
};
/** Pages of which a test makes a project, in the languages that need one. */
const PROJECTS = new Set(
  ['react', 'vue', 'svelte', 'angular', 'solid-preact', 'next', 'php', 'laravel', 'django', 'node', 'plain'].map(
    (name) => `docs/recipes/${name}.md`,
  ),
);

describe('every code block', () => {
  for (const {id, language, page, file} of BLOCKS) {
    test(`is in a language that is checked: ${id}`, () => {
      assert.ok(
        Object.hasOwn(LANGUAGES, language),
        `no test for ${language ? `the language ${language}` : 'a block without a language'}`,
      );
      if (!LANGUAGES[/** @type {keyof typeof LANGUAGES} */ (language)]) return;
      assert.ok(file, 'is a file of its page, named in bold before it');
      assert.ok(PROJECTS.has(page), 'is on a page that is built');
    });
  }
});

describe('scripts', () => {
  for (const {id, code} of inLanguage('js')) {
    test(`is JavaScript: ${id}`, async () =>
      void (await transform(code, {loader: 'js', format: 'esm', logLevel: 'silent'})));
  }
});

describe('PHP', needs('php', 'php-cli'), () => {
  for (const {id, code} of inLanguage('php')) {
    test(`is PHP: ${id}`, () => {
      execFileSync('php', ['-d', 'display_errors=stderr', '-l'], {input: code, stdio: 'pipe'});
    });
  }
});

describe('Python', needs('python3'), () => {
  const folder = mkdtempSync(join(tmpdir(), 'chatapp-dialog-python-'));
  after(() => rmSync(folder, {recursive: true}));
  for (const [index, {id, code}] of inLanguage('python').entries()) {
    test(`is Python: ${id}`, () => {
      const file = join(folder, `${index}.py`);
      writeFileSync(file, code);
      execFileSync('python3', ['-W', 'error', '-m', 'py_compile', file], {stdio: 'pipe'});
    });
  }
});

describe('types', () => {
  test('of blocks that belong to no project compile for a strict user', () => {
    const blocks = inLanguage('ts').filter(({page}) => !PROJECTS.has(page));
    assert.ok(blocks.length >= 3);
    const {project, remove} = createPackedProject();
    try {
      blocks.forEach(({code}, index) => writeFileSync(join(project, `block-${index}.ts`), `${code}\nexport {};\n`));
      const strict = {
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noUnusedLocals: false,
        isolatedModules: true,
        verbatimModuleSyntax: true,
      };
      const compilerOptions = {
        ...strict,
        noEmit: true,
        target: 'es2022',
        module: 'nodenext',
        lib: ['es2024', 'dom', 'dom.iterable'],
        types: [],
      };
      writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({compilerOptions, include: ['block-*.ts']}));
      const {status, stdout} = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc')], {
        cwd: project,
        encoding: 'utf8',
      });
      const named = stdout.replace(/block-(\d+)\.ts/g, (_, index) => `${blocks[index]?.id} (block-${index}.ts)`);
      assert.equal(status, 0, named);
    } finally {
      remove();
    }
  });

  test('of the file that the frameworks share are the same in all of them', () => {
    const shared = BLOCKS.filter(({file}) => /^src\/(app\/)?crm\.ts$/.test(file));
    assert.equal(shared.length, 5);
    assert.equal(new Set(shared.map(({code}) => code)).size, 1);
  });
});

describe('shell', () => {
  /** What may be installed: redis is for a store of the server, express for a recipe. */
  const PACKAGES = new Set([manifest.name, 'redis', 'express', ...Object.keys(manifest.peerDependencies)]);
  /** What may be called, and what is known of it. @type {Record<string, (words: string[], line: string) => void>} */
  const COMMANDS = {
    npm([verb = '', ...rest]) {
      if (verb === 'run') assert.ok(Object.hasOwn(manifest.scripts, rest[0] ?? ''), `npm run ${rest[0]}`);
      else assert.ok(['ci', 'cit', 'start', 'install', 'create'].includes(verb), `npm ${verb}`);
      if (verb === 'install')
        assert.ok(
          rest.every((name) => PACKAGES.has(name)),
          rest.join(' '),
        );
      if (verb === 'create')
        assert.match(
          rest.join(' '),
          /^(vite@latest crm -- --template (react|vue|svelte|solid|preact)-ts|nuxt@latest crm -- --template minimal( --[\w-]+| npm)*)$/,
        );
    },
    npx: (words) =>
      assert.match(
        words.join(' '),
        /^(@angular\/cli@latest new crm --defaults|create-next-app@latest crm --yes|sv create crm --template minimal --types ts --no-add-ons --install npm)$/,
      ),
    cd: (words) => assert.deepEqual(words, ['crm']),
    curl(words) {
      const [, version, path = ''] =
        /^https:\/\/unpkg\.com\/chatapp-dialog@([\d.]+)\/(.+)$/.exec(words.at(-1) ?? '') ?? [];
      assert.equal(version, manifest.version);
      assert.ok(existsSync(join(root, path)), path);
    },
    node: (words) => assert.match(words.join(' '), /^--env-file=\.env (server|express)\.mjs$/),
    php: (words) => assert.deepEqual(words, ['-S', 'localhost:8000', '-t', 'public']),
    python: (words) => assert.deepEqual(words, ['manage.py', 'runserver']),
  };

  for (const {id, code} of inLanguage('sh')) {
    test(`is known and parses: ${id}`, () => {
      const {status, stderr} = spawnSync('bash', ['-n'], {input: code, encoding: 'utf8'});
      assert.equal(status, 0, stderr);
      for (const line of code
        .replace(/ +#.*$/gm, '')
        .split(/\n|&&/)
        .filter((part) => part.trim())) {
        const words = line.trim().split(/ +/);
        // Variables before a command are the recipes' credentials.
        while (/^[A-Z_]+=/.test(words[0] ?? ''))
          assert.ok(Object.hasOwn(CREDENTIALS, words.shift()?.split('=')[0] ?? ''), line);
        const [command = '', ...rest] = words;
        assert.ok(Object.hasOwn(COMMANDS, command), `unknown command: ${command}`);
        COMMANDS[command]?.(rest, line);
      }
    });
  }
});

describe('data', () => {
  for (const {id, code} of inLanguage('json')) test(`is JSON: ${id}`, () => JSON.parse(code));

  for (const {id, code} of inLanguage('ini')) {
    test(`names the credentials: ${id}`, () => {
      assert.deepEqual(
        Object.fromEntries(
          code
            .trim()
            .split('\n')
            .map((line) => line.split('=')),
        ),
        CREDENTIALS,
      );
    });
  }
});

describe('links', () => {
  /** GitHub's names of headings. @param {string} page */
  const anchorsOf = (page) =>
    [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    );

  for (const page of PAGES) {
    test(`lead somewhere: ${page}`, () => {
      const prose = textOf(page).replace(/^ *```[\s\S]*?^ *```$/gm, '');
      for (const [, target = ''] of prose.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^https?:/.test(target)) continue;
        const [path = '', anchor] = target.split('#');
        const file = path ? join(dirname(page), path) : page;
        assert.ok(existsSync(join(root, file)), target);
        if (anchor) assert.ok(anchorsOf(file).includes(anchor), `${target}: ${anchorsOf(file).join(' ')}`);
      }
    });
  }

  test('to every page are in the index', () => {
    const index = readFileSync(join(root, 'docs/README.md'), 'utf8');
    for (const page of PAGES.filter((name) => /^docs\/(?!README)/.test(name)))
      assert.ok(index.includes(`(${page.slice('docs/'.length)})`), page);
  });
});
