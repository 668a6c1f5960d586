import {css} from 'lit';

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
  .ui {
    position: absolute;
    inset: 0;
  }
  section {
    display: flex;
    flex-direction: column;
    background: inherit;
  }
  .frames {
    display: flex;
    flex: 1;
    min-height: 0;
  }
  iframe {
    flex: 1;
    border: 0;
  }
  /* A kept conversation has the same size, so that nothing in it moves. */
  iframe[inert] {
    position: absolute;
    width: 100%;
    height: 100%;
    visibility: hidden;
  }
  .ui {
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
  b,
  [part='spinner'] {
    display: block;
  }
  [part='spinner'],
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
  [part='spinner'] {
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
    [part='spinner'] {
      animation: spin 1s linear infinite;
    }
  }
  @keyframes spin {
    to {
      rotate: 1turn;
    }
  }
`;
