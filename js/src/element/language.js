// Which language file serves a shopper.

/** `de-CH` with `du` becomes `de-du`; a language that is not there becomes English. */
export function pickLanguage(locale, addressForm) {
  const primary = String(locale ?? '').toLowerCase().split(/[-_]/)[0];
  if (primary !== 'de') return 'en';
  return addressForm === 'du' ? 'de-du' : 'de';
}
