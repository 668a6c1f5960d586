/**
 * Whether this is the engine of a vendor; what this is asked for no feature tells. Asked when needed: the object that
 * knows it would take its time where the script is only loaded.
 * @see https://html.spec.whatwg.org/multipage/system-state.html#dom-navigator-vendor
 */
const isEngineOf = (vendor: string): boolean => navigator.vendor.startsWith(vendor);

export const isChromium = (): boolean => isEngineOf('Google');
export const isWebKit = (): boolean => isEngineOf('Apple');
