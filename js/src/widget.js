// What <tresen-checkout> is, without a side effect: nothing is defined and nothing is loaded until somebody asks.

import { TresenCheckout } from './element/checkout.js';

export { TresenCheckout };
export { loadModule } from './loader.js';

/** Defines the custom element, once; a second copy of the package on the page leaves the first one in charge. */
export function define(name = 'tresen-checkout') {
  if (typeof customElements === 'undefined' || customElements.get(name)) return;
  customElements.define(name, TresenCheckout);
}
