// What a person may ask of the shop, as `tresen/server` tells of it: why, another look by a human, their data.

import type { Change, Decision, Method, Money, Reason } from './decision.js';
import type { CustomerRequest, Proof } from './collection.js';
import type { CheckoutPayment, Receivable, ReceivedPayment } from './money.js';
import type { Call, Facts } from './server.js';

/** The explanation of a decision in words that the person may read. */
export interface ExplanationText {
  language: string;
  /** Whether no native speaker and no counsel has read the language yet. */
  is_draft: boolean;
  title: string;
  sections: { heading: string; paragraphs: { text: string; items: string[] }[] }[];
  /** The same as one text. */
  plain: string;
}

/** A fact, and how much it mattered for the method that was asked for. */
export interface ExplainedFact {
  name: string;
  description: string | null;
  value: Facts[string] | null;
  source: 'shopper' | 'shop' | 'ledger' | 'bureau' | 'seen' | null;
  used: boolean;
  used_by: string[];
  through: string[];
  points: { attribute: string; given: number; least: number; most: number }[];
  /** Whether another value of this fact alone would have given the method another state; it was tried. */
  decisive: boolean;
  if_missing: Method['state'] | null;
  otherwise: { value: Facts[string] | null; state: Method['state'] } | null;
  lifts: { code: string; rule: string | null }[];
}

/** The explanation as a file to keep: not for the browser. */
export interface ExplanationFile {
  kind: 'tresen.explanation';
  decision: { decision_id: string; session: string; order: string; outcome: 'confirmed' | 'refused'; reasons: Reason[]; decided_at: string } | null;
  explanation: {
    format: 1;
    semantics_version: number;
    policy_hash: string;
    today: string;
    market: string;
    method: string;
    kind: string;
    state: Method['state'];
    regime: 'paid_at_once' | 'business' | 'free_deferral' | 'consumer_credit';
    signed_in: boolean;
    reasons: { code: string; rule: string | null; told: string }[];
    limit: Money | null;
    change: Change | null;
    risk: Decision['risk'];
    value_class: string | null;
    exposure: Decision['exposure'];
    facts: ExplainedFact[];
  };
  replay: { policy: unknown; facts: Facts; today: string };
}

export interface Explained {
  text: ExplanationText;
  file: ExplanationFile;
}

/** A wish that a human look at a decision, as the shop's people see it. */
export interface Review {
  review: string;
  session: string;
  decision_id: string | null;
  method: string;
  state: 'open' | 'upheld' | 'changed' | 'withdrawn';
  message: string | null;
  contact: string | null;
  asked_at: string;
  answer: {
    outcome: 'upheld' | 'changed' | 'withdrawn';
    by: string;
    words: string | null;
    why: string | null;
    answered_at: string;
    grant: ReviewGrant | null;
    /** The order that was bound by the grant. */
    used_by: string | null;
  } | null;
}

/** One order that may be paid with the method after all; never what the law forbids. */
export interface ReviewGrant {
  /** The most that the shopper may pay, fee included. */
  amount: Money;
  /** A local date, at most 90 days from now. */
  until: string;
  /** Whether it counts beyond what the customer may owe in all. */
  beyond_exposure?: boolean;
}

export interface ReviewAnswerRequest {
  outcome: 'upheld' | 'changed' | 'withdrawn';
  /** The shop's own sign for whoever looked at it; it stays on record when the customer is erased. */
  by: string;
  /** To the person; only a withdrawn review may go without. */
  words?: string;
  /** For the shop's own people. */
  why?: string;
  grant?: ReviewGrant;
}

/** What one person may ask of their data (GDPR Articles 15, 17 and 20). */
export interface PersonRights {
  /**
   * Opens the person's account: the token is for `<tresen-account>` on a page that only they see, and is told this once. `receivable` is the claim
   * that the view points at; `minutes` (1 to 1440) is how long it counts, without it an hour.
   */
  access(reference: string, body?: { receivable?: string | null; minutes?: number | null }, call?: Call): Promise<{ token: string; expires_at: string }>;
  /** All that is stored about the person, as a file: what, where, why, and what becomes of it when they are erased. */
  export(reference: string, call?: Call): Promise<PersonExport>;
  /** Rejects with `erasure.something_open` while the person owes something, unless `despite_open` says otherwise. Repeated on failure only under a key. */
  erase(
    reference: string,
    body?: { despite_open?: boolean },
    call?: Call & { idempotencyKey?: string },
  ): Promise<{ customer: string; erased_at: string; same_person?: string[]; kept: { receivables: number; payments: number; decisions: number } }>;
}

export interface Exported<T> {
  stored_in: string;
  why: string;
  on_erasure: string;
  items: T[];
}

export interface PersonExport {
  kind: 'tresen.person';
  format: 1;
  exported_at: string;
  /** Your other numbers of the same person, each with a file of its own. */
  same_person?: string[];
  person: Exported<{ customer: string; kind: 'customer' | 'guest'; reference: string; email: string | null; known_since: string }>;
  sessions: Exported<any>;
  decisions: Exported<any>;
  reviews: Exported<Review>;
  /** What the person was asked to confirm. */
  checks: Exported<Record<string, unknown>>;
  /** What a credit bureau was asked and said. */
  inquiries: Exported<Record<string, unknown>>;
  history: Exported<Facts>;
  orders: Exported<any>;
  receivables: Exported<Receivable>;
  payments: Exported<CheckoutPayment>;
  received_payments: Exported<ReceivedPayment>;
  /** What the person asked for in their account. */
  requests: Exported<CustomerRequest>;
  /** What they sent beside it, with what is in it in base64. */
  proofs: Exported<Proof & { request: string | null; content: string }>;
  events: Exported<any>;
}
