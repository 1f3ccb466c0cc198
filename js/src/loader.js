// Loads the checkout module once for a page: as WebAssembly, or as JavaScript where WebAssembly is missing or refused.

import { compiled, maker } from './module.js';

/** @type {Promise<() => Promise<object>> | null} */
let loading = null;

const load = () => maker(() => compiled(fetch(new URL('./checkout.wasm', import.meta.url))), () => import('#dist/checkout.fallback.js'));

/**
 * What makes an instance of the module, the same for everybody on the page. On a server: null.
 *
 * A failed attempt is forgotten, so that the next call tries again.
 */
export async function loadTresen() {
  if (typeof document === 'undefined') return null;
  loading ??= load().catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}
