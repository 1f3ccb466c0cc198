// One counter in the module's memory: the engine for the facts of its order, and the widget that says what is shown.
//
// Numbers are all that crosses the border (src/checkout/widget/desk.rs): what is longer is written into memory that the module has made
// room for, and read where it says.

import { readMethods } from '../engine/answer.js';
import { dayOf } from '../engine/dates.js';
import { namesOf } from '../engine/names.js';
import { Slots } from '../engine/slots.js';
import { BETWEEN } from './words.js';

// What is no event at the counter: numbers of `happened` in widget.rs.
const ROOM = 17;
const POLICY = 18;
const SETTLED = 19;
const RECORD = 20;

export { BETWEEN };

export class Counter {
  #module;
  #layout; // where numbers stand in memory that say where everything else does, in words
  #slots;

  /**
   * @param {object} module the exports of an instance that is this counter's own: whoever lets go of it gives all of its memory back
   * @param {Uint8Array} residual a compiled policy
   * @param {string} today
   */
  constructor(module, residual, today) {
    const day = dayOf(today);
    this.#module = module;
    this.#layout = this.#tell(POLICY, day, 0, residual) >> 2;
    if (this.#words()[this.#layout + 8]) throw new Error('the policy cannot be read');
    this.policy = namesOf(residual);
    this.#slots = new Slots(this.policy);
    this.#slots.livesOn(day);
  }

  /** Hands in what holds once everything overdue was paid, as the session gave it. */
  settleWith(residual, amount) {
    this.#tell(SETTLED, 0, amount.minor, residual);
  }

  /** Takes the facts of an order; false, and nothing changes, where one of them is not as the catalogue says. */
  set(facts) {
    // Memory that has grown is another buffer.
    const words = this.#words();
    const at = this.#layout;
    this.#slots.at(words, words.subarray(at, at + 4), at + 4);
    return this.#slots.write(facts, this.#slots.set ^ 1);
  }

  /** The canonical bytes of the last answer; equal on every host. */
  record() {
    const at = this.#tell(RECORD) >> 2;
    const words = this.#words();
    return new Uint8Array(words.buffer, words[at + 6], words[at + 7]);
  }

  /** The methods in display order, without reasons. */
  methods() {
    const { buffer, byteOffset } = this.record();
    return readMethods(new DataView(buffer, byteOffset), this.policy);
  }

  /** Something happened at a place; what the widget says to it. */
  hear(what, place, ...words) {
    const start = this.#tell(what, place, this.#slots.set, new TextEncoder().encode(words.join(BETWEEN)));
    const memory = new Uint8Array(this.#module.memory.buffer);
    return new TextDecoder().decode(memory.subarray(start, memory.indexOf(0, start)));
  }

  #tell(what, place, number, octets) {
    const { act, memory } = this.#module;
    try {
      if (octets) {
        const room = act(ROOM, octets.length);
        new Uint8Array(memory.buffer).set(octets, room);
      }
      return act(what, place, number);
    } catch (trap) {
      // It leaves memory behind that is not to be trusted: from now on there is no module to ask.
      this.#module = null;
      throw trap;
    }
  }

  #words() {
    return new Int32Array(this.#module.memory.buffer);
  }
}
