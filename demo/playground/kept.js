// What stays over a navigation that the page itself makes, without the token: that must not lie in a storage.

/**
 * @typedef {import('./values.js').Values} Values
 * @typedef {{values: Values, preset: string | null}} Kept
 */

const KEY = 'playground';

/** @param {Kept} kept */
export function keep({values, preset}) {
  sessionStorage.setItem(KEY, JSON.stringify({values: {...values, accessToken: null}, preset}));
}

/** @returns {Kept | null}  once */
export function takeKept() {
  const text = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  return text === null ? null : JSON.parse(text);
}
