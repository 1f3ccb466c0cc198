// The place of the box in which somebody asks; what stands in it is loaded when it is opened.

import { rich } from '../element/page.js';
import { make } from '../more/dom.js';
import { minorOf } from './amount.js';
import { paidBy } from './doors.js';
import { schedule } from './plan.js';

/** @param {Node} turn what shows that there is more */
export function askBox(settling, turn) {
  const place = make('div.sec stack');
  // Where something was answered already, it stands there again.
  const node = make('details.card gap ask', { part: 'card', ...(settling.log && { open: '' }) }, make('summary', {}, turn, settling.words.text('ask')), place);
  node.addEventListener('toggle', async () => {
    if (!node.open || place.firstChild) return;
    const found = await settling.asking().catch(() => {});
    // Where nobody answers, a human does.
    if (found) place.replaceChildren(...found.box(settling, found.words, { make, rich, minorOf, paidBy, schedule }));
    else settling.go('message');
  });
  return node;
}
