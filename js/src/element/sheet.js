// One style sheet for all elements of a page. No style element and no style attribute: a strict policy blocks both.

import css from '#styles';

const sheets = new Map();

/** Adds a style sheet to a shadow root; old web views without constructable sheets load it as a file. */
export function wear(root, text, href) {
  if ('adoptedStyleSheets' in root && 'replaceSync' in CSSStyleSheet.prototype) {
    let sheet = sheets.get(text);
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      sheets.set(text, sheet);
    }
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    return;
  }
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = href;
  root.append(link);
}

/** Gives a shadow root the style sheet of the checkout. */
export const dress = (root, base) => wear(root, css, new URL('tresen.css', base).href);

/** What stands there until the list does: its height is kept, so that nothing jumps. */
export function skeleton() {
  const make = (tag, className) => Object.assign(document.createElement(tag), { className });
  const card = make('div', 'card wait');
  const head = make('div', 'sec');
  head.append(make('i', ''));
  card.append(head, ...Array.from({ length: 4 }, () => make('i', '')));
  card.setAttribute('aria-hidden', 'true');
  return card;
}
