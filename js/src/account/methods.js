// Paying on the page of a provider, beside the transfer: a button for each way, and what is said where it came to nothing.

import { KEYS } from '#account-shapes';
import { icon } from '../element/page.js';
import { make } from '../more/dom.js';

function note(kind, text) {
  return make(kind, { role: 'alert' }, icon('info'), make('span', {}, text));
}

/**
 * Draws the buttons, or hides their place.
 *
 * @param {Element} place
 * @param {object | undefined} view what the service said of the link
 * @param {(key: string) => string} sentence
 * @param {(method: string) => Promise<boolean>} begin leads to the provider's page; whether it does
 */
export function drawMethods(place, view, sentence, begin) {
  const methods = (view?.state === 'open' && view.methods) || [];
  place.hidden = methods.length === 0;
  const failed = view?.payment?.state === 'closed' ? [note('div.note', sentence('pay.failed'))] : [];
  const buttons = methods.map(({ id }, at) => {
    const button = make(at === 0 ? 'button.btn' : 'button.btn quiet', { type: 'button', part: 'button' }, sentence(`pay.${id}` in KEYS ? `pay.${id}` : 'pay.other'));
    let isBegun = false;
    button.addEventListener('click', async () => {
      if (isBegun) return;
      isBegun = true;
      if (await begin(id)) return;
      isBegun = false;
      place.append(note('p.error', sentence('day.failed')));
    });
    return button;
  });
  place.replaceChildren(...failed, ...buttons);
}
