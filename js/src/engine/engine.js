// The engine for JavaScript: facts in, a decision out. The glue's class does the deciding.

import { STATES, amountAt, optionalAt, readMethods } from './answer.js';
import { NO_DATE, dayOf, isoOf } from './dates.js';
import { TresenError } from './error.js';
import { readNames } from './policy.js';
import { REASONS } from './reasons.js';
import { Slots } from './slots.js';

const NO_DAY = 0xffffffff;
const NONE = Object.freeze([]);
const LAST = 15; // the last of the sets of facts that wait for one call
const SEATS = 256; // how many lists of reasons are kept for each method, each with the one before it
const ANSWER = 12; // words from one method's answer to the next
const CONDITION = 4; // the built-in reason before which the rules' reasons are told, and which the method words itself

const SCORECARDS = [null, 'new', 'returning'];
const POLICY_PROBLEMS = [null, 'not_a_policy', 'version', 'damaged', 'invalid'];

/** One policy and the facts of one order. */
export class Engine {
  #core;
  #memory;
  #policy;
  #slots;
  #states = -1; // the last decision, as `decideBatch` gives it; −1 for none, so that it stays a small number
  #ids;
  #asked = -1; // the method that was asked of last
  #told; // for each method, reasons that were told
  #layout; // where numbers stand in memory that say where everything else does
  #words; // the module's memory as words of 32 bits
  #answers; // where it stands in them why each method is withheld
  #decided; // and what was decided
  #today;
  #hashes;
  #code; // the policy as straight-line code, if there is any

