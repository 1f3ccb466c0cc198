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
    answers.push(
      cases.map(({ today, facts }) => {
        const mistakes = engine.set(facts, today);
        if (mistakes.length > 0) return { error: mistakes.map(({ code, at }) => `${code} ${at}`).sort() };
        engine.decide(today);
        return engine.decision();
      }),
    );
    engine.free();
  }
  return answers;
}
