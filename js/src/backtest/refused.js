// Lines that were no orders.

const TOLD_MAX = 20;

export class Refused {
  #lines = 0;
  #codes = new Map();
  #told = [];

  /** @param {number} line @param {import('./order.js').Problem[]} diagnostics */
  add(line, diagnostics) {
    this.#lines += 1;
    for (const code of new Set(diagnostics.map(({ code }) => code))) this.#codes.set(code, (this.#codes.get(code) ?? 0) + 1);
    if (this.#told.length < TOLD_MAX) this.#told.push({ line, diagnostics });
  }

  report() {
    const codes = [...this.#codes].sort(([one], [other]) => (one < other ? -1 : 1));
    return { lines: this.#lines, codes: Object.fromEntries(codes), told: this.#told };
  }
}
