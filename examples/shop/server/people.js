// The people one can sign in as: what the shop itself knows of them. Their history with payments lies in the service
// (../personas.json). One sentence each says what to watch.

const home = (name, street, postcode, city, region) => ({ name, street, postcode, city, country: 'DE', region });

export const PEOPLE = Object.freeze([
  {
    id: 'greta',
    reference: 'cus_greta',
    name: 'Greta Sommer',
    initials: 'GS',
    email: 'greta.sommer@example.com',
    kind: 'consumer',
    birthDate: '1984-05-06',
    billing: home('Greta Sommer', 'Lindenstraße 14', '10969', 'Berlin', 'BE'),
    cart: { 'KL-101': 1, 'KL-102': 1, 'KL-103': 2 },
    story: {
      de: 'Treue Kundin: 17 Bestellungen, immer pünktlich bezahlt, sie darf viel auf Rechnung.',
      en: 'Loyal customer: 17 orders, always paid on time, so she may buy a lot on invoice.',
    },
  },
  {
    id: 'gast',
    reference: null,
    name: 'Gast',
    initials: '?',
    email: null,
    kind: 'consumer',
    birthDate: null,
    billing: null,
    cart: { 'KL-104': 1, 'KL-108': 1 },
    story: {
      de: 'Zum ersten Mal hier, nicht angemeldet: mit kleinem Warenkorb geht Rechnung, mit großem sieht man, ab wann wieder.',
      en: 'Here for the first time, not signed in: a small cart may go on invoice, a big one shows from where it may again.',
    },
  },
  {
    id: 'oskar',
    reference: 'cus_oskar',
    name: 'Oskar Brandt',
    initials: 'OB',
    email: 'oskar.brandt@example.com',
    kind: 'consumer',
    birthDate: '1991-11-02',
    billing: home('Oskar Brandt', 'Am Kanal 3', '28199', 'Bremen', 'HB'),
    cart: { 'KL-106': 1, 'KL-109': 1 },
    story: {
      de: 'Eine Rechnung über 74,90 € ist seit drei Wochen offen: erst die, dann die nächste.',
      en: 'One invoice over €74.90 has been open for three weeks: that one first, then the next.',
    },
  },
  {
    id: 'nordlicht',
    reference: 'cus_nordlicht',
    name: 'Nordlicht GmbH',
    initials: 'NG',
    email: 'einkauf@nordlicht.example',
    kind: 'company',
    birthDate: null,
    billing: { ...home('Nordlicht GmbH', 'Speicherstraße 21', '24103', 'Kiel', 'SH') },
    cart: { 'KL-104': 2, 'KL-103': 8 },
    story: {
      de: 'Eine Firma: kein Geburtsdatum, andere Zahlarten, Rechnung an die Buchhaltung.',
      en: 'A company: no date of birth, other methods, the invoice goes to accounts.',
    },
  },
  {
    id: 'mika',
    reference: 'cus_mika',
    name: 'Mika Albers',
    initials: 'MA',
    email: 'mika.albers@example.com',
    kind: 'consumer',
    birthDate: null,
    billing: home('Mika Albers', 'Schulweg 8', '34117', 'Kassel', 'HE'),
    cart: { 'KL-103': 1, 'KL-109': 1 },
    story: {
      de: 'Ist siebzehn, aber der Laden weiß es nicht: nach Eingabe des Geburtsdatums bleibt, was sofort bezahlt wird.',
      en: 'Is seventeen, but the shop does not know: once the date of birth is typed, what is paid at once remains.',
    },
  },
  {
    id: 'yara',
    reference: 'cus_yara',
    name: 'Yara Çelik',
    initials: 'YÇ',
    email: 'yara.celik@example.com',
    kind: 'consumer',
    birthDate: '1995-02-17',
    billing: home('Yara Çelik', 'Rosenthaler Weg 5', '50823', 'Köln', 'NW'),
    shipping: home('Yara Çelik', 'Isarblick 40', '80469', 'München', 'BY'),
    cart: { 'KL-101': 1, 'KL-106': 2 },
    story: {
      de: 'Vor neun Tagen umgezogen, die neue Lieferadresse ist noch frisch: geliefert an die alte geht mehr.',
      en: 'Moved nine days ago, the new delivery address is still fresh: sent to the old one, more is possible.',
    },
  },
  {
    id: 'kim',
    reference: 'cus_kim',
    name: 'Kim Neumann',
    initials: 'KN',
    email: 'kim.neumann@example.com',
    kind: 'consumer',
    birthDate: '1993-03-14',
    billing: home('Kim Neumann', 'Am Wall 3', '28195', 'Bremen', 'HB'),
    isNew: true,
    cart: { 'KL-101': 1, 'KL-102': 1 },
    story: {
      de: 'Neu hier und angemeldet: nach Kim fragt der Laden eine Auskunftei. Fällt sie aus, wird weiter verkauft, nur vorsichtiger.',
      en: 'New here and signed in: about Kim the shop asks a credit bureau. When that is down it goes on selling, only more carefully.',
    },
  },
  {
    id: 'toni',
    reference: 'cus_toni',
    name: 'Toni Berger',
    initials: 'TB',
    email: 'toni.berger@example.com',
    kind: 'consumer',
    birthDate: '1988-09-30',
    billing: home('Toni Berger', 'Gartenstraße 2', '04105', 'Leipzig', 'SN'),
    cart: { 'KL-101': 1, 'KL-109': 1 },
    story: {
      de: 'Musste einmal erinnert werden: für eine Rechnung über 100 € bestätigt Toni erst die E-Mail-Adresse. Der Code liegt im Postfach unten.',
      en: 'Had to be reminded once: for an invoice above €100 Toni first confirms the e-mail address. The code lies in the mailbox below.',
    },
  },
]);

const byId = new Map(PEOPLE.map((person) => [person.id, person]));
export const GUEST = byId.get('gast');
export const personById = (id) => byId.get(id) ?? null;

/** Who has just turned so many years, for the hint beside Mika: a birth date that makes seventeen on any day of the demo. */
export function seventeenOn(today) {
  const [year, month] = today.split('-').map(Number);
  return { day: 1, month, year: year - 17 };
}

/** What a guest may fill in with one click instead of typing. */
export const EXAMPLE = Object.freeze({ email: 'alex.beispiel@example.com', ...home('Alex Beispiel', 'Musterweg 1', '04109', 'Leipzig', 'SN') });
