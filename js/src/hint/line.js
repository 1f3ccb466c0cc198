// The one line of <tresen-hint>: which sentence is true for a total, from the public part of a policy alone.

// A credit that costs something, or that runs for longer than fifty days, is advertised with a warning and an example (Directive
// (EU) 2023/2225, articles 2 and 8), for which one line has no room.
const isFree = ({ fee, term }) => !fee && !(term?.days > 50);

const reaches = (amount) => ({ smallest, largest }) => amount >= smallest.minor && !(largest && amount > largest.minor);

/**
 * The line, or nothing where nothing can be said.
 *
 * @param {object} hint what `GET /v1/hint` and `tresen policy hint` answer
 * @param {Record<string, string>} sentences of one language
 * @param {{ amount: number | null, currency: string | null, today: string, locale: string }} asked `amount` in whole minor units
 */
export function lineOf(hint, sentences, { amount, currency, today, locale }) {
  if (hint.format !== 1 || (currency && currency !== hint.currency) || hint.valid_until < today) return '';
  const methods = hint.methods.filter((method) => sentences[method.kind] && isFree(method));
  const payable = amount === null ? undefined : methods.find(reaches(amount));
  const method = payable ?? methods[0];
  if (!method) return '';
  const { kind, term, smallest, largest } = method;
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency: hint.currency });
  const written = ({ minor }) => format.format(minor / 10 ** format.resolvedOptions().maximumFractionDigits);
  // Which end of the range is of use: the one that this amount is beyond.
  const from = smallest.minor > 1 && !(amount > smallest.minor);
  const upTo = largest && !(amount !== null && amount < smallest.minor);
  // Of a single day no sentence speaks.
  const sentence = payable ? (term?.days > 1 ? term.from : 'any') : from ? (upTo ? 'between' : 'from') : upTo ? 'up_to' : 'any';
  const words = { name: () => sentences[kind], days: () => term.days, smallest: () => written(smallest), largest: () => written(largest) };
  return sentences[sentence].replace(/\{(\w+)\}/g, (_, name) => words[name]());
}
