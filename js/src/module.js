// Compiles a WebAssembly module that a server sends.

/** @param {URL | string | Response | Promise<Response> | BufferSource | WebAssembly.Module} source */
export function moduleOf(source) {
  if (source instanceof WebAssembly.Module) return source;
  if (ArrayBuffer.isView(source) || source instanceof ArrayBuffer) return WebAssembly.compile(source);
  return compiled(typeof source === 'string' || source instanceof URL ? fetch(source) : source);
}

/**
 * @param {Response | Promise<Response>} source
 * @returns {Promise<WebAssembly.Module>}
 */
export async function compiled(source) {
  const response = await source;
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  // Some shops serve .wasm as application/octet-stream, which streaming refuses.
  return response.headers.get('content-type') === 'application/wasm' ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/**
 * What makes instances of a module. WebAssembly is refused by a Content-Security-Policy without 'wasm-unsafe-eval' and missing in iOS
 * Lockdown Mode: the module as JavaScript gives the same answers, about ten times slower.
 *
 * @param {() => Promise<WebAssembly.Module>} source
 * @param {() => Promise<{ instantiate: () => Promise<object> }>} fallback the module as JavaScript
 */
export async function maker(source, fallback) {
  try {
    const module = await source();
    return async () => (await WebAssembly.instantiate(module)).exports;
  } catch {
    return (await fallback()).instantiate;
  }
}
