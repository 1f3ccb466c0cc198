// What the shop's server refuses, as the widget takes it; loaded once an order is refused.

import { REASONS } from './engine/reasons.js';

/**
 * The methods of a corrected offer that are withheld: place, and in words the reasons as letters, A for the first of all, whether delivery to the
 * billing address brings it back, what is to be settled, the total that brings it back; its id.
 */
export function overruled(decision, methods) {
  return (decision?.methods ?? [])
    .filter((method) => method.state === 'withheld')
    .map(({ id, reasons, change }) => {
      // What this build has no words for (−1) is left out; where nothing is left, the first reason says so in general.
      const numbers = (reasons ?? []).map(({ code }) => REASONS.indexOf(code)).filter((number) => number >= 0);
      const letters = String.fromCharCode(...numbers.map((number) => number + 65)) || 'A';
      const step = (kind) => change?.steps?.find((one) => one.kind.endsWith(kind));
      return [
        methods.findIndex((method) => method.id === id),
        [letters, step('address') ? 1 : '', step('overdue')?.amount.minor ?? '', step('total')?.to.minor ?? ''],
        id,
      ];
    });
}
