// What a shop's server does with `tresen/server`, the same in every runtime: it opens a session, places an order, and trusts neither a token
// nor a webhook that was changed on its way. Nothing here but what Node, Deno, Bun and Workers have in common.

const WEBHOOK_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

function expect(right, what) {
  if (!right) throw new Error(`expected: ${what}`);
}

/** The code of the error that a promise ends with. */
const codeOf = (promise) => promise.then(() => 'no error at all', ({ code, help }) => (help ? code : `${code}, without help`));

/**
 * @param {typeof import('tresen/server')} entry
 * @param {{ api: string, secretKey: string, tenant: string }} service
 */
export async function check(entry, { api, secretKey, tenant }) {
  const tresen = entry.createTresen({ api, secretKey });
  expect((await tresen.check()).status === 'ok', 'the service of this package');
  const money = (minor) => ({ minor, currency: 'EUR' });
  const place = { 'billing.country': 'DE', 'shipping.country': 'DE', 'shipping.same_as_billing': true };
  const facts = { ...place, 'cart.total': money(4990), 'customer.birth_date': '1985-03-27' };
  const cart = { lines: [{ sku: 'V-12', name: 'Vase „Moor“', quantity: 1, amount: money(4990) }], total: money(4990) };
  const { session } = await tresen.sessions.create({ customer: { reference: 'cus_greta', signed_in: true }, facts, locale: 'de', address_form: 'sie' });

  const order = `E-${crypto.randomUUID().slice(0, 8)}`;
  const asked = { order, method: 'prepayment', amount: money(4990), facts, cart, consents: [] };
  const answer = await tresen.sessions.confirm(session, asked, { idempotencyKey: order });
  expect(answer.outcome === 'confirmed', `a confirmed order, not ${JSON.stringify(answer)}`);
  const again = await tresen.sessions.confirm(session, asked, { idempotencyKey: order });
  expect(again.decision_token === answer.decision_token, 'the same answer to the same order');

  const claims = await tresen.verifyDecision(answer.decision_token, { tenant, session, order, method: 'prepayment', amount: money(4990), cart });
  expect(claims.cart_hash === (await entry.cartHash(cart.lines, cart.total)), 'the hash of the cart among the claims');
  const [header, payload, signature] = answer.decision_token.split('.');
  const changed = btoa(JSON.stringify({ ...claims, order: 'another' })).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  expect((await codeOf(tresen.verifyDecision([header, changed, signature].join('.'), { tenant }))) === 'token.signature', 'a changed token to be refused');
  expect((await codeOf(tresen.verifyDecision(answer.decision_token, { tenant, amount: money(1) }))) === 'token.amount', 'a token for another amount to be refused');
  expect(payload !== changed, 'the changed token to be another one');

  const refused = await tresen.sessions.confirm('cs_AAAAAAAAAAAAAAAAAAAAAA', asked, { idempotencyKey: `${order}-2` }).catch((error) => error);
  expect(refused instanceof entry.TresenApiError && refused.status === 404 && refused.help, `an error that says what to do, not ${refused}`);
  const nobody = entry.createTresen({ api: 'http://127.0.0.1:9', secretKey, repeats: 0 });
  expect((await codeOf(nobody.health())) === 'connection.failed', 'a service that is not there to be told of');

  const body = JSON.stringify({ type: 'PaymentAllocated', timestamp: new Date().toISOString(), data: { position: 7, order } });
  const headers = await signed(body);
  const message = await entry.verifyWebhook(body, new Headers(headers), WEBHOOK_SECRET);
  expect(message.id === 'evt_1' && message.data.order === order, 'the message that was signed');
  expect((await codeOf(entry.verifyWebhook(body.replace('"position":7', '"position":8'), headers, WEBHOOK_SECRET))) === 'webhook.signature', 'a changed message to be refused');
}

/**
 * The engine where there is no page and no file beside the script: it decides for the orders of a policy that it is handed.
 *
 * @param {typeof import('tresen/slim/engine')} slim
 * @param {{ wasm: import('tresen/engine').Source, policy: Uint8Array }} given
 */
export async function decides({ loadEngine, TresenError }, { wasm, policy }) {
  const engine = await loadEngine({ policy, wasm, today: '2026-11-21' });
  const states = (minor) => {
    const place = { 'billing.country': 'DE', 'shipping.country': 'DE', 'shipping.same_as_billing': true, 'customer.birth_date': '1985-03-27' };
    expect(engine.set({ ...place, 'cart.total': { minor, currency: 'EUR' } }) && engine.decide(), 'facts to be taken');
    return Object.fromEntries(engine.methods().map(({ id, state }) => [id, state]));
  };
  const [small, large] = [states(4990), states(9_000_000)];
  expect(small.prepayment === 'offered' && large.prepayment === 'offered', `prepayment for everybody, not ${JSON.stringify([small, large])}`);
  expect(small.invoice !== 'withheld' && large.invoice === 'withheld', `an invoice up to its limit, not ${JSON.stringify([small, large])}`);
  expect(engine.reasons('invoice').length > 0, 'a reason');
  const broken = await loadEngine({ policy: new Uint8Array(64), wasm, today: '2026-11-21' }).catch((error) => error);
  expect(broken instanceof TresenError && broken.help, `bytes that are no policy to be refused, not ${broken}`);
}

/** As the service signs (Standard Webhooks), written down once more without the package. */
async function signed(body) {
  const bytes = Uint8Array.from(atob(WEBHOOK_SECRET.slice('whsec_'.length)), (character) => character.charCodeAt(0));
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`evt_1.${timestamp}.${body}`));
  return { 'webhook-id': 'evt_1', 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${btoa(String.fromCharCode(...new Uint8Array(mac)))}` };
}
