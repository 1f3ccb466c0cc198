// A bank to play with: whoever pays makes a transfer, and the shop's bank feed tells the service of it, as a merchant's would.

import { CURRENCY, money } from './cart.js';
import { Refusal } from './http.js';

/** What one can try, and what the form is filled with. */
export const KINDS = ['exact', 'partial', 'more', 'wrong'];
const MORE_MINOR = 1000;
const TEXT_MAX = 140;
const MINOR_MAX = 10_000_000;

export function prefilled(claim, kind, words) {
  if (claim === null) return { minor: null, remittance: '' };
  const { minor } = claim.open;
  const sums = { exact: minor, partial: Math.ceil(minor / 2), more: minor + MORE_MINOR, wrong: minor };
  return { minor: sums[kind], remittance: kind === 'wrong' ? words.wrongReference : claim.reference };
}

/** `1.234,50`, `1,234.50`, `12` or `12,5`, in cents; null for what is no amount. */
export function readAmount(text) {
  const plain = text.replaceAll(/[\s\u00a0€]/g, '');
  const found = /^(\d{1,3}(?:\.\d{3})*|\d+)(?:,(\d{1,2}))?$/.exec(plain) ?? /^(\d{1,3}(?:,\d{3})*|\d+)(?:\.(\d{1,2}))?$/.exec(plain);
  if (!found) return null;
  const minor = Number(found[1].replaceAll(/[.,]/g, '')) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
  return minor > 0 && minor <= MINOR_MAX ? minor : null;
}

export function createBank({ tresen, clock }) {
  const transfers = [];
  const debits = new Map();
  let rounds = 0;
  return {
    /** Direct debits that are announced, with the bank, or were since the demo began: the newest first. */
    async debits() {
      const { debits: open } = await tresen.debits.list();
      for (const [name, { state }] of debits) if (state === 'announced' || state === 'submitted') debits.delete(name);
      for (const debit of open) debits.set(debit.debit, debit);
      return [...debits.values()].toReversed();
    },
    /** The shop hands in what is to be with its bank today. */
    async handIn() {
      await tresen.debits.handIn({ idempotencyKey: `debits-${clock.today()}-${(rounds += 1)}` });
    },
    /** The payer's bank pays, or sends the debit back; the shop's bank tells of it. */
    async debited(name, outcome) {
      if (!debits.has(name)) throw new Refusal(404, 'debit.unknown', 'there is no such debit');
      const told = outcome === 'settled' ? { outcome, on: clock.today() } : { outcome: 'returned', reason: 'AC04' };
      debits.set(name, await tresen.debits.outcome(name, told));
    },
    /** The newest first. */
    transfers: () => transfers.toReversed(),
    find: (number) => transfers.find((transfer) => transfer.number === number) ?? null,
    /** The payment is made, and the shop's bank tells of it. */
    async send({ minor, remittance, payer }) {
      if (minor === null || remittance.length > TEXT_MAX || payer.length > TEXT_MAX) throw new Refusal(422, 'transfer.malformed', 'this is no transfer');
      const number = `U-${String(transfers.length + 1).padStart(4, '0')}`;
      const transfer = { number, amount: money(minor), remittance, payer, on: clock.today() };
      const told = { provider: 'bank', reference: number, amount: transfer.amount, value_date: transfer.on, ...(remittance === '' ? {} : { remittance }) };
      const { id } = await tresen.payments.receive(told, { idempotencyKey: `bank-${number}` });
      transfers.push({ ...transfer, id });
      return transfers.at(-1);
    },
    /** What became of it, as the service says now. */
    async outcome({ id }) {
      const payment = await tresen.payments.get(id);
      const paid = new Map();
      for (const { receivable, amount } of payment.lines) paid.set(receivable, (paid.get(receivable) ?? 0) + amount.minor);
      const lines = await Promise.all([...paid].map(async ([receivable, minor]) => {
        const { order, balance } = await tresen.receivables.get(receivable);
        return { order, paid: { minor, currency: CURRENCY }, open: balance };
      }));
      return { state: payment.state, lines, left: payment.left };
    },
  };
}
