// Types of `tresen/plan`: the plans of instalments that an order may have, for a shop with a payment picker of its own.

import type { LocalDate, Money, Plan as PlanOnOffer } from './decision.js';
import type { Source } from './engine.js';

export type { Instalment, LocalDate, Money } from './decision.js';

/** A plan as `Plan` of a decision, without what it is to the law: only the service knows the seller. */
export type Plan = Omit<PlanOnOffer, 'credit'>;

/** What a plan depends on, beside the policy. */
export interface PlanOrder {
  /** The fact `cart.total`, in the policy's currency */
  total: Money;
  /** The day of the order, and of the credit */
  today: LocalDate;
  /** The fact `billing.region`: whose holidays move a due date */
  region?: string;
  /** The fact `billing.country` */
  country?: string;
}

/** What a deferral depends on, beside the policy. */
export interface DeferralOrder extends PlanOrder {
  /** What the method costs, as the engine says it */
  fee?: Money;
  /** The fact `order.expected_delivery`: where the term counts from the delivery */
  delivery?: LocalDate;
}

export interface LoadPlansOptions {
  /** What `tresen policy build` wrote, or the residual policy of a session */
  policy: Uint8Array;
  /** The module, or where it is, for hosts that cannot fetch `plan.wasm` beside `plan.js` */
  wasm?: Source;
}

/** Loads the module, once a page, for the plans of a compiled policy. */
export function loadPlans(options: LoadPlansOptions): Promise<Plans>;

/** The plans of one policy: the same to the cent and the day as the service has on offer. Made by `loadPlans`. */
export class Plans {
  private constructor();
  /** Country code of the policy's market */
  readonly market: string;
  /** The plans that the total is large enough for, in the policy's order; none for a method without plans. Whether the method is offered, the engine says. */
  of(method: string, order: PlanOrder): Plan[];
  /** What a deferral comes to, as a plan of one rate: for a method that is consumer credit though it is paid at one time. Null where its day is not known. */
  deferral(method: string, order: DeferralOrder): Plan | null;
  /** An amount of the policy's currency as a language writes it in legal texts, whose hash never depends on the browser: `168,40 €`. */
  amountText(amount: Money, language: string): string;
  /** A number of percent such as `9.48` as a language writes it, without its sign: `9,48`. */
  percentText(percent: string, language: string): string;
}
