// The second origin of the browser tests: the demo's stand-in of ChatApp Dialog, on its own port.
import {createStandIn} from '../../demo/stand-in/server.mjs';

/** @returns {import('@web/test-runner').TestRunnerPlugin} */
export function standInPlugin() {
  const standIn = createStandIn();
  let origin = '';
  return {
    name: 'stand-in',
    async serverStart() {
      origin = await standIn.listen();
    },
    serverStop: () => standIn.close(),
    executeCommand: ({command}) => (command === 'stand-in:origin' ? origin : undefined),
  };
}
