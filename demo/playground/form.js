import {ATTRIBUTES, SWITCHES, valuesWith} from './values.js';

/** @typedef {import('./values.js').Values} Values */

/**
 * @param {HTMLFormElement} form
 * @returns {Values}
 */
export function readForm(form) {
  const texts = ATTRIBUTES.map(([name, attribute]) => {
    const text = control(form, attribute).value.trim();
    const setThoughEmpty = control(form, `${attribute}-set`, true)?.checked;
    return [name, text === '' && !setThoughEmpty ? null : text];
  });
  const switches = SWITCHES.map((name) => [name, control(form, name).checked]);
  return valuesWith({...Object.fromEntries([...texts, ...switches]), tokenSource: control(form, 'token-source').value});
}

/**
 * @param {HTMLFormElement} form
 * @param {Values} values
 */
export function writeForm(form, values) {
  for (const [name, attribute] of ATTRIBUTES) {
    control(form, attribute).value = values[name] ?? '';
    const setThoughEmpty = control(form, `${attribute}-set`, true);
    if (setThoughEmpty) setThoughEmpty.checked = values[name] === '';
  }
  for (const name of SWITCHES) control(form, name).checked = values[name];
  control(form, 'token-source').value = values.tokenSource;
}

/**
 * @overload
 * @param {HTMLFormElement} form
 * @param {string} name
 * @returns {HTMLInputElement}
 */
/**
 * @overload
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {true} optional
 * @returns {HTMLInputElement | null}
 */
/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {boolean} [optional]
 */
function control(form, name, optional) {
  const found = form.elements.namedItem(name);
  if (!found && !optional) throw new Error(`The form has no field ${name}.`);
  return /** @type {HTMLInputElement | null} */ (found);
}
