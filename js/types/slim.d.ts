// Types of `tresen/slim`: the package in one file, for hosts that know no files beside a script. Modules and texts are handed in.

import type { Source } from './engine.js';
import type { Tresen, TresenOptions } from './handle.js';

export { Engine, loadEngine, TresenError } from './slim-engine.js';
export * from './widget.js';
export type { AccountOptions, CheckoutListener, CheckoutOptions, HintOptions, PlacedAccount, PlacedCheckout, Tresen, TresenOptions } from './handle.js';

/** By their names in the package: modules as they are or where they are, texts as `JSON.parse` gives them. */
export interface SlimFiles {
  'checkout.wasm': Source;
  /** Where a policy offers instalments */
  'plan.wasm'?: Source;
  /** For `decision()` */
  'engine.wasm'?: Source;
  /** For the account */
  'account.wasm'?: Source;
  /** For an account with an access of its own, the one after an order too */
  'settle.wasm'?: Source;
  /** `locales/de.json`; beside it `locales/more/de.json` where a method is credit or withheld, `locales/steps/de.json` where a policy asks for steps */
  [texts: `locales/${string}.json`]: unknown;
}

export interface SlimOptions extends TresenOptions {
  files: SlimFiles;
}

/** As of `tresen`; null on a server. What was not handed in and is needed is told by `unavailable`, and in the console by its name. */
export function loadTresen(publicKey: string, options: SlimOptions): Promise<Tresen | null>;
