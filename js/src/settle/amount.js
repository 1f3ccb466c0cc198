// An amount as people type it: `50`, `50,00`, `1.234,50 €`, `1,234.50`.

/** How many digits a currency has behind the point. */
export const digitsOf = (currency) => new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;

/** Whole minor units of what was typed; null where it is no amount. */
export function minorOf(typed, currency) {
  const digits = digitsOf(currency);
  const found = /^(\d[\d.,'’ \u00a0\u202f]*)$/.exec(typed.replace(/[^\d.,'’ \u00a0\u202f]/g, '').trim());
  if (!found || /[a-z]{4}/i.test(typed)) return null;
  // The last sign is a decimal one where as many digits follow as the currency has, or fewer; else it groups.
  const [, whole, cents = ''] = new RegExp(`^(.*?)(?:[.,](\\d{1,${Math.max(digits, 1)}}))?$`).exec(found[1]);
  const plain = whole.replace(/\D/g, '');
  if (digits === 0 && cents) return null;
  if (plain.length > 12 || plain === '') return null;
  return +plain * 10 ** digits + +cents.padEnd(digits, '0');
}
