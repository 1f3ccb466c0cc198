// What <tresen-hint> says, and when it says nothing. The element itself is tested in a browser: tests/e2e.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hints } from '../build/texts.mjs';
import { lineOf } from '../src/hint/line.js';

const euro = (minor) => ({ minor, currency: 'EUR' });
const INVOICE = { id: 'invoice', kind: 'invoice', smallest: euro(1000), largest: euro(25000), term: { days: 14, from: 'delivery' } };
const LATER = { id: 'later', kind: 'pay_later', smallest: euro(1), largest: euro(40000), term: { days: 30, from: 'order' } };
const ADVANCE = { id: 'advance', kind: 'prepayment', smallest: euro(1) };

const all = hints();
const sentences = (language) => ({ ...all.de, ...all[language] });
const plain = (line) => line.replace(/[\u00a0\u202f]/g, ' ');

/** The line for these methods; `asked` may change what is asked, `hint` what is known. */
const line = (methods, asked = {}, { language = 'de', ...hint } = {}) =>
  plain(lineOf({ format: 1, currency: 'EUR', methods, ...hint }, sentences(language), { amount: null, currency: null, today: '2026-11-21', locale: language.slice(0, 2), ...asked }));

test('without an amount it says for which carts', () => {
  const { smallest, largest, ...open } = INVOICE;
  assert.equal(line([INVOICE]), 'Kauf auf Rechnung möglich von 10,00 € bis 250,00 €');
  assert.equal(line([{ ...INVOICE, smallest: euro(1) }]), 'Kauf auf Rechnung möglich bis 250,00 €');
  assert.equal(line([{ ...open, smallest }]), 'Kauf auf Rechnung möglich ab 10,00 €');
  assert.equal(line([{ ...open, smallest: euro(1) }]), 'Kauf auf Rechnung möglich');
});

test('with an amount it says when to pay, to the cent', () => {
  const payable = 'Kauf auf Rechnung: Sie zahlen bis 14 Tage nach der Lieferung';
  const [from, upTo] = ['Kauf auf Rechnung möglich ab 10,00 €', 'Kauf auf Rechnung möglich bis 250,00 €'];
  for (const [amount, expected] of [[0, from], [999, from], [1000, payable], [25000, payable], [25001, upTo]]) assert.equal(line([INVOICE], { amount }), expected, `${amount}`);
  assert.equal(line([INVOICE, LATER], { amount: 25001 }), 'Später zahlen: Sie zahlen bis 30 Tage nach der Bestellung');
  assert.equal(line([INVOICE, LATER], { amount: 40001 }), upTo);
  // No day is named where there is none, or where the sentence would not be one.
  for (const term of [undefined, { days: 0, from: 'order' }, { days: 1, from: 'delivery' }]) assert.equal(line([{ ...INVOICE, term }], { amount: 5000 }), 'Kauf auf Rechnung möglich');
});

test('it says nothing where nothing can be said', () => {
  assert.equal(line([]), '');
  assert.equal(line([ADVANCE], { amount: 5000 }), '');
  assert.equal(line([INVOICE], { currency: 'CHF' }), '');
  assert.equal(line([INVOICE], {}, { format: 2 }), '');
  assert.equal(line([INVOICE], { today: '2027-01-01' }, { valid_until: '2026-12-31' }), '');
  assert.notEqual(line([INVOICE], { today: '2026-12-31' }, { valid_until: '2026-12-31' }), '');
  assert.notEqual(line([INVOICE], { currency: 'EUR' }), '');
});

test('a credit for which the law asks for more than a line is not mentioned', () => {
  assert.equal(line([{ ...INVOICE, fee: { fixed: euro(100), rate_ppm: 0 } }], { amount: 5000 }), '');
  assert.equal(line([{ ...INVOICE, term: { days: 51, from: 'order' } }], { amount: 5000 }), '');
  assert.notEqual(line([{ ...INVOICE, term: { days: 50, from: 'order' } }], { amount: 5000 }), '');
  assert.match(line([{ ...INVOICE, fee: { fixed: euro(0), rate_ppm: 1 } }, LATER], { amount: 5000 }), /^Später zahlen/);
});

test('amounts are written as the currency has its minor units', () => {
  const yen = (minor) => ({ minor, currency: 'JPY' });
  assert.equal(line([{ ...INVOICE, smallest: yen(1), largest: yen(25000) }], {}, { currency: 'JPY' }), 'Kauf auf Rechnung möglich bis 25.000 ¥');
  const dinar = (minor) => ({ minor, currency: 'KWD' });
  assert.equal(line([{ ...INVOICE, smallest: dinar(1), largest: dinar(25000) }], {}, { currency: 'KWD', language: 'en' }), 'Pay by invoice: available up to KWD 25.000');
});

test('every language has every sentence with the same blanks, and speaks as it should', () => {
  const blanks = (sentence) => (sentence.match(/\{\w+\}/g) ?? []).sort().join();
  for (const [language, own] of Object.entries(all)) {
    const whole = sentences(language);
    assert.deepEqual(Object.keys(whole), Object.keys(all.de), language);
    if (language !== 'de-du') assert.deepEqual(Object.keys(own), Object.keys(all.de), language);
    for (const [key, sentence] of Object.entries(whole)) assert.equal(blanks(sentence), blanks(all.de[key]), `${language} ${key}`);
    for (const amount of [null, 500, 5000]) {
      const said = line([INVOICE], { amount }, { language });
      assert.ok(said && !/[{}]|undefined|NaN/.test(said), `${language}: ${said}`);
    }
  }
  assert.equal(line([INVOICE], { amount: 5000 }, { language: 'de-du' }), 'Kauf auf Rechnung: Du zahlst bis 14 Tage nach der Lieferung');
  assert.ok(Object.values(sentences('de-du')).every((sentence) => !/\b(Sie|Ihr\w*)\b/.test(sentence)));
  assert.equal(line([INVOICE], { amount: 5000 }, { language: 'en' }), 'Pay by invoice: you pay within 14 days of delivery');
});

test('importing it on a server defines nothing and breaks nothing', async () => {
  const { TresenHint } = await import('../src/hint.js');
  assert.equal(typeof TresenHint, 'function');
  assert.equal(typeof customElements, 'undefined');
});
