// Starts a WebAssembly module, or the same module as JavaScript where WebAssembly is missing or refused.

/**
 * @typedef {{ glueStart: (exports: object) => void }} Glue
 * @typedef {URL | string | Response | Promise<Response> | BufferSource | WebAssembly.Module} Source
 */

/**
 * Starts a module and answers its exports, memory among them.
 *
 * WebAssembly is refused by a Content-Security-Policy without 'wasm-unsafe-eval' and missing in iOS Lockdown Mode. The
 * fallback is a module with `instantiate()`; it gives the same answers, about ten times slower.
 *
 * @param {Glue} glue the glue that wasm-bindgen wrote for this module
 * @param {Source} source where the WebAssembly is
 * @param {() => Promise<{ instantiate: () => object }>} [fallback] loads the module as JavaScript
 * @returns {Promise<{ memory: WebAssembly.Memory }>}
 */
export async function startModule(glue, source, fallback) {
  let exports;
  try {
    exports = await instantiate(source);
  } catch (error) {
    if (!fallback) throw error;
    exports = (await fallback()).instantiate();
  }
  glue.glueStart(exports);
  return exports;
}

async function instantiate(source) {
  if (source instanceof WebAssembly.Module) return (await WebAssembly.instantiate(source)).exports;
  if (ArrayBuffer.isView(source) || source instanceof ArrayBuffer) return (await WebAssembly.instantiate(source)).instance.exports;
  const response = await (typeof source === 'string' || source instanceof URL ? fetch(source) : source);
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  // Some shops serve .wasm as application/octet-stream, which streaming refuses.
  if (response.headers.get('content-type') === 'application/wasm') {
    return (await WebAssembly.instantiateStreaming(response)).instance.exports;
  }
  return (await WebAssembly.instantiate(await response.arrayBuffer())).instance.exports;
}
