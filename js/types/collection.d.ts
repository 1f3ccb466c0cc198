// Types of collection: what comes next of every claim, and why nothing is done now.

import type { Money } from './decision.js';
import type { ChosenItem, HoldReason, OrderItem } from './money.js';

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
    channel: Channel | null;
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

export type Channel = 'email' | 'text_message' | 'letter' | 'telephone';

/** How a customer is reached and spoken to; what is left out is as in the customer's last session. */
export interface ContactDetails {
  name?: { given: string; family: string } | null;
  /** The lines below the name on an envelope. */
  address?: string[];
  email?: string | null;
  /** A mobile telephone, such as `+4915112345678`. */
  phone?: string | null;
  locale?: string | null;
  address_form?: 'sie' | 'du' | null;
  prefers?: Channel | null;
  opted_out?: Channel[];
}

/** A message about claims. */
export interface ContactMessage {
  id: string;
  /** The shop's number of the customer or guest; null where they are erased. */
  customer: string | null;
  /** A word before the due date, a reminder, an apology to whoever had paid already, or thanks. */
  occasion: 'note' | 'reminder' | 'crossed' | 'thanks';
  channel: Channel;
  state: 'intended' | 'sending' | 'sent' | 'delivered' | 'bounced' | 'failed' | 'suppressed' | 'unknown';
  about: { receivable: string; level: number; due_date: string }[];
  /** What it names as open in all. */
  amount: Money;
  /** The last day that it names. */
  term: string | null;
  payment: string | null;
  planned_at: string;
  sent_at: string | null;
  arrived_at: string | null;
  /** Null is not known, which is not unopened. */
  opened: 'machine' | 'person' | null;
  /** Why it was not sent, or came back. */
  reason: string | null;
  to: string | null;
  subject: string | null;
  text: string | null;
}

/** What is heard of a message after it left. */
export type DeliveryNews = 'delivered' | 'opened' | 'opened_by_machine' | 'bounced' | 'bounced_for_now' | 'complained';

/** What only a human can decide. */
export interface Task {
  id: string;
  kind:
    | 'unknown_delivery'
    | 'refused_message'
    | 'unreachable'
    | 'by_hand'
    | 'propose_placement'
    | 'propose_clearing'
    | 'late_bounce'
    | 'surplus'
    | 'acknowledge'
    | 'dispute'
    | 'return'
    | 'withdrawal'
    | 'hardship'
    | 'paid_already'
    | 'not_mine'
    | 'representative'
    | 'message'
    | 'debit_returned'
    | 'debit_news';
  customer: string | null;
  receivable: string | null;
  message: string | null;
  /** Of a `surplus` the id of the payment that has something left. */
  reason: string | null;
  /** What the customer has asked for in their account, in their own words. */
  request: CustomerRequest | null;
  /** The lines of the order that the request names, each with the pieces that are meant and what they cost. */
  items: OrderItem[];
  /** The files that the customer sent with the request: `tresen.proofs.get` has them. */
  proofs: Proof[];
  opened_at: string;
  done_at: string | null;
}

/** A file that a customer sent. */
export interface Proof {
  proof: string;
  name: string;
  /** By its first bytes, not by its name. */
  media_type: 'application/pdf' | 'image/jpeg' | 'image/png' | 'image/webp' | 'image/heic';
  size: number;
  sent_at: string;
}

/** What a customer asks for in their account; what it holds beside its kind follows from that. */
export interface CustomerRequest {
  kind:
    | 'promise'
    | 'deferral'
    | 'plan'
    | 'debit'
    | 'dispute'
    | 'return'
    | 'withdrawal'
    | 'hardship'
    | 'paid_already'
    | 'not_mine'
    | 'representative'
    | 'message'
    | 'contact'
    | 'opt_out'
    | 'take_back';
  receivable?: string | null;
  /** Which lines of the order are meant, where they were named. */
  items?: ChosenItem[];
  /** Ids of the files that were sent for it. */
  proofs?: string[];
  text?: string | null;
  [more: string]: unknown;
}

/** What came of a task: for one of which it is unknown whether the message left, whether it has. */
export type TaskOutcome = 'done' | 'left' | 'not_left';
