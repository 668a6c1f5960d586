/** @see https://html.spec.whatwg.org/multipage/system-state.html#dom-navigator-vendor */
const vendor = globalThis.navigator?.vendor ?? '';

/** What the engines do differently, and no feature tells. */
export const IS_CHROMIUM = vendor.startsWith('Google');
export const IS_WEBKIT = vendor.startsWith('Apple');
