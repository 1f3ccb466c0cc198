// The compiler of policies in the page (src/console/draft.rs): JSON goes in, and out comes what is wrong with it or what a page decides by.

import { maker, moduleOf } from '../module.js';

const utf8 = new TextEncoder();

let module;

const opened = async () => {
  const make = await maker(() => moduleOf(new URL('./draft.wasm', import.meta.url)), () => import('#dist/draft.fallback.js'));
  return make();
};

/**
 * @param {string} policy JSON
 * @param {{ today: string, facts: object }} order
 * @returns {Promise<{ diagnostics: object[], problems: object[], built: object | null } | { error: object }>}
 */
export async function draft(policy, order) {
  const { memory, room, draft: look } = await (module ??= opened());
  const put = (text) => {
    const octets = utf8.encode(text);
    const at = room(octets.length, 1) >>> 0;
    new Uint8Array(memory.buffer).set(octets, at);
    return [at, octets.length];
  };
  const at = look(...put(policy), ...put(JSON.stringify(order))) >>> 0;
  const octets = new Uint8Array(memory.buffer);
  return JSON.parse(new TextDecoder().decode(octets.subarray(at, octets.indexOf(0, at))));
}
