import {h} from '../shared/dom.js';

const EVENTS = /** @type {const} */ (['chatapp-loadstart', 'chatapp-load', 'chatapp-error', 'chatapp-statuschange']);
const KEPT = 200;

/**
 * Logs the element's events, newest first.
 * @param {HTMLElement} list
 * @param {import('../shared/setup.js').ChatAppDialog} dialog
 */
export function logEvents(list, dialog) {
  for (const type of EVENTS) {
    dialog.addEventListener(type, (event) => {
      const error = 'error' in event ? event.error : null;
      list.prepend(
        h(
          'li',
          {'data-type': type},
          h('time', {}, clock(new Date())),
          h('code', {}, type),
          h('span', {class: 'status', 'data-status': dialog.status}, dialog.status),
          error &&
            h(
              'p',
              {class: 'detail'},
              h('code', {}, error.code + (error.field ? ` · ${error.field}` : '')),
              ' ',
              error.message,
            ),
        ),
      );
      while (list.childElementCount > KEPT) list.lastElementChild?.remove();
    });
  }
}

/** @param {Date} time */
export function clock(time) {
  return time.toTimeString().slice(0, 8) + '.' + String(time.getMilliseconds()).padStart(3, '0');
}
