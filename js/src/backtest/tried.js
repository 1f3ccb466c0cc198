// A policy that is tried: what it decides on an order, read where a report needs it.

import { METHOD, METHODS } from '../engine/answer.js';
import { REASONS } from '../engine/reasons.js';
import { onAnyDay } from './anyday.js';

const CLASS = 10; // places in an answer's canonical bytes (record.rs of the core)
const VALUED = 11;
const VALUE_CLASS = 12;
const RANK = 1; // and in those of a method
const REASON_BITS = 2; // the engine's own, and behind them those of the rules
const FEE = 22;
const CONDITION = 4; // the built-in reason that a method words itself

export const WITHHELD = 0;
/** How many bytes the reasons of a method take. */
export const EIGHTS = 9;
const INCOMPLETE = 1;
const OFFERED = 2;

/** Which kinds leave the merchant without the money after the goods are gone. */
const BEARS_CREDIT_RISK = new Map([
  ['invoice', true],
  ['pay_later', true],
  ['instalments', true],
  ['sepa_debit', true],
  ['card', false],
  ['wallet', false],
  ['prepayment', false],
]);

/** What is assumed of customers: everyone who may buy with credit risk does. */
export class Tried {
  #engine;
  #answer = new Uint8Array();
  #taken; // places of the methods that are assumed to be taken
  #completed;

  /**
   * @param {import('../engine.js').loadEngine} loadEngine
   * @param {{ policy: Uint8Array, wasm?: import('../engine.js').Source }} given
   * @param {{ assume?: string, complete?: boolean }} assumption
   */
  static async load(loadEngine, { policy, wasm }, assumption) {
    const engine = await loadEngine({ policy, wasm });
    // Only now it is known to be a policy.
    const always = onAnyDay(policy);
    const hash = await hashOf(policy);
    if (always === policy) return new Tried(engine, hash, assumption);
    engine.free();
    return new Tried(await loadEngine({ policy: always, wasm }), hash, assumption);
  }

  constructor(engine, hash, { assume, complete = false }) {
    this.#engine = engine;
    this.hash = hash;
    this.#completed = complete;
    const isTaken = ({ id, kind }) => BEARS_CREDIT_RISK.get(kind) && (assume === undefined || id === assume);
    this.#taken = this.methods.map((method, place) => (isTaken(method) ? place : -1)).filter((place) => place >= 0);
  }

  get methods() {
    return this.#engine.policy.methods;
  }

  get classes() {
    return this.#engine.policy.classes;
  }

  get valueClasses() {
    return this.#engine.policy.valueClasses;
  }

  get currency() {
    return this.#engine.policy.currency;
  }

  get custom() {
    return this.#engine.policy.custom;
  }

  /** Whether the policy says how likely a default is. */
  get hasClasses() {
    return this.classes.some(({ id }) => id !== '');
  }

  /** Whether a method bears credit risk; undefined for one that the policy does not have. */
  bearsRisk(id) {
    const method = this.methods.find((candidate) => candidate.id === id);
    return method && BEARS_CREDIT_RISK.get(method.kind);
  }

  /** Whether an order was bought with credit risk, which one that does not say so was; undefined where the policy cannot tell. */
  wasOnCredit({ outcome }) {
    const method = outcome?.method;
    return method === undefined ? true : (this.bearsRisk(method) ?? BEARS_CREDIT_RISK.get(method));
  }

  /** Decides; false if there is a mistake in the facts. @param {Record<string, unknown>} facts @param {string} today */
  decide(facts, today) {
    if (!this.#engine.set(facts, today) || !this.#engine.decide()) return false;
    this.#answer = this.#engine.answerBytes();
    return true;
  }

  problems(facts, today) {
    return this.#engine.problems(facts, today);
  }

  /** What was decided last: the place of the class, */
  get class() {
    return this.#answer[CLASS];
  }

  /** that of the value class, −1 for none, */
  get valueClass() {
    return this.#answer[VALUED] ? this.#answer[VALUE_CLASS] : -1;
  }

  /** and what became of the method at a place. */
  state(place) {
    return this.#answer[METHODS + METHOD * place];
  }

  /** Whether the method at a place counts as offered. */
  isOffered(place, completed = this.#completed) {
    const state = this.state(place);
    return state === OFFERED || (completed && state === INCOMPLETE);
  }

  /** The method that the customer is assumed to take, −1 if none is offered that bears credit risk. */
  taken(completed = this.#completed) {
    let [first, least] = [-1, Infinity];
    for (const place of this.#taken) {
      const rank = this.#answer[METHODS + METHOD * place + RANK];
      if (rank < least && this.isOffered(place, completed)) [first, least] = [place, rank];
    }
    return first;
  }

  /** What the method at a place costs the customer, in minor units. */
  fee(place) {
    const at = METHODS + METHOD * place + FEE;
    let fee = 0;
    // No amount needs the eighth byte.
    for (let byte = 6; byte >= 0; byte -= 1) fee = fee * 256 + this.#answer[at + byte];
    return fee;
  }

  /** Eight of the reasons that hold for the method at a place, one bit each, as `reasons` counts them: the first eight, the next, … */
  because(place, eight) {
    return this.#answer[METHODS + METHOD * place + REASON_BITS + eight];
  }

  /** Whether the reason with that number holds for the method at a place. */
  holds(place, reason) {
    return ((this.because(place, reason >> 3) >> (reason & 7)) & 1) === 1;
  }

  /** Every reason that a policy can have against the method at a place: the engine's own, then those of the rules. */
  reasons(place) {
    const builtin = Array.from({ length: 8 }, (_, bit) => ({ code: REASONS[bit === CONDITION ? this.methods[place].reason : bit + 1], rule: null }));
    return [...builtin, ...this.#engine.policy.rules.map(({ id, reason }) => ({ code: REASONS[reason], rule: id }))];
  }

  free() {
    this.#engine.free();
  }
}

/** The name of a policy, SHA-256 in hex; null where the browser does not compute it, which is outside a secure context. */
async function hashOf(policy) {
  const { subtle } = globalThis.crypto ?? {};
  if (!subtle) return null;
  return [...new Uint8Array(await subtle.digest('SHA-256', policy))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
