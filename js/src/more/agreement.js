// What a person agrees to who takes a credit, word for word as the service puts it together (src/texts/credit.rs): it refuses every other text.

/**
 * @param {import('./words.js').Words} words
 * @param {'instalments' | 'deferral'} kind
 * @param {import('../plan.js').Plan} plan
 * @param {string} merchant
 * @param {string | undefined} bureau the credit bureau that was asked, if one was
 * @returns {{ version: string, text: string, title: string, terms: string }} the terms one paragraph a line
 */
export function agreement(words, kind, plan, merchant, bureau) {
  const dates = plan.instalments.map(({ due_date: due }) => words.date(due));
  const entries = plan.instalments.map((rate, place) => words.text('plan.entry', { amount: words.amount(rate.amount), date: dates[place] }));
  const blanks = {
    merchant,
    bureau: bureau ? words.text('bureau.asked', { name: bureau }) : words.text('bureau.none'),
    rates: plan.rates,
    amount: words.amount({ minor: plan.total.minor - plan.cost.minor, currency: plan.total.currency }),
    total: words.amount(plan.total),
    cost: words.amount(plan.cost),
    interest: words.percent(plan.interest_percent),
    annual_rate: words.percent(plan.annual_rate_percent),
    first: dates[0],
    schedule: entries.join(', '),
  };
  const part = (name) => words.text(`consent.${kind}.${name}`, blanks);
  return { version: part('version'), text: part('text'), title: part('title'), terms: part('terms') };
}
