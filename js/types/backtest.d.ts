// Types of `tresen/backtest`: policies tried on the orders of the past, in a browser or in Node.

import type { Method, Problem } from './decision.js';
import type { Source, TresenError } from './engine.js';
import type { Facts, LocalDate, Money } from './facts.js';

export type { Facts, LocalDate, Money, Source };

/** A policy as it is tried: as if it were valid on every day. */
export interface TriedPolicy {
  /** What `tresen policy build` wrote, or the policy's JSON as text */
  policy: Uint8Array | string;
  /** Where the module `console.wasm` is, if it is not beside `backtest.js`; it is loaded once a page */
  wasm?: Source;
}

/** How the promise rejects where something stands in the way of a report: `code` says what, such as `assume.unknown`. */
export interface BacktestError extends TresenError {
  /** Every problem of a policy that came as JSON; empty for all else */
  readonly diagnostics: (Problem & { severity: 'error' | 'warning' | 'note' })[];
}

/** How an order was paid. */
export interface Outcome {
  /** The id of the method it was bought with, or its kind; without it one with credit risk */
  method?: string;
  /** By the due date, after it, or not at all */
  paid: 'on_time' | 'late' | 'unpaid';
  /** What was lost in the end; of an unpaid order that does not say so, its total */
  lost?: Money;
}

/** An order of the past, as `schema/order-1.schema.json` has it. */
export interface PastOrder {
  /** The day of the order; without it `today` of the options */
  today?: LocalDate;
  facts: Facts;
  outcome?: Outcome;
  /** What the order earned, losses apart: an amount, or a share of the total such as `0.35` */
  margin?: Money | string;
}

/** An order, its facts alone, or either as a line of JSON. */
export type OrderLine = PastOrder | Facts | string;

/** Orders; text and bytes are JSON lines, of which no more than a piece is held at once if they come as a stream or a `File`. */
export type Orders =
  | string
  | Blob
  | ReadableStream<string>
  | ReadableStream<Uint8Array>
  | Iterable<OrderLine>
  | AsyncIterable<OrderLine>
  | AsyncIterable<Uint8Array>;

/** How far it is. */
export interface BacktestProgress {
  /** Lines that were gone through */
  lines: number;
  /** From 0 to 1; null where nobody knows how many there are */
  share: number | null;
}

export interface TestOptions {
  /** The day of orders that name none; without it today (UTC) */
  today?: LocalDate;
  /** Customers take this method with credit risk and no other; without it the first that is offered, in the order of display */
  assume?: string;
  /** Customers tell what a method still wants to know: incomplete counts as offered */
  complete?: boolean;
  onProgress?: (progress: BacktestProgress) => void;
  /** Ends it early: the promise rejects with the signal's reason. */
  signal?: AbortSignal;
}

export interface DiffOptions extends TestOptions {
  /** So many examples are kept; none without it */
  examples?: number;
}

/** Some of the orders, and in parts per million of all, half up. */
export interface OrderShare {
  orders: number;
  share_ppm: number;
}

/** How orders on credit were paid in the end. */
export interface Observed {
  orders: number;
  on_time: number;
  late: number;
  unpaid: number;
  unpaid_ppm: number;
  lost: Money;
}

/** Lines that were no orders. */
export interface RefusedLines {
  lines: number;
  /** On how many lines each code was found */
  codes: Record<string, number>;
  /** The first of them in full */
  told: { line: number; diagnostics: Problem[] }[];
}

interface Report {
  semantics_version: number;
  assumed_method: string | null;
  incomplete_is_offered: boolean;
  /** Orders that were decided */
  orders: number;
  refused: RefusedLines;
}

/** What a policy would have done with the orders, as `tresen policy test --format json` writes it. */
export interface TestReport extends Report {
  /** SHA-256 of the compiled policy in hexadecimal */
  policy: string;
  on_credit: OrderShare & { amount: Money; expected_loss: Money | null; margin: { orders: number; amount: Money } | null; observed: Observed | null };
  not_on_credit: OrderShare & { observed: Observed | null };
  incomplete_on_credit: OrderShare;
  outcomes_not_on_credit: number;
  methods: {
    id: string;
    kind: Method['kind'];
    offered: OrderShare;
    incomplete: OrderShare;
    withheld: OrderShare;
    reasons: (OrderShare & { code: string; rule: string | null })[];
  }[];
  classes: (OrderShare & {
    id: string | null;
    default_probability_ppm: number | null;
    basis: 'assumed' | 'own_data' | null;
    on_credit: number;
    amount: Money;
    expected_loss: Money | null;
    observed: Observed | null;
  })[];
  value_classes: (OrderShare & { id: string; on_credit: number })[];
}

/** The same of both policies. */
export interface Sides<T> {
  old: T;
  new: T;
}

/** Orders by what became of a method. */
export interface StateCounts {
  offered: number;
  incomplete: number;
  withheld: number;
}

/** What another policy would have done instead, as `tresen policy diff --format json` writes it. */
export interface DiffReport extends Report {
  /** SHA-256 of the compiled policies in hexadecimal */
  policies: Sides<string>;
  /** Orders to which other methods are offered */
  changed: OrderShare;
  on_credit: Sides<OrderShare & { amount: Money; expected_loss: Money | null }> & {
    /** Orders that only the new policy offers credit, and what they would owe */
    gained: { orders: number; amount: Money; observed: Observed | null };
    /** Orders that only the old policy offers credit, and what they would owe */
    lost: { orders: number; amount: Money; observed: Observed | null };
  };
  /** How the orders move between the classes; null if neither policy has any */
  classes: {
    moved: OrderShare;
    moves: (OrderShare & { class: Sides<string | null>; on_credit: Sides<{ orders: number; amount: Money }> })[];
  } | null;
  methods: (Sides<StateCounts | null> & { id: string; gained: number; lost: number })[];
  reasons: { method: string; code: string; rule: string | null; came: number; went: number }[];
  examples: {
    line: number;
    total: Money | null;
    class: Sides<string | null>;
    gained: string[];
    lost: string[];
    reasons: { method: string; code: string; rule: string | null; came: boolean }[];
    paid: Outcome['paid'] | null;
  }[];
}

/**
 * What a policy would have done with the orders of the past. A worker decides on them where the page lets one run; else they are decided on
 * a little at a time, and between that the page has its turn.
 */
export function testPolicy(policy: TriedPolicy, orders: Orders, options?: TestOptions): Promise<TestReport>;

/** What another policy of the same currency would have done instead. */
export function diffPolicies(before: TriedPolicy, after: TriedPolicy, orders: Orders, options?: DiffOptions): Promise<DiffReport>;
