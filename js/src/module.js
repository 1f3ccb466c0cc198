// Starts a WebAssembly module, or the same module as JavaScript where WebAssembly is missing or refused.

/**
 * The exports of a module, memory among them.
 *
 * WebAssembly is refused by a Content-Security-Policy without 'wasm-unsafe-eval' and missing in iOS Lockdown Mode. The
 * fallback is a module with `instantiate()`; it gives the same answers, about ten times slower.
 *
 * @param {() => Promise<object>} start starts the WebAssembly
 * @param {URL} fallback the module as JavaScript
 * @returns {Promise<{ memory: WebAssembly.Memory }>}
 */
export async function startModule(start, fallback) {
  try {
    return await start();
  } catch {
    return (await import(fallback.href)).instantiate();
  }
}

/**
 * The exports of a module that a server sends.
 *
 * @param {Response | Promise<Response>} source
 */
export async function received(source) {
  const response = await source;
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  // Some shops serve .wasm as application/octet-stream, which streaming refuses.
  const started =
    response.headers.get('content-type') === 'application/wasm' ? WebAssembly.instantiateStreaming(response) : WebAssembly.instantiate(await response.arrayBuffer());
  return (await started).instance.exports;
}
