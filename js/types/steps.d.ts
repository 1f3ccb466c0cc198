// Types of `tresen/steps`: what a customer could confirm to bring a method back, for a shop with a payment picker of its own.

import type { Step } from './decision.js';
import type { Engine } from './engine.js';
import type { Facts, LocalDate } from './facts.js';

export type { Step };

/** The steps, those that ask the least of a person first. */
export const STEPS: readonly Step[];

/**
 * For each method that steps bring back, the least set of them, by the method's id; all of a set are needed. The engine is left with these
 * facts decided. `possible` are the steps that can be taken here: `steps` of the session.
 */
export function leastSteps(engine: Engine, facts: Facts, today: LocalDate, possible?: readonly Step[]): Record<string, Step[]>;

/** The step to ask for next, over all methods; null where no step changes anything. */
export function nextStep(least: Record<string, Step[]>): Step | null;

/** How far a step is. A step that failed may be begun again. */
export interface StepBrief {
  step: Step;
  state: 'open' | 'started' | 'passed' | 'failed';
}

export interface PostalAddress {
  street: string;
  house_number: string;
  postal_code: string;
  city: string;
  /** ISO 3166-1 */
  country: string;
}

/** A step with what the shopper needs to go on, as `GET /v1/checkout/{session}/steps` lists it. */
export interface StepState extends StepBrief {
  /** Where the code went, with most of it hidden */
  sent_to?: string;
  /** How often a code may still be wrong */
  attempts_left?: number;
  /** RFC 3339, UTC */
  expires_at?: string;
  /** Where the identity is checked */
  url?: string;
  /** The address that may be meant */
  suggestion?: PostalAddress;
}

/** What a start and an answer are answered with: decide on `facts` from now on. */
export interface StepAnswered extends StepState {
  facts: Facts;
}
