// The canonical bytes of an answer (record.rs of the core) as objects. Everything in them has its place: what is optional takes its
// bytes even where it is missing, behind a byte that says so.

import { CATALOGUE } from '../catalogue.js';
import { isoOf } from './dates.js';

/** What becomes of a method, by the number that an answer gives it. */
export const STATES = ['withheld', 'incomplete', 'offered'];

/** Where the first method stands. */
export const METHODS = 32;
/** How many bytes it is from one method to the next. */
export const METHOD = 35;

/** A number of 64 bits as JavaScript holds it; the engine has none beyond 2^53. */
export const amountAt = (view, at) => view.getUint32(at, true) + view.getInt32(at + 4, true) * 4294967296;

/** An amount that may be missing, or null. */
export const optionalAt = (view, at, currency) => (view.getUint8(at) ? { minor: amountAt(view, at + 1), currency } : null);

const factName = (policy, index) => CATALOGUE[index]?.[0] ?? policy.custom.find((fact) => fact.index === index)?.name ?? '';

/**
 * The methods in display order, without reasons.
 *
 * @param {DataView} view over the bytes
 * @param {import('./names.js').PolicyNames} policy
 */
export function readMethods(view, policy) {
  const { currency } = policy;
  const methods = policy.methods.map(({ id, kind, term, consent, fields }, place) => {
    const at = METHODS + METHOD * place;
    const state = STATES[view.getUint8(at)];
    const missing = view.getUint16(at + 11, true); // behind the reasons, which are asked for one method at a time
    return {
      id,
      kind,
      state,
      rank: view.getUint8(at + 1),
      limit: optionalAt(view, at + 13, currency),
      fee: { minor: amountAt(view, at + 22), currency },
      term,
      due_date: view.getUint8(at + 30) ? isoOf(view.getInt32(at + 31, true)) : null,
      missing: fields.filter((_, bit) => state === 'incomplete' && (missing >> bit) & 1).map((fact) => factName(policy, fact)),
      consent,
    };
  });
  return methods.sort((one, other) => one.rank - other.rank);
}
