// The country in which a policy sells.

/** The market of a compiled policy: its second word, two letters as one number (src/core/program/layout.rs). */
export function marketOf(bytes) {
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
  next(); // the first of them
  const market = next() / 2; // words are twice as large, so that those below zero have a place
  return String.fromCharCode(market >> 8, market & 255);
}
