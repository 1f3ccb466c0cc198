// The canonical bytes of an answer (record.rs of the core) as objects.

import { isoOf } from './dates.js';

/** What becomes of a method, by the number that an answer gives it. */
export const STATES = ['withheld', 'incomplete', 'offered'];
const SCORECARDS = [null, 'new', 'returning'];

/**
 * @param {DataView} view over the bytes
 * @param {import('./policy.js').PolicyInfo} policy
 */
export function readAnswer(view, policy) {
  let at = 0;
  const byte = () => view.getUint8(at++);
  const small = () => view.getInt32((at += 4) - 4, true);
  const whole = () => amountAt(view, (at += 8) - 8);
  const optional = (read) => {
    const present = byte() === 1;
    const value = read();
    return present ? value : null;
  };
  const today = isoOf(small());
  const scorecard = SCORECARDS[byte()];
  const points = optional(small);
  const riskClass = byte();
  const valueClass = optional(byte);
  const limit = optional(whole);
  const available = optional(whole);
  const methods = [];
  for (let count = byte(); count > 0; count -= 1) {
    const state = STATES[byte()];
    const rank = byte();
    at += 9; // reason masks: reasons are asked for one method at a time
    const missing = view.getUint16((at += 2) - 2, true);
    methods.push({ state, rank, missing, limit: optional(whole), fee: whole(), due: optional(small) });
  }
  return { today, scorecard, points, riskClass, valueClass, limit, available, methods, money: (minor) => money(minor, policy.currency) };
}

/** A number of 64 bits as JavaScript holds it; the engine has none beyond 2^53. */
export const amountAt = (view, at) => view.getUint32(at, true) + view.getInt32(at + 4, true) * 4294967296;

/** An amount, or null for none. */
export function money(minor, currency) {
  return minor === null ? null : { minor, currency };
}
