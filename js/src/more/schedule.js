// A plan as a table: its rates by day, and what they come to.

import { make } from './dom.js';

/**
 * @param {import('./words.js').Words} words
 * @param {import('../plan.js').Plan} plan
 * @param {string} caption
 */
export function schedule(words, plan, caption) {
  const { instalments, total, cost } = plan;
  const bought = { minor: total.minor - cost.minor, currency: total.currency };
  const head = ['plan.number', 'plan.due', 'plan.amount'].map((key) => make('th', { scope: 'col' }, words.text(key)));
  const rates = instalments.map(({ due_date: due, amount }, place) => {
    const day = instalments.length > 1 ? [make('th', { scope: 'row' }, `${place + 1}.`), make('td', {}, words.date(due))] : [make('th', { scope: 'row', colspan: 2 }, words.date(due))];
    return make('tr', {}, ...day, make('td.num', {}, words.amount(amount)));
  });
  const sum = (key, value, kind = 'tr') => make(kind, {}, make('th', { scope: 'row', colspan: 2 }, words.text(key)), make('td.num', {}, value));
  return make(
    'table.plan',
    {},
    make('caption.vh', {}, caption),
    make('thead.vh', {}, make('tr', {}, ...head)),
    make('tbody', {}, ...rates),
    make(
      'tfoot',
      {},
      sum('plan.cart', words.amount(bought)),
      // A fee is what costs something without interest.
      sum(cost.minor > 0 && !(plan.interest_percent > 0) ? 'plan.fee' : 'plan.interest', words.amount(cost)),
      sum('plan.total', words.amount(total), 'tr.all'),
      sum('plan.annual_rate', words.rate(plan.annual_rate_percent)),
      sum('plan.interest_rate', words.rate(plan.interest_percent)),
    ),
  );
}
