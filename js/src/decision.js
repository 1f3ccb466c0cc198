// The whole decision of a session, for developers: `decision()` of the element loads this, and with it the engine alone.

import { bytes } from './element/api.js';
import { loadEngine } from './engine.js';

/**
 * What the widget has decided, as the service and `tresen decide` write it.
 *
 * @param {object} checkout the session as the service tells it
 * @param {Record<string, unknown>} facts all that is known
 */
export async function decisionOf({ residual, settled_residual: settled, settle_amount: amount, today, policy_hash: policyHash, residual_hash: residualHash }, facts) {
  const engine = await loadEngine({ policy: bytes(residual), today, policyHash, residualHash });
  if (settled) engine.settleWith(bytes(settled), amount);
  try {
    return engine.set(facts) && engine.decide() ? engine.decision() : null;
  } finally {
    engine.free();
  }
}
