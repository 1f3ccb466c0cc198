// The sentences that only some checkouts load, and where debt advice is to be had.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { languages, more } from '../build/texts.mjs';

const files = Object.entries(more());
const of = (kind) => files.filter(([path]) => path.startsWith(`${kind}/`)).map(([path, texts]) => [path.slice(kind.length + 1), texts]);
const blanks = (text) => [...new Set(text.match(/\{\w+\}/g))].sort();
const words = (text) => text.split(/[^\p{L}]+/u);

test('every language has every sentence, with the same blanks', () => {
  for (const kind of ['more', 'steps']) {
    const all = of(kind);
    assert.deepEqual(all.map(([name]) => name), Object.keys(languages()), kind);
    const [[, german]] = all;
    for (const [name, texts] of all) {
      assert.deepEqual(Object.keys(texts).sort(), Object.keys(german).sort(), `${kind} ${name}`);
      for (const [key, text] of Object.entries(texts)) assert.deepEqual(blanks(text), blanks(german[key]), `${kind} ${name}: ${key}`);
    }
  }
});

test('steps are asked for calmly, and a person is addressed in one way', () => {
  for (const [name, texts] of of('steps')) {
    for (const [key, text] of Object.entries(texts)) {
      assert.ok(text.trim() === text && text !== '' && !/[!~<>]/.test(text), `${name}: ${key}`);
      const said = words(text);
      if (name === 'de') assert.ok(!said.some((word) => /^(du|dich|dir|dein\w*)$/i.test(word)), `${name}: ${key}`);
      if (name === 'de-du') assert.ok(!said.some((word) => /^(Sie|Ihnen|Ihr\w*)$/.test(word)), `${name}: ${key}`);
    }
  }
  const own = JSON.parse(readFileSync(new URL('../../src/texts/steps/de-du.json', import.meta.url), 'utf8'));
  const [[, german]] = of('steps');
  for (const [key, text] of Object.entries(own)) assert.notEqual(text, german[key], `de-du says the same as de: ${key}`);
});

test('debt advice has an address, a source, and the day on which it was looked up', () => {
  const advice = JSON.parse(readFileSync(new URL('../../src/texts/credit/advice.json', import.meta.url), 'utf8'));
  assert.ok(Object.keys(advice).length > 0);
  for (const [market, { name, web, phone, source, checked_on: checked }] of Object.entries(advice)) {
    assert.match(market, /^[A-Z]{2}$/);
    assert.ok(name.length > 3 && (phone === null || /^[\d -]+$/.test(phone)), market);
    for (const url of [web, source]) assert.ok(new URL(url.split(',')[0]).protocol === 'https:', `${market}: ${url}`);
    assert.match(checked, /^20\d\d-\d\d-\d\d$/, market);
  }
});
