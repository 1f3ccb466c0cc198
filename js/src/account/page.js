// The page of an account: its shape, and the commands that write to it.

import { KEYS, account } from '#account-shapes';
import { STRONG, build, carryOut } from '../element/page.js';
import { learn } from './icons.js';

export class AccountPage {
  /** The elements by their letters */
  named = {};
  #sentences;

  constructor(root, texts) {
    learn();
    this.#sentences = texts.split('~').slice(1);
    root.replaceChildren();
    build(root, account, {}, this.named, (key) => this.#sentences[key].replaceAll('*', STRONG));
  }

  /** A sentence without blanks that only the page itself says */
  sentence(name) {
    return this.#sentences[KEYS[name]];
  }

  draw(commands) {
    carryOut(commands, [this.named]);
  }
}
