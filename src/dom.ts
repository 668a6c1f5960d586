// The elements make their trees by hand: lit-html would be a quarter of the script tag, and want a Trusted Types policy.

/** A new element with properties and children. */
export const h = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

/** The property `part`, which TypeScript lets nobody set by its text. */
export const part = (name: string): {part: DOMTokenList} => ({part: name as unknown as DOMTokenList});
