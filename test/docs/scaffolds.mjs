// What the frameworks' own starters (create-vite 9.3, ng new) give a project besides the files of our recipes, with their
// compilers' options and stricter ones.

/** @param {string} root @param {string} script */
const html = (root, script) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="UTF-8" />
    <link rel="icon" href="data:," />
    <title>Recipe</title>
  </head>
  <body>
    ${root}
    <script type="module" src="${script}"></script>
  </body>
</html>
`;

const OPTIONS = {
  target: 'es2023',
  lib: ['ES2023', 'DOM', 'DOM.Iterable'],
  module: 'esnext',
  moduleResolution: 'bundler',
  allowImportingTsExtensions: true,
  verbatimModuleSyntax: true,
  moduleDetection: 'force',
  noEmit: true,
  types: [],
  skipLibCheck: true,
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noFallthroughCasesInSwitch: true,
  erasableSyntaxOnly: true,
};
/** @param {object} [compilerOptions] @param {object} [more] */
const tsconfig = (compilerOptions, more) =>
  JSON.stringify({compilerOptions: {...OPTIONS, ...compilerOptions}, include: ['src', 'vite.config.ts'], ...more});

/** @satisfies {Record<string, Record<string, string>>} */
export const SCAFFOLDS = {
  react: {
    'index.html': html('<div id="root"></div>', '/src/main.tsx'),
    'tsconfig.json': tsconfig({jsx: 'react-jsx'}),
    'src/main.tsx': `import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import App from './App.tsx'

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
`,
  },
  vue: {
    'index.html': html('<div id="app"></div>', '/src/main.ts'),
    'tsconfig.json': tsconfig(
      {jsx: 'preserve', jsxImportSource: 'vue'},
      {vueCompilerOptions: {strictTemplates: true}, include: ['src', 'app', 'server', '*.ts']},
    ),
    // What Nuxt declares in a project of its own.
    'nuxt.d.ts': `import 'vue';
declare global {
  const defineNuxtConfig: (config: {vue?: {compilerOptions?: {isCustomElement?: (tag: string) => boolean}}}) => unknown;
  const defineNuxtPlugin: (setup: () => void) => unknown;
  interface H3Event {readonly path: string}
  const defineEventHandler: (handler: (event: H3Event) => Promise<Response>) => unknown;
  const toWebRequest: (event: H3Event) => Request;
  const process: {env: Record<string, string | undefined>};
  interface ImportMeta {readonly dev: boolean}
}
declare module 'vue' {
  interface GlobalComponents {
    ClientOnly: import('vue').DefineComponent<object, object, object, {}, {}, {}, {}, {}, string, {}, {}, import('vue').SlotsType<{default: {}; fallback: {}}>>;
  }
}
`,
  },
  svelte: {
    'index.html': html('<div id="app"></div>', '/src/main.ts'),
    'tsconfig.json': tsconfig({checkJs: true, allowJs: true, paths: {'$lib/*': ['./src/lib/*']}}),
    // What SvelteKit declares in a project of its own.
    'src/sveltekit.d.ts': `declare module '$app/environment' {
  export const browser: boolean;
  export const dev: boolean;
}
declare module '$env/dynamic/private' {
  export const env: Record<string, string | undefined>;
}
declare module '@sveltejs/kit' {
  export interface RequestEvent {readonly request: Request}
}
`,
    'src/main.ts': `import { mount } from 'svelte'
import App from './App.svelte'

const app = mount(App, {
  target: document.getElementById('app')!,
})

export default app
`,
  },
  angular: {
    'dist/index.html': html('<app-root></app-root>', '/main.js'),
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        target: 'es2022',
        module: 'preserve',
        lib: ['es2024', 'dom', 'dom.iterable'],
        types: [],
        strict: true,
        noImplicitOverride: true,
        noPropertyAccessFromIndexSignature: true,
        noImplicitReturns: true,
        noFallthroughCasesInSwitch: true,
        isolatedModules: true,
        experimentalDecorators: true,
        importHelpers: true,
        skipLibCheck: true,
        rootDir: 'src',
        outDir: 'out',
      },
      angularCompilerOptions: {
        enableI18nLegacyMessageIdFormat: false,
        strictInjectionParameters: true,
        strictInputAccessModifiers: true,
        strictTemplates: true,
      },
      include: ['src'],
    }),
    'src/main.ts': `import '@angular/compiler';
