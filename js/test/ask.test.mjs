// Questions: what each is about (tests/corpus/questions), and that an answer says nothing which the account does not show.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { before, test } from 'node:test';
import { asks, settles } from '../build/texts.mjs';
import { answer } from '../src/ask/answer.js';
import { isWord } from '../src/ask/fold.js';
import { INTENTS, understand } from '../src/ask/understand.js';
import { Words } from '../src/more/words.js';
import { minorOf } from '../src/settle/amount.js';
import { Previews } from '../src/settle/previews.js';
import { sums } from '../src/settle/stands.js';

const corpus = new URL('../../tests/corpus/questions/', import.meta.url);
const views = JSON.parse(readFileSync(new URL('views.json', corpus), 'utf8'));
const cases = readdirSync(corpus).filter((name) => name.endsWith('.jsonl')).flatMap((name) => readFileSync(new URL(name, corpus), 'utf8').trim().split('\n').map((line) => JSON.parse(line)));
const [settled, answers] = [settles(), asks()];
const spoken = Object.fromEntries(Object.keys(answers).map((language) => [language, new Words({ ...settled[language], ...answers[language] }, language)]));
const wordsOf = (language) => spoken[language];
const FAMILIAR = { fr: /^(tu|toi|ton|tes)$/i, it: /^(tu|tuo|tua|tuoi|ti)$/i, nl: /^(je|jij|jou|jouw|jullie)$/i };
const own = (name) => JSON.parse(readFileSync(new URL(`../../src/texts/ask/${name}.json`, import.meta.url), 'utf8'));
const blanks = (text) => [...new Set(text.match(/\{\w+\}/g))].sort();
const plain = (text) => text.replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll('*', '');

const asked = (question, language, view) => {
  const words = wordsOf(language);
  return understand(question, { view, words, minorOf: (typed) => minorOf(typed, 'EUR'), isMonthFirst: words.text('read.month_first') === 'yes' });
};

let previews;
before(async () => {
  const [situation] = readFileSync(new URL('../../src/account/settle/previews.txt', import.meta.url), 'utf8').split('\n');
  const { instance } = await WebAssembly.instantiate(readFileSync(new URL('../dist/settle.wasm', import.meta.url)));
  previews = new Previews(instance.exports);
  assert.equal(previews.tell(Buffer.from(situation, 'hex').toString('base64')), true);
});

/** What is answered, and all that previews said for it; only of `late` the core knows the situation. */
function answered(question, language, situation) {
  const [view, words, said] = [views[situation], wordsOf(language), []];
  const spied = Object.fromEntries(['part', 'plan', 'deferral', 'promise'].map((what) => [what, (...asks_) => (said.push(previews[what](...asks_)), said.at(-1))]));
  const settling = { view, words, previews: spied, isPreviewed: situation === 'late', money: (minor) => (minor < 0 ? '−' : '') + words.money({ minor: Math.abs(minor), currency: 'EUR' }) };
  const found = answer(settling, asked(question, language, view));
  const lines = [...found.lines, ...found.lists.flat(2).filter(Boolean), ...found.more, ...found.doors.map(([, , name]) => name)];
  return { ...found, text: plain(lines.join('\n')), said };
}

test('every question of the corpus is understood as it is meant, and what nobody can know goes to a human', () => {
  const wrong = [];
  for (const { language, question, situation, expect } of cases) {
    const { claim, ...found } = asked(question, language, views[situation]);
    const got = Object.fromEntries(Object.entries({ ...found, order: claim?.order }).filter(([, value]) => value !== undefined));
    try {
      assert.deepEqual(got, expect);
    } catch {
      wrong.push(`${language}: ${question}: ${JSON.stringify(got)} instead of ${JSON.stringify(expect)}`);
    }
  }
  assert.deepEqual(wrong, []);
  const count = (language) => cases.filter((one) => one.language === language).length;
  for (const [language, least] of [['de', 150], ['en', 80], ['fr', 25], ['it', 25], ['nl', 25]]) assert.ok(count(language) >= least, `${language}: ${count(language)}`);
  assert.equal(new Set(cases.map(({ language, question }) => `${language} ${question}`)).size, cases.length, 'no question twice');
  for (const language of new Set(cases.map((one) => one.language))) {
    const known = new Set(cases.filter((one) => one.language === language).map(({ expect }) => expect.intent));
    assert.deepEqual([...INTENTS, 'unknown'].filter((intent) => !known.has(intent)), [], language);
  }
});

