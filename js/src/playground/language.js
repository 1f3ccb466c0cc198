// The words of the page, in German and in English. English is what stands in the page and in the scripts; German stands here, by its English. What
// the compiler says of a policy is English everywhere, as on the command line.

const GERMAN = {
  'Playground · Tresen': 'Spielwiese · Tresen',
  Playground: 'Spielwiese',
  'Write the rules, move the order, and see what the customer sees. The real engine, in this page alone: nothing you type leaves it.':
    'Regeln schreiben, die Bestellung verändern und sehen, was der Kunde sieht. Hier rechnet die echte Engine, und nur auf dieser Seite: Nichts, was Sie eingeben, verlässt sie.',
  'Copy link': 'Link kopieren',
  'The link is copied. Whoever opens it sees the same.': 'Der Link ist kopiert. Wer ihn öffnet, sieht dasselbe.',
  'The link stands in the address bar.': 'Der Link steht in der Adresszeile.',
  'The order': 'Die Bestellung',
  'Who buys': 'Wer kauft',
  'Cart total': 'Warenkorb',
  'Cart total, by steps of 5': 'Warenkorb, in Schritten von 5',
  'As a': 'Als',
  consumer: 'privat',
  company: 'Firma',
  Country: 'Land',
  'Born on': 'Geboren am',
  'Comes from': 'Kommt über',
  'the web shop': 'den Onlineshop',
  'the app': 'die App',
  'the telephone': 'das Telefon',
  'Delivered to the billing address': 'Lieferung an die Rechnungsadresse',
  'What only your server knows': 'Was nur Ihr Server weiß',
  'Signed in': 'Angemeldet',
  'Has ordered before': 'Hat schon bestellt',
  'Paid on time': 'Pünktlich bezahlt',
  'Overdue amount': 'Überfälliger Betrag',
  'Failed payments': 'Geplatzte Zahlungen',
  'Other facts, as JSON': 'Weitere Angaben, als JSON',
  'All facts, as your server says them': 'Alle Angaben, wie Ihr Server sie macht',
  'All facts': 'Alle Angaben',
  'What the customer sees': 'Was der Kunde sieht',
  Language: 'Sprache',
  'Français (draft)': 'Français (Entwurf)',
  'Italiano (draft)': 'Italiano (Entwurf)',
  'Nederlands (draft)': 'Nederlands (Entwurf)',
  Appearance: 'Aussehen',
  'as it is': 'wie es ist',
  dark: 'dunkel',
  round: 'rund',
  'The decision, as your server gets it': 'Die Entscheidung, wie Ihr Server sie bekommt',
  Method: 'Zahlart',
  State: 'Stand',
  Why: 'Warum',
  'The policy': 'Das Regelwerk',
  'Begin with': 'Anfangen mit',
  'Rules, as JSON': 'Regeln, als JSON',
  'A regular customer': 'Eine Stammkundin',
  'A guest': 'Ein Gast',
  'Somebody who owes 74.90': 'Jemand, der 74,90 schuldet',
  'Somebody who moved nine days ago': 'Jemand, der vor neun Tagen umgezogen ist',
  'Somebody who is seventeen': 'Jemand, der siebzehn ist',
  'A company': 'Eine Firma',
  'An Austrian shop with its own invoice, payable from delivery': 'Ein österreichischer Laden mit eigener Rechnung, zahlbar ab Lieferung',
  'A German shop for business customers': 'Ein deutscher Laden für Geschäftskunden',
  'A German shop with its own invoice': 'Ein deutscher Laden mit eigener Rechnung',
  'A German shop that rates its orders by points': 'Ein deutscher Laden, der Bestellungen nach Punkten bewertet',
  'A German shop that sells in social networks': 'Ein deutscher Laden, der in sozialen Netzwerken verkauft',
  'A Dutch shop that lets its customers pay afterwards, in its own name': 'Ein niederländischer Laden, bei dem man hinterher zahlt, in eigenem Namen',
  offered: 'angeboten',
  'something is missing': 'eine Angabe fehlt',
  withheld: 'nicht dabei',
  'asks for ': 'fragt nach ',
  'due {day}': 'fällig am {day}',
  'up to {limit}': 'bis {limit}',
  'at once': 'sofort',
  ' by rule ': ' durch die Regel ',
  'deliver to the billing address': 'an die Rechnungsadresse liefern',
  'pay what is overdue, {amount}': 'Überfälliges zahlen, {amount}',
  'bring the total down to {to}, by {by}': 'die Summe auf {to} senken, um {by}',
  'bring the total up to {to}, by {by}': 'die Summe auf {to} erhöhen, um {by}',
  ' and ': ' und ',
  'Back at once: {steps}.': 'So ist es sofort wieder da: {steps}.',
  'No single change brings it back.': 'Keine einzelne Änderung bringt es zurück.',
  'Risk class': 'Risikoklasse',
  'Value class': 'Wertklasse',
  'May owe in all': 'Darf insgesamt schulden',
  'Of that still free': 'Davon noch frei',
  'Nothing is offered.': 'Nichts wird angeboten.',
  'Offered: {methods}.': 'Angeboten: {methods}.',
  error: 'Fehler',
  warning: 'Warnung',
  note: 'Hinweis',
  'show the place': 'Stelle zeigen',
  'Nothing is wrong with it.': 'Daran ist nichts falsch.',
  '{count} problem': '{count} Fehler',
  '{count} problems': '{count} Fehler',
  '{count} remark': '{count} Hinweis',
  '{count} remarks': '{count} Hinweise',
  'the other facts cannot be read: {message}': 'Die weiteren Angaben sind nicht lesbar: {message}',
  'write them as JSON, such as `{"bureau.outcome": "found"}`': 'Schreiben Sie sie als JSON, etwa `{"bureau.outcome": "found"}`',
};

/** `lang` of the address, else the browser's own. */
const asked = () => new URLSearchParams(globalThis.location?.search).get('lang') ?? globalThis.navigator?.language ?? 'en';

export const language = /^de\b/i.test(asked()) ? 'de' : 'en';

/** A text in the language of the page, its blanks filled in; what has no German, such as a name, is the same in both. */
export const say = (english, blanks = {}) => ((language === 'de' && GERMAN[english]) || english).replace(/\{(\w+)\}/g, (blank, name) => blanks[name] ?? blank);

/** An amount as a person reads it. */
export function money({ minor, currency }, digits = 2) {
  const text = (minor / 10 ** digits).toFixed(digits);
  return `${language === 'de' ? text.replace('.', ',') : text} ${currency}`;
}

/** Puts what stands in the page into its language, and shows the way to the other one. */
export function translate(page) {
  const other = page.querySelector('#other');
  const [next, name] = language === 'de' ? ['en', 'English'] : ['de', 'Deutsch'];
  Object.assign(other, { lang: next, hreflang: next, textContent: name, href: `?lang=${next}` });
  // What stands in the page goes along: it is behind the `#`.
  other.addEventListener('click', () => (other.href = `?lang=${next}${location.hash}`));
  page.documentElement.lang = language;
  page.title = say(page.title);
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data } = walker.currentNode;
    walker.currentNode.data = data.replace(data.trim(), (text) => say(text));
  }
  for (const node of page.querySelectorAll('[aria-label]')) node.setAttribute('aria-label', say(node.getAttribute('aria-label')));
}
