// What js/docs/versions.md promises: no name and no code is lost unseen, and nothing is called that the oldest browsers do not have.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { FILE, surface, written } from '../build/surface.mjs';

const src = fileURLToPath(new URL('../src', import.meta.url));

test('every name and every code that somebody may use is written down', () => {
  const kept = JSON.parse(readFileSync(FILE, 'utf8'));
  assert.deepEqual(kept, written(kept, surface()), 'run node js/build/surface.mjs');
  assert.ok(kept.names['tresen/server'].includes('forBrowser') && kept.names['<tresen-checkout>'].includes('event tresen-submit') && kept.codes.includes('cart.total_missing'));
});

test('from 1.0 on nothing is lost within a major version, and a code that is gone stays gone', () => {
  const before = { version: '1.2.0', names: { tresen: ['define', 'loadTresen'], 'tresen/plan': ['plans'] }, codes: ['a.b', 'c.d'], retired: ['e.f'] };
  const now = (version, changes = {}) => ({ version, names: before.names, codes: before.codes, ...changes });
  assert.deepEqual(written(before, now('1.3.0')), { ...now('1.3.0'), retired: ['e.f'] });
  const more = { tresen: ['define', 'loadTresen', 'more'], 'tresen/plan': ['plans'] };
  assert.deepEqual(written(before, now('1.3.0', { names: more })).names, more);
  for (const names of [{ tresen: ['define'], 'tresen/plan': ['plans'] }, { tresen: before.names.tresen }]) {
    assert.throws(() => written(before, now('1.3.0', { names })), /tresen.*new major version/);
    assert.deepEqual(written(before, now('2.0.0', { names })).names, names);
    assert.deepEqual(written({ ...before, version: '0.9.0' }, now('0.10.0', { names })).names, names, 'of 0.x nothing is promised');
  }
  assert.deepEqual(written(before, now('1.3.0', { codes: ['a.b'] })).retired, ['c.d', 'e.f']);
  for (const version of ['1.3.0', '2.0.0']) assert.throws(() => written(before, now(version, { codes: ['a.b', 'c.d', 'e.f'] })), /e\.f meant something else/);
});

/** What came after Chrome 90, Firefox 90 or Safari 15; esbuild rewrites syntax for them, and no calls. */
const LATER = /\.at\(-?\d|Object\.hasOwn\(|Object\.groupBy\(|structuredClone\(|\.findLast(Index)?\(|\.to(Sorted|Reversed|Spliced)\(|AbortSignal\.(timeout|any)\(|Promise\.withResolvers\(|Array\.fromAsync\(|\.checkVisibility\(|\.randomUUID\(|\.showPopover\(|\.togglePopover\(/;

test('what a shop’s page runs calls nothing that the oldest browsers do not have, or asks first', () => {
  const files = readdirSync(src, { recursive: true }).map(String).filter((name) => name.endsWith('.js') && !/^(server|command|backtest|playground)\b/.test(name));
  assert.ok(files.length > 60, `${files.length} files`);
  const found = files.flatMap((name) => readFileSync(join(src, name), 'utf8').split('\n').filter((line) => LATER.test(line)).map((line) => `${name}: ${line.trim()}`));
  assert.deepEqual(found, []);
  for (const line of ['list.at(-1)', 'crypto.randomUUID()', 'Object.hasOwn(a, b)']) assert.ok(LATER.test(line), line);
  for (const line of ['slots.at(words, 1)', 'crypto.randomUUID?.()', 'element.randomUUID']) assert.ok(!LATER.test(line), line);
});