test('an answer holds no number that the account or a preview does not hold, whatever is asked in whatever situation', () => {
  /** Every amount, day and count of what the service and the core said, as they are written. */
  const numbersOf = (value, words) => {
    if (Array.isArray(value)) return value.flatMap((one) => numbersOf(one, words));
    if (value?.currency) return [words.money(value)];
    if (value && typeof value === 'object') return Object.entries(value).flatMap(([key, one]) => (key === 'minor' || key === 'rest' || key === 'total' || key === 'cost' ? [words.money({ minor: one, currency: 'EUR' })] : numbersOf(one, words)));
    if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) return [words.date(value), words.day(value)];
    return value === null || value === undefined ? [] : [`${value}`];
  };
  const tokens = (text) => plain(text).match(/\d+(?:[.,]\d+)*/g) ?? [];
  let checked = 0;
  for (const { language, question } of cases) {
    const words = wordsOf(language);
    for (const situation of Object.keys(views)) {
      const { text, said, plan } = answered(question, language, situation);
      // The emergency number, and the days in which the law lets somebody withdraw.
      const allowed = new Set(['112', '14', `${plan?.rates.length}`, ...numbersOf([views[situation], said], words).flatMap(tokens)]);
      const IBAN = tokens(views[situation].transfer?.iban.match(/\S{1,4}/g).join(' ') ?? '');
      const invented = tokens(text).filter((one) => !allowed.has(one) && !IBAN.includes(one));
      assert.deepEqual(invented, [], `${language}, ${situation}: ${question}\n${text}`);
      assert.ok(text !== '' && !/[{}]|undefined|NaN/.test(text), `${language}, ${situation}: ${question}\n${text}`);
      checked += 1;
    }
  }
  assert.ok(checked >= 3000, `${checked}`);
});

test('what a claim is made of sums to what is open of it, in every situation', () => {
  for (const [situation, { claims }] of Object.entries(views)) {
    for (const claim of claims) {
      const rows = sums(claim);
      assert.equal(rows.reduce((sum, [, minor]) => sum + minor, 0), claim.open.minor, situation);
      assert.deepEqual(rows[0], ['principal', claim.agreed.minor], situation);
      assert.ok(rows.every(([kind, minor]) => minor !== 0 && minor > 0 === !['credited', 'let_go', 'paid'].includes(kind)), situation);
    }
  }
});

