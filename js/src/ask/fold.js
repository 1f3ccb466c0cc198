// Words as people type them: capitals, accents and one wrong letter make no difference.

/** Without capitals and accents; `ä`, `ae` and `a` are one. */
export const fold = (text) => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/ß/g, 'ss').replace(/œ/g, 'oe').replace(/([aou])e/g, '$1');

/** Shorter words are too near to others, and so are shorter beginnings of words. */
const LONG = 5;

/** Whether two words differ by one letter at most: another one, one too many, one too few, or two that have changed places. The first is hardly ever wrong. */
function isNear(one, other) {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  if (at === 0) return false;
  const [left, right] = [one.slice(at), other.slice(at)];
  const changed = left[1] === right[0] && left[0] === right[1] ? left.slice(2) === right.slice(2) : false;
  return left.slice(1) === right.slice(1) || left.slice(1) === right || left === right.slice(1) || changed;
}

/** Whether a word is meant: `-` stands where it may go on. What is exact has every letter right. */
export function isWord(pattern, token, isExact) {
  const word = pattern.replace(/-/g, '');
  const [isOpen, isLate] = [pattern.endsWith('-'), pattern.startsWith('-')];
  if (isLate) return isOpen ? token.includes(word) : token.endsWith(word);
  if (isOpen ? token.startsWith(word) : token === word) return true;
  if (isExact) return false;
  const starts = isOpen ? [-1, 0, 1].map((more) => token.slice(0, word.length + more)) : [token];
  return word.length >= (isOpen ? LONG + 1 : LONG) && token.length >= LONG && starts.some((start) => isNear(start, word));
}

/** `bis/am/zum`: whether one of them is meant. */
export const isOneOf = (patterns, token, isExact) => token !== undefined && patterns.split('/').some((pattern) => isWord(pattern, token, isExact));
