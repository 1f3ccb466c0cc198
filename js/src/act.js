// The second act: the element in which an order was placed goes on as the account of whoever placed it, in its place, theme and language.
//
// What was said of the order stays where it is, with the focus; the account comes below it. Where it does not come, nothing is missing.

import styles from '#account-styles';
import { pickLanguage } from './element/language.js';
import { wear } from './element/sheet.js';

/**
 * @param {HTMLElement} host
 * @param {HTMLElement} place in its shadow root; first in it stands what was said of the order
 * @param {{ locale?: string, address_form?: string }} spoken how the shopper is spoken to where the element does not say
 * @param {{ access: { token: string } }} answer of the shop's server
 * @param {string} kind of the method: what is debited nobody has to pay
 */
export async function act(host, place, spoken, { access }, kind) {
  const thanks = place.firstElementChild;
  // Its room is kept, so that nothing below is moved twice.
  const waiting = document.createElement('div');
  waiting.className = 'card wait gap';
  waiting.setAttribute('aria-hidden', 'true');
  thanks.after(waiting);
  try {
    const { Settling } = await import('./settle.js');
    wear(host.shadowRoot, styles, () => new URL('./account.CSS', import.meta.url));
    const language = pickLanguage(host.getAttribute('locale') ?? spoken.locale, host.getAttribute('address-form') ?? spoken.address_form);
    const tell = (type, detail) => host.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail }));
    await new Settling(host.shadowRoot, place, { api: host.getAttribute('api'), token: access.token, tell, thanks, isDebited: kind === 'sepa_debit' }).open(() => language);
  } finally {
    waiting.remove();
  }
}
