// The engine alone, for shops with a picker of their own: `import { loadEngine } from 'tresen/engine'`.

import * as glue from '#glue/engine';
import { Engine, TresenError, readPolicy } from './engine/engine.js';
import { received, startModule } from './module.js';

export { Engine, TresenError };

/** @typedef {URL | string | Response | Promise<Response> | BufferSource | WebAssembly.Module} Source */

/** @type {Promise<{ memory: WebAssembly.Memory }> | null} */
let started = null;

/** @param {Source} source */
async function instantiate(source) {
  if (source instanceof WebAssembly.Module) return (await WebAssembly.instantiate(source)).exports;
  if (ArrayBuffer.isView(source) || source instanceof ArrayBuffer) return (await WebAssembly.instantiate(source)).instance.exports;
  return received(typeof source === 'string' || source instanceof URL ? fetch(source) : source);
}

/**
 * Loads the engine, once a page, and reads a compiled policy.
 *
 * @param {{ policy: Uint8Array, today?: string, wasm?: Source, policyHash?: string, residualHash?: string }} options
 *   `wasm` is where the module is, for hosts that keep it elsewhere than beside this file
 * @returns {Promise<Engine>}
 */
export async function loadEngine({ policy, wasm, ...options }) {
  started ??= startModule(() => instantiate(wasm ?? new URL('./engine.wasm', import.meta.url)), new URL('./engine.fallback.js', import.meta.url));
  try {
    const exports = await started;
    glue.glueStart(exports);
    return new Engine(readPolicy(glue, policy), exports.memory, policy, options);
  } catch (error) {
    // A failed start must not stick: the next call tries again.
    if (!(error instanceof TresenError)) started = null;
    throw error;
  }
}
