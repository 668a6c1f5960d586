// Not Lit's tag: its guard of interpolations, of which there are none, would cost every page 100 bytes.
const css = String.raw;

// The <section> holds all; the <div> is the overlay, the banner or the link for the keyboard; the <span> is the spinner.
export const styles = css`
  :host {
    display: block;
    position: relative;
    z-index: 0;
    height: 100%;
    min-height: 20rem;
    background: Canvas;
    color: CanvasText;
  }
  section,
  div {
    position: absolute;
    inset: 0;
  }
  section {
    display: flex;
    flex-direction: column;
    background: inherit;
  }
  iframe {
    flex: 1;
    min-height: 0;
    border: 0;
  }
  /* Kept: of the same size, so that nothing in it moves. */
  iframe[inert] {
    position: absolute;
    width: 100%;
    height: 100%;
    visibility: hidden;
  }
  div {
    z-index: 1;
    display: grid;
    place-content: safe center;
    overflow: auto;
    padding: 1rem;
    background: inherit;
    text-align: center;
    text-wrap: balance;
  }
  [part='banner'] {
    position: static;
    max-height: 50%;
    box-sizing: border-box;
    padding: 0;
    border-bottom: 1px solid #8884;
  }
  [part='skip'] {
    bottom: auto;
    padding: 0;
  }
  [part='skip']:not(:focus-within) {
    clip-path: inset(50%);
    pointer-events: none;
  }
  p {
    max-width: 32rem;
    margin: 0.5rem;
  }
  b {
    display: block;
  }
  span,
  button,
  a {
    color: var(--chatapp-dialog-accent, LinkText);
  }
  button,
  a {
    display: inline-block;
    margin: 0.25rem;
    padding: 0.5rem 1rem;
    border: 1px solid;
    border-radius: 0.5rem;
    background: none;
    font: inherit;
    text-decoration: none;
  }
  span {
    width: 2rem;
    height: 2rem;
    margin: auto;
    border: 3px solid;
    border-top-color: #8884;
    border-radius: 50%;
  }
  :host([hidden]),
  [hidden] {
    display: none;
  }
  @media (prefers-reduced-motion: no-preference) {
    span {
      animation: spin 1s linear infinite;
    }
  }
  @keyframes spin {
    to {
      rotate: 1turn;
    }
  }
`;
