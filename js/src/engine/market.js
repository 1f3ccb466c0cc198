// The country in which a policy sells.

/**
 * The market of a compiled policy, and whether it knows the holidays of other markets than Germany: the second word of its program, two letters
 * as one number, and a bit of the first (src/core/program/layout.rs).
 */
export function sellsIn(bytes) {
  let at = 5;
  const next = () => {
    let [number, factor, byte] = [0, 1, 128];
    for (; byte > 127; factor *= 128) {
      byte = bytes[at++];
      number += (byte & 127) * factor;
    }
    return number;
  };
  const names = next();
  at += names;
  next(); // how many words
  // Words are twice as large, so that those below zero have a place.
  const flags = next() / 2;
  const market = next() / 2;
  return { market: String.fromCharCode(market >> 8, market & 255), knowsHolidays: !!(flags & 4) };
}
