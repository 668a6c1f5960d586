// keep-alive, to be felt: a switch for it, one for a Dialog that boots as long as the real one, and what a change took.
import {find} from '../stand-in/app/dom.js';

/** Of a stand-in that answers after 800 ms: see its scenes. */
const SLOW = 's/crm/scene/slow-800/';
const KEPT = 3;

/**
 * @param {import('../shared/setup.js').ChatAppDialog} dialog
 * @param {string} standIn  the stand-in's base URL
 * @returns {() => void}  to be called right before another customer is set
 */
export function offerKeepAlive(dialog, standIn) {
  /** @type {HTMLInputElement} */
  const keeps = find('#keeps');
  /** @type {HTMLInputElement} */
  const boots = find('#boots');
  const took = find('#took');
  let start = performance.now();
  keeps.addEventListener('change', () => {
    dialog.keepAlive = keeps.checked ? KEPT : 0;
  });
  boots.addEventListener('change', () => {
    start = performance.now();
    dialog.baseUrl = boots.checked ? standIn + SLOW : standIn;
  });
  dialog.addEventListener('chatapp-load', ({restored}) => {
    const milliseconds = Math.round(performance.now() - start);
    took.textContent = `${restored ? 'Kept: back' : 'Loaded anew'} in ${milliseconds} ms`;
    took.dataset.restored = String(restored);
  });
  return () => {
    start = performance.now();
    took.textContent = '…';
    delete took.dataset.restored;
  };
}
