// Lit alone: what most custom elements carry.

/** @type {import('./index.mjs').Row} */
export const lit = {
  name: 'Lit alone',
  package: 'lit',
  isRoot: true,
  entry: "import {LitElement, html, css} from 'lit'; window.lit = {LitElement, html, css};",
  hosts: [],
  how: '`LitElement`, `html` and `css` without any element made of them. Most elements carry this, and ours does too. It is not an embed, so it has no other column.',
};
