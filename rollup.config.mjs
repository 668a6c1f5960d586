// The script tags: what `tsc` wrote to dist/, each bundled with what it needs into one classic script.
import {readdirSync} from 'node:fs';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';

/**
 * @param {string} input
 * @param {string} file
 * @param {boolean} [sourcemap]
 * @returns {import('rollup').RollupOptions}
 */
const scriptTag = (input, file, sourcemap = false) => ({
  input,
  output: {
    file,
    // An IIFE runs the same as <script>, <script defer>, async and type="module".
    format: 'iife',
    sourcemap,
    // Imported on a server it does nothing, as the package's modules do.
    intro: 'if (!globalThis.HTMLElement) return;',
  },
  plugins: [
    // Without the condition, Lit's development build gets in.
    nodeResolve({exportConditions: ['production']}),
    terser({
      ecma: 2022,
      compress: {passes: 3},
      format: {
        comments: false,
        // ASCII, because a page in another encoding would misread the rest.
        ascii_only: true,
        // Chromium then compiles all functions while it loads the script, so the first conversation opens sooner.
        preamble: '//# allFunctionsCalledOnLoad',
      },
    }),
  ],
});

const LANGUAGES = readdirSync('dist/locales')
  .filter((name) => name.endsWith('.js') && name !== 'index.js')
  .map((name) => name.replace('.js', ''));

export default [
  scriptTag('dist/define.js', 'dist/chatapp-dialog.min.js', true),
  ...LANGUAGES.map((language) => scriptTag(`dist/locales/${language}.js`, `dist/locales/${language}.min.js`)),
];
