// What is asked for next, and that nothing is tried that nobody could do. Whether the least set is found is a matter of the corpus (tests/wasm).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STEPS, leastSteps, nextStep } from '../src/steps.js';

test('of several methods the one that asks the least comes first, and of its steps the easiest', () => {
  assert.equal(nextStep({}), null);
  assert.equal(nextStep({ invoice: ['identity'], later: ['birth_date', 'email'] }), 'identity');
  assert.equal(nextStep({ invoice: ['birth_date', 'address'], later: ['email', 'phone'] }), 'email');
  assert.equal(nextStep({ invoice: ['phone'], later: ['email'] }), 'email');
});

/** An engine of one method that is there once all of `needed` is confirmed; it remembers what was tried. */
function engineThatNeeds(needed, texts) {
  const tried = [];
  const state = (facts) => {
    tried.push(facts['customer.confirmed']);
    return needed.every((step) => facts['customer.confirmed'].includes(step)) ? 2 : 0;
  };
  const engine = {
    policy: { texts, methods: [{ id: 'invoice' }] },
    decideBatch: (orders) => Uint32Array.from(orders, state),
    set: (facts) => (engine.left = facts),
    decide: () => true,
  };
  return { engine, tried };
}

test('only steps that the policy mentions, that can be done and that are not done are tried', () => {
  const facts = { 'customer.confirmed': ['email'] };
  const { engine, tried } = engineThatNeeds(['phone'], ['phone', 'email', 'address', 'gift_card']);
  assert.deepEqual(leastSteps(engine, facts, '2026-11-21', ['email', 'phone', 'identity']), { invoice: ['phone'] });
  assert.deepEqual(tried, [['email'], ['email', 'phone']]);
  assert.equal(engine.left, facts, 'the engine is left as it was');
});

test('a method that is there, or that nothing brings back, has no steps', () => {
  const facts = { 'customer.confirmed': ['phone'] };
  assert.deepEqual(leastSteps(engineThatNeeds(['phone'], STEPS).engine, facts, '2026-11-21'), {});
  assert.deepEqual(leastSteps(engineThatNeeds(['passport'], STEPS).engine, facts, '2026-11-21'), {});
});
