// Loads the checkout module once for a page: as WebAssembly, or as JavaScript where WebAssembly is missing or refused.

import * as glue from '#glue/checkout';
import { startModule } from './module.js';

/** @type {Promise<{ glue: typeof glue, memory: WebAssembly.Memory }> | null} */
let loading = null;

/**
 * The module, the same one for everybody on the page. On a server: null.
 *
 * A failed attempt is forgotten, so that the next call tries again.
 *
 * @param {{ base?: URL | string }} [options] `base` is the folder of the package's files, if it is not where this file is
 */
export function loadTresen({ base = new URL('.', import.meta.url) } = {}) {
  if (typeof document === 'undefined') return Promise.resolve(null);
  loading ??= startModule(glue, new URL('checkout.wasm', base), () => import(new URL('checkout.fallback.js', base).href)).then(
    ({ memory }) => ({ glue, memory }),
    (error) => {
      loading = null;
      throw error;
    },
  );
  return loading;
}

/** Forgets the module: after a trap its memory is not to be trusted, and the next call starts a new one. */
export function forgetTresen() {
  loading = null;
}
