// A dialog of the browser's own over the page. Where it closes, the focus goes back to what opened it.

import { make } from './dom.js';

/**
 * @param {Element} place where it lies
 * @param {import('./words.js').Words} words
 * @param {Element[]} nodes what stands in it, a heading first
 * @param {...Element} buttons beside the one that closes it
 * @returns {() => void} what closes it
 */
export function open(place, words, nodes, ...buttons) {
  const close = make('button.btn quiet', { type: 'button' }, words.text('credit.close'));
  const [heading] = nodes;
  heading.id = 'information';
  heading.tabIndex = -1;
  const dialog = make('dialog.information', { 'aria-labelledby': heading.id }, make('div.stack', {}, ...nodes, make('div.pair', {}, ...buttons, close)));
  const shut = () => (dialog.close ? dialog.close() : dialog.remove());
  close.addEventListener('click', shut);
  dialog.addEventListener('close', () => dialog.remove());
  place.append(dialog);
  if (dialog.showModal) dialog.showModal();
  else dialog.setAttribute('open', '');
  heading.focus();
  return shut;
}
