// One run of the module (src/console/border.rs): policies and pieces of orders go in, a report comes out, all of it as bytes.

const utf8 = new TextEncoder();

/** A run, wherever it takes place. What stands in its way is an answer too: `{ error: { code, message, help } }`. */
export class Run {
  #module;

  /**
   * @param {{ module: WebAssembly.Module | null, policies: (Uint8Array | string)[], options: object }} wanted without a module the same one
   *   as JavaScript; a policy that is text is JSON
   */
  async open({ module, policies, options }) {
    this.#module = await instance(module);
    for (const policy of policies) {
      const isText = typeof policy === 'string';
      const answer = this.#said(this.#module.policy(...this.#put(isText ? utf8.encode(policy) : policy), isText ? 0 : 1));
      if (answer) return answer;
    }
    return this.#said(this.#module.begin(...this.#put(utf8.encode(JSON.stringify(options))))) ?? {};
  }

  /** How many lines were gone through, with those that end in this piece. @param {Uint8Array} piece of JSON lines */
  take(piece) {
    return this.#module.take(...this.#put(piece));
  }

  /** @returns {{ lines: number, report: object }} */
  end() {
    return this.#said(this.#module.end());
  }

  /** Bytes in the module's memory, which frees them itself. */
  #put(bytes) {
    const at = this.#module.room(bytes.length, 1) >>> 0;
    new Uint8Array(this.#module.memory.buffer).set(bytes, at);
    return [at, bytes.length];
  }

  /** What stands at an address up to a zero, or null. */
  #said(at) {
    if (at === 0) return null;
    const octets = new Uint8Array(this.#module.memory.buffer);
    return JSON.parse(new TextDecoder().decode(octets.subarray(at >>> 0, octets.indexOf(0, at >>> 0))));
  }
}

async function instance(module) {
  try {
    return (await WebAssembly.instantiate(module)).exports;
  } catch {
    return (await import('#dist/console.fallback.js')).instantiate();
  }
}
