// Where in a JSON text something stands.

/**
 * From where to where the value stands that a JSON pointer names, or the nearest of its ancestors; for a text that is no JSON the place that
 * the message names by line and column.
 *
 * @param {string} text @param {string} pointer @param {string} [message]
 * @returns {[number, number]}
 */
export function offsetOf(text, pointer, message = '') {
  const [, line, column] = /\(line (\d+), column (\d+)\)/.exec(message) ?? [];
  if (line) {
    const start = text.split('\n').slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
    const at = Math.min(start + Math.max(column - 1, 0), text.length);
    return [at, Math.min(at + 1, text.length)];
  }
  const wanted = pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return new Walk(text).find(wanted);
}

class Walk {
  #text;
  #at = 0;

  constructor(text) {
    this.#text = text;
  }

  find(wanted) {
    this.#space();
    return this.#inside(wanted) ?? [0, 0];
  }

  /** The value that begins here: where it stands, or where what is wanted of it stands. */
  #inside([key, ...rest]) {
    const start = this.#at;
    const open = this.#text[start];
    if (key === undefined || (open !== '{' && open !== '[')) {
      this.#skip();
      return [start, this.#at];
    }
    this.#at += 1;
    for (let place = 0; this.#space() && this.#text[this.#at] !== '}' && this.#text[this.#at] !== ']'; place += 1) {
      const from = this.#at;
      let name = String(place);
      if (open === '{') {
        this.#string();
        name = JSON.parse(this.#text.slice(from, this.#at));
        this.#space();
        this.#at += 1;
        this.#space();
      }
      if (name === key) {
        const [found, to] = this.#inside(rest);
        // What is named is shown with its name.
        return rest.length === 0 && open === '{' ? [from, to] : [found, to];
      }
      this.#skip();
      this.#space();
      if (this.#text[this.#at] === ',') this.#at += 1;
    }
    // It is missing: what it is missing from begins here.
    return [start, start + 1];
  }

  #skip() {
    if (this.#text[this.#at] === '"') return this.#string();
    let depth = 0;
    do {
      const letter = this.#text[this.#at];
      if (letter === '"') this.#string();
      else {
        if (letter === '{' || letter === '[') depth += 1;
        if (letter === '}' || letter === ']') depth -= 1;
        this.#at += 1;
      }
    } while (this.#at < this.#text.length && (depth > 0 || !/[,\]}\s]/.test(this.#text[this.#at])));
  }

  #string() {
    this.#at += 1;
    while (this.#at < this.#text.length && this.#text[this.#at] !== '"') this.#at += this.#text[this.#at] === '\\' ? 2 : 1;
    this.#at += 1;
  }

  #space() {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
    return this.#at < this.#text.length;
  }
}
