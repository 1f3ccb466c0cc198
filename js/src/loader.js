// Loads the checkout module once for a page: as WebAssembly, or as JavaScript where WebAssembly is missing or refused.

import { received, startModule } from './module.js';

/** @type {Promise<{ memory: WebAssembly.Memory }> | null} */
let loading = null;

/**
 * The module, the same one for everybody on the page. On a server: null.
 *
 * A failed attempt is forgotten, so that the next call tries again.
 *
 * @param {{ base?: URL | string }} [options] `base` is the folder of the package's files, if it is not where this file is
 */
export async function loadTresen({ base = new URL('.', import.meta.url) } = {}) {
  if (typeof document === 'undefined') return null;
  loading ??= startModule(() => received(fetch(new URL('checkout.wasm', base))), new URL('checkout.fallback.js', base)).catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

/** Forgets the module: after a trap its memory is not to be trusted, and the next call starts a new one. */
export function forgetTresen() {
  loading = null;
}
