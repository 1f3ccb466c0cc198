// The checkout module for `tresen/slim`, in place of js/src/loader.js.

import { moduleOf } from '../module.js';
import { given } from './files.js';

/** @type {Promise<WebAssembly.Module> | null} */
let compiling = null;

/** A failed attempt is forgotten, so that the next call tries again. */
export async function loadModule() {
  compiling ??= (async () => moduleOf(await given('checkout.wasm')))().catch((error) => {
    compiling = null;
    throw error;
  });
  const module = await compiling;
  return async () => (await WebAssembly.instantiate(module)).exports;
}
