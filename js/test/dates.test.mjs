// Local dates as days: every day that there is, and nothing else.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_DATE, dayOf, isoOf } from '../src/engine/dates.js';

test('every day from 1900 to 2199 follows the one before, and is written as it was read', () => {
  let day = -25_567;
  for (const time = new Date('1900-01-01T00:00:00Z'); time.getUTCFullYear() < 2200; time.setUTCDate(time.getUTCDate() + 1)) {
    const text = time.toISOString().slice(0, 10);
    assert.equal(dayOf(text), day, text);
    assert.equal(isoOf(day), text);
    day += 1;
  }
  assert.equal(day - 1, dayOf('2199-12-31'));
});

test('what is no date is none', () => {
  const none = ['2026-00-10', '2026-13-01', '2026-99-01', '2026-01-00', '2026-01-32', '2026-04-31', '2026-02-29', '2100-02-29', '1899-12-31', '2200-01-01'];
  const written = ['2026-1-01', '2026-01-1', '2026/01/01', '20260101', '2026-01-01T', ' 2026-01-1', '2026-0a-01', '2026-01-0:', '-026-01-01', '２026-01-01', ''];
  for (const value of [...none, ...written, 20_260_101, null, undefined, ['2026-01-01'], new Date(0)]) assert.equal(dayOf(value), NO_DATE, String(value));
  for (const text of ['2024-02-29', '2000-02-29', '1900-02-28', '2026-12-31']) assert.notEqual(dayOf(text), NO_DATE, text);
});
