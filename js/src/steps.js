// What a customer could confirm, and the least of it that brings a withheld method back: src/core/steps.rs again, by trying with the engine.

/** The steps, those that ask the least of a person first. */
export const STEPS = ['birth_date', 'email', 'phone', 'address', 'identity'];

const CONFIRMED = 'customer.confirmed';

/** Every set of steps but the empty one: fewer first, then those that ask less in all, then those that ask less at most. */
function sets(steps) {
  const all = steps.reduce((found, step) => [...found, ...found.map((set) => [...set, step])], [[]]).slice(1);
  const rank = (step) => STEPS.indexOf(step) + 1;
  const sum = (set) => set.reduce((total, step) => total + rank(step), 0);
  const mask = (set) => set.reduce((total, step) => total + 2 ** rank(step), 0);
  return all.sort((one, other) => one.length - other.length || sum(one) - sum(other) || mask(one) - mask(other));
}

/**
 * For each method that steps bring back, the least set of them, by the method's id. The engine is left with the facts decided.
 *
 * @param {import('./engine/engine.js').Engine} engine
 * @param {Record<string, unknown>} facts all that is known, as `engine.set` takes it
 * @param {string} today
 * @param {string[]} [possible] the steps that the customer can take here
 * @returns {Record<string, string[]>}
 */
export function leastSteps(engine, facts, today, possible = STEPS) {
  const done = STEPS.filter((step) => facts[CONFIRMED]?.includes(step));
  const open = STEPS.filter((step) => possible.includes(step) && !done.includes(step) && engine.policy.texts.includes(step));
  const tried = sets(open);
  const [present, ...answers] = engine.decideBatch([facts, ...tried.map((set) => ({ ...facts, [CONFIRMED]: [...done, ...set] }))], today);
  engine.set(facts, today);
  engine.decide();
  // Where there is no room for one more text, the set was not tried.
  const stands = (answer, place) => answer !== 0xffffffff && (answer >>> (place * 2)) & 3;
  const found = {};
  engine.policy.methods.forEach(({ id }, place) => {
    const set = stands(present, place) ? undefined : tried.find((_, number) => stands(answers[number], place));
    if (set) found[id] = set;
  });
  return found;
}

/**
 * The step to ask for next, over all methods: the first of the least set; null where no step changes anything.
 *
 * @param {Record<string, string[]>} least as `leastSteps` gives it
 */
export function nextStep(least) {
  const found = Object.values(least);
  const first = sets(STEPS).find((set) => found.some((one) => one.length === set.length && set.every((step) => one.includes(step))));
  return first ? first[0] : null;
}
