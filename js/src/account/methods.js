// Paying on the page of a provider, beside the transfer: a button for each way, and what is said where it came to nothing.

import { KEYS } from '#account-shapes';
import { icon } from '../element/page.js';
import { make, note } from '../more/dom.js';
import { busy } from './away.js';

/**
 * Draws the buttons, or hides their place.
 *
 * @param {Element} place
 * @param {object | undefined} view what the service said of the link
 * @param {(key: string) => string} sentence
 * @param {(method: string) => Promise<string | undefined>} begin leads to the provider's page, or names the sentence about why it does not
 */
export function drawMethods(place, view, sentence, begin) {
  const methods = (view?.state === 'open' && view.methods) || [];
  place.hidden = methods.length === 0;
  const failed = view?.payment?.state === 'closed' ? [make('div.note', { role: 'alert' }, icon('info'), make('span', {}, sentence('pay.failed')))] : [];
  const mistake = make('p.error', { role: 'alert', hidden: '' }, icon('info'), make('span'));
  const buttons = methods.map(({ id }, at) => {
    const button = make(at === 0 ? 'button.btn' : 'button.btn quiet', { type: 'button', part: 'button' }, sentence(`pay.${id}` in KEYS ? `pay.${id}` : 'pay.other'));
    const pays = async () => {
      note(mistake, '');
      const why = await begin(id);
      note(mistake, why && sentence(why));
    };
    button.addEventListener('click', () => busy(button, sentence('code.sending'), pays));
    return button;
  });
  place.replaceChildren(...failed, ...buttons, mistake);
}
