// Lit alone: the floor for what a script weighs.

/** @type {import('./index.mjs').Row} */
export const lit = {
  name: 'Lit alone',
  package: 'lit',
  isRoot: true,
  entry: "import {LitElement, html, css} from 'lit'; window.lit = {LitElement, html, css};",
  hosts: [],
  how: '`LitElement`, `html` and `css`, and nothing made of them: the floor for bytes and evaluation. It is no embed, and has no other column.',
};
