// The module's side of the border: words are written into room that it has made, and read where it says (src/account/desk.rs).

import { BETWEEN } from '../element/words.js';

const ROOM = 0;

export class Desk {
  #module;

  /** @param {object} module the exports of an instance that is this account's own */
  constructor(module) {
    this.#module = module;
  }

  /** What follows from what happened, and the commands to carry out. Nothing, false and null are empty words. */
  hear(what, place, words) {
    const { act, memory } = this.#module;
    const joined = words.map((word) => (word || word === 0 ? String(word).replace(/[\0-\x01\x03-\x1f]/g, ' ') : '')).join(BETWEEN);
    const octets = new TextEncoder().encode(joined);
    const room = act(ROOM, octets.length);
    new Uint8Array(memory.buffer).set(octets, room);
    const start = act(what, place);
    const read = new Uint8Array(memory.buffer);
    const answer = new TextDecoder().decode(read.subarray(start, read.indexOf(0, start)));
    return { follows: +answer[0], commands: answer };
  }
}
