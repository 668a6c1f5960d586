// How a value is written in each language of the code to paste.

/**
 * A double-quoted HTML attribute's value.
 * @param {string} value
 */
export function attribute(value) {
  const named = value
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
  return `"${named.replaceAll('\n', '&#10;')}"`;
}

/**
 * A JavaScript string. `<` is written as an escape, because in a page or a Vue file `</script>` would end the script.
 * @param {string} value
 */
export function javascript(value) {
  const inner = JSON.stringify(value).slice(1, -1);
  // JSON escapes the double quote; a single-quoted string needs the other one.
  const quoted = inner.replace(/\\(.)|'/g, (found, escaped) => (found === "'" ? "\\'" : escaped === '"' ? '"' : found));
  return `'${quoted.replaceAll('<', '\\u003C').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`;
}

/** @param {readonly string[]} values */
export function javascriptList(values) {
  return `[${values.map(javascript).join(', ')}]`;
}

/**
 * A JSX attribute's value: JSX knows no escapes within quotes, so that anything uncommon becomes an expression.
 * @param {string} value
 */
export function jsx(value) {
  return /^[\w@.:/ -]*$/.test(value) ? `"${value}"` : `{${javascript(value)}}`;
}

/**
 * A single-quoted PHP string.
 * @param {string} value
 */
export function php(value) {
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}
