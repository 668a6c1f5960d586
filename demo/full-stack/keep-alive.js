// keep-alive, to be felt: a switch for it, one for a Dialog that boots as long as the real one, and what a change took.
import {find} from '../shared/dom.js';

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
  /** @param {string} text @param {number} [startedAt]  where a load is still awaited */
  const say = (text, startedAt) => {
    start = startedAt;
    took.textContent = text;
    delete took.dataset.restored;
  };
  const startClock = () => say('…', performance.now());
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
    if (dialog.status === 'idle') say('Nothing open');
    if (dialog.status === 'error') say('Failed');
  });
  dialog.addEventListener('chatapp-load', ({restored}) => {
    // A load that took too long has failed, and may end all the same.
    const after = start === undefined ? 'after all' : `in ${Math.round(performance.now() - start)} ms`;
    say(`${restored ? 'Kept: back' : 'Loaded anew'} ${after}`);
    took.dataset.restored = String(restored);
  });
  return startClock;
}
