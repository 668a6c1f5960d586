import {h} from '../shared/dom.js';

const KEPT = 12;

/**
 * The last statuses of the element with how long each lasted; the present one counts on.
 * @param {HTMLElement} list
 * @param {import('../shared/setup.js').ChatAppDialog} dialog
 */
export function showTimeline(list, dialog) {
  let since = performance.now();
  let clock = add();

  dialog.addEventListener('chatapp-statuschange', () => {
    tick();
    since = performance.now();
    clock = add();
  });
  // The reader watches seconds, not frames.
  setInterval(() => document.hidden || tick(), 100);

  function tick() {
    clock.textContent = duration(performance.now() - since);
  }

  function add() {
    const clock = h('time', {}, duration(0));
    const {status} = dialog;
    list.append(h('li', {}, h('span', {class: 'status', 'data-status': status}, status), clock));
    while (list.childElementCount > KEPT) list.firstElementChild?.remove();
    return clock;
  }
}

/** @param {number} milliseconds */
function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min`;
}
