// The second origin of the browser tests: the demo's stand-in of ChatApp Dialog, on its own port; and further origins on
// call, for what a session's prefix cannot do: a server of which the test owns the root, one that goes away, dead ones.
import {createResetOrigin, refusedOrigin} from '../../demo/stand-in/scenes.mjs';
import {createStandIn} from '../../demo/stand-in/server.mjs';

// These tests load hundreds of pages, and none looks into one: a small page takes a third of the time of the app with its
// scripts, and an input that can be typed into at once saves a second. A stand-in of a test's own serves the real app.
const SMALL = {appHtml: '<!doctype html><html lang="en"><title>Stand-in</title><body></body></html>', paintDelay: 0};

/** @returns {import('@web/test-runner').TestRunnerPlugin} */
export function standInPlugin() {
  const standIn = createStandIn(SMALL);
  const resetting = createResetOrigin();
  /** Own stand-ins by origin. @type {Map<unknown, import('../../demo/stand-in/server.mjs').StandIn>} */
  const own = new Map();
  let origin = '';
  let reset = '';

  /** @type {Record<string, (payload: unknown) => unknown>} */
  const commands = {
    'stand-in:origin': () => origin,
    'stand-in:own': async () => {
      const further = createStandIn();
      const address = await further.listen();
      own.set(address, further);
      return address;
    },
    'stand-in:stop': async (address) => {
      const further = own.get(address);
      if (!further) throw new Error(`No stand-in of a test's own runs at ${address}`);
      own.delete(address);
      await further.close();
      return true; // for the runner, a command without a result is an unknown one
    },
    'stand-in:refused': () => refusedOrigin(),
    'stand-in:reset': () => reset,
  };

  return {
    name: 'stand-in',
    async serverStart() {
      [origin, reset] = await Promise.all([standIn.listen(), resetting.listen()]);
    },
    async serverStop() {
      await Promise.all([standIn, resetting, ...own.values()].map((server) => server.close()));
    },
    executeCommand: ({command, payload}) => commands[command]?.(payload),
  };
}