test('an answer is what the account shows', () => {
  for (const [question, situation, wanted, doors] of [
    ['Warum 26,40?', 'costly', /^Bestellung 2026-1041\n50,00 €\nbestellt am 2. November 2026\nKosten der Erinnerung\n0,95 €\nweil .*\nVerzugszinsen\n0,45 €\n.*\nSchon bezahlt\n−25,00 €\nNoch offen\n26,40 €\n2 × Becher\n46,00 €\nVersand\n4,00 €$/m, ['dispute']],
    ['Für wie viel habe ich eingekauft?', 'returned', /^Bestellung 2026-1041\n100,00 €\n.*\nKosten der Erinnerung\n2,50 €\n.*\nVerzugszinsen\n0,30 €\n.*\nGutgeschrieben\n−15,00 €\nNicht mehr gefordert\n−5,00 €\nSchon bezahlt\n−12,80 €\nNoch offen\n70,00 €\n/, ['dispute']],
    ['Was habe ich bezahlt?', 'returned', /^von der Bank zurückgeholt\n30,00 €\neingegangen am Donnerstag, 12\. November\n15,00 €\ndavon 2,00 € zurückgezahlt · davon 0,20 € Guthaben\nBestellung 2026-1041: Schon bezahlt 12,80 €\n/, ['paid_already']],
    ['Wofür sind die Zinsen?', 'returned', /^Bestellung 2026-1041\n/, ['dispute']],
    ['Warum 30 Euro?', 'costly', /^Einen solchen Betrag gibt es hier nicht/, ['dispute']],
    ['Wofür sind die Zinsen?', 'late', /^Bisher keine Zusatzkosten/, ['dispute']],
    ['Bis wann muss ich zahlen?', 'late', /Bestellung 2026-1041\nNoch 100,00 € offen\. Zu zahlen war bis Donnerstag, 10\. Dezember\.\nBestellung 2026-1127\nNoch 20,00 € offen/, ['pay']],
    ['Bis wann ist 2026-1127 fällig?', 'late', /^Noch 20,00 € offen/, ['pay']],
    ['Bis wann muss ich zahlen?', 'planned', /^Sie zahlen in Raten\. Noch 80,00 € offen\.\nDie nächste Rate: 30,00 € bis Mittwoch, 20\. Januar\./, ['pay']],
    ['Bis wann muss ich zahlen?', 'clarified', /^Wir klären das gerade/, []],
    ['Bis wann muss ich zahlen?', 'held', /Eine Zahlung ist schon unterwegs/, ['pay']],
    ['Bis wann muss ich zahlen?', 'paid', /^Alles bezahlt/, []],
    ['Was passiert, wenn ich nicht zahle?', 'costly', /frühestens am Montag, 28\. Dezember: Ein Mensch bei uns entscheidet/, ['hardship']],
    ['Was passiert, wenn ich nicht zahle?', 'clarified', /^Wir klären das gerade/, []],
    ['Was passiert, wenn ich nicht zahle?', 'held', /Wir warten, bis sie da ist\.$/, []],
    ['Und wenn ich die Hälfte zahle?', 'late', /^Damit zahlen Sie/, ['part']],
    ['Ich zahle 120 Euro', 'late', /120,00 € bezahlen/, ['pay']],
    ['Ich zahle 120,01 Euro', 'late', /^Möglich ist jeder Betrag bis 120,00 €/, ['part']],
    ['Ich zahle 0,00 Euro', 'late', /^Möglich ist jeder Betrag bis 120,00 €/, ['part']],
    ['Die Hälfte?', 'clarified', /^Das lässt sich hier gerade nicht erledigen/, []],
    ['Kann ich am 2. Januar zahlen?', 'late', /^Neuer Zahltag: Montag, 4\. Januar\. Es bleibt bei 100,00 €/, ['deferral']],
    ['Kann ich am 2.3.2028 zahlen?', 'late', /^So geht es hier nicht/, ['deferral', 'promise']],
    ['Kann ich später zahlen?', 'late', /^Später zahlen: Einmal verschieben, höchstens bis Samstag, 9\. Januar/, ['deferral', 'promise']],
    ['Kann ich später zahlen?', 'costly', /^Später zahlen: Nach der letzten Erinnerung .*\nZahltag nennen: .*\nDas lässt sich hier gerade nicht erledigen/, []],
    ['In 3 Raten?', 'late', /^3 Raten, die erste am Dienstag, 22\. Dezember/, ['plan']],
    ['In 99 Raten?', 'late', /^So geht es hier nicht\.\nMöglich sind 2 bis 6 Raten/, ['plan']],
    ['In 3 Raten?', 'planned', /^Sie zahlen in Raten/, ['pay']],
    ['In 3 Raten?', 'costly', /^In Raten zahlen: Dafür ist der offene Betrag zu klein\.\nDas lässt sich hier gerade nicht erledigen/, []],
    ['In 3 Raten?', 'clarified', /^Das lässt sich hier gerade nicht erledigen/, []],
    ['Ich bin umgezogen', 'late', /^Füllen Sie nur aus, was sich ändert/, ['contact']],
    ['Ich bin umgezogen', 'paid', /^Das lässt sich hier gerade nicht erledigen/, []],
    ['Wohin überweise ich?', 'late', /Musterladen GmbH\nIBAN\nDE89 3704 0044 0532 0130 00[^]*120,00 €[^]*Bezahlen mit Karte/, ['pay']],
    ['Wohin überweise ich?', 'clarified', /^Wir klären das gerade/, []],
    ['Ist meine Zahlung angekommen?', 'costly', /eingegangen am Donnerstag, 12\. November\n25,00 €/, ['paid_already']],
    ['Ist meine Zahlung angekommen?', 'late', /^Hier ist noch keine Zahlung zu sehen/, ['paid_already']],
    ['Ich habe am 10.12. überwiesen', 'late', /Wir sehen nach/, ['paid_already']],
    ['Der Becher ist kaputt', 'late', /^Zwei Angaben genügen/, ['dispute']],
    ['Der Becher ist kaputt', 'clarified', /^Das lässt sich hier gerade nicht erledigen/, []],
    ['Ich möchte widerrufen', 'costly', /^Vertrag widerrufen: Die 14 Tage sind vorbei, soweit wir wissen\./, []],
    ['Ich bin verzweifelt', 'late', /Mo–Sa 8–20 Uhr · jetzt erreichbar, bis 20 Uhr/, []],
    ['Wo finde ich meine Unterlagen?', 'late', /^Unterlagen\nEingangsbestätigung$/, ['document']],
    ['Wo finde ich meine Unterlagen?', 'paid', /^Hier liegt noch nichts/, []],
    ['Ist das echt?', 'late', /Musterladen GmbH[^]*Öffnen Sie musterladen\.example selbst/, []],
  ]) {
    const { text, doors: found } = answered(question, 'de', situation);
    assert.match(text, wanted, `${question} (${situation})`);
    assert.deepEqual(found.map(([screen]) => screen), doors, `${question} (${situation})`);
  }
});

