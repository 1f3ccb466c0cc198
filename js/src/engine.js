// The engine alone, for shops with a picker of their own: `import { loadEngine } from 'tresen/engine'`.

import * as glue from '#glue/engine';
import { Engine } from './engine/engine.js';
import { TresenError } from './engine/error.js';
import { moduleOf } from './module.js';

export { Engine, TresenError };

/** @typedef {URL | string | Response | Promise<Response> | BufferSource | WebAssembly.Module} Source */

/** @type {Promise<{ memory: WebAssembly.Memory }> | null} */
let started = null;

// The module as JavaScript is for where WebAssembly is missing or refused: the same answers, about ten times slower.
async function start(source) {
  try {
    return (await WebAssembly.instantiate(await moduleOf(source))).exports;
  } catch {
    return (await import('#dist/engine.fallback.js')).instantiate();
  }
}

/**
 * The policy's code, if it was made of these bytes and runs here; whoever has none waits longer for the same answers.
 *
 * @param {Source} source @param {Uint8Array} policy @param {WebAssembly.Memory} memory
 */
async function codeOf(source, policy, memory) {
  try {
    const { exports } = await WebAssembly.instantiate(await moduleOf(source), { tresen: { memory } });
    const sum = new DataView(policy.buffer, policy.byteOffset).getBigInt64(policy.length - 8, true);
    return exports.policy.value === sum ? exports : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Loads the engine, once a page, and reads a compiled policy.
 *
 * @param {{ policy: Uint8Array, code?: Source, today?: string, wasm?: Source, policyHash?: string, residualHash?: string }} options
 *   `code` is what `tresen policy build --code` wrote of the same policy: many orders are decided nearly twice as fast with it; `wasm` is
 *   where the module is, for hosts that keep it elsewhere than beside this file
 * @returns {Promise<Engine>}
 */
export async function loadEngine({ policy, code, wasm, ...options }) {
  started ??= start(wasm ?? new URL('./engine.wasm', import.meta.url));
  try {
    const exports = await started;
    glue.glueStart(exports);
    if (code) options.code = await codeOf(code, policy, exports.memory);
    return new Engine(new glue.Engine(policy), exports.memory, policy, options);
  } catch (error) {
    // A failed start must not stick: the next call tries again.
    if (!(error instanceof TresenError)) started = null;
    throw error;
  }
}
