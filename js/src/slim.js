// `tresen/slim`: the package for hosts that know no files beside a script, such as a native shell or a bundler without assets. Everything is in this
// one file but the WebAssembly modules and the texts, which are handed in. How it comes to be so: `besides` in js/build/slim.mjs.

import { loadTresen as load } from './handle.js';
import { take } from './slim/files.js';

export { loadEngine, Engine, TresenError } from './engine.js';
export { define, TresenCheckout } from './widget.js';

/**
 * As `loadTresen` of `tresen`, with the files that it would load otherwise.
 *
 * @param {string} [publicKey]
 * @param {import('../types/slim.js').SlimOptions} [options]
 */
export function loadTresen(publicKey, { files = {}, ...options } = {}) {
  take(files);
  return load(publicKey, options);
}
