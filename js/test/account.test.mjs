// What <tresen-account> and its module say to each other by letters and numbers, which no compiler holds equal. The element itself is tested in a
// browser: tests/e2e.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { accountKeys, accounts } from '../build/texts.mjs';

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');
const shape = read('../src/account/shapes/account.txt');
const element = read('../src/account/element.js');
const slots = read('../../src/account/slots.rs');
const view = read('../../src/account/view.rs');

const snake = (name) => name.replace(/[a-z](?=[A-Z])/g, '$&_').toUpperCase();

test('the slots in Rust are those that the shape names, each once', () => {
  const named = [...shape.matchAll(/;#(\S)/g)].map(([, slot]) => slot);
  const known = [...slots.matchAll(/b'(\S)'/g)].map(([, slot]) => slot);
  assert.equal(new Set(known).size, known.length);
  assert.equal(new Set(named).size, named.length);
  // The card, the ways to pay and the door behind which a code is typed are for JavaScript alone.
  assert.deepEqual(named.filter((slot) => !known.includes(slot)), ['c', 'p', 'K', 'L']);
  assert.deepEqual(known.filter((slot) => !named.includes(slot)), []);
});

test('what happened and what follows have the same numbers on both sides', () => {
  const numbers = (module, pattern) => Object.fromEntries([...view.slice(view.indexOf(`pub mod ${module}`)).split('\n}')[0].matchAll(pattern)].map(([, name, number]) => [name, +number]));
  const happened = numbers('happened', /pub const (\w+): u8 = (\d+);/g);
  const next = numbers('next', /pub const (\w+): u8 = b'(\d)';/g);
  const said = Object.fromEntries([...element.matchAll(/^const ([A-Z_]+) = (\d+);$/gm)].map(([, name, number]) => [name, +number]));
  assert.ok(Object.keys(happened).length >= 7 && Object.keys(next).length === 3);
  const { NOTHING, ...follows } = next;
  assert.equal(NOTHING, 0);
  assert.deepEqual(said, { ...happened, ...follows });
});

test('the words cross the border in the order in which the module reads them', () => {
  const told = read('../../src/account/told.rs');
  const words = told.slice(told.indexOf('pub enum Word {')).split('}')[0].match(/^ {4}(\w+),$/gm).map((line) => snake(line.trim().slice(0, -1)));
  const body = element.slice(element.indexOf('function wordsOf'));
  const joined = body.slice(body.indexOf('return [\n    language'), body.indexOf('  ];')).match(/^ {4}\S.*,$/gm).map((line) => line.trim());
  assert.equal(joined.length, words.length - 1, 'all but the texts');
  const says = { STATE: /state/, TODAY: /today/, LATE: /late/, UNTIL: /until/, HOLDER: /holder/, IBAN: /iban/, BIC: /bic/, REFERENCE: /reference/, PHONE: /phone/, EMAIL: /email/, HOURS: /hours/ };
  for (const [word, pattern] of Object.entries(says)) assert.match(joined[words.indexOf(word) - 1], pattern, word);
});

test('every sentence of the shape exists, and every language says all of them', () => {
  const keys = accountKeys();
  const named = [...shape.matchAll(/~(\S+)/g)].map(([, key]) => key);
  assert.deepEqual(named.filter((key) => !keys.includes(key)), []);
  for (const [name, texts] of Object.entries(accounts())) assert.deepEqual(keys.filter((key) => !texts[key]), [], name);
});
