// The line about paying later, as a person reads it on a product or in the cart.

import assert from 'node:assert/strict';
import { until } from './until.mjs';

const ELEMENT = 'tresen-hint';

export const line = (page) => page.locator(ELEMENT).first().evaluate((element) => element.shadowRoot?.textContent.replace(/\u00a0/g, ' '));

/** Waits until it says something. */
export async function hinted(page) {
  assert.ok(await until(page, (name) => (document.querySelector(name)?.shadowRoot?.textContent ?? '') !== '', ELEMENT), 'the hint says something');
  return line(page);
}
