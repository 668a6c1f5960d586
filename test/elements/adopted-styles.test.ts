import {expect} from '@open-wc/testing';
import {css} from 'lit';
import {ensureStyles} from '../../src/elements/adopted-styles.js';

/** A shadow root, of which jsdom has only so much: no `adoptedStyleSheets`, until somebody sets them. */
function jsdomRoot(): ShadowRoot {
  const root = document.createElement('div').attachShadow({mode: 'open'});
  Object.defineProperty(root, 'adoptedStyleSheets', {value: undefined, writable: true});
  return root;
}

it('gives styles to a root that knows no adopted style sheets, as in jsdom', () => {
  const root = jsdomRoot();
  ensureStyles(root, [
    css`
      :host {
        color: red;
      }
    `,
  ]);
  expect(root.adoptedStyleSheets.length + root.querySelectorAll('style').length).to.equal(1);
});
