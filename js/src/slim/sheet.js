// Style sheets for `tresen/slim`, in place of js/src/element/sheet.js: where no file lies beside the script, there is none for web views without
// constructable sheets.

import css from '#styles';

const sheets = {};

export function wear(root, text) {
  if (!sheets[text]) (sheets[text] = new CSSStyleSheet()).replaceSync(text);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheets[text]];
}

export const dress = (root) => wear(root, css);
