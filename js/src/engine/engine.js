// The engine for JavaScript: facts in, a decision out. The glue's class does the deciding.

import { CATALOGUE } from '../catalogue.js';
import { amountAt, money, readAnswer } from './answer.js';
import { dayOf, isoOf } from './dates.js';
import { readNames } from './policy.js';
import { REASONS } from './reasons.js';
import { livesOn, newSlots, numbered, writeFacts } from './slots.js';

const NO_DAY = 0xffffffff;
const STATES = ['withheld', 'incomplete', 'offered'];
const CONDITION = 4; // the built-in reason before which the rules' reasons are told, and which the method words itself

/** Raised for misuse of the package; a refusal is an answer, not an error. */
export class TresenError extends Error {
  /** @param {string} code @param {string} message @param {string} help */
  constructor(code, message, help) {
    super(`${message}; ${help}`);
    this.name = 'TresenError';
    this.code = code;
    this.help = help;
  }
}

const POLICY_PROBLEMS = [null, 'not_a_policy', 'version', 'damaged', 'invalid'];

/** One policy and the facts of one order. */
export class Engine {
  #core;
  #memory;
  #policy;
  #slots;
  #places;
  #layout;
  #masks; // why each method is withheld: built-in reasons, rules 0 to 31, rules 32 to 63
  #today;
  #hashes;

  /**
   * @param {object} core an instance of the glue's Engine
   * @param {WebAssembly.Memory} memory
   * @param {Uint8Array} bytes the compiled policy that `core` was made of
   * @param {{ today?: string, policyHash?: string | null, residualHash?: string | null }} [options]
   */
  constructor(core, memory, bytes, { today, policyHash = null, residualHash = null } = {}) {
    this.#core = core;
    this.#memory = memory;
    this.#layout = core.layout();
    this.#policy = readNames(bytes);
    this.#places = numbered(this.#policy.methods.map((method) => method.id));
    this.#today = today === undefined ? undefined : dayOf(today);
    this.#hashes = { policy: policyHash, residual: residualHash };
    this.#slots = newSlots(this.#policy);
  }

  /** What the policy says of itself: currency, methods, classes. */
  get policy() {
    return this.#policy;
  }

