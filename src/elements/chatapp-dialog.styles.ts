import {css} from 'lit';

// Why, from top to bottom. The notes stand here, because the build ships what stands in the text.
// - `:host::before` gives the box a width of its own where the page asks for one: in a flex row, a float, a table cell.
// - `section` holds the layers whatever the page's styles do to the host: they cannot reach it.
// - All frames have the same size, so that nothing in a kept conversation moves.
// - An empty live region stays for screen readers, which miss one that comes together with its text.
// - #d93025 has a contrast of 3:1 at least with a light and with a dark Canvas.
export const styles = css`
  :host {
    display: block;
    min-width: 0;
    height: 100%;
    min-height: 20rem;
    background: Canvas;
    color: CanvasText;
  }
  :host::before {
    content: '';
    display: block;
    width: 20rem;
    max-width: 100%;
  }
  section {
    position: relative;
    display: flex;
    flex-direction: column;
    height: 100%;
    min-height: inherit;
    contain: layout paint;
    background: inherit;
  }
  .frames {
    position: relative;
    flex: 1;
    min-height: 0;
  }
  .frames:focus {
    outline: none;
  }
  iframe {
    position: absolute;
    width: 100%;
    height: 100%;
    border: 0;
  }
  iframe:not([part]) {
    visibility: hidden;
  }

  .ui {
    box-sizing: border-box;
    gap: 0.75rem;
    overflow: auto;
    padding: 1rem;
    background: inherit;
    overflow-wrap: anywhere;
  }
  [part='overlay'] {
    position: absolute;
    z-index: 1;
    inset: 0;
    display: grid;
    place-content: safe center;
    justify-items: center;
    text-align: center;
    text-wrap: balance;
  }
  [part='banner'],
  [part='skip'] {
    flex: none;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    max-height: 70%;
    padding: 0.5rem 1rem;
    border-bottom: 1px solid GrayText;
  }
  [part='skip']:not(:focus-within) {
    position: absolute;
    clip-path: inset(50%);
    pointer-events: none;
  }
  [role='alert']:empty {
    position: absolute;
  }
  p {
    max-width: 32rem;
    margin: 0;
  }
  [part='banner'] {
    gap: 0.5rem;
    font-size: 0.875em;
  }
  [part='banner'] > :not(.actions, details, span) {
    flex: 1 1 12rem;
    max-width: none;
  }
  [part='error'] {
    display: grid;
    gap: 0.75rem;
    place-items: center;
  }
  [part='banner'] [part='error'] {
    grid-template-columns: auto 1fr;
    place-items: center start;
  }
  svg {
    width: 2rem;
    fill: none;
    stroke: #d93025;
    stroke-width: 2;
    stroke-linecap: round;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    text-align: center;
  }
  .actions > * {
    flex: auto;
  }
  button,
  a {
    padding: 0.5rem 1rem;
    border: 1px solid;
    border-radius: 0.5rem;
    background: none;
    color: var(--chatapp-dialog-accent, LinkText);
    font: inherit;
    line-height: 1.5;
    text-decoration: none;
    cursor: pointer;
  }
  [part='banner'] > .actions > * {
    padding: 0.25rem 0.75rem;
  }
  [role='alert']:not(:empty) ~ .actions > button {
    border-color: var(--chatapp-dialog-accent, LinkText);
    background: var(--chatapp-dialog-accent, LinkText);
    color: Canvas;
  }
  :focus-visible {
    outline: 2px solid var(--chatapp-dialog-accent, LinkText);
    outline-offset: 2px;
  }
  details {
    font-size: 0.875em;
  }
  summary {
    padding: 0.25rem 0;
    cursor: pointer;
  }
  [part='banner'] details {
    flex-basis: 100%;
    font-size: 1em;
  }
  :is(button, a, summary):hover {
    text-decoration: underline;
  }
  [part='spinner'] {
    display: block;
    width: 2rem;
    height: 2rem;
    margin: 0 auto 0.75rem;
    border: 3px dotted var(--chatapp-dialog-accent, LinkText);
    border-radius: 50%;
  }
  [part='banner'] :is(svg, [part='spinner']) {
    width: 1.5rem;
    height: 1.5rem;
    margin: 0;
  }
  :host([hidden]) {
    display: none;
  }
  @media (prefers-reduced-motion: no-preference) {
    [part='spinner'] {
      border: 3px solid #8884;
      border-top-color: var(--chatapp-dialog-accent, LinkText);
      animation: spin 1s linear infinite;
    }
  }
  @keyframes spin {
    to {
      rotate: 1turn;
    }
  }
`;