test('a door has in its fields what was said', () => {
  const given = (question, at = 0) => answered(question, 'de', 'late').doors[at]?.[1];
  assert.deepEqual(given('wenn ich 50 Euro zahle'), { amount: '50,00' });
  assert.deepEqual(given('die Hälfte?'), { amount: '60,00' });
  assert.deepEqual(given('in 3 Raten ab 29.12.'), { rates: '3', first: '2026-12-29' });
  assert.deepEqual(given('Kann ich am 2. Januar zahlen?'), { until: '2027-01-02' });
  assert.deepEqual(given('Ich habe am 10.12. überwiesen'), { on: '2026-12-10' });
  assert.deepEqual(given('Ich habe am 24.12. überwiesen'), {}, 'a day that has not come is none on which somebody paid');
  assert.equal(given('Der Becher ist kaputt').reason, 'defective');
  assert.equal(given('Das habe ich nicht bestellt').reason, 'not_mine');
});

test('whoever cannot be answered, is told of a human; so is whoever sounds distressed', () => {
  for (const [question, isHuman] of [['Muss ich das überhaupt zahlen?', true], ['Ich will nicht mehr leben', true], ['asdf', true], ['Bis wann?', undefined]]) {
    assert.equal(answered(question, 'de', 'late').isHuman, isHuman, question);
  }
  for (const [question, language, hours] of [['Ich bin verzweifelt', 'de-du', 'Mo–Sa 8–20 Uhr'], ['I am desperate', 'en', 'Mon–Sat, 8 am–8 pm']]) {
    assert.ok(answered(question, language, 'late').text.includes(hours), language);
  }
  assert.deepEqual(answered('Ich bin verzweifelt', 'de', 'late').links, [['Schuldnerberatung Musterstadt', 'https://beratung.example']]);
});