  /**
   * Takes the facts of an order; where one of them is not as the catalogue says, nothing changes.
   *
   * @param {Record<string, unknown>} facts
   * @param {string} [today] the day of the decision; a birth date must not lie after it
   * @returns {boolean} whether they were taken; if not, `problems` tells every mistake
   */
  set(facts, today) {
    if (today !== undefined) this.#today = dayOf(today);
    this.#look(this.#today);
    return writeFacts(facts, this.#slots);
  }

  /**
   * What is wrong with a set of facts, all of it. The words are loaded only now: no shopper needs them.
   *
   * @param {unknown} facts
   * @param {string} [today]
   * @returns {Promise<{ code: string, message: string, help: string, at: string }[]>} empty if they would be taken
   */
  async problems(facts, today) {
    const { checkFacts } = await import(new URL('./check.js', import.meta.url).href);
    return checkFacts(facts, this.#policy, today === undefined ? this.#today : dayOf(today));
  }

  /**
   * Decides for the facts that were set.
   *
   * @param {string} [today]
   * @returns {boolean} false if the day cannot be named
   */
  decide(today) {
    const day = today === undefined ? this.#today : dayOf(today);
    return day === day && day !== undefined && this.#core.decide(day) !== NO_DAY;
  }

  /**
   * Decides for many orders; two bits a method from the lowest up: 0 withheld, 1 incomplete, 2 offered, in the policy's order.
   * An order with a mistake in its facts stands as 0xffffffff.
   *
   * @param {Iterable<Record<string, unknown>>} orders
   * @param {string} today
   * @returns {Uint32Array}
   */
  decideBatch(orders, today) {
    const day = dayOf(today);
    const list = Array.isArray(orders) ? orders : [...orders];
    const states = new Uint32Array(list.length).fill(NO_DAY);
    if (day !== day) return states;
    this.#look(day);
    const [core, slots] = [this.#core, this.#slots];
    for (let place = 0; place < list.length; place += 1) {
      if (writeFacts(list[place], slots)) states[place] = core.decide(day);
    }
    return states;
  }

  /** The state of each method after `decideBatch`, as words. */
  states(bits) {
    return this.#policy.methods.map((method, place) => ({ id: method.id, state: STATES[(bits >>> (place * 2)) & 3] }));
  }

  /** The methods in display order, without reasons. */
  methods() {
    const answer = this.#answer();
    const order = answer.methods.map((_, place) => place).sort((one, other) => answer.methods[one].rank - answer.methods[other].rank);
    return order.map((place) => this.#method(answer, place));
  }

  /**
   * Why a method is withheld: all reasons; none if it is not.
   *
   * @param {string} id
   */
  reasons(id) {
    const place = this.#place(id);
    this.#view();
    const masks = this.#masks;
    const builtin = masks[place * 3];
    const rules = [masks[place * 3 + 1], masks[place * 3 + 2]];
    const reasons = [];
    if (builtin === 0 && rules[0] === 0 && rules[1] === 0) return reasons;
    const { methods, rules: names } = this.#policy;
    for (let bit = 0; bit < 8; bit += 1) {
      if (bit === CONDITION) {
        names.forEach(({ id: rule, reason }, at) => {
          if ((rules[at >> 5] >>> (at & 31)) & 1) reasons.push({ code: REASONS[reason], rule: rule || null });
        });
      }
      if ((builtin >> bit) & 1) reasons.push({ code: REASONS[bit === CONDITION ? methods[place].reason : bit + 1], rule: null });
    }
    return reasons;
  }

  /**
   * The nearest change that brings a withheld method back, or null.
   *
   * @param {string} id
   */
  change(id) {
    this.#core.change(this.#place(id));
    const change = this.#writtenView();
    if (change.byteLength === 0) return null;
    const [toggles, total, overdue] = [change.getUint8(0), amountAt(change, 1), amountAt(change, 9)];
    const { currency } = this.#policy;
    const steps = [];
    if (toggles & 1) steps.push({ kind: 'ship_to_billing_address' });
    if (toggles & 2) steps.push({ kind: 'settle_overdue', amount: money(overdue, currency) });
    if (total >= 0) {
      const present = this.#total();
      const kind = total < present ? 'reduce_total' : 'raise_total';
      steps.push({ kind, to: money(total, currency), by: money(Math.abs(total - present), currency) });
    }
    return { steps };
  }

  /** The whole decision, as the service and `tresen decide` write it. */
  decision() {
    const answer = this.#answer();
    const { classes, valueClasses } = this.#policy;
    const risk = classes[answer.riskClass];
    const named = risk !== undefined && risk.id !== '';
    return {
      semantics_version: 1,
      policy: this.#hashes.policy,
      residual: this.#hashes.residual,
      today: answer.today,
      risk: {
        class: named ? risk.id : null,
        points: this.#policy.residual ? null : answer.points,
        scorecard: this.#policy.residual ? null : answer.scorecard,
        default_probability_ppm: named ? risk.ppm : null,
        basis: named ? (risk.ownData ? 'own_data' : 'assumed') : null,
      },
      value_class: (answer.valueClass !== null && valueClasses[answer.valueClass]) || null,
      exposure: { limit: answer.money(answer.limit), available: answer.money(answer.available) },
      methods: this.methods().map((method) => ({ ...method, reasons: this.reasons(method.id), change: this.change(method.id) })),
    };
  }

  /** The canonical bytes of the last answer; equal on every host. */
  answerBytes() {
    this.#core.answer();
    return this.#written().slice();
  }

  /** Hands in what holds once everything overdue was paid, as the session gave it. */
  settleWith(policy, amount) {
    this.#core.settleWith(policy, amount.minor);
  }

  /** Gives the memory back. */
  free() {
    this.#core.free();
  }

  /** Makes the slots ready for a day. */
  #look(today) {
    livesOn(this.#slots, today);
    this.#view();
  }

  /** Memory that has grown, whoever made it grow, is another buffer: what pointed into the old one reads nothing. */
  #view() {
    const [slots, { buffer }] = [this.#slots, this.#memory];
    if (slots.values?.buffer === buffer) return;
    const [values, present, lists, masks] = new Uint32Array(buffer, this.#layout, 4);
    slots.values = new Int32Array(buffer, values, 256);
    slots.present = new Int32Array(buffer, present, 4);
    slots.lists = new Uint32Array(buffer, lists, 512);
    this.#masks = new Uint32Array(buffer, masks, 48);
  }

  /** What the engine wrote last; the next call writes over it. */
  #written() {
    const { buffer } = this.#memory;
    const [address, length] = new Uint32Array(buffer, this.#layout + 16, 2);
    return new Uint8Array(buffer, address, length);
  }

  #writtenView() {
    const { buffer, byteOffset, byteLength } = this.#written();
    return new DataView(buffer, byteOffset, byteLength);
  }

  #answer() {
    this.#core.answer();
    return readAnswer(this.#writtenView(), this.#policy);
  }

  #method(answer, place) {
    const { id, kind, term, consent, fields } = this.#policy.methods[place];
    const { state, rank, limit, fee, due, missing } = answer.methods[place];
    return {
      id,
      kind,
      state,
      rank,
      limit: answer.money(limit),
      fee: answer.money(fee),
      term,
      due_date: due === null ? null : isoOf(due),
      missing: fields.filter((_, bit) => state === 'incomplete' && (missing >> bit) & 1).map((fact) => this.#factName(fact)),
      consent,
    };
  }

  #factName(index) {
    return CATALOGUE[index]?.[0] ?? this.#policy.custom.find((fact) => fact.index === index)?.name ?? '';
  }

  #place(id) {
    const place = this.#places.get(id);
    if (place === undefined) throw new TresenError('engine.method.unknown', `the policy has no method \`${id}\``, 'ask for one of `engine.policy.methods`');
    return place;
  }

  /** The cart total as it stands in its slot, the first of all; there was a decision, so the slots are in place. */
  #total() {
    this.#view();
    const { values } = this.#slots;
    return (values[0] >>> 0) + values[1] * 4294967296;
  }
}

/** A policy in the module's memory, or an error that says what to do. */
export function readPolicy(glue, bytes) {
  const core = new glue.Engine(bytes);
  const problem = POLICY_PROBLEMS[core.problem()];
  if (!problem) return core;
  core.free();
  throw new TresenError(`policy.bytes.${problem}`, 'the policy cannot be read', 'build it again with `tresen policy build` of this version');
}
