import {ATTRIBUTES} from './values.js';

/**
 * @typedef {import('./values.js').Values} Values
 * @typedef {import('../shared/setup.js').ChatAppDialog} ChatAppDialog
 * @typedef {{kind: 'stand-in' | 'real', standIn: string}} Target
 */

/**
 * Writes the form's values to the element, all in one task: one change, one opening at most.
 * @param {ChatAppDialog} dialog
 * @param {Values} values
 * @param {Target} target
 * @returns {string} why nothing may be opened, or ''
 */
export function applyValues(dialog, values, target) {
  const held = whyHeld(values.baseUrl, target);
  // With the stand-in chosen, neither an empty field nor a foreign address may mean a way out: "open in a new tab" works
  // while nothing is framed, too.
  const baseUrl = held === '' && values.baseUrl !== null ? values.baseUrl : target.kind === 'stand-in' ? target.standIn : null;
  for (const [name, attribute] of ATTRIBUTES) {
    if (name === 'accessToken') continue;
    const value = name === 'baseUrl' ? baseUrl : values[name];
    if (value === null) dialog.removeAttribute(attribute);
    else if (dialog.getAttribute(attribute) !== value) dialog.setAttribute(attribute, value);
  }
  // A property, not the attribute: so the token stands nowhere in the document.
  dialog.accessToken = values.accessToken;
  dialog.disabled = values.disabled || held !== '';
  return held;
}

/**
 * Until the real Dialog is chosen, this page opens nothing outside the machine, whatever stands in the field.
 * @param {string | null} baseUrl
 * @param {Target} target
 */
function whyHeld(baseUrl, target) {
  if (target.kind === 'real' || baseUrl === null) return '';
  const url = URL.parse(baseUrl);
  // What the element refuses by itself may stay, so that its error can be seen.
  if (!url || url.protocol !== 'https:' || isLoopback(url.hostname)) return '';
  return `Nothing is opened: ${url.host} is not on this machine. Choose “dialogs.pro” above to go out to the internet.`;
}

/** @param {string} hostname */
function isLoopback(hostname) {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
