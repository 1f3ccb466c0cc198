// The server entry against itself: own keys, own fake service. The real service is met in tests/e2e.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test, before, after, describe } from 'node:test';
import { cartHash, createTresen, forBrowser, TresenApiError, TresenConnectionError, TresenInterfaceError, TresenTokenError, verifyDecision } from '../src/server.js';
import { INTERFACE, ofOneInterface } from '../src/server/interface.js';

const eur = (minor) => ({ minor, currency: 'EUR' });
const NOW = Date.UTC(2026, 10, 21, 12, 0, 0);
const CART = {
  lines: [
    { sku: 'KL-101', name: 'Wolldecke „Moor“', quantity: 1, amount: eur(8900) },
    { sku: 'shipping', name: 'Versand', quantity: 1, amount: eur(490) },
  ],
  total: eur(9390),
};

const encode = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

async function newKey(kid) {
  const pair = await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify']);
  const { x } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return { kid, sign: pair.privateKey, jwk: { kty: 'OKP', crv: 'Ed25519', x, kid, use: 'sig', alg: 'EdDSA' } };
}

async function issue(key, claims, header = {}) {
  const signed = `${encode({ alg: 'EdDSA', typ: 'JWT', kid: key.kid, ...header })}.${encode(claims)}`;
  const signature = await crypto.subtle.sign({ name: 'Ed25519' }, key.sign, Buffer.from(signed));
  return `${signed}.${Buffer.from(signature).toString('base64url')}`;
}

const claimsOf = async (more = {}) => ({
  iss: 'tresen', tenant: 'kiesel', session: 'cs_1', order: '2026-1184', method: 'invoice', cart_hash: await cartHash(CART.lines, CART.total),
  amount: eur(9390), decision_id: 'dec_1', policy_hash: 'ab', iat: NOW / 1000, exp: NOW / 1000 + 900, jti: 'j1', ...more,
});

describe('cartHash', () => {
  const vectors = [
    [CART.lines, CART.total, '3b5c3a98e3d29904f4cbc98d255990dd1881cf6f2fdd9db2cf9f42d515b671ce'],
    [[], eur(0), 'cc64b305847c23e420d9edcf92eec52056b072b033a667b57ee11dd3080d424d'],
    [[{ sku: 'a"\\b', name: '\u0001\n\u007fé🍵', quantity: 3, amount: eur(-5) }], eur(-5), 'e34189b24cdd28f414c766930b15798e936f79571172ab3fadccf37dc8eda3b6'],
  ];
  test('gives the published vectors', async () => {
    for (const [lines, total, hash] of vectors) assert.equal(await cartHash(lines, total), hash);
  });
  test('does not depend on the order of keys, but on that of lines', async () => {
    const turned = { total: { currency: 'EUR', minor: 9390 }, lines: CART.lines.map((line) => Object.fromEntries(Object.entries(line).reverse())) };
    assert.equal(await cartHash(turned.lines, turned.total), vectors[0][2]);
    assert.notEqual(await cartHash([...CART.lines].reverse(), CART.total), vectors[0][2]);
  });
  test('refuses what it could not bind', async () => {
    const [line] = CART.lines;
    const wrong = [{ ...line, tax: 19 }, { ...line, quantity: 0 }, { ...line, quantity: 1.5 }, { ...line, name: '\ud800' }, { ...line, sku: 7 }, { ...line, amount: { minor: 2 ** 53, currency: 'EUR' } }, { ...line, amount: { minor: 1, currency: 'eur' } }, null];
    for (const bad of wrong) await assert.rejects(cartHash([bad], CART.total), TypeError, JSON.stringify(bad));
    await assert.rejects(cartHash(CART.lines, { minor: '9390', currency: 'EUR' }), TypeError);
  });
});

