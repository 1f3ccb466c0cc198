// What a person agrees to who pays in instalments: the text of src/service/tests/instalments.rs, word for word.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { agreement } from '../src/more/agreement.js';

const sentences = JSON.parse(readFileSync(new URL('../../src/texts/credit/de.json', import.meta.url), 'utf8'));
const MONTHS = JSON.parse(readFileSync(new URL('../../src/texts/de.json', import.meta.url), 'utf8'))['date.months'].split('|');

// Amounts and percentages come from the plans module, which has tests of its own.
const words = {
  text: (key, blanks = {}) => sentences[key].replace(/\{(\w+)\}/g, (_, name) => blanks[name] ?? ''),
  date: (iso) => {
    const [year, month, day] = iso.split('-').map(Number);
    return words.text('plan.date', { day, month: MONTHS[month - 1], year });
  },
  amount: ({ minor }) => `${Math.trunc(minor / 100)},${String(minor % 100).padStart(2, '0')}\u00a0€`,
  percent: (plain) => plain.replace('.', ','),
};

const eur = (minor) => ({ minor, currency: 'EUR' });
const rate = (due_date, minor) => ({ due_date, amount: eur(minor) });
const plan = {
  rates: 3,
  interest_percent: '0.00',
  annual_rate_percent: '0.00',
  total: eur(10000),
  cost: eur(0),
  instalments: [rate('2026-12-21', 3334), rate('2027-01-21', 3333), rate('2027-02-22', 3333)],
};

const service = readFileSync(new URL('../../src/service/tests/instalments.rs', import.meta.url), 'utf8');
const expected = /const THREE_OF_100: &str = "(.*?)";\n/s.exec(service)[1].replace(/\\\n/g, '').replaceAll('\\u{a0}', '\u00a0').replaceAll('\\n', '\n');

test('the text is the one that the service expects', () => {
  const { version, text, title, terms } = agreement(words, plan, 'Kiesel & Lein', eur(10000));
  assert.equal(`${text}\n${terms}`, expected);
  assert.deepEqual([version, title], ['1', 'Bedingungen der Ratenzahlung']);
});

test('where a credit bureau was asked it is named, and nothing else is said otherwise', () => {
  const { text, terms } = agreement(words, plan, 'Kiesel & Lein', eur(10000), 'Auskunft Muster');
  assert.equal(`${text}\n${terms}`, expected.replace('ohne Auskunftei', 'mit einer Auskunft von Auskunft Muster'));
});
