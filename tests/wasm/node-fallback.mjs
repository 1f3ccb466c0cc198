// The engine translated to JavaScript, in Node: the browser gets here by itself where WebAssembly is refused.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export async function loadFallback(dist, policy, code) {
  const at = (file) => pathToFileURL(join(dist, file)).href;
  const { loadEngine } = await import(`${at('engine.js')}?fallback`);
  // Bytes that are no module: instantiation fails as a refusal would, and the fallback is loaded.
  return loadEngine({ policy, code, wasm: new Uint8Array(8) });
}
