// All cases of one day, put to a service whose sandbox begins on that day.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEngine } from '../../js/dist/engine.js';
import { leastSteps } from '../../js/dist/steps.js';
import { atTheBorder } from './border.mjs';
import { grouped, policyOf } from './corpus.mjs';
import { ask, startService } from './service.mjs';

const wasm = readFileSync(new URL('../../js/dist/engine.wasm', import.meta.url));

export async function checkDay({ tresen, today, cases, tally, judge }) {
  const put = cases.map((one, number) => ({ ...one, number, document: policyOf(one.policy), border: atTheBorder(one, policyOf(one.policy), `c${number}`) }));
  const customers = put.filter(({ refuse, border }) => refuse === null && border.past).map(({ border }) => border.past);
  const service = await startService(tresen, { start: `${today}T10:00:00Z`, customers });
  try {
    for (const [name, group] of grouped(put, ({ policy }) => policy)) {
      const policy = join(service.folder, `${name.replaceAll('/', '-')}.json`);
      writeFileSync(policy, JSON.stringify(policyOf(name)));
      const uploaded = await ask(service, 'POST', '/v1/policies', policyOf(name));
      assert.equal(uploaded.status, 201, uploaded.text);
      for (const one of group) {
        const place = { tresen, service, policy, today, one, tally };
        await judge(one.name, () => (one.refuse === null ? checkDecision(place) : checkRefusal(place)));
      }
    }
  } finally {
    await service.stop();
  }
}

/** The line that `tresen decide` writes for these facts. */
function decide(tresen, policy, facts, today, more = ['--credit']) {
  const { stdout, stderr } = spawnSync(tresen, ['decide', ...more, '--policy', policy, '--facts', '-', '--today', today], { input: `${JSON.stringify({ facts })}\n` });
  const line = stdout.toString().trimEnd();
  assert.notEqual(line, '', stderr.toString());
  return line;
}

async function checkRefusal({ service, one }) {
  const answer = await ask(service, 'POST', '/v1/sessions', { ...one.border.session, facts: one.facts });
  assert.deepEqual([answer.status, answer.json.error?.code], [422, 'facts.invalid'], answer.text);
  assert.deepEqual(answer.json.error.diagnostics.map(({ code }) => code), one.refuse);
}

async function checkDecision({ tresen, service, policy, today, one, tally }) {
  const { border, document } = one;
  const opened = await ask(service, 'POST', '/v1/sessions', border.session);
  if (border.refused !== null) tally.otherwise(`the provider of the sandbox is one text too many (${border.refused})`, one.name);
  if (border.refused !== null) return assert.deepEqual([opened.status, opened.json.error?.diagnostics.map(({ code }) => code)], [422, [border.refused]]);
  assert.equal(opened.status, 201, opened.text);
  const { session, residual_hash: residualHash } = opened.json;
  const checkout = await ask(service, 'GET', `/v1/checkout/${session}`, undefined, { key: 'publishable' });
  const preview = await ask(service, 'POST', `/v1/sessions/${session}/preview`, { facts: {} });
  assert.equal(preview.status, 200, preview.text);

  // The service writes the hash of the residual, which `tresen decide` does not know; every other byte is the same.
  const expected = (facts) => decide(tresen, policy, facts, today).replace('"residual":null', `"residual":"${residualHash}"`);
  const says = (answer, line) => answer.text.includes(`"decision":${line}`);
  const holds = (answer, line, what) => assert.ok(says(answer, line), `${what}\n  expected ${line}\n  found    ${answer.text}`);
  const here = expected(border.decidedOn);
  holds(preview, here, 'preview is not what `tresen decide` says');
  if (border.differs === null) holds(preview, expected(one.facts), 'the decision is not that of the case, though its facts are');
  else if (says(preview, expected(one.facts))) tally.sameEvenSo += 1;
  else tally.otherwise(border.differs, one.name);

  const browser = await decideAsBrowser({ tresen, service, checkout: checkout.json, today, whole: preview.json.decision, number: one.number });
  if ('cart.total' in one.facts) await checkConfirm({ service, session, one, document, here, holds, record: browser.record, decision: preview.json.decision });
  else tally.previewOnly += 1;
  tally.decided += 1;
  return undefined;
}

async function checkConfirm({ service, session, one, here, holds, record, decision }) {
  const total = one.facts['cart.total'];
  const { id, fee } = decision.methods.find(({ state }) => state === 'offered') ?? decision.methods[0];
  const cart = { lines: [{ sku: 'A', name: 'All of it', quantity: 1, amount: total }], total };
  const amount = { ...total, minor: total.minor + fee.minor };
  const body = { order: `order-${one.number}`, method: id, amount, cart, facts: {}, consents: [], browser_record: Buffer.from(record).toString('base64') };
  const confirmed = await ask(service, 'POST', `/v1/sessions/${session}/confirm`, body, { 'idempotency-key': `key-${one.number}` });
  assert.equal(confirmed.status, 200, confirmed.text);
  holds(confirmed, here, 'confirm is not what `tresen decide` says');
  assert.equal(confirmed.json.browser_agrees, true, 'the browser’s record is another');
  const kept = await ask(service, 'GET', `/v1/decisions/${confirmed.json.decision_id}`);
  holds(kept, here, 'the record is not what was answered');
  assert.deepEqual(kept.json.facts, one.border.decidedOn, 'the facts are not those that the border was to know');
}

/** What a browser may be told of a method, in the decision of all facts or of the residual's. */
const shown = ({ id, kind, state, rank, limit, fee, term, due_date, missing, consent }) => ({ id, kind, state, rank, limit, fee, term, due_date, missing, consent });

/** The residual policy decided natively and in WebAssembly on what the browser knows; its record. */
async function decideAsBrowser({ tresen, service, checkout, today, whole, number }) {
  const bytes = Buffer.from(checkout.residual, 'base64');
  const file = join(service.folder, `${number}.tresen`);
  writeFileSync(file, bytes);
  const native = JSON.parse(decide(tresen, file, checkout.facts, today, []));
  assert.deepEqual(native.methods.map(shown), whole.methods.map(shown), 'the residual policy decides otherwise');
  for (const [place, { reasons }] of native.methods.entries()) {
    const all = whole.methods[place].reasons.map(({ code }) => code);
    assert.ok(reasons.every(({ code, rule }) => rule === null && (code === 'general' || all.includes(code))), `a reason that is none: ${JSON.stringify(reasons)}`);
  }
  const engine = await loadEngine({ policy: bytes, wasm, policyHash: native.policy });
  try {
    assert.ok(engine.set(checkout.facts, today), 'the engine refuses the facts of the session');
    assert.ok(engine.decide(today));
    const decision = engine.decision();
    const least = leastSteps(engine, checkout.facts, today);
    for (const method of decision.methods) if (least[method.id]) method.steps = least[method.id];
    assert.deepEqual(decision, native, 'the residual policy decides otherwise in WebAssembly');
    return { record: engine.answerBytes() };
  } finally {
    engine.free();
  }
}
