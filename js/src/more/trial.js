// What would be decided if something were confirmed: a counter of its own, which nobody sees, tries it.

import { STATES } from '../engine/answer.js';

const DECIDED = 0; // of `happened` in widget.rs
const REFUSED = 0xffffffff;

/**
 * As much of an engine as `leastSteps` asks for.
 *
 * @param {import('../element/counter.js').Counter} counter
 */
export function trial(counter) {
  const { policy } = counter;
  const states = (facts) => {
    if (!counter.set(facts)) return REFUSED;
    counter.hear(DECIDED, -1, '');
    const found = new Map(counter.methods().map(({ id, state }) => [id, STATES.indexOf(state)]));
    return policy.methods.reduce((bits, { id }, place) => bits | (found.get(id) << (place * 2)), 0) >>> 0;
  };
  return { policy, decideBatch: (orders) => orders.map(states), set() {}, decide() {} };
}
