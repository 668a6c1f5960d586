// Not Lit's tag: its guard of interpolations, of which there are none, would cost every page 100 bytes.
const css = String.raw;

// The <div> is the overlay or the banner, the <span> is the spinner.
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
  iframe,
  div {
    position: absolute;
    inset: 0;
  }
  iframe {
    width: 100%;
    height: 100%;
    border: 0;
  }
  div {
    z-index: 1;
    display: grid;
    place-content: center;
    overflow: auto;
    padding: 1rem;
    background: inherit;
    text-align: center;
  }
  [part='banner'],
  [part='skip'] {
    bottom: auto;
    border-bottom: 1px solid;
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
