// Compiles a WebAssembly module that a server sends.

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