describe('verifyDecision', () => {
  let key;
  let other;
  before(async () => {
    key = await newKey('k1');
    other = await newKey('k2');
  });
  const check = (token, more = {}) => verifyDecision(token, { jwks: { keys: [key.jwk] }, tenant: 'kiesel', now: NOW, ...more });
  const refuses = (promise, code) => assert.rejects(promise, (error) => error instanceof TresenTokenError && error.code === code && error.help !== '', code);

  test('returns the claims of a good token, with everything compared that is given', async () => {
    const claims = await claimsOf();
    const expected = { order: '2026-1184', session: 'cs_1', method: 'invoice', amount: eur(9390), cart: CART, cartHash: claims.cart_hash };
    assert.deepEqual(await check(await issue(key, claims), expected), claims);
  });
  test('finds the key by its id among several', async () => {
    const token = await issue(other, await claimsOf());
    assert.equal((await verifyDecision(token, { keys: [key.jwk, other.jwk], tenant: 'kiesel', now: new Date(NOW) })).jti, 'j1');
    await refuses(check(token), 'token.key_unknown');
  });
  test('refuses a changed claim, a changed signature, another key under the same id', async () => {
    const token = await issue(key, await claimsOf());
    const [header, , signature] = token.split('.');
    await refuses(check(`${header}.${encode(await claimsOf({ amount: eur(1) }))}.${signature}`), 'token.signature');
    const bytes = Buffer.from(signature, 'base64url');
    bytes[0] ^= 1;
    await refuses(check(token.replace(signature, bytes.toString('base64url'))), 'token.signature');
    await refuses(check(await issue({ ...other, kid: 'k1' }, await claimsOf())), 'token.signature');
    await refuses(check(token.replace(signature, Buffer.alloc(64).toString('base64url'))), 'token.signature');
  });
  test('refuses every other algorithm before it looks at a key', async () => {
    const claims = encode(await claimsOf());
    for (const alg of ['none', 'None', 'HS256', 'RS256', 'ES256', 'EDDSA', undefined, null, ['EdDSA']]) {
      await refuses(check(`${encode({ alg, kid: 'k1' })}.${claims}.${encode('x')}`), 'token.algorithm');
    }
    await refuses(check(await issue(key, await claimsOf(), { crit: ['exp'] })), 'token.header');
    await refuses(check(await issue(key, await claimsOf(), { b64: false })), 'token.header');
    await refuses(check(await issue(key, await claimsOf(), { kid: undefined })), 'token.key_unknown');
  });
  test('refuses a published key that is no signing key', async () => {
    const token = await issue(key, await claimsOf());
    for (const change of [{ use: 'enc' }, { kty: 'oct' }, { crv: 'X25519' }, { alg: 'HS256' }, { x: 'AA' }]) {
      await refuses(check(token, { jwks: { keys: [{ ...key.jwk, ...change }] } }), 'token.key_unusable');
    }
  });
  test('knows the edges of time', async () => {
    const token = await issue(key, await claimsOf());
    const seconds = (value) => check(token, { now: NOW + value * 1000 });
    await seconds(930);
    await refuses(seconds(931), 'token.expired');
    await seconds(-30);
    await refuses(seconds(-31), 'token.not_yet_valid');
    await refuses(check(await issue(key, await claimsOf({ exp: undefined }))), 'token.malformed');
    await refuses(check(await issue(key, await claimsOf({ exp: '9999999999' }))), 'token.malformed');
    await refuses(check(token, { now: 'tomorrow' }), 'token.malformed');
  });
  test('refuses a token for something else', async () => {
    const token = await issue(key, await claimsOf());
    await refuses(check(token, { tenant: 'someone' }), 'token.tenant');
    await refuses(check(token, { order: '2026-1185' }), 'token.order');
    await refuses(check(token, { session: 'cs_2' }), 'token.session');
    await refuses(check(token, { method: 'prepayment' }), 'token.method');
    await refuses(check(token, { amount: eur(9391) }), 'token.amount');
    await refuses(check(token, { amount: { minor: 9390, currency: 'CHF' } }), 'token.amount');
    await refuses(check(token, { cartHash: 'ff' }), 'token.cart_hash');
    const richer = [{ ...CART.lines[0], quantity: 2 }, CART.lines[1]];
    await refuses(check(token, { cart: { ...CART, lines: richer } }), 'token.cart_hash');
    await refuses(check(await issue(key, await claimsOf({ tenant: undefined }))), 'token.tenant');
  });
  test('refuses what is no token, in every shape', async () => {
    const token = await issue(key, await claimsOf());
    const [header, claims, signature] = token.split('.');
    const last = signature.at(-1);
    const loose = signature.slice(0, -1) + String.fromCharCode(last.charCodeAt(0) + 1);
    const shapes = ['', '.', '..', `${header}.${claims}`, `${token}.x`, ` ${token}`, `${header}=.${claims}.${signature}`, `${encode('[]')}.${claims}.${signature}`, `${encode('null')}.${claims}.${signature}`,
      `${Buffer.from([0xff, 0xfe]).toString('base64url')}.${claims}.${signature}`, 'a'.repeat(9000), null, undefined, 7, {}, `${header}.${claims}.${loose}`];
    for (const shape of shapes) await refuses(check(shape), 'token.malformed');
  });
  test('says how it wants to be called', async () => {
    await assert.rejects(verifyDecision('x', { tenant: 'kiesel' }), TypeError);
    await assert.rejects(verifyDecision('x', { keys: [] }), TypeError);
  });
});

