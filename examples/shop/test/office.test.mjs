// Behind the counter: amounts as people type them, what comes next, and how a claim stands.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KINDS, prefilled, readAmount } from '../server/bank.js';
import { daysBetween, nextEvent } from '../server/clock.js';
import { levelOf, standing, story, sums } from '../server/office.js';
import de from '../server/texts/de.js';
import en from '../server/texts/en.js';

const eur = (minor) => ({ minor, currency: 'EUR' });
const claim = (more) => ({ open: eur(16840), due: '2026-12-07', reference: 'RF18', holds: [], next: null, why: null, ...more });

test('an amount is read as it is typed in either language, and what is none is refused', () => {
  for (const [text, minor] of [['168,40', 16840], ['168.40', 16840], ['168', 16800], ['12,5', 1250], [' 1.234,50 € ', 123450], ['1,234.50', 123450], ['1.234', 123400], ['0,01', 1]]) assert.equal(readAmount(text), minor, text);
  for (const text of ['', '0', '-5', '1,234,5', 'viel', '1e3', '12,345,6', '99999999', '1 €€ 2,']) assert.equal(readAmount(text), null, text);
});

test('a transfer is filled from the claim', () => {
  const filled = KINDS.map((kind) => prefilled(claim(), kind, de.bank));
  assert.deepEqual(filled.map(({ minor }) => minor), [16840, 8420, 17840, 16840]);
  assert.deepEqual(filled.map(({ remittance }) => remittance), ['RF18', 'RF18', 'RF18', de.bank.wrongReference]);
  assert.equal(prefilled(claim({ open: eur(1) }), 'partial', de.bank).minor, 1);
  assert.equal(prefilled(null, 'exact', de.bank).minor, null);
});

test('what comes next is the first day on which anything happens by itself', () => {
  const claims = [claim(), claim({ due: '2026-11-20', next: { from: '2026-12-03' } }), claim({ due: null, why: { until: '2026-12-02' } })];
  assert.equal(nextEvent(claims, '2026-11-21'), '2026-12-02');
  assert.equal(nextEvent(claims, '2026-12-02'), '2026-12-03');
  assert.equal(nextEvent(claims, '2026-12-03'), '2026-12-08', 'the day after the last one that is in time');
  assert.equal(nextEvent(claims, '2026-12-08'), null);
  assert.equal(daysBetween('2026-12-30', '2027-01-02'), 3);
});

test('a claim stands as its hold says, or as its date does', () => {
  const key = (more) => standing(claim(more), '2026-12-07').key;
  assert.deepEqual([key({ holds: [{ reason: 'dispute', until: null }], due: '2026-01-01' }), key({ due: null }), key({ due: '2026-12-06' }), key({}), key({ due: '2026-12-08' }), key({ due: '2026-12-09' })], ['held_dispute', 'no_date', 'late', 'due_today', 'due_tomorrow', 'due']);
  assert.equal(standing(claim({ due: '2026-11-30' }), '2026-12-07').days, 7);
});

test('the sums of the cards are those of the rows', () => {
  const claims = [claim({ due: '2026-12-01', open: eur(5900) }), claim({ due: '2026-12-02', open: eur(21200), holds: [{ reason: 'dispute' }] }), claim({ open: eur(4290) })];
  assert.deepEqual(sums(claims, '2026-12-07'), { open: { count: 3, minor: 31390 }, early: { count: 1, minor: 4290 }, late: { count: 2, minor: 27100, held: 1 } });
});

test('everything that can be said of a claim has its words in both languages', () => {
  for (const { office } of [de, en]) {
    for (const code of ['stopped', 'elsewhere', 'sold', 'held', 'no_due_date', 'not_due', 'noted', 'too_little', 'not_yet', 'on_its_way', 'chain_ended', 'other_first', 'no_way', 'no_carrier']) assert.ok(office.why[`gate.${code}`], code);
    for (const code of ['sunday', 'holiday', 'too_early', 'too_late', 'claim_had_enough', 'customer_had_enough']) assert.ok(office.why[`contact.${code}`], code);
    for (const what of ['note', 'reminder', 'unreachable', 'propose_placement', 'propose_clearing', 'wait']) assert.equal(typeof office.steps[what](1), 'string', what);
    for (const kind of ['unknown_delivery', 'refused_message', 'unreachable', 'by_hand', 'propose_placement', 'propose_clearing', 'late_bounce', 'surplus', 'acknowledge', 'dispute', 'return', 'withdrawal', 'hardship', 'paid_already', 'not_mine', 'representative', 'message', 'debit_returned', 'debit_news']) assert.ok(office.tasks.kinds[kind] && office.tasks.help[kind], kind);
    for (const occasion of ['note', 'crossed', 'thanks']) assert.ok(office.occasions[occasion], occasion);
  }
});

test('the story of a claim has its events and its messages, each once and in their order', () => {
  const event = (type, date) => ({ date, words: type, amount: null, event: { type, occurred_at: `${date}T10:00:00.000Z` } });
  const message = (id, sent) => ({ id, occasion: 'reminder', about: [{ receivable: 'rcv_1', level: 2 }], sent_at: sent });
  const told = story({
    history: [event('ReceivableCreated', '2026-11-21'), event('LevelRaised', '2026-12-08'), event('NoticeArrived', '2026-12-09'), event('PaymentSettled', '2026-12-10'), event('PaymentAllocated', '2026-12-10')],
    messages: [message('msg_2', '2026-12-10T11:00:00.000Z'), message('msg_1', '2026-12-07T23:30:00.000Z'), message('msg_3', null)],
  });
  assert.deepEqual(told.map(({ date, words, message: sent }) => [date, words ?? sent.id]), [['2026-11-21', 'ReceivableCreated'], ['2026-12-08', 'msg_1'], ['2026-12-10', 'PaymentAllocated'], ['2026-12-10', 'msg_2']]);
  assert.equal(levelOf(told[1].message, 'rcv_1'), 2);
});
