// Decides batches with an engine, in whatever host runs this: Node or a page.

/**
 * @param {(policy: Uint8Array) => Promise<import('../../js/src/engine.js').Engine>} load
 * @param {{ bytes: Uint8Array, cases: { today: string, facts: object }[] }[]} batches
 * @returns {Promise<object[][]>} a decision for each case, or {error: codes} for facts with mistakes
 */
export async function decideAll(load, batches) {
  const answers = [];
  for (const { bytes, cases } of batches) {
    const engine = await load(bytes);
    const decided = [];
    for (const { today, facts } of cases) {
      if (engine.set(facts, today)) {
        engine.decide(today);
        decided.push(engine.decision());
      } else {
        const mistakes = await engine.problems(facts, today);
        decided.push({ error: mistakes.map(({ code, at }) => `${code} ${at}`).sort() });
      }
    }
    answers.push(decided);
    engine.free();
  }
  return answers;
}
