// What the shop says about paying later before anybody has said who they are.

import { html } from './html.js';
import { priced } from '../cart.js';

const ELEMENT = 'hint.js';

/** The line for a cart; `more` are the carts that it may become, of which the page's script picks one. */
export function hint({ session, config }, cart, more = []) {
  const amounts = more.map((other) => priced(other).total).join(' ');
  return html`<tresen-hint amount="${priced(cart).total}" currency="EUR" public-key="${config.publishableKey}" api="/tresen" locale="${session.language}" address-form="${session.addressForm}"${amounts === '' ? null : html` data-amounts="${amounts}"`}></tresen-hint>`;
}

export const hintScripts = (assets) => (assets.has('tresen', ELEMENT) ? [assets.url('tresen', ELEMENT)] : []);
