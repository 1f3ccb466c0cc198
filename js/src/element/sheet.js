// One style sheet for all elements of a page. No style element and no style attribute: a strict policy blocks both.

import css from '#styles';

/** What was made already, by its text: one for all elements of a page. */
const sheets = {};

/** Adds a style sheet to a shadow root; old web views without constructable sheets load it as a file, from where `address` says. */
export function wear(root, text, address) {
  if ('adoptedStyleSheets' in root && 'replaceSync' in CSSStyleSheet.prototype) {
    if (!sheets[text]) (sheets[text] = new CSSStyleSheet()).replaceSync(text);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheets[text]];
    return;
  }
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = address();
  root.append(link);
}

/** Gives a shadow root the style sheet of the checkout. */
export const dress = (root) => wear(root, css, () => new URL('./tresen.CSS', import.meta.url));
