// Loads the checkout module once for a page: as WebAssembly, or as JavaScript where WebAssembly is missing or refused.

import { compiled, maker } from './module.js';

/** @type {Promise<() => Promise<object>> | null} */
let loading = null;

const load = () => maker(() => compiled(fetch(new URL('./checkout.wasm', import.meta.url))), () => import('#dist/checkout.fallback.js'));

/**
 * What makes an instance of the module, the same for everybody on the page.
 *
 * A failed attempt is forgotten, so that the next call tries again.
 */
export function loadModule() {
  loading ??= load().catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}
