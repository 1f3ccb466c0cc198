// What a decision is, for all entries of the package.

import type { LocalDate, Money } from './facts.js';

export type { LocalDate, Money };

/** Why a method is withheld. `code` never changes its meaning; `rule` is the merchant's own word for the rule, where it may be told. */
export interface Reason {
  code: string;
  rule?: string | null;
}

/** One step of a change that brings a method back. */
export type ChangeStep =
  | { kind: 'ship_to_billing_address' }
  | { kind: 'settle_overdue'; amount: Money }
  | { kind: 'reduce_total' | 'raise_total'; to: Money; by: Money };

/** The nearest change that brings a method back: all steps together. It has been tried. */
export interface Change {
  steps: ChangeStep[];
}

/** What time to pay is to the law, and the ids of the texts that the customer must be shown. */
export interface Credit {
  regime: 'paid_at_once' | 'business' | 'free_deferral' | 'consumer_credit';
  reasons: string[];
  disclosures: string[];
  /** From delivery to the last payment. */
  days: number | null;
  /** The most that a free deferral of this seller may last. */
  days_most: number | null;
  source: string | null;
}

/** One rate of a plan. */
export interface Instalment {
  due_date: LocalDate;
  amount: Money;
  principal: Money;
  cost: Money;
}

/** A plan of instalments; its rates sum to its total. */
export interface Plan {
  rates: number;
  /** Fixed, a year, such as `9.48`. */
  interest_percent: string;
  instalments: Instalment[];
  total: Money;
  cost: Money;
  /** Effective, with two decimals. */
  annual_rate_percent: string;
  credit: Credit;
}

/** A plan as the shopper saw it. */
export interface ChosenPlan {
  instalments: { due_date: LocalDate; amount: Money }[];
  annual_rate_percent: string;
}

/** A plan as it was agreed to; the hash is SHA-256 over its canonical JSON, hex. */
export interface AgreedPlan {
  plan_hash: string;
  plan: Plan;
}

/** Something that the customer can confirm; those that ask the least of a person first. */
export type Step = 'birth_date' | 'email' | 'phone' | 'address' | 'identity';

/** What was decided about one payment method. */
export interface Method {
  id: string;
  kind: 'invoice' | 'pay_later' | 'instalments' | 'sepa_debit' | 'card' | 'wallet' | 'prepayment';
  state: 'offered' | 'incomplete' | 'withheld';
  rank: number;
  limit: Money | null;
  fee: Money;
  term: { days: number; from: 'order' | 'delivery' } | null;
  due_date: string | null;
  missing: string[];
  /** What paying later is to the law, where the service decided and the method gives time to pay. */
  credit?: Credit;
  /** The plans of instalments that this order may have, where the service decided. */
  plans?: Plan[];
  /** What a deferral comes to that is consumer credit, as a plan of one rate. */
  deferral?: Plan;
  consent: string | null;
  reasons: Reason[];
  change: Change | null;
  /** The least that the customer could confirm to bring it back; left out where there is nothing. */
  steps?: Step[];
}

/** A decision, the same from the engine, the service and `tresen decide`. In a browser the risk stays unnamed. */
export interface Decision {
  semantics_version: number;
  policy: string | null;
  residual: string | null;
  today: string;
  risk: {
    class: string | null;
    points: number | null;
    scorecard: 'new' | 'returning' | null;
    default_probability_ppm: number | null;
    basis: 'assumed' | 'own_data' | null;
  };
  value_class: string | null;
  exposure: { limit: Money | null; available: Money | null };
  methods: Method[];
}

/** What is wrong with what was handed in. `code` never changes its meaning, `at` is a JSON pointer to the place. */
export interface Problem {
  code: string;
  message: string;
  help: string;
  at: string;
}