  /**
   * @param {object} core an instance of the glue's Engine
   * @param {WebAssembly.Memory} memory
   * @param {Uint8Array} bytes the compiled policy that `core` was made of
   * @param {{ today?: string, policyHash?: string | null, residualHash?: string | null, code?: { decide: Function } }} [options]
   *   `code` is what an instance of the policy's code exports
   */
  constructor(core, memory, bytes, { today, policyHash = null, residualHash = null, code } = {}) {
    this.#core = core;
    this.#memory = memory;
    this.#layout = core.layout() >> 2;
    const problem = POLICY_PROBLEMS[new Int32Array(memory.buffer)[this.#layout + 8]];
    if (problem) {
      core.free();
      throw new TresenError(`policy.bytes.${problem}`, 'the policy cannot be read', 'build it again with `tresen policy build` of this version');
    }
    this.#policy = readNames(bytes);
    this.#ids = this.#policy.methods.map(({ id }) => id);
    this.#told = new Array(this.#ids.length * SEATS).fill();
    this.#hashes = { policy: policyHash, residual: residualHash };
    this.#code = code;
    this.#slots = new Slots(this.#policy);
    this.#on(today);
    this.#view();
  }

  /** Whether `decideBatch` runs the policy's own code. */
  get hasCode() {
    return this.#code !== undefined;
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
    if (today !== undefined) this.#on(today);
    this.#view();
    return this.#slots.write(facts, this.#slots.set ^ 1);
  }

  /**
   * What is wrong with a set of facts, all of it. The words are loaded only now: no shopper needs them.
   *
   * @param {unknown} facts
   * @param {string} [today]
   * @returns {Promise<{ code: string, message: string, help: string, at: string }[]>} empty if they would be taken
   */
  async problems(facts, today) {
    const { checkFacts } = await import('../check.js');
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
    if (day === undefined) return false;
    this.#view();
    const { set } = this.#slots;
    this.#core.decide(day, set, 1);
    this.#states = this.#words[this.#decided + set];
    return this.#states !== -1;
  }

  /**
   * Decides for many orders; two bits a method from the lowest up: 0 withheld, 1 incomplete, 2 offered, in the policy's order.
   * An order with a mistake in its facts stands as 0xffffffff. Of the last one that was taken more may be asked then.
   *
   * @param {Iterable<Record<string, unknown>>} orders
   * @param {string} today
   * @returns {Uint32Array}
   */
  decideBatch(orders, today) {
    const day = dayOf(today);
    const list = [...orders];
    const states = new Uint32Array(list.length).fill(NO_DAY);
    this.#on(today);
    this.#view();
    const slots = this.#slots;
    const words = this.#words;
    const [facts, , , apart, , , , , , decided] = words.subarray(this.#layout, this.#layout + 10);
    const written = []; // which order each set has the facts of
    const code = day === NO_DATE ? undefined : this.#code;
    let [count, last] = [0, slots.set];
    for (let place = 0; place < list.length; place += 1) {
      const next = (last + 1) & LAST;
      if (slots.write(list[place], next)) {
        last = next;
        written[next] = place;
        count += 1;
      }
      // The next set must not be one that still waits.
      if (count === LAST || place === list.length - 1) {
        let set = (last + 1 - count) & LAST;
        if (code) code.decide(day, facts, apart, decided, set, count);
        else this.#core.decide(day, set, count);
        for (; count > 0; count -= 1) {
          states[written[set]] = words[(decided >> 2) + set];
          set = (set + 1) & LAST;
        }
      }
    }
    // Of the last order more may be asked, of which the code knows nothing.
    this.decide(today);
    return states;
  }

  /** The state of each method after `decideBatch`, as words. */
  states(bits) {
    return this.#policy.methods.map((method, place) => ({ id: method.id, state: STATES[(bits >>> (place * 2)) & 3] }));
  }

  /** The methods in display order, without reasons. */
  methods() {
    return readMethods(this.#answer(), this.#policy);
  }

  /**
   * Why a method is withheld: all reasons; none if it is not.
   *
   * @param {string} id
   */
  reasons(id) {
    const place = this.#place(id);
    if ((this.#states >>> (place * 2)) & 3) return NONE;
    const at = this.#answers + place * ANSWER;
    // Where memory has grown, nothing stands.
    if (this.#words[at] === undefined) this.#view();
    const words = this.#words;
    const low = words[at];
    const high = words[at + 1];
    const builtin = words[at + 2] & 255;
    // The same masks always mean the same reasons: of the lists that were made in a seat the last two are kept.
    const told = this.#told;
    const seat = place * SEATS + (Math.imul((low << 8) ^ builtin ^ (low >>> 22), 0x9e3779b1) >>> 24);
    const last = told[seat];
    for (let one = last; one !== undefined; one = one.before) {
      if (one.low === low && one.high === high && one.builtin === builtin) return one.reasons;
    }
    const reasons = Object.freeze(this.#because(place, builtin, [low, high]));
    if (last !== undefined) last.before = undefined;
    told[seat] = { low, high, builtin, reasons, before: last };
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
    const money = (minor) => ({ minor, currency: this.#policy.currency });
    const steps = [];
    if (toggles & 1) steps.push({ kind: 'ship_to_billing_address' });
    if (toggles & 2) steps.push({ kind: 'settle_overdue', amount: money(overdue) });
    if (total >= 0) {
      this.#view();
      const present = this.#slots.total();
      steps.push({ kind: total < present ? 'reduce_total' : 'raise_total', to: money(total), by: money(Math.abs(total - present)) });
    }
    return { steps };
  }

  /** The whole decision, as the service and `tresen decide` write it. */
  decision() {
    // today at 0 · scorecard at 4 · points at 5 · class at 10 · value class at 11 · exposure limit at 13 · available at 22
    const answer = this.#answer();
    const { classes, valueClasses, residual, currency } = this.#policy;
    // A residual policy names no classes and tells no points.
    const risk = classes[answer.getUint8(10)]?.id ? classes[answer.getUint8(10)] : null;
    return {
      semantics_version: 1,
      policy: this.#hashes.policy,
      residual: this.#hashes.residual,
      today: isoOf(answer.getInt32(0, true)),
      risk: {
        class: risk && risk.id,
        points: residual || !answer.getUint8(5) ? null : answer.getInt32(6, true),
        scorecard: residual ? null : SCORECARDS[answer.getUint8(4)],
        default_probability_ppm: risk && risk.ppm,
        basis: risk && (risk.ownData ? 'own_data' : 'assumed'),
      },
      value_class: (answer.getUint8(11) && valueClasses[answer.getUint8(12)]) || null,
      exposure: { limit: optionalAt(answer, 13, currency), available: optionalAt(answer, 22, currency) },
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

  /** Makes the engine ready for a day. */
  #on(today) {
    this.#today = today === undefined ? undefined : dayOf(today);
    this.#slots.livesOn(this.#today);
  }

  /** Memory that has grown, whoever made it grow, is another buffer, and what pointed into the old one is empty. */
  #view() {
    if (this.#words?.length) return;
    const words = new Int32Array(this.#memory.buffer);
    const at = this.#layout;
    this.#words = words;
    this.#slots.at(words, words.subarray(at, at + 4), at + 4);
    this.#answers = words[at + 5] >> 2;
    this.#decided = words[at + 9] >> 2;
  }

  /** What the engine wrote last; the next call writes over it. */
  #written() {
    this.#view();
    const at = this.#layout;
    return new Uint8Array(this.#words.buffer, this.#words[at + 6], this.#words[at + 7]);
  }

  #writtenView() {
    const { buffer, byteOffset, byteLength } = this.#written();
    return new DataView(buffer, byteOffset, byteLength);
  }

  #answer() {
    this.#core.answer();
    return this.#writtenView();
  }

  #because(place, builtin, rules) {
    const { methods, rules: names } = this.#policy;
    const reasons = [];
    const tell = (reason, rule) => reasons.push(Object.freeze({ code: REASONS[reason], rule }));
    for (let bit = 0; bit < 8; bit += 1) {
      if (bit === CONDITION) {
        names.forEach(({ id, reason }, at) => {
          if ((rules[at >> 5] >>> (at & 31)) & 1) tell(reason, id || null);
        });
      }
      if ((builtin >> bit) & 1) tell(bit === CONDITION ? methods[place].reason : bit + 1, null);
    }
    return reasons;
  }

  #place(id) {
    const ids = this.#ids;
    // Whoever asks of one method mostly asks of the next one then.
    let place = this.#asked + 1;
    if (place >= ids.length) place = 0;
    if (ids[place] !== id) place = ids.indexOf(id);
    if (place < 0) throw new TresenError('engine.method.unknown', `the policy has no method \`${id}\``, 'ask for one of `engine.policy.methods`');
    this.#asked = place;
    return place;
  }
}
