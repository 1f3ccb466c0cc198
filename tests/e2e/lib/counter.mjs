// The demo with people who owe something, and what its service and its provider say of it: the ledger, the mails, the money taken.

import { readFileSync } from 'node:fs';
import { personas } from '../../../examples/shop/server/demo.js';
import { useDemo } from './demo.mjs';

const eur = (minor) => ({ minor, currency: 'EUR' });

/**
 * One demo for a file of tests; `debts` are `[reference, order, minor, days]`: so many days ago the bill was due. Whoever is nobody of the demo's has a pay
 * link, and no account to sign in to.
 */
export function useCounter(debts) {
  const people = personas();
  for (const [reference, order, minor, days] of debts) {
    const claim = { order, method: 'invoice', amount: eur(minor), ordered_on: `today-${days + 14}d`, due_date: `today-${days}d` };
    const known = people.customers.find((customer) => customer.reference === reference);
    if (known) known.receivables.push(claim);
    else people.customers.push({ reference, email: `${reference.replaceAll('_', '.')}@example.com`, facts: {}, receivables: [claim] });
  }
  return Object.assign(useDemo({ people }), SAYS);
}

const SAYS = {
  async says(method, path, body) {
    const headers = { authorization: `Bearer ${this.keys.secret}`, 'content-type': 'application/json' };
    const answer = await fetch(this.service.url + path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
    return answer.json();
  },
  /** `{ open, credit, receivable }` of somebody, in cents. */
  async stands(reference) {
    const { open_balance: open, credit, receivables } = await this.api.customers.account(reference);
    return { open: open.minor, credit: credit.minor, receivable: receivables[0] };
  },
  async link(reference) {
    const { receivable } = await this.stands(reference);
    const { token } = await this.api.receivables.paylink(receivable.id);
    return `${this.url}/tresen/pay/${token}`;
  },
  /** What happened to a claim, as the merchant's own file has it. */
  async happened(reference, type) {
    const { receivable } = await this.stands(reference);
    const { history } = await this.api.receivables.file(receivable.id);
    return history.filter(({ event }) => event.type === type);
  },
  /** A customer's account, as it is told to them. */
  async told(reference) {
    const { token } = await this.api.customers.access(reference);
    return (await fetch(`${this.service.url}/v1/accounts/${token}`)).json();
  },
  /** Whole days on, a week at a time: what is due on the way happens. */
  async travels(days) {
    for (let left = days; left > 0; left -= 7) await this.says('POST', '/v1/sandbox/clock', { advance_days: Math.min(left, 7) });
  },
  /** What the service looks after now and then it looks after now. */
  looksAfter() {
    return this.says('POST', '/v1/sandbox/clock', { advance_days: 0 });
  },
  /** Those that hold a word, of the text or of whom they went to; the newest first. */
  async mails(about) {
    const { messages } = await this.says('GET', '/v1/sandbox/messages');
    return messages.filter(({ to, text }) => (typeof about === 'string' ? `${to}\n${text}`.includes(about) : about.test(text)));
  },
  /** A transfer that the shop's bank tells of. */
  transfers(reference, minor, on, number) {
    return this.api.payments.receive({ provider: 'bank', reference: number, amount: eur(minor), value_date: on, customer: reference }, { idempotencyKey: number });
  },
  /** What the provider has begun, as it says itself. */
  async checkouts() {
    const { key } = JSON.parse(readFileSync(this.provider.keysFile, 'utf8'));
    const answer = await fetch(`${this.provider.url}/v1/checkouts`, { headers: { authorization: `Bearer ${key}` } });
    return (await answer.json()).checkouts;
  },
};
