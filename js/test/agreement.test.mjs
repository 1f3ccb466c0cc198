// What a person agrees to who takes a credit: the texts of src/service/tests/instalments.rs, word for word.

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
const written = (name) => new RegExp(`const ${name}: &str = "(.*?)";\n`, 's').exec(service)[1].replace(/\\\n/g, '').replaceAll('\\u{a0}', '\u00a0').replaceAll('\\n', '\n');
const expected = written('THREE_OF_100');

test('the text is the one that the service expects', () => {
  const { version, text, title, terms } = agreement(words, 'instalments', plan, 'Kiesel & Lein');
  assert.equal(`${text}\n${terms}`, expected);
  assert.deepEqual([version, title], ['1', 'Bedingungen der Ratenzahlung']);
});

test('where a credit bureau was asked it is named, and nothing else is said otherwise', () => {
  const { text, terms } = agreement(words, 'instalments', plan, 'Kiesel & Lein', 'Auskunft Muster');
  assert.equal(`${text}\n${terms}`, expected.replace('ohne Auskunftei', 'mit einer Auskunft von Auskunft Muster'));
});

test('of a deferral that is credit the text is the service’s too', () => {
  const deferral = { ...plan, rates: 1, annual_rate_percent: '34.49', total: eur(10250), cost: eur(250), instalments: [rate('2026-12-21', 10250)] };
  const { version, text, title, terms } = agreement(words, 'deferral', deferral, 'Kiesel & Lein');
  assert.equal(`${text}\n${terms}`, written('LATER_FOR_A_FEE'));
  assert.deepEqual([version, title], ['credit-1', 'Bedingungen des Zahlungsaufschubs']);
});