describe('createTresen', () => {
  let server;
  let api;
  let answers;
  const seen = [];
  before(async () => {
    server = createServer((request, response) => {
      const chunks = [];
      request.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
        seen.push({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() });
        const answer = answers.shift();
        if (answer === 'drop') return request.socket.destroy();
        if (answer === 'hang') return undefined;
        response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
        return response.end(answer.text ?? JSON.stringify(answer.json));
      });
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    api = `http://127.0.0.1:${server.address().port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const client = (script, more = {}) => {
    answers = script;
    seen.length = 0;
    return createTresen({ secretKey: 'sk_test_1', api: `${api}/`, sleep: async () => {}, ...more });
  };
  const busy = { status: 503, json: { error: { code: 'service.busy', message: 'busy', help: 'again' } } };

  test('sends key, path and body as the contract says', async () => {
    const tresen = client([{ status: 201, json: { session: 'cs_1' } }, { json: { outcome: 'confirmed' } }, { json: { id: 'dec/1' } }, { json: {} }, { json: {} }, { json: { reviews: [] } }, { json: {} }, { json: {} }, { json: {} }, { json: {} }]);
    assert.deepEqual(await tresen.sessions.create({ customer: { signed_in: true } }), { session: 'cs_1' });
    await tresen.sessions.confirm('cs_1', { order: '1' }, { idempotencyKey: 'order-1' });
    await tresen.decisions.get('dec/1');
    await tresen.decisions.explanation('dec/1', { locale: 'de', address_form: 'du' });
    await tresen.customers.account('cus 1');
    await tresen.reviews.list({ state: 'open', after: undefined });
    await tresen.reviews.get('rev_1');
    await tresen.guests.export('visit/1');
    await tresen.customers.erase('cus 1');
    await tresen.reviews.answer('rev_1', { outcome: 'withdrawn', by: 'mk' }, { idempotencyKey: 'answer-1' });
    assert.deepEqual(seen.map(({ method, url }) => `${method} ${url}`), ['POST /v1/sessions', 'POST /v1/sessions/cs_1/confirm', 'GET /v1/decisions/dec%2F1', 'GET /v1/decisions/dec%2F1/explanation?locale=de&address_form=du', 'GET /v1/customers/cus%201/account', 'GET /v1/reviews?state=open', 'GET /v1/reviews/rev_1', 'GET /v1/guests/visit%2F1/export', 'POST /v1/customers/cus%201/erase', 'POST /v1/reviews/rev_1/answer']);
    assert.equal(seen.at(-1).headers['idempotency-key'], 'answer-1');
    assert.equal(seen[0].headers.authorization, 'Bearer sk_test_1');
    assert.equal(seen[1].headers['idempotency-key'], 'order-1');
    assert.equal(seen[1].body, '{"order":"1"}');
  });
  test('tries a policy beside the active one, asks what it would have done, and ends it', async () => {
    const tresen = client([busy, { json: { policy_hash: 'ab' } }, { json: { comparisons: [] } }, { json: { policy_hash: 'ab' } }]);
    assert.deepEqual(await tresen.policies.shadow.begin({ format: 1 }), { policy_hash: 'ab' });
    assert.deepEqual(await tresen.policies.shadow.get(), { comparisons: [] });
    assert.deepEqual(await tresen.policies.shadow.end(), { policy_hash: 'ab' });
    assert.deepEqual(seen.map(({ method, url, body }) => `${method} ${url} ${body}`.trim()), ['PUT /v1/policies/shadow {"format":1}', 'PUT /v1/policies/shadow {"format":1}', 'GET /v1/policies/shadow', 'DELETE /v1/policies/shadow']);
  });
  test('asks for money under the right path, and repeats what has a key', async () => {
    const tresen = client([busy, ...Array.from({ length: 26 }, () => ({ json: {} }))]);
    const amount = { minor: 4000, currency: 'EUR' };
    const payment = { provider: 'bank', reference: '17', amount, value_date: '2026-11-21', remittance: 'RF18 5390 0754 7034' };
    await tresen.payments.receive(payment, { idempotencyKey: 'bank-17' });
    await tresen.payments.unmatched();
    await tresen.payments.match('pay/1', { customer: 'cus 1' });
    await tresen.payments.reverse('pay_1');
    await tresen.payments.chargeback('pay_1', { state: 'won' });
    await tresen.receivables.get('rcv_1');
    await tresen.receivables.credit('rcv_1', { amount, reason: 'return' }, { idempotencyKey: 'note-1' });
    await tresen.receivables.delivered('rcv_1', { on: '2026-11-26' }, { idempotencyKey: 'there-1' });
    await tresen.receivables.party('rcv_1', { party: 'business' });
    await tresen.receivables.withdraw('rcv_1');
    await tresen.receivables.transfer('rcv_1');
    await tresen.receivables.paylink('rcv_1');
    await tresen.receivables.writeOff('rcv_1');
    await tresen.receivables.waive('rcv_1', { what: 'costs' });
    await tresen.refunds.grant({ payment: 'pay_1', amount }, { idempotencyKey: 'back-1' });
    await tresen.refunds.outcome('rfd_1', { outcome: 'settled' });
    await tresen.customers.hold('cus 1', { reason: 'hardship' });
    await tresen.customers.release('cus 1', 'hld_1');
    await tresen.customers.merge('cus 2', { into: 'cus 1' });
    await tresen.customers.unmerge('cus 2');
    await tresen.customers.samePerson('cus 2');
    await tresen.debits.list();
    await tresen.debits.handIn({ idempotencyKey: 'today' });
    assert.equal(await tresen.debits.file('TB/1'), '{}', 'a file is what it is');
    await tresen.debits.settled('TB1');
    await tresen.debits.outcome('TD1', { outcome: 'returned', reason: 'AC04' });
    assert.deepEqual(seen.map(({ method, url }) => `${method} ${url}`), [
      'POST /v1/payments', 'POST /v1/payments', 'GET /v1/payments/unmatched', 'POST /v1/payments/pay%2F1/match', 'POST /v1/payments/pay_1/reverse',
      'POST /v1/payments/pay_1/chargeback', 'GET /v1/receivables/rcv_1', 'POST /v1/receivables/rcv_1/credit-notes', 'POST /v1/receivables/rcv_1/delivery', 'POST /v1/receivables/rcv_1/party', 'POST /v1/receivables/rcv_1/withdrawal',
      'GET /v1/receivables/rcv_1/transfer', 'POST /v1/receivables/rcv_1/paylink', 'POST /v1/receivables/rcv_1/write-off', 'POST /v1/receivables/rcv_1/waive', 'POST /v1/refunds', 'POST /v1/refunds/rfd_1/outcome',
      'POST /v1/customers/cus%201/holds', 'POST /v1/customers/cus%201/holds/hld_1/release', 'POST /v1/customers/cus%202/merge', 'POST /v1/customers/cus%202/unmerge', 'GET /v1/customers/cus%202/merge', 'GET /v1/debits', 'POST /v1/debits/batches', 'GET /v1/debits/batches/TB%2F1',
      'POST /v1/debits/batches/TB1/settled', 'POST /v1/debits/TD1/outcome',
    ]);
    const keys = seen.map(({ headers }) => headers['idempotency-key']).filter((key) => key !== undefined);
    assert.deepEqual(keys, ['bank-17', 'bank-17', 'note-1', 'there-1', 'back-1', 'today']);
    await assert.rejects(async () => tresen.payments.receive(payment), TypeError, 'a payment needs a key');
    await assert.rejects(async () => tresen.refunds.grant({ payment: 'pay_1', amount }), TypeError, 'so does a refund');
    await assert.rejects(async () => tresen.debits.handIn(), TypeError, 'and a batch');
  });

  test('asks what comes next, what waits for a human and what became of a message, and tells of both', async () => {
    const tresen = client([{ json: {} }, busy, ...Array.from({ length: 7 }, () => ({ json: {} }))]);
    await tresen.collection.list({ state: 'overdue', after: undefined });
    await tresen.customers.reachedBy('cus 1', { opted_out: ['telephone'] });
    await tresen.customers.case('cus 1');
    await tresen.messages.get('msg/1');
    await tresen.messages.delivery('msg_1', 'bounced', { idempotencyKey: 'bounce-1' });
    await tresen.tasks.list();
    await tresen.tasks.done('tsk_1', 'not_left');
    assert.deepEqual(seen.map(({ method, url, body }) => `${method} ${url} ${body ?? ''}`.trim()), [
      'GET /v1/collection?state=overdue', 'PUT /v1/customers/cus%201/contact {"opted_out":["telephone"]}', 'PUT /v1/customers/cus%201/contact {"opted_out":["telephone"]}', 'GET /v1/customers/cus%201/case', 'GET /v1/messages/msg%2F1',
      'POST /v1/messages/msg_1/delivery {"news":"bounced"}', 'GET /v1/tasks', 'POST /v1/tasks/tsk_1/done {"outcome":"not_left"}',
    ]);
    assert.deepEqual(seen.map(({ headers }) => headers['idempotency-key']).filter(Boolean), ['bounce-1']);
  });

  test('hands on a file byte for byte, with what keeps it from being a page, and says why there is none', async () => {
    const headers = { 'content-type': 'application/pdf', 'content-disposition': 'attachment; filename="proof.pdf"', 'content-security-policy': "default-src 'none'; sandbox", 'x-content-type-options': 'nosniff', 'set-cookie': 'a=b' };
    const tresen = client([busy, { text: Buffer.from([0x25, 0x50, 0xff, 0x00]), headers }, { status: 404, json: { error: { code: 'proof.unknown', message: 'no', help: 'check' } } }]);
    const { content, headers: kept } = await tresen.proofs.get('prf/1');
    assert.deepEqual([...content], [0x25, 0x50, 0xff, 0x00]);
    const { 'set-cookie': _, ...expected } = headers;
    assert.deepEqual(kept, expected);
    assert.equal(seen.at(-1).url, '/v1/proofs/prf%2F1');
    await assert.rejects(tresen.proofs.get('prf_2'), (error) => error instanceof TresenApiError && error.code === 'proof.unknown');
  });

  test('says what became of an objection, once for a key', async () => {
    const tresen = client([busy, { json: {} }]);
    await tresen.receivables.endDispute('rcv_1', { outcome: 'rejected', words: 'Sie kam an.' }, { idempotencyKey: 'd-1' });
    assert.deepEqual(seen.map(({ method, url, body }) => `${method} ${url} ${body}`), Array(2).fill('POST /v1/receivables/rcv_1/dispute {"outcome":"rejected","words":"Sie kam an."}'));
  });

  test('opens the account of a customer or a guest, and never twice, for the token is told once', async () => {
    const token = { json: { token: 'acc_1', expires_at: '2026-11-21T13:00:00.000Z' } };
    let tresen = client([token, token]);
    assert.equal((await tresen.customers.access('cus 1', { receivable: 'rcv_1', minutes: 30 })).token, 'acc_1');
    await tresen.guests.access('visit/1');
    assert.deepEqual(seen.map(({ method, url, body }) => `${method} ${url} ${body}`), [
      'POST /v1/customers/cus%201/access {"receivable":"rcv_1","minutes":30}', 'POST /v1/guests/visit%2F1/access {}',
    ]);
    tresen = client([busy]);
    await assert.rejects(tresen.customers.access('cus_1'), { name: 'TresenApiError', code: 'service.busy' });
    assert.equal(seen.length, 1);
  });

  test('repeats a confirm under the same key, reads and previews, the opening of a session only under a key', async () => {
    let tresen = client(['drop', busy, { json: { outcome: 'confirmed' } }, busy, { json: { decision: {} } }, busy, { json: { session: 'cs_1' } }]);
    assert.equal((await tresen.sessions.confirm('cs_1', {}, { idempotencyKey: 'k' })).outcome, 'confirmed');
    assert.deepEqual(await tresen.sessions.preview('cs_1', { facts: {} }), { decision: {} });
    assert.equal((await tresen.sessions.create({}, { idempotencyKey: 'o' })).session, 'cs_1');
    assert.deepEqual(seen.map((call) => call.headers['idempotency-key']), ['k', 'k', 'k', undefined, undefined, 'o', 'o']);
    tresen = client([busy]);
    await assert.rejects(tresen.sessions.create({}), (error) => error instanceof TresenApiError && error.code === 'service.busy' && error.retryable);
    assert.equal(seen.length, 1);
    tresen = client(['drop']);
    await assert.rejects(tresen.sessions.create({}), { name: 'TresenConnectionError', code: 'connection.failed' });
    assert.equal(seen.length, 1);
  });
  test('gives up after the last repeat', async () => {
    const tresen = client([busy, busy, busy, { json: {} }]);
    await assert.rejects(tresen.customers.account('c'), { status: 503 });
    assert.equal(seen.length, 3);
  });
  test('hands on what the service says about a mistake, and does not repeat it', async () => {
    const error = { code: 'fact.unknown', message: 'm', help: 'h', at: '/facts', diagnostics: [{ code: 'fact.unknown', message: 'm', help: 'h', at: '/facts/x' }] };
    const tresen = client([{ status: 422, json: { error } }]);
    await assert.rejects(tresen.sessions.confirm('cs_1', {}, { idempotencyKey: 'k' }), { ...error, status: 422, retryable: false });
    assert.equal(seen.length, 1);
  });
  test('takes nothing for an answer that is none, and follows no redirect', async () => {
    for (const answer of [{ text: '<html>' }, { status: 500, text: 'oops' }, { status: 404, json: { error: 'x' } }, { status: 302, headers: { location: '/elsewhere' }, text: '' }]) {
      await assert.rejects(client([answer]).health(), (error) => error instanceof TresenConnectionError && error.code === 'answer.malformed');
      assert.equal(seen.length, 1);
    }
  });
  test('says which of the two is to be replaced where service and package do not belong together', async () => {
    const says = (health) => client([{ json: { status: 'ok', version: '9.8', ...health } }]);
    assert.equal((await says({ interface: INTERFACE }).check()).version, '9.8');
    const check = (health, code, help) =>
      assert.rejects(says(health).check(), (error) => error instanceof TresenInterfaceError && error.code === code && help.test(error.help) && /version 9\.8/.test(error.message));
    for (const nothing of [{}, { interface: 0 }, { interface: '1' }, { interface: 1.5 }, { interface: null }]) await check(nothing, 'interface.unknown', /one release/);
    await check({ interface: INTERFACE + 1 }, 'interface.service_newer', /update the package/);
    assert.throws(() => ofOneInterface({ interface: 3, version: '9.8' }, 4), { code: 'interface.service_older', help: /update the service/ });
    assert.doesNotThrow(() => ofOneInterface({ interface: 4 }, 4));
    assert.throws(() => ofOneInterface({ interface: 5 }, 4), { code: 'interface.service_newer', message: /version unknown/ });
    assert.equal((await says({}).health()).status, 'ok', 'what it says can be read all the same');
  });
  test('stops waiting', async () => {
    await assert.rejects(client(['hang'], { timeoutMs: 30, repeats: 0 }).health(), { code: 'connection.timeout' });
    const controller = new AbortController();
    const call = client(['hang']).health({ signal: controller.signal });
    controller.abort();
    await assert.rejects(call, { name: 'AbortError' });
  });
  test('reads the published keys once, and again when one is unknown', async () => {
    const [first, second] = [await newKey('k1'), await newKey('k2')];
    let time = NOW;
    const tresen = client([{ json: { keys: [first.jwk] } }, { json: { keys: [first.jwk, second.jwk] } }], { now: () => time });
    const verify = async (key) => tresen.verifyDecision(await issue(key, await claimsOf()), { tenant: 'kiesel', now: NOW });
    await verify(first);
    await verify(first);
    assert.equal(seen.length, 1);
    time += 10000;
    await verify(second);
    assert.equal(seen.length, 2);
    await assert.rejects(verify(await newKey('k3')), { code: 'token.key_unknown' });
    assert.equal(seen.length, 2);
  });
  test('refuses to start with the wrong key or address, and does not repeat the key', () => {
    for (const options of [{}, { secretKey: 'pk_test_1', api }, { secretKey: 'sk_test_1' }, { secretKey: 'sk_test_1', api: 'ftp://x' }, { secretKey: 'sk_ a', api }]) {
      assert.throws(() => createTresen(options), (error) => error instanceof TypeError && !/test_1|sk_ a/.test(error.message));
    }
  });
  test('refuses a confirm without a key for it, and an empty id', () => {
    const tresen = client([]);
    for (const idempotencyKey of [undefined, '', 'a b', 'ü', 'x'.repeat(256)]) assert.throws(() => tresen.sessions.confirm('cs_1', {}, { idempotencyKey }), TypeError);
    assert.throws(() => tresen.decisions.get(''), TypeError);
  });
});

describe('forBrowser', () => {
  const decision = {
    today: '2026-11-26', risk: { class: 'C' }, exposure: { open: { minor: 9900, currency: 'EUR' } },
    methods: [
      { id: 'invoice', kind: 'invoice', state: 'withheld', change: { steps: [] }, reasons: [{ code: 'history.declined', rule: 'twice' }, { code: 'amount.maximum', rule: 'cap', amount: { minor: 5000, currency: 'EUR' } }] },
      { id: 'prepayment', kind: 'prepayment', state: 'offered', reasons: [], change: null },
    ],
  };
  test('leaves of a refusal the methods, and of a reason what the shopper has in hand', () => {
    const handed = forBrowser({ outcome: 'refused', decision_id: 'dec_1', reasons: [{ code: 'method.withheld' }], decision, browser_agrees: false, attention: [{ code: 'guest.email_of_a_customer' }] });
    assert.deepEqual(handed, {
      outcome: 'refused',
      decision: { methods: [
        { id: 'invoice', state: 'withheld', reasons: [{ code: 'general' }, { code: 'amount.maximum' }], change: { steps: [] } },
        { id: 'prepayment', state: 'offered', reasons: [], change: null },
      ] },
    });
    assert.doesNotMatch(JSON.stringify(handed), /"C"|twice|cap|history|9900|guest|dec_1/);
    assert.deepEqual(forBrowser({ outcome: 'refused' }), { outcome: 'refused' });
    const cart = { lines: [], total: { minor: 4990, currency: 'EUR' } };
    assert.deepEqual(forBrowser({ outcome: 'refused' }, cart), { outcome: 'refused', total: cart.total }, 'the total that counts');
  });
  test('leaves of what was confirmed what is owed, and no token', () => {
    const receivable = { id: 'rcv_1', due_date: '2026-12-10', amount: { minor: 4990, currency: 'EUR' }, reference: 'RF18' };
    const handed = forBrowser({ outcome: 'confirmed', decision_id: 'dec_1', decision_token: 'e30.e30.e30', decision, receivable, payment: null, browser_agrees: true, attention: [] });
    assert.deepEqual(handed, { outcome: 'confirmed', receivable, plan: undefined, payment: null });
  });
});
