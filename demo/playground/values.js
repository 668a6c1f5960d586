// The one list of what the form edits. `null` is an attribute that is not set; '' is one that is set and empty:
// for the filters that is the difference between "no filter" and "this customer has none".

export const ATTRIBUTES = /** @type {const} */ ([
  ['licenseId', 'license-id'],
  ['messengerType', 'messenger-type'],
  ['phones', 'phones'],
  ['dialogIds', 'dialog-ids'],
  ['accessTokenUrl', 'access-token-url'],
  ['accessToken', 'access-token'],
  ['crmDomain', 'crm-domain'],
  ['employeeExtCode', 'employee-ext-code'],
  ['baseUrl', 'base-url'],
  ['sandbox', 'sandbox'],
  ['allow', 'allow'],
  ['label', 'label'],
  ['loading', 'loading'],
  ['loadTimeout', 'load-timeout'],
  ['keepAlive', 'keep-alive'],
]);

/** The route of the demo's own server that answers with an access token, and the one in the code to paste. */
export const TOKEN_ROUTE = '/api/chatapp-token';

/** Attributes that are there or not. */
export const SWITCHES = /** @type {const} */ (['disabled', 'probe']);

/**
 * @typedef {typeof ATTRIBUTES[number][0]} ValueName
 * @typedef {Record<ValueName, string | null> & Record<typeof SWITCHES[number], boolean> & {tokenSource: string}} Values
 *   `tokenSource` is an id of TOKEN_SOURCES.
 */

/**
 * @param {Partial<Values>} [some]
 * @returns {Values}
 */
export function valuesWith(some = {}) {
  const none = /** @type {Record<ValueName, null>} */ (Object.fromEntries(ATTRIBUTES.map(([name]) => [name, null])));
  return {...none, disabled: false, probe: false, tokenSource: 'typed', ...some};
}

/**
 * Writes a list the way the element's attributes read it.
 * @param {readonly (string | number)[]} items
 */
export function listText(items) {
  const texts = items.map(String);
  // A separator within an item can only be said in JSON.
  return texts.some((text) => /[,;\n]|^\s*\[/.test(text)) ? JSON.stringify(texts) : texts.join(', ');
}
