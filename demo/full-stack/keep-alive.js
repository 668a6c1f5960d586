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
  /** When the change began whose load is awaited. @type {number | undefined} */
  let start;
  const startClock = () => {
    start = performance.now();
    took.textContent = '…';
    delete took.dataset.restored;
  };
  keeps.addEventListener('change', () => {
    dialog.keepAlive = keeps.checked ? KEPT : 0;
  });
  boots.addEventListener('change', () => {
    startClock();
    dialog.baseUrl = boots.checked ? standIn + SLOW : standIn;
  });
  dialog.addEventListener('chatapp-loadstart', () => {
    if (start === undefined) startClock(); // "Try again", another agent, another base URL
  });
  dialog.addEventListener('chatapp-statuschange', () => {
    if (dialog.status !== 'idle' && dialog.status !== 'error') return;
    start = undefined;
    took.textContent = dialog.status === 'idle' ? 'Nothing open' : 'Failed';
    delete took.dataset.restored;
  });
  dialog.addEventListener('chatapp-load', ({restored}) => {
    // A load that took too long has failed, and may end all the same.
    const after = start === undefined ? 'after all' : `in ${Math.round(performance.now() - start)} ms`;
    start = undefined;
    took.textContent = `${restored ? 'Kept: back' : 'Loaded anew'} ${after}`;
    took.dataset.restored = String(restored);
  });
  return startClock;
}
