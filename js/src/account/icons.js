// The icons that only an account has, beside those of the checkout.

import { ICONS } from '../element/icons.js';

/** From now on they are there. */
export function learn() {
  ICONS.copy = 'M10 9h8a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-8a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2M16 9V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h2';
}
