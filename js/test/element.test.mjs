// The parts of <tresen-checkout> that need no browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redirectUrl, sha256 } from '../src/element/answer.js';
import { bytes, toBase64 } from '../src/element/api.js';
import { readBirth } from '../src/element/birth.js';
import { readIban } from '../src/element/iban.js';
import { dayOf, isoOf } from '../src/engine/dates.js';
import { pickLanguage } from '../src/element/language.js';
import { blanks, compact, fingerprint, keys, keysRs, languages, namesRs } from '../build/texts.mjs';
import { overruled } from '../src/refused.js';
import { readFileSync } from 'node:fs';

test('a language is chosen along the tag, English where there is none', () => {
  const cases = [
    ['de', 'sie', 'de'],
    ['de-CH', 'sie', 'de'],
    ['DE_at', 'du', 'de-du'],
    ['en-GB', 'du', 'en'],
    ['fr', 'sie', 'fr'],
    ['fr-BE', 'du', 'fr'],
    ['IT', 'sie', 'it'],
    ['nl_BE', undefined, 'nl'],
    ['nld', 'sie', 'en'],
    ['pl', 'sie', 'en'],
    ['den', 'sie', 'en'],
    [null, undefined, 'en'],
  ];
  for (const [locale, form, file] of cases) assert.equal(pickLanguage(locale, form), file, `${locale} ${form}`);
  // Every file that is built serves somebody.
  const served = Object.keys(languages()).map((name) => pickLanguage(name.slice(0, 2), name.slice(3)));
  assert.deepEqual(served, Object.keys(languages()));
});

test('a payment goes on at a web address only', () => {
  const at = (redirect_url) => redirectUrl({ payment: { redirect_url } }, 'https://shop.example/pay');
  assert.equal(at('https://pay.example/1'), 'https://pay.example/1');
  assert.equal(at('/sandbox/pay/1'), 'https://shop.example/sandbox/pay/1');
  assert.equal(at('javascript:alert(1)'), null);
  assert.equal(at('data:text/html,x'), null);
  assert.equal(redirectUrl({ outcome: 'confirmed', payment: null }, 'https://shop.example/'), null);
});

test('a corrected offer becomes what the widget overrules', () => {
  const decision = {
    methods: [
      { id: 'card', state: 'offered', reasons: [], change: null },
      {
        id: 'invoice',
        state: 'withheld',
        reasons: [{ code: 'amount.maximum', rule: null }, { code: 'account.overdue', rule: 'overdue' }],
        change: {
          steps: [
            { kind: 'ship_to_billing_address' },
            { kind: 'settle_overdue', amount: { minor: 4200, currency: 'EUR' } },
            { kind: 'reduce_total', to: { minor: 15000, currency: 'EUR' }, by: { minor: 1840, currency: 'EUR' } },
          ],
        },
      },
      { id: 'pay_later', state: 'withheld', reasons: [{ code: 'general', rule: null }], change: null },
    ],
  };
  const methods = [{ id: 'invoice' }, { id: 'card' }, { id: 'pay_later' }];
  assert.deepEqual(overruled(decision, methods), [[0, ['HP', 1, 4200, 15000], 'invoice'], [2, ['A', '', '', ''], 'pay_later']]);
  assert.deepEqual(overruled({ methods: [{ id: 'card', state: 'withheld', reasons: [{ code: 'of.tomorrow' }] }] }, methods), [[1, ['A', '', '', ''], 'card']]);
  assert.deepEqual(overruled(undefined, methods), []);
});

