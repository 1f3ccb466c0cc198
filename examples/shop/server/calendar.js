// The day on which a bill is due, as a file for a calendar (RFC 5545): the shop and what to write on the transfer, nothing about anybody.

import { createHash } from 'node:crypto';

const LINE_MAX = 75;

/** @param {{ due: string, reference: string, title: string, text: string, now: Date }} entry `due` as `2026-12-04` */
export function calendarFile({ due, reference, title, text, now }) {
  const next = new Date(`${due}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  const compact = (day) => day.replaceAll('-', '');
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Kiesel & Lein//Demo//DE',
    'BEGIN:VEVENT',
    // The same bill is the same entry, however often its file is opened.
    `UID:${createHash('sha256').update(reference).digest('hex').slice(0, 32)}@kiesel-lein.example`,
    `DTSTAMP:${now.toISOString().replace(/[-:]|\.\d+/g, '')}`,
    `DTSTART;VALUE=DATE:${compact(due)}`,
    `DTEND;VALUE=DATE:${compact(next.toISOString().slice(0, 10))}`,
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(text)}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

const escaped = (text) => text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');

/** No line is longer than 75 octets; what follows begins with a blank, and no letter is cut in two. */
function folded(line) {
  const parts = [''];
  let octets = 0;
  for (const letter of line) {
    const length = Buffer.byteLength(letter);
    if (octets + length > LINE_MAX) {
      parts.push('');
      // The blank that begins it counts.
      octets = 1;
    }
    parts[parts.length - 1] += letter;
    octets += length;
  }
  return parts.join('\r\n ');
}
