// What stands in the page, in its address: behind the `#`, which no browser sends to anybody.

import { valuesOf } from './order.js';

const through = async (octets, stream) => new Uint8Array(await new Response(new Blob([octets]).stream().pipeThrough(stream)).arrayBuffer());
const toText = (octets) => btoa(Array.from(octets, (octet) => String.fromCharCode(octet)).join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const toBytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));

/** A ready policy by its name, any other one whole. */
export async function remember({ form, policy, ready }) {
  const { language, look } = form.elements;
  const state = { form: { ...valuesOf(form), language: language.value, look: look.value }, ...(ready ? { ready } : { policy }) };
  const packed = await through(new TextEncoder().encode(JSON.stringify(state)), new CompressionStream('deflate'));
  history.replaceState(null, '', `#${toText(packed)}`);
}

/** Null where nothing stands there, or nothing that can be read. */
export async function read() {
  if (location.hash.length < 2) return null;
  try {
    const state = JSON.parse(new TextDecoder().decode(await through(toBytes(location.hash.slice(1)), new DecompressionStream('deflate'))));
    return typeof state.form === 'object' ? state : null;
  } catch {
    return null;
  }
}
