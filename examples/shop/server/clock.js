// What day it is: the service's, which the time machine moves. Without the service, the machine's own.

import { todayInBerlin } from './format.js';

const TIMEOUT_MS = 1500;

export function createClock({ service, secretKey }) {
  let known = null;
  const ask = async (change = {}) => {
    const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' };
    const answer = await fetch(`${service}/v1/sandbox/clock`, { headers, signal: AbortSignal.timeout(TIMEOUT_MS), ...change }).catch(() => null);
    known = answer?.ok ? await answer.json() : null;
    return known;
  };
  return {
    /** Asks the service; null where it does not answer. */
    read: () => ask(),
    /** The last day that was read. */
    today: () => known?.today ?? todayInBerlin(),
    /** Milliseconds since 1970, as the service counts them. */
    now: () => Date.now() + (known?.ahead_seconds ?? 0) * 1000,
    /** An instant of a browser, which does not travel along, in the time that it is here. What is none stays as it is. */
    travelled(instant) {
      const at = Date.parse(instant);
      return Number.isNaN(at) || known === null ? instant : new Date(at + known.ahead_seconds * 1000).toISOString();
    },
    /** Whole days forward; what is due on the way happens. */
    advance: (days) => ask({ method: 'POST', body: JSON.stringify({ advance_days: days }), signal: AbortSignal.timeout(60_000) }),
  };
}

/** The next day on which anything about these claims happens by itself; null where nothing does. */
export function nextEvent(claims, today) {
  const days = claims.flatMap(({ due, next, why }) => [due && dayAfter(due), next?.from, why?.until]);
  return days.filter((day) => day && day > today).sort()[0] ?? null;
}

export const daysBetween = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** A claim is late on the day after the last one that is in time. */
const dayAfter = (day) => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
