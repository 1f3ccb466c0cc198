// Money as `tresen/server` tells of it: claims, payments, refunds.

import type { Money } from './decision.js';
import type { ContactMessage, Proof } from './collection.js';
import type { ExplanationText } from './rights.js';

export type ItemKind = 'principal' | 'fee' | 'interest' | 'default_interest' | 'lump_sum' | 'dunning_cost' | 'legal_cost';

/** Why something is not done for the time being. */
export type HoldReason =
  | PlacedHoldReason
  | 'dispute'
  | 'promise_pending'
  | 'deferral_active'
  | 'plan_active'
  | 'payment_pending'
  | 'chargeback_review'
  | 'withdrawal_open';

/** The reasons that a human gives; the others follow from what else is so. */
export type PlacedHoldReason =
  | 'hardship'
  | 'insolvency'
  | 'deceased'
  | 'capacity_unknown'
  | 'not_my_debt'
  | 'representative'
  | 'manual_pause'
  | 'no_address'
  | 'complaint_review';

/** A claim as it stands. Days are local dates of the merchant. */
export interface Receivable {
  id: string;
  order: string;
  method: string;
  amount: Money;
  balance: Money;
  created_on: string;
  due_date: string | null;
  /** The day on which the last of the goods arrived, once that was told. */
  delivered_on: string | null;
  settled_on: string | null;
  overdue: boolean;
  /** What the payer writes on the transfer (ISO 11649). */
  reference: string;
  /** How it ended; null while something is open. */
  ending: 'paid' | 'credited' | 'withdrawn' | 'waived' | 'small_balance' | 'written_off' | 'sold' | null;
  /** The parts of which something is open. */
  items: { kind: ItemKind; open: Money }[];
  /** How far reminding has come; 0 while nobody has reminded. */
  level: { number: number; last: boolean; since: string | null; term_until: string | null };
  /** What is not done for the time being, and why. */
  holds: { reason: HoldReason; until: string | null }[];
  default_since: string | null;
  next_due: { due_date: string; amount: Money } | null;
}

/** A line of an order as it was confirmed: goods, shipping, discounts. */
export interface OrderItem {
  /** Its number in the order, from `1`. */
  id: string;
  sku: string;
  name: string;
  quantity: number;
  /** All pieces together. */
  amount: Money;
}

/** A line of an order that is meant, or some pieces of it; without a quantity, all. */
export interface ChosenItem {
  id: string;
  quantity?: number | null;
}

/** A claim with all that has happened to it, the first first. */
export interface ReceivableRecord extends Receivable {
  /** What was in the order, as it was confirmed; empty where that is not known, or the person is erased. */
  order_items: OrderItem[];
  timeline: { type: string; date: string; recorded_at: string; payment: string | null; amount: Money | null; fee: Money | null }[];
}

/** Where a transfer goes. */
export interface Transfer {
  holder: string;
  iban: string;
  bic: string | null;
  /** What the payer writes. */
  reference: string;
  amount: Money;
  /** The text of the code that banking apps scan (EPC069-12); euros only. */
  epc: string | null;
  /** That code, to be drawn: its dark modules as the `d` of a path, in a white square of that side. */
  code: { side: number; path: string } | null;
}

export interface ReceivableTransfer {
  receivable: string;
  due_date: string | null;
  amount: Money | null;
  transfer: Transfer | null;
}

export interface Account {
  open_balance: Money;
  overdue_balance: Money;
  reserved: Money;
  /** The customer's own money, put against no claim. */
  credit: Money;
  receivables: Receivable[];
}

/** Money that a bank or a provider tells of. */
export interface ReceivePaymentRequest {
  /** Whoever took it, such as `bank`. */
  provider: string;
  /** The provider's own number, the same however often it tells of it. */
  reference: string;
  amount: Money;
  /** The day on which it counts for the payer; not in the future. */
  value_date: string;
  /** What the payer wrote; the reference of a claim is found in it. */
  remittance?: string | null;
  /** The shop's number of the customer. */
  customer?: string | null;
  /** Ids of the claims that the payer means, the first first. */
  designated?: string[];
}

/** Why nobody knows whose money it is. */
export type Unallocated = 'nothing_named' | 'unknown_reference' | 'several_customers' | 'other_currency';

/** A payment that has come, as it stands. */
export interface ReceivedPayment {
  id: string;
  state: 'received' | 'unmatched' | 'reversed';
  provider: string;
  reference: string;
  amount: Money;
  value_date: string;
  lines: { receivable: string; item: ItemKind; amount: Money }[];
  /** What is put against nothing: the customer's own money. */
  left: Money;
  /** What the provider kept of it, where a customer was sent there from here and the provider says so. */
  fee: Money | null;
  /** What the policy said that its method costs you, when the payment was begun. */
  expected_fee: Money | null;
  refunded: Money;
  chargeback: { state: 'opened' | 'won' | 'lost'; amount: Money; until: string } | null;
  why: Unallocated | null;
}

/** A payment that an order was paid with at once, at a provider. */
export interface CheckoutPayment {
  id: string;
  state: 'initiated' | 'settled' | 'declined' | 'expired';
  order: string;
  method: string;
  provider: string;
  amount: Money;
  expires_at: string;
}

/** A payment that somebody has to look at. */
export interface UnmatchedPayment {
  id: string;
  provider: string;
  reference: string;
  amount: Money;
  value_date: string;
  received_at: string;
  /** Null where it is known whose it is, and only the amount is in doubt. */
  why: Unallocated | null;
  remittance: string | null;
  /** Another amount that the provider told later under the same number. */
  told_otherwise: Money | null;
}

/** Which of your customers are one person. */
export interface MergedCustomer {
  reference: string;
  /** The number that it was merged into; null where it leads, or is alone. */
  into: string | null;
  /** All other numbers of the same person. */
  same_person: string[];
}

export interface Refund {
  refund: string;
  payment: string;
  amount: Money;
  state: 'granted' | 'settled' | 'failed';
}

/** A direct debit as it stands. */
export interface Debit {
  /** Its name everywhere: the mandate's reference, and the `EndToEndId` that the bank brings back. */
  debit: string;
  payment: string;
  state: 'announced' | 'submitted' | 'settled' | 'returned' | 'cancelled';
  amount: Money;
  /** The first day on which it may be collected. */
  from: string;
  /** The last. */
  until: string;
  batch: string | null;
  collected_on: string | null;
  /** Why it came back, such as `AC04`; why it was called off, such as `taken_back`. */
  reason: string | null;
}

/** What was handed in as one file; no `batch` where there was nothing to hand in. */
export interface DebitBatch {
  batch: string | null;
  total: Money;
  debits: Debit[];
}

/** A claim as one file. */
export interface ClaimFile {
  kind: 'tresen.claim_file';
  format: number;
  exported_at: string;
  language: 'de' | 'en';
  claim: Receivable;
  /** What was in the order, as it was confirmed; empty where that is not known, or the person is erased. */
  order_items: OrderItem[];
  /** Whether every hash fits and follows the one before. */
  chain: { whole: boolean; events: number; broken_at: { stream: string; seq: number } | null };
  /** Null for a claim that was brought in. */
  decision: { decision_id: string; explanation: ExplanationText | null; why_not: string | null } | null;
  history: { date: string; words: string; amount: Money | null; fee: Money | null; by: string; event: Record<string, any> }[];
  /** Every message about it, the first first, with its text. */
  messages: ContactMessage[];
  /** The files that the customer sent about it, as long as they are kept. */
  proofs: Proof[];
}
