import {buildDialogUrl} from '../../dist/url/index.js';
import {h} from '../shared/dom.js';

// Stands in for the token while the URL is built, so that the real one never comes near the document.
const MASK = 'MASKED-TOKEN';

/**
 * Shows the URL that the frame opens, one parameter to a line, the token masked.
 * @param {HTMLElement} output
 * @param {import('../shared/setup.js').ChatAppDialog} dialog
 * @param {{exact: boolean, source: import('./tokens.js').TokenSource | undefined}} options
 *   `exact`: brackets and the like as they are sent, or decoded for reading; `source`: of the token
 */
export function showMaskedUrl(output, dialog, {exact, source}) {
  let url;
  try {
    const {fields, baseUrl, accessToken, accessTokenUrl} = dialog;
    const hasToken = source?.answer ? source.opens?.hasToken : accessTokenUrl || accessToken;
    url = buildDialogUrl({...fields, ...(hasToken ? {accessToken: MASK} : {}), ...source?.opens?.employee}, {baseUrl});
  } catch {
    url = null;
  }
  if (url !== null && dialog.url !== null && source?.answer && !source.opens) {
    output.replaceChildren(h('span', {class: 'muted'}, 'None: nothing opens without an answer.'));
    return;
  }
  if (url === null || dialog.url === null) {
    output.replaceChildren(
      h(
        'span',
        {class: 'muted'},
        dialog.error ? 'None: the fields cannot be used.' : 'None: this customer has nothing to filter by.',
      ),
    );
    return;
  }
  // Ours is at the end of a base URL that may have a query of its own; one line for each of either.
  const [start, ...pairs] = url.split(/(?=[?&])/);
  output.replaceChildren(h('span', {class: 'line'}, start ?? ''), ...pairs.map((pair) => line(pair, exact)));
  if (dialog.accessTokenUrl)
    output.append(h('span', {class: 'muted'}, 'The answer of access-token-url adds who the agent is.'));
}

/**
 * @param {string} pair
 * @param {boolean} exact
 */
function line(pair, exact) {
  const equals = pair.indexOf('=');
  const name = pair.slice(1, equals);
  const value = pair.slice(equals + 1);
  const shown = (/** @type {string} */ text) => (exact ? text : decoded(text));
  return h(
    'span',
    {class: 'line'},
    h('span', {class: 'sign'}, pair.slice(0, 1)),
    h('span', {class: 'name'}, shown(name)),
    '=',
    value.startsWith(MASK)
      ? h('span', {class: 'mask'}, '••••••••', h('span', {class: 'hidden'}, ' (access token, hidden)'))
      : h('span', {class: 'value'}, shown(value)),
  );
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text; // the base URL's own query may hold anything
  }
}