import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';

bootstrapApplication(App).catch((err) => console.error(err));
`,
    // In place of the CLI, which wants a newer Node than the package does.
    'build.mjs': `import {build} from 'esbuild';
await build({entryPoints: ['out/main.js'], outfile: 'dist/main.js', bundle: true, format: 'esm', conditions: ['production'], logLevel: 'warning'});
`,
  },
  // react.md's component with the raw tag, alone on a page.
  raw: {
    'raw.tsx': `import {createRoot} from 'react-dom/client';
import {CustomerChat} from './src/CustomerChat';

const root = createRoot(document.getElementById('root')!);
root.render(<CustomerChat customer={undefined} />);
setTimeout(() => root.render(<CustomerChat customer={{id: '1', name: 'Anna', phones: ['+7 999 123-45-67']}} />));
`,
  },
  // In place of Next, which is not installed for the tests: what it does with a client component.
  next: {
    'server.tsx': `import {renderToString} from 'react-dom/server';
import {CustomerChat} from './app/customers/[id]/customer-chat';

process.stdout.write(renderToString(<CustomerChat phones={['+7 999 123-45-67']} />));
`,
    'client.tsx': `import {hydrateRoot} from 'react-dom/client';
import {CustomerChat} from './app/customers/[id]/customer-chat';

hydrateRoot(document.getElementById('root')!, <CustomerChat phones={['+7 999 123-45-67']} />, {onRecoverableError: (error) => console.error(error)});
`,
  },
  preact: {
    'index.html': html('<div id="app"></div>', '/main.js'),
    'src/main.tsx': `import { render } from 'preact'
import { App } from './app.tsx'

render(<App />, document.getElementById('app')!)
`,
  },
};

/**
 * Files that are type-checked by the root's compiler; `files` are those that the framework adds.
 * @type {Record<string, {page: string, wanted: (file: string) => boolean, tsconfig: object, packages: string[], files?: Record<string, string>}>}
 */
export const STRICT = {
  'solid-preact.md: Solid’s': {
    page: 'docs/recipes/solid-preact.md',
    wanted: (file) => ['src/crm.ts', 'src/App.tsx'].includes(file),
    tsconfig: {compilerOptions: {...OPTIONS, jsx: 'preserve', jsxImportSource: 'solid-js'}, include: ['src']},
    packages: ['solid-js', 'csstype', 'seroval', 'seroval-plugins'],
  },
  'solid-preact.md: Preact’s': {
    page: 'docs/recipes/solid-preact.md',
    wanted: (file) => ['src/crm.ts', 'src/app.tsx'].includes(file),
    tsconfig: {compilerOptions: {...OPTIONS, jsx: 'react-jsx', jsxImportSource: 'preact'}, include: ['src']},
    packages: ['preact'],
  },
  'next.md': {
    page: 'docs/recipes/next.md',
    wanted: (file) => /\.tsx?$/.test(file),
    tsconfig: {
      compilerOptions: {...OPTIONS, jsx: 'react-jsx', types: ['node']},
      include: ['app', 'lib', '.next/types'],
    },
    packages: ['react', '@lit/react', '@types/react', '@types/node', 'undici-types', 'csstype'],
    // As Next 16 writes it for each route handler; its NextRequest is a Request with more.
    files: {
      '.next/types/validator.ts': `type NextRequest = Request & {readonly nextUrl: URL};
type RouteHandler = (request: NextRequest, context: {params: Promise<{}>}) => Promise<Response | void> | Response | void;
type __IsExpected<Specific extends {GET?: RouteHandler; POST?: RouteHandler}> = Specific
export type __Check = __IsExpected<typeof import("../../app/api/chatapp-token/route.js")>
`,
    },
  },
};
