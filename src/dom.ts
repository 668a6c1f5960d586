// The elements make their trees by hand: lit-html would be a quarter of the script tag, and want a Trusted Types policy.

/** What is set by its text, and read as a list. */
type Texts = Record<'part' | 'sandbox', string>;

/** A new element with properties and children. */
export const h = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<Omit<HTMLElementTagNameMap[K], 'part' | 'sandbox'> & Texts>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
