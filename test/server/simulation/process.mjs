// One back-end process of the simulation: a token source with a real store, told what time it is and when to open the Dialog.
// Its clock, which may be wrong, and its sudden death are the only things that differ from a back end.
import {createHash} from 'node:crypto';
import {createAccessTokenSource} from '../../../dist/server/index.js';
import {openStore} from './store-client.mjs';

/** @typedef {import('./year.mjs').ProcessSettings} Settings */
/** @typedef {{time: number, dies?: boolean}} Order  What to do: open at a time, and whether to die once ChatApp has answered. */

const settings = /** @type {Settings} */ (JSON.parse(process.argv[2] ?? '{}'));
let time = 0;
let dies = false;

const store = await openStore(settings.store);
const source = createAccessTokenSource({
  ...settings.account,
  apiUrl: settings.apiUrl,
  store,
  timeout: settings.timeout,
  now: () => time + settings.skew,
  fetch: async (...args) => {
    const response = await fetch(...args);
    // After the answer and before it is stored.
    if (dies) process.kill(process.pid, 'SIGKILL');
    return response;
  },
  onEvent: ({type}) => process.send?.({event: type}),
});

process.on('message', async (/** @type {Order} */ order) => {
  time = order.time;
  dies = order.dies ?? false;
  try {
    const {accessToken} = await source.get();
    process.send?.({token: createHash('sha256').update(accessToken).digest('hex')});
  } catch (error) {
    process.send?.({error: /** @type {{code?: string}} */ (error).code ?? String(error)});
  }
});
process.on('disconnect', () => process.exit());
process.send?.({isReady: true});
