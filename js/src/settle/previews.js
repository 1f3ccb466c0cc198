// What would come of it: the core's own answers (src/account/settle.rs), of the situation that the service told. Numbers and words cross the border.

import { bytes } from '../element/api.js';
import { BETWEEN } from '../element/words.js';

const ROOM = 0;
const SITUATION = 1;
const PART = 2;
const PLAN = 3;
const DEFERRAL = 4;
const PROMISE = 5;
const OBJECTION = 6;

export class Previews {
  #module;

  /** @param {object} module the exports of an instance that is this account's own */
  constructor(module) {
    this.#module = module;
  }

  /** Reads what the service told, in base64; whether this build understands it. */
  tell(situation) {
    return this.#ask(SITUATION, bytes(situation ?? '')).why === undefined;
  }

  /** What so much money would pay: what stays open, and what each claim gets of it. */
  part(minor, chosen = []) {
    return this.#said(PART, [minor, ...chosen], ([rest, ...lines]) => ({ rest: +rest, lines: grouped(lines, 3).map(([receivable, item, got]) => ({ receivable, item, minor: +got })) }));
  }

  /** The dated rates of a plan, and what it comes to. */
  plan(rates, first) {
    return this.#said(PLAN, [rates, first], ([total, cost, ...dated]) => ({ total: +total, cost: +cost, rates: grouped(dated, 2).map(([due, minor]) => ({ due, minor: +minor })) }));
  }

  /** The due date before, and the new one. */
  deferral(receivable, until) {
    return this.#said(DEFERRAL, [receivable, until], ([before, day]) => ({ before, until: day }));
  }

  /** The day that is named, and the last on which it is waited for. */
  promise(day) {
    return this.#said(PROMISE, [day], ([date, grace]) => ({ date, grace }));
  }

  /** How much an objection is about, and what stays asked for meanwhile; `pieces` are, line by line, what it costs, how many, and of how many. */
  objection(receivable, pieces) {
    return this.#said(OBJECTION, [receivable, ...pieces], ([minor, asked]) => ({ minor: +minor, asked: +asked }));
  }

  /** What comes of it, or `{ why }` under its code. */
  #said(what, words, read) {
    const answer = this.#ask(what, new TextEncoder().encode(words.join(BETWEEN)));
    return answer.why ? answer : read(answer.words);
  }

  #ask(what, octets) {
    const { settle, memory } = this.#module;
    const room = settle(ROOM, octets.length);
    new Uint8Array(memory.buffer).set(octets, room);
    const start = settle(what, 0);
    const read = new Uint8Array(memory.buffer);
    const answer = new TextDecoder().decode(read.subarray(start, read.indexOf(0, start)));
    return answer[0] === '1' ? { words: answer.slice(1).split(BETWEEN) } : { why: answer.slice(1) };
  }
}

function grouped(words, size) {
  return Array.from({ length: Math.floor(words.length / size) }, (_, at) => words.slice(at * size, (at + 1) * size));
}