test('a text has the hash that everybody computes', async () => {
  assert.equal(await sha256(''), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  assert.equal(await sha256('168,40\u00a0€'), '16e801f95cff76fc4fb7261893241bff40a4181e347e5d908fe28c36552901c0');
});

test('bytes survive base64', () => {
  const all = Uint8Array.from({ length: 256 }, (_, octet) => octet);
  assert.deepEqual(bytes(toBase64(all)), all);
});

/** The end of the key of a mistake's sentence, which is what its number means. */
const mistakeOf = (kind, number) => keys().filter((key) => key.startsWith(`${kind}.error.`))[number]?.split('.').at(-1) ?? null;

test('a typed date is read or the mistake is named where it is', () => {
  const [day, month, year] = [1, 2, 4];
  const cases = [
    [['27', '3', '1985'], '1985-03-27'],
    [['07', '03', '1985'], '1985-03-07'],
    [['29', '2', '2004'], '2004-02-29'],
    [['1', '1', '1969'], '1969-01-01'],
    [['29', '2', '1985'], day | month, 'day'],
    [['31', '2', '1985'], day | month, 'day'],
    [['0', '2', '1985'], day | month, 'day'],
    [['257', '2', '1985'], day | month, 'day'],
    [['101', '2', '1985'], day | month, 'day'],
    [['1', '13', '1985'], month, 'month'],
    [['1', '0', '1985'], month, 'month'],
    [['1', '257', '1985'], month, 'month'],
    [['', '3', ''], day | year, 'empty'],
    [['1', 'März', '1985'], month, 'digits'],
    [['1', '-3', '1985'], month, 'digits'],
    [['1.5', '3', '0x7c1'], day | year, 'digits'],
    [['\u0665', '3', '1985'], day, 'digits'],
    [['', 'März', '85'], day, 'empty'],
    [['1', '13', '85'], year, 'year'],
    [['1', '3', '85'], year, 'year'],
    [['1', '3', '0000'], year, 'year'],
    [['1', '3', '19850'], year, 'year'],
    [['21', '11', '2026'], '2026-11-21'],
    [['22', '11', '2026'], year, 'future'],
  ];
  for (const [typed, expected, kind = null] of cases) {
    const [where, mistake, date] = readBirth(typed, dayOf('2026-11-21'));
    assert.deepEqual([where, mistakeOf('birth', mistake)], [kind === null ? 0 : expected, kind], `${typed}`);
    if (kind === null) assert.equal(isoOf(date), expected);
  }
});

test('an IBAN is read or its mistake is named', () => {
  const check = (typed) => mistakeOf('iban', readIban(typed)[1]);
  // Examples of the SWIFT IBAN registry.
  for (const good of ['DE89 3704 0044 0532 0130 00', 'at611904300234573201', 'GB29-NWBK-6016-1331-9268-19', 'NO9386011117947', 'MT84MALT011000012345MTLCAST001S']) {
    assert.equal(check(good), null, good);
  }
  assert.equal(readIban('at61 1904-3002 3457 3201')[0], 'AT611904300234573201');
  const cases = [
    [' ', 'empty'],
    ['DE89 3704 0044 0532 0130 0Ü', 'characters'],
    // A dotless i, a Kelvin sign and a sharp s: capitals of them are Latin letters.
    ['MT84MALT011000012345MTLCAST00\u0131S', 'characters'],
    ['\u212aZ', 'characters'],
    ['DE\u00df', 'characters'],
    ['DE89(', 'characters'],
    ['US89 3704 0044 0532 0130 00', 'country'],
    ['D', 'country'],
    ['24AD', 'country'],
    ['DE89 3704 0044 0532 0130 0', 'length'],
    ['DE89 3704 0044 0532 0130 01', 'checksum'],
    ['DE89 3704 0044 0532 0310 00', 'checksum'],
  ];
  for (const [typed, kind] of cases) assert.equal(check(typed), kind, typed);
  assert.equal(readIban('DE')[2], '22');
});

test('every language file holds every sentence, in the order of the keys, with letters for its blanks', () => {
  const silent = new Set();
  for (const [name, texts] of Object.entries(languages())) {
    const [mark, ...sentences] = JSON.parse(compact(texts)).split('~');
    assert.equal(mark, fingerprint());
    assert.equal(sentences.length, keys().length, name);
    const names = (sentence) => sentence.match(/\{\w+\}/g) ?? [];
    keys().forEach((key, place) => {
      if (sentences[place] === '') return silent.add(key.split('.')[1]);
      const letters = names(texts[key]).map((found) => `{${String.fromCharCode(65 + blanks().indexOf(found.slice(1, -1)))}`);
      assert.deepEqual(sentences[place].match(/\{./g) ?? [], letters, `${name} ${key}`);
    });
  }
  // Only what the widget says nothing about is left out: reasons for which a method is none that this shopper misses.
  const [, absent] = readFileSync(new URL('../../src/checkout/widget/method.rs', import.meta.url), 'utf8').match(/if self\.is_withheld_for\(\[(.*?)\]\) \{\s+Standing::Absent/);
  const reasons = absent.match(/(?<=Reason::)\w+/g).map((name) => name.replace(/\B[A-Z]/g, '_$&').toLowerCase());
  assert.ok(reasons.length > 0);
  assert.deepEqual([...silent].map((key) => reasons.find((reason) => key.endsWith(reason))).sort(), reasons.sort());
});

test('the keys in Rust are in step with the language files', () => {
  assert.equal(readFileSync(new URL('../../src/texts/keys.rs', import.meta.url), 'utf8'), keysRs());
  assert.equal(readFileSync(new URL('../../src/texts/names.rs', import.meta.url), 'utf8'), namesRs());
});

test('what happened has the same number in Rust and in JavaScript, and what follows too', () => {
  const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  const rust = read('src/checkout/widget.rs');
  const numbersOf = (source, pattern) => Object.fromEntries(Array.from(source.matchAll(pattern), ([, name, number]) => [name.toUpperCase(), +number]));
  const happened = numbersOf(rust.slice(rust.indexOf('mod happened'), rust.indexOf('enum Next')), /pub const (\w+): u8 = (\d+);/g);
  const next = numbersOf(rust.slice(rust.indexOf('enum Next')), /^    (\w+) = b'(\d)',$/gm);
  const used = numbersOf(read('js/src/element/checkout.js') + read('js/src/element/counter.js'), /^const ([A-Z]+) = (\d+);$/gm);
  const { NOTHING, ...follows } = next;
  assert.equal(NOTHING, 0);
  assert.deepEqual(used, { ...happened, ...follows });
});

test('the slots in Rust are those that the shapes name, each once in its place', () => {
  const read = (name) => readFileSync(new URL(`../src/element/shapes/${name}.txt`, import.meta.url), 'utf8');
  const named = (...names) => names.flatMap((name) => Array.from(read(name).matchAll(/;#(.)/g), ([, slot]) => slot));
  const rust = readFileSync(new URL('../../src/checkout/widget/slots.rs', import.meta.url), 'utf8');
  const used = (module) => Array.from(rust.split(`pub mod ${module} {`)[1].split('}')[0].matchAll(/b'(.)'/g), ([, slot]) => slot);
  const row = named('row', 'facts', 'account', 'consent');
  for (const [module, slots] of Object.entries({ card: named('card'), row, apart: named('apart'), done: named('done') })) {
    assert.equal(new Set(slots).size, slots.length, module);
    assert.ok(used(module).length > 8, module);
    assert.deepEqual(used(module).filter((slot) => !slots.includes(slot)), [], module);
  }
  assert.deepEqual(named('sentence'), ['f']);
  assert.deepEqual(row.filter((slot) => named('apart').includes(slot)), [], 'a row and what stands apart share a place');
  assert.deepEqual(named('card').filter((slot) => named('done').includes(slot)), []);
});

test('no element of a shape is deeper than a child of the one before', () => {
  const shapes = (names) => names.map((name) => readFileSync(new URL(`../src/element/shapes/${name}.txt`, import.meta.url), 'utf8')).join('');
  for (const names of [['card'], ['apart'], ['done'], ['row', 'facts', 'consent'], ['row', 'account', 'consent'], ['row', 'sentence']]) {
    let allowed = 0;
    for (const line of shapes(names).trimEnd().split('\n')) {
      const depth = line.search(/\S/);
      assert.ok(depth >= 0 && depth <= allowed, `${names}: ${line}`);
      allowed = depth + 1;
    }
  }
});
