// The script tag: what `tsc` wrote to dist/, bundled with Lit into one classic script.
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import {minifyHTMLLiterals} from 'minify-literals';

/** @returns {import('rollup').Plugin} */
const minifyTemplates = () => ({
  name: 'minify-templates',
  transform: (code, id) =>
    id.includes('node_modules') ? null : minifyHTMLLiterals(code, {fileName: id, ...(id.endsWith('.styles.js') ? {} : {css: false})}),
});

/** @type {import('rollup').RollupOptions} */
export default {
  input: 'dist/define.js',
  output: {
    file: 'dist/chatapp-dialog.min.js',
    // An IIFE runs the same as <script>, <script defer>, async and type="module".
    format: 'iife',
    // Class bodies are strict by themselves, and there is no other code that could tell.
    strict: false,
    sourcemap: true,
  },
  plugins: [
    // Without the condition Lit's development build gets in.
    nodeResolve({exportConditions: ['production']}),
    minifyTemplates(),
    terser({
      ecma: 2020,
      compress: {passes: 3, unsafe_arrows: true, keep_fargs: false},
      // Lit's internals and ours that cannot be #private: nothing outside this one file names them.
      mangle: {properties: {regex: /^(_\$.*|hasEmptyFilter|dialogUrl|hasToken|announce)$/}},
      // ASCII, because a page in another encoding would misread the rest.
      format: {comments: false, ascii_only: true},
    }),
  ],
};
