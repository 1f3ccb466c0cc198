// How claims look to the merchant: in which state they are, the sums, and the story of one.

import { dayOf } from './format.js';

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

/** What a message or its arrival brought stands beside the message itself; money that came stands beside what it was put to. */
const SAID_ELSEWHERE = ['LevelRaised', 'NoticeArrived', 'PaymentSettled'];

/** What happened to a claim and what was written about it, the newest last, from its file. */
export function story({ history, messages }) {
  const happened = history.filter(({ event }) => !SAID_ELSEWHERE.includes(event.type)).map(({ words, amount, fee, event, date }) => ({ at: event.occurred_at, date, words, amount, fee, message: null }));
  const written = messages.filter(({ sent_at: at }) => at !== null).map((message) => ({ at: message.sent_at, date: dayOf(message.sent_at), words: null, amount: null, fee: null, message }));
  return [...happened, ...written].sort((one, other) => one.date.localeCompare(other.date) || one.at.localeCompare(other.at));
}

/** Which message it was: by its level, or by what it answers. */
export const levelOf = (message, claim) => message.about.find(({ receivable }) => receivable === claim)?.level ?? 0;
