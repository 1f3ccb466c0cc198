// How claims look to the merchant: in which state they are, the sums, and the story of one.

/** States by what matters most: `tag` is how it looks, `days` how long ago or ahead the date is. */
export function standing(claim, today) {
  const hold = claim.holds[0]?.reason;
  if (hold !== undefined) return { key: `held_${hold}`, tag: 'plain', until: claim.holds[0].until };
  const days = claim.due === null ? null : Math.round((Date.parse(claim.due) - Date.parse(today)) / 86_400_000);
  if (days === null) return { key: 'no_date', tag: 'plain' };
  if (days < 0) return { key: 'late', tag: 'due', days: -days };
  return { key: days === 0 ? 'due_today' : days === 1 ? 'due_tomorrow' : 'due', tag: 'plain', date: claim.due };
}

export function sums(claims, today) {
  const sum = (some) => ({ count: some.length, minor: some.reduce((total, { open }) => total + open.minor, 0) });
  const late = claims.filter(({ due }) => due !== null && due < today);
  return { open: sum(claims), early: sum(claims.filter((claim) => !late.includes(claim))), late: { ...sum(late), held: late.filter(({ holds }) => holds.length > 0).length } };
}

/** What happened, newest last; what only restates something that stands beside it is left out. */
export function story({ timeline }) {
  return timeline.filter(({ type }) => type !== 'PaymentSettled').map(({ type, date, amount }) => ({ type, date, amount }));
}
