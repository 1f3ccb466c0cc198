// The whole decision of a session, for developers: `decision()` of the element loads this, and with it the engine alone.

import { bytes } from './element/api.js';
import { loadEngine } from './engine.js';
import { leastSteps } from './steps.js';

/**
 * What the widget has decided, as the service and `tresen decide` write it.
 *
 * @param {object} checkout the session as the service tells it
 * @param {Record<string, unknown>} facts all that is known
 */
export async function decisionOf({ residual, settled_residual: settled, settle_amount: amount, today, policy_hash: policyHash, residual_hash: residualHash, steps }, facts) {
  const engine = await loadEngine({ policy: bytes(residual), today, policyHash, residualHash });
  if (settled) engine.settleWith(bytes(settled), amount);
  try {
    if (!engine.set(facts) || !engine.decide()) return null;
    const decision = engine.decision();
    const least = leastSteps(engine, facts, today, steps?.map(({ step }) => step));
    for (const method of decision.methods) if (least[method.id]) method.steps = least[method.id];
    return decision;
  } finally {
    engine.free();
  }
}
