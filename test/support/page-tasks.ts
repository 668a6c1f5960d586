// Tasks of the page, to measure by them when an element goes on.
import {IS_WEBKIT} from './keeping.js';

/** Posts a message to this page, and resolves in its task. */
export const message = (): Promise<void> =>
  new Promise((resolve) => {
    const {port1, port2} = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });

/** WebKit gives the messages of two ports in any order. */
export const itInOrder = IS_WEBKIT ? () => {} : it;
