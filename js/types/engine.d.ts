// Types of `tresen/engine`: the engine alone, for a shop with a payment picker of its own.

import type { Change, ChangeStep, Decision, Method, Problem, Reason, Step } from './decision.js';
import type { Facts, LocalDate, Money } from './facts.js';

export type { Change, ChangeStep, Decision, Facts, LocalDate, Method, Money, Problem, Reason, Step };

/** What the policy says of a method, before anything is decided. */
export interface MethodInfo {
  id: string;
  kind: Method['kind'];
  consent: string | null;
  term: Method['term'];
}

/** What a policy says of itself. */
export interface PolicyInfo {
  /** ISO 4217 */
  currency: string;
  /** Digits after the point: 2 for EUR, 0 for JPY, 3 for KWD */
  digits: number;
  /** Whether a service folded what it knows into the policy; then the browser may give client facts only */
  residual: boolean;
  methods: MethodInfo[];
  /** What a shop without a decision may offer */
  fallback: string[];
}

/** The methods of a decision without their reasons, which `reasons` finds when they are asked for. */
export type MethodWithoutReasons = Omit<Method, 'reasons' | 'change' | 'steps'>;

/** WebAssembly, or where it is */
export type Source = URL | string | Response | Promise<Response> | BufferSource | WebAssembly.Module;

export interface LoadOptions {
  /** What `tresen policy build` wrote, or the residual policy of a session */
  policy: Uint8Array;
  /** What `tresen policy build --code` wrote of the same policy: many orders are decided nearly twice as fast with it */
  code?: Source;
  /** The day of the decision; may also be given to `set`, `decide` and `decideBatch` */
  today?: LocalDate;
  /** Where the module is, if it is not beside `engine.js` */
  wasm?: Source;
  /** SHA-256 of the policy in hexadecimal, for `decision()` */
  policyHash?: string | null;
  /** SHA-256 of the residual policy in hexadecimal, for `decision()` */
  residualHash?: string | null;
}

/** Loads the module, once a page, and reads a compiled policy. Rejects with a `TresenError` for bytes that are no policy. */
export function loadEngine(options: LoadOptions): Promise<Engine>;

/** One policy and the facts of one order. Made by `loadEngine`. */
export class Engine {
  private constructor();
  readonly policy: PolicyInfo;
  /** Whether `decideBatch` runs the policy's own code: it was handed in, is of this policy, and WebAssembly is not refused here. */
  readonly hasCode: boolean;
  /** Takes the facts of an order; false, and nothing changes, where one of them is not as the catalogue says. */
  set(facts: Facts, today?: LocalDate): boolean;
  /** Every mistake in a set of facts; empty if they would be taken. */
  problems(facts: unknown, today?: LocalDate): Promise<Problem[]>;
  /** Decides for the facts that were set; false if the day cannot be named. */
  decide(today?: LocalDate): boolean;
  /**
   * Decides for many orders. Two bits a method from the lowest up, in the policy's order: 0 withheld, 1 incomplete,
   * 2 offered; 0xffffffff for an order with a mistake in its facts. Of the last order that was taken more may be asked then.
   */
  decideBatch(orders: Iterable<Facts>, today: LocalDate): Uint32Array;
  /** The bits of `decideBatch` as words. */
  states(bits: number): { id: string; state: Method['state'] }[];
  /** The methods in the order in which they are shown. */
  methods(): MethodWithoutReasons[];
  /** Why a method is withheld: all reasons; none if it is not. The list is frozen, and the same one each time. */
  reasons(id: string): readonly Readonly<Reason>[];
  /** The nearest change that brings a withheld method back. */
  change(id: string): Change | null;
  /** The whole decision, but for `steps`: `leastSteps` of `tresen/steps` finds them. */
  decision(): Decision;
  /** The canonical bytes of the last answer, equal on every host. */
  answerBytes(): Uint8Array;
  /** Hands in the policy that holds once everything overdue was paid, and how much that is. */
  settleWith(policy: Uint8Array, amount: Money): void;
  /** Gives the memory back; the engine must not be used afterwards. */
  free(): void;
}

/** Misuse of the package. A refusal is an answer, not an error. */
export class TresenError extends Error {
  readonly code: string;
  readonly help: string;
}
