import {adoptStyles, type CSSResultOrNative} from 'lit';

/**
 * Gives a shadow root its styles, unless it has them. An element that moves to another document loses its adopted style
 * sheets and does not get them back when it returns (measured in three engines), and a document takes only style sheets
 * that were made for it.
 */
export function ensureStyles(root: ShadowRoot, styles: readonly CSSResultOrNative[]): void {
  const {ownerDocument} = root;
  // Not in jsdom, where tests of a page run: Lit writes style elements there.
  if (root.adoptedStyleSheets?.length > 0) return;
  if (ownerDocument === document) {
    adoptStyles(root, [...styles]);
    return;
  }
  const view = ownerDocument.defaultView as (Window & typeof globalThis) | null;
  if (!view) return; // nothing is painted in a document without a window
  root.adoptedStyleSheets = styles.map((style) => {
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(textOf(style));
    return sheet;
  });
}

const textOf = (style: CSSResultOrNative): string =>
  'cssText' in style ? style.cssText : Array.from(style.cssRules, (rule) => rule.cssText).join('\n');
