// Decides batches with an engine, in whatever host runs this: Node or a page.

/**
 * Each case alone, then all cases of a day at once: where a state is another one then, the answer says which.
 *
 * @typedef {{ bytes: Uint8Array, code: Uint8Array, cases: { today: string, facts: object }[] }} Batch
 * @param {(batch: Batch) => Promise<import('../../js/src/engine.js').Engine>[]} load engines that must say the same
 * @param {Batch[]} batches
 * @param {typeof import('../../js/src/steps.js').leastSteps} leastSteps
 * @returns {Promise<object[][]>} a decision for each case, or {error: codes} for facts with mistakes
 */
export async function decideAll(load, batches, leastSteps) {
  const answers = [];
  for (const batch of batches) {
    const engines = await Promise.all(load(batch));
    const decided = [];
    for (const { today, facts } of batch.cases) decided.push(await decideOne(engines[0], today, facts, leastSteps));
    for (const engine of engines) {
      for (const today of new Set(batch.cases.map((one) => one.today))) compareDay(engine, today, batch.cases, decided);
      engine.free();
    }
    answers.push(decided);
  }
  return answers;
}

async function decideOne(engine, today, facts, leastSteps) {
  if (engine.set(facts, today)) {
    engine.decide(today);
    const decision = engine.decision();
    const least = leastSteps(engine, facts, today);
    for (const method of decision.methods) if (least[method.id]) method.steps = least[method.id];
    return decision;
  }
  const mistakes = await engine.problems(facts, today);
  return { error: mistakes.map(({ code, at }) => `${code} ${at}`).sort() };
}

function compareDay(engine, today, cases, decided) {
  const places = cases.flatMap((one, place) => (one.today === today ? [place] : []));
  const found = engine.decideBatch(places.map((place) => cases[place].facts), today);
  places.forEach((place, number) => {
    const { error, methods } = decided[place];
    const alone = error ? 'refused' : Object.fromEntries(methods.map(({ id, state }) => [id, state]));
    const together = found[number] === 0xffffffff ? 'refused' : Object.fromEntries(engine.states(found[number]).map(({ id, state }) => [id, state]));
    const differ = alone === 'refused' || together === 'refused' ? alone !== together : Object.keys(alone).some((id) => alone[id] !== together[id]);
    if (differ) decided[place].together = { code: engine.hasCode, states: together };
  });
}
