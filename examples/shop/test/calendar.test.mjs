// The calendar's file, as a calendar reads it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calendarFile } from '../server/calendar.js';

const entry = { due: '2026-12-31', reference: 'RF7400000001', title: 'Rechnung; Kiesel, Lein', text: 'Verwendungszweck\nRF7400000001', now: new Date('2026-11-26T09:00:00.123Z') };

const read = (file) => {
  const lines = file.replaceAll('\r\n ', '').split('\r\n').filter(Boolean);
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]));
};

test('a bill is a whole day, the one on which it is due, over the end of a year too', () => {
  const fields = read(calendarFile(entry));
  assert.equal(fields['DTSTART;VALUE=DATE'], '20261231');
  assert.equal(fields['DTEND;VALUE=DATE'], '20270101');
  assert.equal(fields.DTSTAMP, '20261126T090000Z');
  assert.equal(fields.SUMMARY, 'Rechnung\\; Kiesel\\, Lein');
  assert.equal(fields.DESCRIPTION, 'Verwendungszweck\\nRF7400000001');
});

test('the same bill is the same entry, another one another', () => {
  const uid = (reference) => read(calendarFile({ ...entry, reference })).UID;
  assert.equal(uid('RF1'), uid('RF1'));
  assert.notEqual(uid('RF1'), uid('RF2'));
});

test('no line is longer than 75 octets, and no letter is cut in two', () => {
  const title = 'ä€🙂'.repeat(40);
  const file = calendarFile({ ...entry, title });
  for (const line of file.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
  assert.equal(read(file).SUMMARY, title);
  assert.ok(!file.replaceAll('\r\n', '').includes('\n'));
});
