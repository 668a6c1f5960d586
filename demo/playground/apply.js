import {ATTRIBUTES, SWITCHES} from './values.js';

/**
 * @typedef {import('./values.js').Values} Values
 * @typedef {import('../shared/setup.js').ChatAppDialog} ChatAppDialog
 * @typedef {import('./tokens.js').GetAccessToken} GetAccessToken
 * @typedef {{kind: 'stand-in' | 'real', address: string}} Target  `address` is the stand-in's, with its scene
 */

/**
 * Writes the form's values to the element, all in one task: one change, one opening at most.
 * @param {ChatAppDialog} dialog
 * @param {Values} values
 * @param {Target} target
 * @param {(tokenSource: string) => GetAccessToken | null} callbackOf
 * @returns {string} why nothing may be opened, or ''
 */
export function applyValues(dialog, values, target, callbackOf) {
  const held = whyHeld(values.baseUrl, target);
  // With the stand-in chosen, neither an empty field nor a foreign address may mean a way out: "open in a new tab" works
  // while nothing is framed, too.
  const baseUrl =
    held === '' && values.baseUrl !== null ? values.baseUrl : target.kind === 'stand-in' ? target.address : null;
  for (const [name, attribute] of ATTRIBUTES) {
    if (name === 'accessToken') continue;
    const isUnused = name === 'accessTokenUrl' && values.tokenSource !== 'typed';
    const value = name === 'baseUrl' ? baseUrl : isUnused ? null : values[name];
    if (value === null) dialog.removeAttribute(attribute);
    else if (dialog.getAttribute(attribute) !== value) dialog.setAttribute(attribute, value);
  }
  // A property, not the attribute: so the token stands nowhere in the document.
  dialog.accessToken = values.tokenSource === 'typed' ? values.accessToken : null;
  dialog.getAccessToken = callbackOf(values.tokenSource);
  for (const name of SWITCHES) dialog[name] = values[name];
  if (held) dialog.disabled = true;
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
  if (!url || url.protocol !== 'https:' || isHarmless(url.hostname)) return '';
  return `Nothing is opened: ${url.host} is not on this machine. Choose “dialogs.pro” above to go out to the internet.`;
}

/**
 * This machine, or a name that is reserved never to exist: nobody can be sent anything there.
 * @param {string} hostname
 */
function isHarmless(hostname) {
  return /(^|\.)(localhost|invalid)$/.test(hostname) || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
