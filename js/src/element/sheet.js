// One style sheet for all elements of a page. No style element and no style attribute: a strict policy blocks both.

import css from '#styles';

let sheet;

/** Gives a shadow root the style sheet; old web views without constructable sheets load it as a file. */
export function dress(root, base) {
  if ('adoptedStyleSheets' in root && 'replaceSync' in CSSStyleSheet.prototype) {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
    }
    root.adoptedStyleSheets = [sheet];
    return;
  }
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = new URL('tresen.css', base).href;
  root.append(link);
}

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
