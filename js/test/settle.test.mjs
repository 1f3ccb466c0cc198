// What an account says and reads: its sentences in each language, and amounts as people type them.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { proofs, reaches, settles } from '../build/texts.mjs';
import { digitsOf, minorOf } from '../src/settle/amount.js';
import { Previews } from '../src/settle/previews.js';

const FOLDERS = { settle: settles(), proof: proofs(), reach: reaches() };
const blanks = (text) => [...new Set(text.match(/\{\w+\}/g))].sort();
const words = (text) => text.split(/[^\p{L}]+/u);
/** What is owed is spoken of politely: vous, Lei, u. */
const FAMILIAR = { fr: /^(tu|toi|ton|tes|tien\w*)$/i, it: /^(tu|tuo|tua|tuoi|tue|ti)$/i, nl: /^(je|jij|jou|jouw|jullie)$/i };
const own = (folder, name) => JSON.parse(readFileSync(new URL(`../../src/texts/${folder}/${name}.json`, import.meta.url), 'utf8'));

for (const [folder, texts] of Object.entries(FOLDERS)) test(`${folder}: every language has every sentence, with the same blanks, and speaks to a person in one way`, () => {
  const files = Object.entries(texts);
  const [[, german]] = files;
  for (const [name, texts] of files) {
    assert.deepEqual(Object.keys(texts).sort(), Object.keys(german).sort(), name);
    for (const [key, text] of Object.entries(texts)) {
      assert.deepEqual(blanks(text), blanks(german[key]), `${name}: ${key}`);
      assert.ok(text.trim() === text && text !== '' && !/[!~<>]/.test(text), `${name}: ${key}`);
      if (name === 'de') assert.ok(!words(text).some((word) => /^(du|dich|dir|dein\w*)$/i.test(word)), `${name}: ${key}`);
      if (name === 'de-du') assert.ok(!words(text).some((word) => /^(Sie|Ihnen|Ihr\w*)$/.test(word)), `${name}: ${key}`);
      if (name in FAMILIAR) assert.ok(!words(text).some((word) => FAMILIAR[name].test(word)), `${name}: ${key}`);
      // Who owes something is no defendant.
      assert.ok(!/Mahnung|Schuld(?!ner|hulp)|säumig|umgehend|unverzüglich|dunning|debtor|overdue|immediately|\bdettes?\b|impayé|mise en demeure|\bdebito\b|debitore|sollecit|aanmaning|wanbetal/i.test(text), `${name}: ${key}`);
    }
  }
  for (const [key, text] of Object.entries(own(folder, 'de-du'))) assert.notEqual(text, german[key], `de-du says the same as de: ${key}`);
});

for (const name of Object.keys(FOLDERS)) test(`${name}: every sentence is said somewhere, and what is said is there`, () => {
  const folder = new URL(`../src/${name}/`, import.meta.url);
  const source = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n');
  const said = [...source.matchAll(/'([a-z_]+(?:\.[a-z_]+)*)'/g)].map(([, key]) => key);
  const starts = [...source.matchAll(/`([a-z_.]+)\$\{/g)].map(([, start]) => start);
  const unsaid = Object.keys(own(name, 'de')).filter((key) => !said.includes(key) && !starts.some((start) => key.startsWith(start)) && !key.startsWith('plan.date'));
  assert.deepEqual(unsaid, []);
});

test('an amount is read as people type it, in the digits of its currency', () => {
  for (const [typed, minor] of [['50', 5000], ['50,00', 5000], ['50.00', 5000], ['50,5', 5050], ['1.234,50 €', 123450], ['1,234.50', 123450], ['€ 7', 700], [' 0,01 ', 1], ['1.234', 123400], ['1 234,50', 123450]]) {
    assert.equal(minorOf(typed, 'EUR'), minor, typed);
  }
  for (const typed of ['', 'fünfzig', '-', '€', 'DE89370400440532013000']) assert.equal(minorOf(typed, 'EUR'), null, typed);
  assert.equal(minorOf('500', 'JPY'), 500);
  assert.equal(minorOf('1.000', 'JPY'), 1000);
  assert.deepEqual(['EUR', 'JPY', 'KWD'].map(digitsOf), [2, 0, 3]);
});

test('the module says in WebAssembly what the core says where it was built', async () => {
  const [situation, ...asked] = readFileSync(new URL('../../src/account/settle/previews.txt', import.meta.url), 'utf8').trim().split('\n');
  const { instance } = await WebAssembly.instantiate(readFileSync(new URL('../dist/settle.wasm', import.meta.url)));
  const previews = new Previews(instance.exports);
  assert.deepEqual(previews.part(100), { why: 'settle.unread' }, 'nothing was told yet');
  assert.equal(previews.tell(Buffer.from(situation, 'hex').toString('base64')), true);
  const say = {
    2: ([minor, ...chosen]) => flat(previews.part(minor, chosen), ({ rest, lines }) => [rest, ...lines.flatMap(({ receivable, item, minor: got }) => [receivable, item, got])]),
    3: ([rates, first = '']) => flat(previews.plan(rates, first), ({ total, cost, rates: dated }) => [total, cost, ...dated.flatMap(({ due, minor }) => [due, minor])]),
    4: ([receivable, until]) => flat(previews.deferral(receivable, until), ({ before, until: day }) => [before, day]),
    5: ([day]) => flat(previews.promise(day), ({ date, grace }) => [date, grace]),
    6: ([receivable, ...pieces]) => flat(previews.objection(receivable, pieces), ({ minor, asked: rest }) => [minor, rest]),
  };
  const flat = (answer, words) => (answer.why === undefined ? `1${words(answer).join(' ')}` : `0${answer.why}`);
  const known = asked.map((line) => line.split('|')).filter(([what]) => what in say);
  assert.ok(known.length >= 19);
  for (const [what, words, answer] of known) assert.equal(say[what](words.split(' ')), answer, `${what} ${words}`);
  assert.equal(previews.tell('AAAA'), false, 'what another build wrote');
});
