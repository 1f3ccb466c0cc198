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

  /** A sentence that only the page itself says, with what stands in its blank; without that, the blank is a brace */
  sentence(name, blank = '{') {
    return this.#sentences[KEYS[name]].replace(/\{./, () => blank);
  }

  draw(commands) {
    carryOut(commands, [this.named]);
  }
}