test('who writes a letter has it read by a human', () => {
  const letter = (length) => 'Bis wann muss ich zahlen? '.padEnd(length, 'x');
  assert.equal(asked(letter(240), 'de', views.late).intent, 'due');
  assert.equal(asked(letter(241), 'de', views.late).intent, 'unknown');
});

test('what is put into one’s mouth is understood in every language', () => {
  for (const language of Object.keys(asks())) {
    const words = wordsOf(language);
    for (const intent of ['why', 'unpaid', 'part', 'rates', 'later', 'how', 'received', 'receipt']) {
      const question = words.text(`ask.${intent}`, { amount: words.money({ minor: 2640, currency: 'EUR' }), count: 3 });
      const found = asked(question, language, views.late);
      assert.equal(found.intent, intent, `${language}: ${question}`);
      if (intent === 'why') assert.equal(found.amount, 2640, question);
      if (intent === 'rates') assert.equal(found.rates, 3, question);
      if (intent === 'part') assert.equal(found.share, 1 / 2, question);
    }
  }
});

test('one wrong letter makes no difference in long words, two do, and the first has to be right', () => {
  for (const token of ['widerruf', 'widderruf', 'widerrfu', 'wderruf', 'wxderruf', 'widerrufe']) assert.ok(isWord('widerruf-', token), token);
  for (const token of ['widruf', 'widderuff', 'iderruf', 'eiderruf', 'anruf', '']) assert.ok(!isWord('widerruf-', token), token);
  for (const [pattern, token, is] of [['raten', 'rahten', true], ['raten', 'daten', false], ['rate', 'rare', false], ['iban', 'iba', false], ['-gebuhr-', 'mahngebuhren', true], ['zahl-', 'zahle', true], ['zahl-', 'bezahle', false]]) {
    assert.equal(isWord(pattern, token), is, `${pattern} ${token}`);
  }
});

test('every language names every intent and says every answer, with the same blanks, in one way', () => {
  const german = asks().de;
  const source = readdirSync(new URL('../src/ask/', import.meta.url)).map((name) => readFileSync(new URL(`../src/ask/${name}`, import.meta.url), 'utf8')).join('\n');
  assert.deepEqual(Object.keys(german).filter((key) => key.startsWith('is.')), INTENTS.map((intent) => `is.${intent}`));
  for (const [name, texts] of Object.entries(asks())) {
    assert.deepEqual(Object.keys(texts), Object.keys(german), name);
    for (const [key, text] of Object.entries(texts)) {
      assert.deepEqual(blanks(text), blanks(german[key]), `${name}: ${key}`);
      assert.ok(text.trim() === text && text !== '' && !/[!~<>]|  |\|\||\/\/|\/[ |]|[ |]\//.test(text), `${name}: ${key}`);
      if (!key.startsWith('say.')) continue;
      const said = text.split(/[^\p{L}]+/u);
      if (name === 'de') assert.ok(!said.some((word) => /^(du|dich|dir|dein\w*)$/i.test(word)), `${name}: ${key}`);
      if (name === 'de-du') assert.ok(!said.some((word) => /^(Sie|Ihnen|Ihr\w*)$/.test(word)), `${name}: ${key}`);
      if (name in FAMILIAR) assert.ok(!said.some((word) => FAMILIAR[name].test(word)), `${name}: ${key}`);
      assert.ok(!/Mahnung|Schuld(?!ner)|säumig|dunning|debtor|overdue|dette|debito/i.test(text), `${name}: ${key}`);
      assert.ok(source.includes(`'${key}'`) || ['say.principal', 'say.cost', 'say.interest'].includes(key), `nothing says ${key}`);
    }
  }
  for (const [key, text] of Object.entries(own('de-du'))) assert.notEqual(text, german[key], `de-du says the same as de: ${key}`);
});
