// Sums of amounts that are exact until the end, and shares: src/wire/backtest/amounts.rs again. No amount is ever a fraction.

const WHOLE = 1_000_000n;

/** A sum of whole numbers that may grow beyond what a number holds. */
export class Sum {
  #near = 0;
  #far = 0n; // what no longer fits beside the rest

  /** @param {number} whole a safe integer */
  add(whole) {
    const near = this.#near + whole;
    if (Number.isSafeInteger(near)) this.#near = near;
    else this.#far += BigInt(whole);
  }

  /** @param {number} one @param {number} other safe integers; their product is added */
  addProduct(one, other) {
    const product = one * other;
    if (Number.isSafeInteger(product)) this.add(product);
    else this.#far += BigInt(one) * BigInt(other);
  }

  /** @returns {bigint} */
  get value() {
    return this.#far + BigInt(this.#near);
  }
}

/** Millionths of a sum of whole minor units. @param {Sum} sum */
export const millionths = (sum) => sum.value * WHOLE;

/** Whole minor units of millionths, half up (half away from zero below zero). @param {bigint} sum */
export function rounded(sum) {
  const size = ((sum < 0n ? -sum : sum) + WHOLE / 2n) / WHOLE;
  return sum < 0n ? -size : size;
}

/**
 * Sums rounded so that they sum to what their sum is rounded to: each down, then one more for those that lose most by it, the earlier
 * one first. None of them may be below zero.
 *
 * @param {bigint[]} parts in millionths
 */
export function roundedParts(parts) {
  const whole = rounded(parts.reduce((sum, part) => sum + part, 0n));
  const found = parts.map((part) => part / WHOLE);
  const left = Number(whole - found.reduce((sum, part) => sum + part, 0n));
  const lost = (place) => Number(parts[place] % WHOLE);
  const places = parts.map((_, place) => place).sort((one, other) => lost(other) - lost(one));
  for (const place of places.slice(0, left)) found[place] += 1n;
  return { parts: found, whole };
}

/** A part in parts per million of the whole, half up; nothing of nothing. Both are numbers of orders. */
export function ppm(part, whole) {
  if (whole === 0) return 0;
  const parts = part * 1_000_000 + Math.floor(whole / 2);
  return (parts - (parts % whole)) / whole;
}

/** Some of the orders, as a report says it. */
export const shareOf = (orders, all) => ({ orders, share_ppm: ppm(orders, all) });
