// A document, read where one stands; and as a file to keep.

import { make } from '../more/dom.js';
import { summand } from './items.js';

/** @param {{ name: string, url: string }} what as the account lists it */
export function document(settling, { name, url }) {
  const { words } = settling;
  const text = make('div.stack', { 'aria-busy': 'true' });
  settling.read(url).then((said) => {
    text.removeAttribute('aria-busy');
    text.append(...(said === undefined ? [make('p', { role: 'alert' }, words.text('unsent'))] : said.split(/\n{2,}/).map(block)));
  });
  const file = make('a.btn quiet', { href: settling.address(`${url}?as=pdf`), download: '' }, words.text('document.pdf'));
  return make('section.card', { part: 'card' }, make('div.sec stack', {}, settling.heading(name, []), text), make('div.sec sunk', {}, file));
}

/** A paragraph, or rows of a name and a value. */
function block(paragraph) {
  if (!paragraph.includes('\t')) return make('p.lines', {}, paragraph);
  return make('dl.sum s', {}, ...paragraph.split('\n').map((line) => summand(...line.split('\t'))));
}
