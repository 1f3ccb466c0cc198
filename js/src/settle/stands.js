// How a claim stands, in sentences.

/** Whether a claim is asked for at all. */
export const isAsked = ({ payable }) => payable.minor > 0;

/** What is asked for beside what is on its way. */
export const free = (view) => view.claims.filter((claim) => isAsked(claim) && !claim.under_way);

/** What a claim came to and what became of it, by the names of their sentences: together what is open. */
export const sums = ({ agreed, extra, credited, let_go: letGo, paid }) =>
  [['principal', agreed.minor], ...extra.map(({ kind, amount }) => [kind, amount.minor]), ['credited', -credited.minor], ['let_go', -letGo.minor], ['paid', -paid.minor]].filter(([, minor]) => minor);

/** What is open of a claim and until when; and why nobody asks for it at present. */
export function stands({ words, money, view: { promised } }, { state, late, due_date: due, open, payable, why, under_way: waits }) {
  const disputed = payable.minor && open.minor - payable.minor;
  if (disputed) return [words.text('state.disputed', { disputed: money(disputed), amount: money(payable.minor) })];
  const reason = `why.${waits ? 'payment_pending' : why}`;
  const because = words.has(reason) ? [words.text(reason, { date: promised && words.day(promised) })] : [];
  if (state === 'in_clarification' && why === 'withdrawal_open') return because;
  const key = state === 'open' ? (late ? 'state.late' : due ? 'state.open' : 'state.open.no_day') : `state.${state}`;
  return [words.text(key, { amount: money(open.minor), date: due && words.day(due) }), ...(state === 'open' ? because : [])];
}

/** What became of a payment that is not put against an order: what went back, and what is the customer's own. */
export const became = ({ words, money }, { amount, gone, held, state }) =>
  Object.entries({ gone, held })
    .filter(([, { minor }]) => minor > 0 && (state === 'received' || minor < amount.minor))
    .map(([what, { minor }]) => words.text(`paid.${what}`, { amount: money(minor) }));

/** When somebody answers, in the language of these words; nothing where that is not known. */
export const hoursOf = ({ human: { hours } }, words) => hours?.said[words.language.slice(0, 2)];
