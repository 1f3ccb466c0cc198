// Types of collection: what comes next of every claim, and why nothing is done now.

import type { Money } from './decision.js';
import type { HoldReason } from './money.js';

export interface OpenClaim {
  receivable: string;
  /** The shop's number of the customer or guest; null where they are erased. */
  customer: string | null;
  order: string;
  /** What the payer writes on a transfer. */
  reference: string;
  created_on: string;
  open: Money;
  /** What of that is late. */
  overdue: Money;
  due_date: string | null;
  level: { number: number; last: boolean; since: string | null; term_until: string | null };
  holds: { reason: HoldReason; until: string | null }[];
  /** What is done next if nothing happens until then; null where only something that happens brings something. */
  next: {
    what: 'note' | 'reminder' | 'unreachable' | 'propose_placement' | 'propose_clearing';
    level: number | null;
    channel: 'email' | 'text_message' | 'letter' | 'telephone' | null;
    from: string;
  } | null;
  /** Why nothing is done now; null where something is. */
  why_not: { code: string; hold: HoldReason | null; until: string | null } | null;
}

export interface OpenClaims {
  today: string;
  /** Those that are due first first. */
  claims: OpenClaim[];
  /** For the next page; null on the last. */
  after: string | null;
  /** What should be known of today's figures of the law: where one was not read, customers are asked for less. */
  warnings: { code: string; message: string; help: string }[];
}
