// Just enough of the service to see what the shop's server does with its answers. The real one is met in tests/e2e.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { cartHash } from '../../../js/src/server.js';

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** `script(request)` may answer in the service's stead: `{status, json}`; null lets the fake answer. */
export async function startFake() {
  const { privateKey, publicKey } = await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify']);
  const { x } = await crypto.subtle.exportKey('jwk', publicKey);
  const fake = { seen: [], script: () => null, method: 'offered', paymentState: 'settled', tamper: (claims) => claims };

  const token = async (session, body) => {
    const now = Math.floor(Date.now() / 1000);
    const claims = fake.tamper({
      iss: 'tresen', tenant: 'demo', session, order: body.order, method: body.method, cart_hash: await cartHash(body.cart.lines, body.cart.total),
      amount: body.amount, decision_id: 'dec_1', policy_hash: 'ab', iat: now, exp: now + 900, jti: 'j',
    });
    const signed = `${encode({ alg: 'EdDSA', kid: 'k' })}.${encode(claims)}`;
    return `${signed}.${Buffer.from(await crypto.subtle.sign({ name: 'Ed25519' }, privateKey, Buffer.from(signed))).toString('base64url')}`;
  };
  const decision = () => ({
    today: '2026-11-21',
    risk: { class: 'C', points: 41 },
    methods: [
      { id: 'invoice', kind: 'invoice', state: fake.method, reasons: fake.method === 'withheld' ? [{ code: 'velocity.orders', rule: 'secret-rule' }, { code: 'amount.maximum', rule: null }] : [], change: null },
      { id: 'card', kind: 'card', state: 'offered', reasons: [], change: null },
      { id: 'prepayment', kind: 'prepayment', state: 'offered', reasons: [], change: null },
    ],
  });
  const confirm = async (session, body) => {
    if (fake.method === 'withheld' && body.method === 'invoice') return { outcome: 'refused', decision_id: 'dec_2', reasons: [{ code: 'method.withheld' }], decision: decision(), attention: [{ code: 'email.known' }] };
    return {
      outcome: 'confirmed', decision_id: 'dec_1', decision_token: await token(session, body), decision: decision(),
      receivable: body.method === 'invoice' ? { id: 'rcv_1', due_date: '2026-12-07', amount: body.amount, reference: 'RF18539007547034' } : null,
      payment: body.method === 'card' ? { id: 'pay_1', redirect_url: 'sandbox/pay/pay_1' } : null,
      attention: [],
    };
  };
  const answer = async ({ url, body }) => {
    if (url === '/v1/sessions') return { status: 201, json: { session: 'cs_1', expires_at: '2026-11-21T23:00:00Z', policy_hash: 'ab', residual_hash: 'cd' } };
    if (url === '/v1/keys') return { json: { keys: [{ kty: 'OKP', crv: 'Ed25519', x, kid: 'k', use: 'sig', alg: 'EdDSA' }] } };
    if (url.endsWith('/confirm')) return { json: await confirm(url.split('/')[3], body) };
    if (url.endsWith('/preview')) return { json: { decision: decision(), elapsed_micros: 7 } };
    if (url.includes('/explanation')) return { json: { text: { title: 'Warum', sections: [] }, file: { kind: 'tresen.explanation' } } };
    if (url === '/v1/reviews') return { json: { reviews: [{ review: 'rev_1', session: 'cs_1', method: 'invoice', state: 'open' }, { review: 'rev_2', session: 'cs_2', method: 'invoice', state: 'open' }] } };
    if (url.startsWith('/v1/reviews/')) return { json: { review: 'rev_1', state: body.outcome } };
    if (url.startsWith('/v1/decisions/')) return { json: { decision_id: url.split('/').at(-1), decision: decision() } };
    if (url.startsWith('/v1/payments/')) return { json: { id: 'pay_1', state: fake.paymentState } };
    if (url.startsWith('/sandbox/')) return { status: 303, headers: { location: `${fake.url}/v1/health`, 'set-cookie': 'service=1' }, json: {} };
    return { status: 404, json: { error: { code: 'route.unknown', message: 'there is no such route', help: 'look at the document' } } };
  };
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const call = { method: request.method, url: request.url, headers: request.headers, body: text.startsWith('{') ? JSON.parse(text) : text };
    fake.seen.push(call);
    const { status = 200, json, headers = {} } = fake.script(call) ?? (await answer(call));
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(json));
  });
  server.keepAliveTimeout = 75000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  fake.url = `http://127.0.0.1:${server.address().port}`;
  fake.calls = (path) => fake.seen.filter((call) => call.url.endsWith(path));
  fake.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return fake;
}
