// Tests of src/ in real browsers (see test/support/engines.mjs), against a real second origin.
import {fileURLToPath} from 'node:url';
import {esbuildPlugin} from '@web/dev-server-esbuild';
import {frontPlugin, launchers} from './test/support/engines.mjs';
import {freePort} from './test/support/free-port.mjs';
import {sceneTablePlugin} from './test/support/scene-table-plugin.mjs';
import {standInPlugin} from './test/support/stand-in-plugin.mjs';
import {tokenRoute} from './test/support/token-route.mjs';

const browsers = await launchers();
// None is there, and the warnings have said so. The runner would call it an error.
if (!browsers.length) process.exit();

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  files: ['test/**/*.test.ts'],
  hostname: 'localhost',
  // A fixed port would be taken where two runs share a machine.
  port: await freePort(),
  nodeResolve: true,
  browsers,
  // One page at a time: a whole browser paints and focuses only the page in front.
  concurrency: 1,
  // Two engines run side by side, one for each core of a small machine.
  concurrentBrowsers: 2,
  middleware: [tokenRoute],
  plugins: [
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url)),
      // How many random sequences races.test.ts runs: it has found faults after 100, and after 900.
      define: {RACES: process.env.RACES || '100'},
    }),
    standInPlugin(),
    frontPlugin,
    sceneTablePlugin(),
  ],
  // Tests throw errors of the page on purpose.
  filterBrowserLogs: ({args}) => !/^(Lit is in dev mode|Error: of the page)/.test(String(args[0])),
  // The random sequences of races.test.ts take their time on a busy machine.
  testsFinishTimeout: 300_000,
  // Ends a test that hangs. No test takes a tenth of it, unless the machine is busy.
  testFramework: {config: {timeout: 30_000}},
  coverageConfig: {
    include: ['src/**/*.ts'],
    reporters: ['json-summary', 'lcovonly'],
    // Held by scripts/check-coverage.mjs, which also sees that the figure is not empty.
    threshold: {statements: 0, branches: 0, functions: 0, lines: 0},
  },
};
