// What the HTTP border makes of a case of the corpus: who opens the session, what lies in the ledger, and which facts the
// service then decides on. Where these cannot be the case's own facts, it says why.

const money = (minor, currency) => ({ minor, currency });
const minor = (value) => value?.minor ?? 0;

/** The day that many days after an ISO date. */
export function dayAfter(day, days) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** Facts that are counted for somebody who is signed in, and are nothing for somebody who never ordered. */
const COUNTED = ['history.orders_paid', 'history.paid_on_time', 'history.declines_30_days', 'history.orders_7_days'];
const SUMMED = ['history.paid_total', 'history.amount_7_days'];

/** Follows from who opens the session; nobody says it among the facts. */
const SIGNED_IN = 'customer.signed_in';

/** The service alone records what is confirmed; in a session that has just begun that is nothing. */
const CONFIRMED = 'customer.confirmed';

const isOfThePerson = (name) => name.startsWith('history.') || name === 'customer.known' || name === 'customer.since';

/**
 * @param {{ today: string, facts: Record<string, any> }} asked
 * @param {object} policy
 * @param {string} reference a number for a customer that nobody else has
 */
export function atTheBorder({ today, facts }, policy, reference) {
  const { currency } = policy;
  const ledger = ledgerOf(facts, today, currency);
  const isCustomer = facts[SIGNED_IN] === true || ledger.claims.length > 0 || Object.keys(facts).some(isOfThePerson);
  const said = Object.fromEntries(Object.entries(facts).filter(([name]) => !name.startsWith('account.') && name !== SIGNED_IN && name !== CONFIRMED));
  const added = { ...ledger.facts, [SIGNED_IN]: isCustomer, [CONFIRMED]: [] };
  if (isCustomer) {
    for (const name of COUNTED) added[name] = 0;
    for (const name of SUMMED) added[name] = money(0, currency);
  }
  if (ledger.claims.length > 0) {
    added['customer.known'] = true;
    added['customer.since'] = ledger.first;
  }
  const providers = facts['shop.providers'] ?? [];
  // Whoever has claims here is known here, whatever the shop says.
  if (ledger.claims.length > 0) delete said['customer.known'];
  const decidedOn = { ...added, ...said, 'shop.providers': providers.includes('sandbox') ? providers : [...providers, 'sandbox'] };
  return {
    session: { customer: isCustomer ? { reference, signed_in: true } : { guest_reference: reference, signed_in: false }, facts: said },
    past: ledger.claims.length > 0 ? { reference, receivables: ledger.claims.map((claim, number) => ({ ...claim, order: `${reference}-past-${number}` })) } : null,
    decidedOn,
    refused: textsOf(decidedOn) > TEXTS_MAX ? 'fact.list_too_long' : null,
    differs: ledger.contradiction ?? differences(facts, decidedOn, policy),
  };
}

/** Texts that all lists of a set of facts may hold together. */
const TEXTS_MAX = 512;

const textsOf = (facts) => Object.values(facts).filter(Array.isArray).reduce((sum, list) => sum + list.length, 0);

/** The claims that make the ledger say what the case says of an account, and what it says besides. */
function ledgerOf(facts, today, currency) {
  const given = (name) => facts[`account.${name}`];
  const count = given('overdue_count') ?? (minor(given('overdue_balance')) > 0 || (given('overdue_days_max') ?? 0) > 0 ? 1 : 0);
  // Where only the number of claims is given, each is of one minor unit.
  const overdue = given('overdue_balance') === undefined ? count : minor(given('overdue_balance'));
  const days = given('overdue_days_max') ?? (count > 0 ? 1 : 0);
  const open = given('open_balance') === undefined ? overdue : minor(given('open_balance'));
  const contradiction = contradicts({ count, overdue, days, open });
  if (contradiction) return { ...emptyLedger(currency), contradiction };
  const first = facts['customer.since'] ?? dayAfter(today, -days - 14);
  const claim = (amount, due) => ({ method: 'invoice', amount: money(amount, currency), ordered_on: first, due_date: due });
  const claims = Array.from({ length: count }, (_, place) => claim(place === 0 ? overdue - count + 1 : 1, dayAfter(today, -days)));
  if (open > overdue) claims.push(claim(open - overdue, dayAfter(today, 14)));
  return { claims, first, facts: accountFacts({ open, overdue, count, days }, currency) };
}

const accountFacts = ({ open, overdue, count, days }, currency) => ({
  'account.open_balance': money(open, currency),
  'account.overdue_balance': money(overdue, currency),
  'account.overdue_count': count,
  'account.overdue_days_max': days,
});

const emptyLedger = (currency) => ({ claims: [], facts: accountFacts({ open: 0, overdue: 0, count: 0, days: 0 }, currency) });

function contradicts({ count, overdue, days, open }) {
  if (overdue > open) return 'no ledger has more overdue than open';
  if (overdue > 0 !== count > 0 || overdue < count) return 'no ledger has an overdue balance without an overdue claim, nor the reverse';
  if (days > 0 !== count > 0) return 'no ledger has overdue days without an overdue claim, nor the reverse';
  return null;
}

/** What the service knows beyond the case, or otherwise than it, as far as the policy asks; null where that is nothing. */
function differences(facts, decidedOn, policy) {
  const names = Object.keys(decidedOn).filter((name) => JSON.stringify(decidedOn[name]) !== JSON.stringify(facts[name]) && isAsked(name, decidedOn[name], policy));
  return names.length > 0 ? `the service always knows ${names.sort().join(', ')}` : null;
}

function isAsked(name, value, policy) {
  const isNothing = value === 0 || value === false || (typeof value === 'object' && value.minor === 0);
  if (JSON.stringify(policy).includes(JSON.stringify(name))) return true;
  if (name === 'account.open_balance') return 'exposure' in policy;
  // What is overdue is asked for whenever a change is looked for that paying it would be.
  if (name.startsWith('account.')) return !isNothing;
  if (name === 'shop.providers') return policy.methods.some((method) => 'provider' in method);
  return false;
}
