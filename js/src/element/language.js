// Which language file serves a shopper.

const OTHERS = ['fr', 'it', 'nl'];

/** `de-CH` with `du` becomes `de-du`; a language that is not there becomes English. */
export function pickLanguage(locale, addressForm) {
  const primary = String(locale ?? '').toLowerCase().split(/[-_]/)[0];
  if (primary === 'de') return addressForm === 'du' ? 'de-du' : 'de';
  return OTHERS.includes(primary) ? primary : 'en';
}
