// Tests of src/ in a real browser, against a real second origin.
import {fileURLToPath} from 'node:url';
import {esbuildPlugin} from '@web/dev-server-esbuild';
import {chromeLauncher} from '@web/test-runner';
import {chromium} from './scripts/browser.mjs';
import {standInPlugin} from './test/support/stand-in-plugin.mjs';

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  files: ['test/**/*.test.ts'],
  hostname: 'localhost',
  nodeResolve: true,
  // `launchOptions.browser` stays unset: with it, the coverage is empty.
  browsers: [chromeLauncher({launchOptions: await chromium()})],
  // One page at a time: a whole browser paints and focuses only the page in front.
  concurrency: 1,
  plugins: [
    esbuildPlugin({ts: true, target: 'es2022', tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url))}),
    standInPlugin(),
  ],
  filterBrowserLogs: ({args}) => !String(args[0]).startsWith('Lit is in dev mode'),
  testFramework: {config: {timeout: 10_000}},
  coverageConfig: {
    include: ['src/**/*.ts'],
    reporters: ['json-summary', 'lcovonly'],
    // Held by scripts/check-coverage.mjs, which also sees that the figure is not empty.
    threshold: {statements: 0, branches: 0, functions: 0, lines: 0},
  },
};
