// Orders as they come: a list, anything that can be gone through, or text, of which a page need not hold more than a piece.

const SLICE = 256;
const PIECE = 1 << 16;
const LINE_MAX = 1 << 20;
const EMPTY = /^[\t\n\f\r ]*$/;

/** What stands for a line that is longer than any may be. */
export const TOO_LONG = Symbol('too long');

/**
 * Slices of lines, each with its number from 1, and how much of all has been read, from 0 to 1, or null where nobody knows.
 *
 * @param {string | Blob | ReadableStream | Iterable<unknown> | AsyncIterable<unknown>} source
 * @returns {AsyncGenerator<{ lines: [number, unknown][], share: number | null }>}
 */
export async function* slicesOf(source) {
  const { pieces, size, cut } = opened(source);
  const lines = new Lines(cut);
  let read = 0;
  const slice = () => ({ lines: lines.taken(), share: size ? Math.min(read / size, 1) : null });
  // Awaiting each of a million orders that are there already would take longer than deciding on them.
  if (pieces[Symbol.iterator]) {
    for (const piece of pieces) {
      read += cut ? piece.length : 1;
      if (lines.take(piece)) yield slice();
    }
  } else {
    for await (const piece of pieces) {
      read += piece?.byteLength ?? 0;
      if (lines.take(piece)) yield slice();
    }
  }
  lines.end();
  yield slice();
}

/** What can be gone through, how much there is of it if that is known, and whether texts in it are cut anywhere rather than lines. */
function opened(source) {
  if (typeof source === 'string') return { pieces: pieces(source), size: source.length, cut: true };
  if (typeof source.stream === 'function') return { pieces: chunks(source.stream()), size: source.size, cut: true };
  if (typeof source.getReader === 'function') return { pieces: chunks(source), size: null, cut: true };
  return { pieces: source, size: Array.isArray(source) ? source.length : null, cut: false };
}

function* pieces(text) {
  for (let at = 0; at < text.length; at += PIECE) yield text.slice(at, at + PIECE);
}

/** Not every browser can go through a stream. */
async function* chunks(stream) {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    // Whoever stops early needs no more of it.
    await reader.cancel();
  }
}

class Lines {
  #lines = [];
  #number = 0;
  #cut;
  #decoder = new TextDecoder();
  #begun = ''; // a line whose end has not come yet

  constructor(cut) {
    this.#cut = cut;
  }

  /** Takes an order or a piece of text; whether there are enough for a slice. */
  take(piece) {
    if (piece instanceof Uint8Array) this.#text(this.#decoder.decode(piece, { stream: true }));
    else if (this.#cut) this.#text(piece);
    else this.#line(piece);
    return this.#lines.length >= SLICE;
  }

  end() {
    const last = this.#begun + this.#decoder.decode();
    if (last) this.#line(last);
  }

  taken() {
    return this.#lines.splice(0);
  }

  #text(text) {
    const lines = (this.#begun + text).split('\n');
    this.#begun = lines.pop();
    for (const line of lines) this.#line(line);
  }

  #line(line) {
    this.#number += 1;
    if (typeof line !== 'string') this.#lines.push([this.#number, line]);
    else if (line.length * 3 >= LINE_MAX && new TextEncoder().encode(line).length >= LINE_MAX) this.#lines.push([this.#number, TOO_LONG]);
    else if (!EMPTY.test(line)) this.#lines.push([this.#number, line]);
  }
}
