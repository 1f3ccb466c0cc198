// Orders as they come: a list, anything that can be gone through, or text, of which a page need not hold more than a piece.
// What goes out are JSON lines in UTF-8, cut anywhere.

const PIECE = 1 << 17;
const utf8 = new TextEncoder();

/**
 * Pieces of some hundred kilobytes, each in a buffer of its own, and how much of all has been read, from 0 to 1, or null where nobody knows.
 *
 * @param {string | Blob | ReadableStream | Iterable<unknown> | AsyncIterable<unknown>} source
 * @returns {AsyncGenerator<{ bytes: Uint8Array, share: number | null }>}
 */
export async function* piecesOf(source) {
  const { parts, size, isText } = opened(source);
  const gathered = new Gathered();
  let read = 0;
  const piece = (isLast) => ({ bytes: gathered.taken(isLast), share: size ? Math.min(read / size, 1) : null });
  function* pieces(part) {
    const isBytes = part instanceof Uint8Array;
    if (!isBytes && !(isText && typeof part === 'string')) {
      read += 1;
      gathered.text(`${lineOf(part)}\n`);
      if (gathered.size >= PIECE) yield piece();
      return;
    }
    for (let at = 0; at < part.length; at += PIECE) {
      const some = isBytes ? part.subarray(at, at + PIECE) : part.slice(at, at + PIECE);
      read += some.length;
      if (isBytes) gathered.bytes(some);
      else gathered.text(some);
      if (gathered.size >= PIECE) yield piece();
    }
  }
  // Awaiting each of a million orders that are there already would take longer than deciding on them.
  if (parts[Symbol.iterator]) for (const part of parts) yield* pieces(part);
  else for await (const part of parts) yield* pieces(part);
  yield piece(true);
}

/** What can be gone through, how much there is of it if that is known, and whether texts in it are cut anywhere rather than lines. */
function opened(source) {
  if (typeof source === 'string') return { parts: [source], size: source.length, isText: true };
  if (typeof source.stream === 'function') return { parts: chunks(source.stream()), size: source.size, isText: true };
  if (typeof source.getReader === 'function') return { parts: chunks(source), size: null, isText: true };
  return { parts: source, size: Array.isArray(source) ? source.length : null, isText: false };
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

/** An order as a line. Line breaks in one that is text already are white space, or as wrong as before. */
function lineOf(order) {
  if (typeof order === 'string') return order.replaceAll('\n', '\r');
  try {
    return JSON.stringify(order) ?? 'null';
  } catch {
    // A number without end, or an order that holds itself: JSON cannot say it, and so it is no order.
    return 'null';
  }
}

/** Texts and bytes, one behind the other. */
class Gathered {
  #parts = [];
  #bytes = 0;
  #text = '';

  /** About how many bytes there are. */
  get size() {
    return this.#bytes + this.#text.length;
  }

  text(more) {
    this.#text += more;
  }

  bytes(more) {
    this.#encode(true);
    this.#add(more);
  }

  /** All that is there, copied; of a letter that was cut in two, the first half waits for the second, unless nothing comes any more. */
  taken(isLast) {
    this.#encode(isLast);
    const all = new Uint8Array(this.#bytes);
    let at = 0;
    for (const part of this.#parts.splice(0)) {
      all.set(part, at);
      at += part.length;
    }
    this.#bytes = 0;
    return all;
  }

  #encode(isLast) {
    const end = this.#text.length;
    const isCut = !isLast && /[\ud800-\udbff]$/.test(this.#text);
    if (end > 0) this.#add(utf8.encode(isCut ? this.#text.slice(0, -1) : this.#text));
    this.#text = isCut ? this.#text.slice(-1) : '';
  }

  #add(part) {
    this.#parts.push(part);
    this.#bytes += part.length;
  }
}
