// The engine alone, for shops with a picker of their own: `import { loadEngine } from 'tresen/engine'`.

import * as glue from '#glue/engine';
import { Engine, TresenError, readPolicy } from './engine/engine.js';
import { startModule } from './module.js';

export { Engine, TresenError };

/** @type {Promise<{ memory: WebAssembly.Memory }> | null} */
let started = null;

/**
 * Loads the engine, once a page, and reads a compiled policy.
 *
 * @param {{ policy: Uint8Array, today?: string, wasm?: import('./module.js').Source, policyHash?: string, residualHash?: string }} options
 *   `wasm` is where the module is, for hosts that keep it elsewhere than beside this file
 * @returns {Promise<Engine>}
 */
export async function loadEngine({ policy, wasm, ...options }) {
  started ??= startModule(glue, wasm ?? new URL('./engine.wasm', import.meta.url), () => import(new URL('./engine.fallback.js', import.meta.url).href));
  try {
    const { memory } = await started;
    return new Engine(readPolicy(glue, policy), memory, policy, options);
  } catch (error) {
    // A failed start must not stick: the next call tries again.
    if (!(error instanceof TresenError)) started = null;
    throw error;
  }
}
