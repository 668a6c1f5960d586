// What every page does first: find the stand-in's address and see that the built package is there.
import {find, h} from './dom.js';

/**
 * @typedef {import('../../dist/index.js').ChatAppDialog} ChatAppDialog
 * @typedef {{standIn: string, playground: string, refused: string, reset: string, nextRequest: number}} Config
 *   Base URLs: the stand-in, the same with the playground's session, and two at which nobody answers; and the number of
 *   the next request that the demo's server tells of.
 */

/** @returns {Promise<Config>} */
export async function setUp() {
  if (!customElements.get('chatapp-dialog')) {
    // The script of the element stands before this module, so it has run or failed by now.
    find('main').prepend(
      h('p', {class: 'notice', role: 'alert'}, 'The package is not built: run npm run build, then reload this page.'),
    );
    throw new Error('The package is not built: run npm run build.');
  }
  const response = await fetch('/demo-config.json');
  return response.json();
}

/**
 * Tells history.length now and whenever it is another one. Frames add entries without any event in this page, so it is
 * looked at twice a second.
 * @param {(length: number) => void} tell
 */
export function showHistory(tell) {
  let told = history.length;
  tell(told);
  setInterval(() => {
    if (told !== history.length) tell((told = history.length));
  }, 500);
}
