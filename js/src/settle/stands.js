// How a claim stands, in sentences.

/** Whether a claim is asked for at all. */
export const isAsked = ({ state, open }) => (state === 'open' || state === 'planned') && open.minor > 0;

/** What a claim came to and what became of it, by the names of their sentences: together what is open. */
export const sums = ({ agreed, extra, credited, paid }) =>
  [{ kind: 'principal', amount: agreed }, ...extra].map(({ kind, amount }) => [kind, amount.minor]).concat([['credited', -credited.minor], ['paid', -paid.minor]]).filter(([, minor]) => minor);

/** What is open of a claim and until when; and why nobody asks for it at present. */
export function stands({ words, money, view }, { state, late, due_date: due, open, why }) {
  const key = state === 'open' ? (late ? 'state.late' : due ? 'state.open' : 'state.open.no_day') : `state.${state}`;
  const first = words.text(key, { amount: money(open.minor), date: due ? words.day(due) : '' });
  if (state === 'in_clarification' && why === 'withdrawal_open') return [words.text('why.withdrawal_open')];
  return state === 'open' && words.has(`why.${why}`) ? [first, words.text(`why.${why}`, { date: view.promised ? words.day(view.promised) : '' })] : [first];
}
