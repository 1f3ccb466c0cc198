// Loads the checkout module once for a page: as WebAssembly, or as JavaScript where WebAssembly is missing or refused.

import { compiled, maker } from './module.js';

/** @type {Promise<() => Promise<object>> | null} */
let loading = null;

const load = (base) => maker(() => compiled(fetch(new URL('checkout.wasm', base))), new URL('checkout.fallback.js', base).href);

/**
 * What makes an instance of the module, the same for everybody on the page. On a server: null.
 *
 * A failed attempt is forgotten, so that the next call tries again.
 *
 * @param {{ base?: URL | string }} [options] `base` is the folder of the package's files, if it is not where this file is
 */
export async function loadTresen({ base = new URL('.', import.meta.url) } = {}) {
  if (typeof document === 'undefined') return null;
  loading ??= load(base).catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}
