// The page of an account: its shape, and the commands that write to it.

import { KEYS, account } from '#account-shapes';
import { ICONS } from '../element/icons.js';
import { STRONG, build, carryOut } from '../element/page.js';

ICONS.copy = 'M10 9h8a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-8a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2M16 9V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h2';

export class AccountPage {
  /** The elements by their letters */
  named = {};
  #sentences;

  constructor(root, texts) {
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
