/** The language file of an account: German and English are spoken about what is owed. */
export const languageOf = (locale, addressForm) => (/^de\b/i.test(locale) ? (addressForm === 'du' ? 'de-du' : 'de') : 'en');
