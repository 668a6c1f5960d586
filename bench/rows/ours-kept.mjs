// The same with keep-alive: the script and its bytes are those of the row before.
import {ours} from './ours.mjs';

/** @type {import('./index.mjs').Row} */
export const oursKept = {
  ...ours,
  name: 'chatapp-dialog, keep-alive',
  attributes: {'keep-alive': '3'},
  without: {
    bytes: 'the same script',
    evaluation: 'the same script',
    'mount-1': 'keeps nothing yet',
    'mount-100': 'keeps nothing yet',
    heap: 'keeps nothing there, for no frame loads',
  },
  how: 'The same with `keep-alive="3"`.',
};
