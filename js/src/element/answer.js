// What the shop's server answers to an order, as the widget takes it.

import { REASONS } from '../engine/reasons.js';

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

/** Where a payment goes on, if it is a web address. Anything else (a script, say) leads nowhere. */
export function redirectUrl(answer, base) {
  const target = answer?.payment?.redirect_url;
  if (!target) return null;
  const url = new URL(target, base);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
}

/** SHA-256 in lower-case hexadecimal; the page is a secure one, as every checkout is, or there is no hash to show. */
export async function sha256(text) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (octet) => octet.toString(16).padStart(2, '0')).join('');
}
