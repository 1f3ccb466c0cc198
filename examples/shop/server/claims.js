// What is open at the shop, what comes next of it, and why not today.

import { PEOPLE } from './people.js';

/** As many pages as are read for the demo. */
const PAGES_MAX = 10;
const TIMEOUT_MS = 3000;

export function createClaims({ tresen, orders, service, secretKey }) {
  const nameOf = (claim) => PEOPLE.find(({ reference }) => reference !== null && reference === claim.customer)?.name ?? orders.get(claim.order)?.billing?.name ?? null;
  const brief = (claim) => ({ id: claim.receivable, who: nameOf(claim), due: claim.due_date, why: claim.why_not, ...claim });
  return {
    /** Every claim of which something is open, those that are due first first. */
    async open() {
      const found = [];
      let after;
      for (let page = 0; page < PAGES_MAX; page += 1) {
        const answer = await tresen.collection.list({ after });
        found.push(...answer.claims.map(brief));
        if (answer.after === null) break;
        ({ after } = answer);
      }
      return found.filter(({ open }) => open.minor > 0);
    },
    /** Everything about a claim as one document to read; null where there is no such claim. */
    async document(claim, locale) {
      const headers = { authorization: `Bearer ${secretKey}`, accept: 'text/html' };
      const answer = await fetch(`${service}/v1/receivables/${encodeURIComponent(claim)}/file?locale=${locale}`, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
      return answer.ok ? answer.text() : null;
    },
  };
}
