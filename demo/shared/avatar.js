import {h} from './dom.js';

/**
 * Initials on one of four tints, which the page's CSS names.
 * @param {string} name
 */
export function avatar(name) {
  const initials = name
    .split(' ')
    .slice(0, 2)
    .map((word) => word[0])
    .join('');
  // A small hash: the same name has the same tint on every page.
  const hash = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 101, 0);
  return h('span', {class: 'avatar', 'aria-hidden': 'true', 'data-tint': hash % 4}, initials);
}
