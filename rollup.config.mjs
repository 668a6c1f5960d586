// The script tags: what `tsc` wrote to dist/, each bundled with what it needs into one classic script.
import {readdirSync} from 'node:fs';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import {minifyHTMLLiterals} from 'minify-literals';
import {slimLit} from './scripts/slim-lit.mjs';

// Names that nothing outside a script tag's one file says: Lit's, which only a class that extends the element would, …
const LIT =
  'addController addInitializer createProperty createRenderRoot elementStyles enableUpdating finalize finalizeStyles firstUpdated getPropertyDescriptor getPropertyOptions getUpdateComplete hasChanged hasUpdated hostConnected hostDisconnected hostUpdate hostUpdated isUpdatePending noAccessor performUpdate removeController renderRoot scheduleUpdate shadowRootOptions shouldUpdate useDefault willUpdate wrapped fromAttribute reflect styles attribute converter state updated'.split(
    ' ',
  );
// … and ours that cannot be #private. None that the DOM or JavaScript has (scope, drop, trim …): terser leaves those as they are.
const OURS =
  'hasEmptyFilter tokenlessUrl toCheckedUrl hostMoved announce hadFocus isSlow isLazy isEmpty hasFrame credential toUrl keptScope keep takeOut unkeep limitTo'.split(
    ' ',
  );

/** @returns {import('rollup').Plugin} */
const minifyStyles = () => ({
  name: 'minify-styles',
  transform: (code, id) => (id.endsWith('.styles.js') ? minifyHTMLLiterals(code, {fileName: id}) : null),
});

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
    // Class bodies are strict by themselves, and there is no other code that could tell.
    strict: false,
    sourcemap,
    // Imported on a server it does nothing, as the package's modules do.
    intro: 'if (!globalThis.HTMLElement) return;',
  },
  plugins: [
    // Without the condition Lit's development build gets in.
    nodeResolve({exportConditions: ['production']}),
    minifyStyles(),
    slimLit(),
    terser({
      ecma: 2020,
      compress: {passes: 3, unsafe_arrows: true, keep_fargs: false},
      mangle: {properties: {regex: new RegExp(`^(_\\$.*|${[...LIT, ...OURS].join('|')})$`)}},
      // ASCII, because a page in another encoding would misread the rest.
      format: {comments: false, ascii_only: true},
    }),
  ],
});

const LANGUAGES = readdirSync('dist/locales')
  .filter((name) => name.endsWith('.js'))
  .map((name) => name.replace('.js', ''));

export default [
  scriptTag('dist/define.js', 'dist/chatapp-dialog.min.js', true),
  ...LANGUAGES.map((language) => scriptTag(`dist/locales/${language}.js`, `dist/locales/${language}.min.js`)),
];
