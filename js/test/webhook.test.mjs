// Webhooks against the reference library of Standard Webhooks, and against those who would like to be believed.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { TresenWebhookError, verifyWebhook } from '../src/server.js';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const OTHER = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const NOW = Date.UTC(2026, 10, 21, 12, 0, 0);
const BODY = JSON.stringify({ type: 'PaymentAllocated', timestamp: '2026-11-21T12:00:00.000Z', data: { position: 7, order: 'K-2026-1 „Moor“' } });

const signed = (secret, { id = 'evt_1', at = NOW, body = BODY } = {}) => ({
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(at / 1000)),
  'webhook-signature': new Webhook(secret).sign(id, new Date(at), body),
});

const refused = (promise, code) => assert.rejects(promise, (error) => error instanceof TresenWebhookError && error.code === code && error.help !== '');

describe('verifyWebhook', () => {
  test('gives the message that the reference library signed, as text and as bytes, from either kind of headers', async () => {
    const headers = signed(SECRET);
    for (const body of [BODY, new TextEncoder().encode(BODY), Buffer.from(BODY)]) {
      for (const given of [headers, new Headers(headers)]) {
        assert.deepEqual(await verifyWebhook(body, given, SECRET, { now: NOW }), { id: 'evt_1', ...JSON.parse(BODY) });
      }
    }
  });

  test('fits the example of the specification', async () => {
    const headers = { 'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek', 'webhook-timestamp': '1614265330', 'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' };
    const message = await verifyWebhook('{"test": 2432232314}', headers, SECRET, { now: 1614265330000 });
    assert.equal(message.test, 2432232314);
  });

  test('takes any of the signatures and any of the secrets while one is being replaced', async () => {
    const both = { ...signed(SECRET), 'webhook-signature': `v1a,xyz ${signed(OTHER)['webhook-signature']} ${signed(SECRET)['webhook-signature']}` };
    for (const secret of [SECRET, OTHER, [OTHER, SECRET]]) assert.equal((await verifyWebhook(BODY, both, secret, { now: NOW })).id, 'evt_1');
    assert.equal((await verifyWebhook(BODY, signed(SECRET), [OTHER, SECRET], { now: NOW })).id, 'evt_1');
  });

  test('refuses what was changed, signed with another secret, or not signed', async () => {
    const headers = signed(SECRET);
    await refused(verifyWebhook(`${BODY} `, headers, SECRET, { now: NOW }), 'webhook.signature');
    await refused(verifyWebhook(BODY, { ...headers, 'webhook-id': 'evt_2' }, SECRET, { now: NOW }), 'webhook.signature');
    await refused(verifyWebhook(BODY, { ...headers, 'webhook-timestamp': String(NOW / 1000 + 1) }, SECRET, { now: NOW }), 'webhook.signature');
    await refused(verifyWebhook(BODY, headers, OTHER, { now: NOW }), 'webhook.signature');
    for (const signature of ['v1,', 'v1,AAAA', 'v1,!', headers['webhook-signature'].replace('v1,', 'v2,'), headers['webhook-signature'].slice(0, -4)]) {
      await refused(verifyWebhook(BODY, { ...headers, 'webhook-signature': signature }, SECRET, { now: NOW }), 'webhook.signature');
    }
  });

  test('refuses what is old or from the future, to the second', async () => {
    const headers = signed(SECRET);
    for (const late of [-300, 0, 300]) assert.equal((await verifyWebhook(BODY, headers, SECRET, { now: NOW + late * 1000 })).id, 'evt_1');
    for (const late of [-301, 301]) await refused(verifyWebhook(BODY, headers, SECRET, { now: new Date(NOW + late * 1000) }), 'webhook.timestamp');
    await refused(verifyWebhook(BODY, headers, SECRET, { now: NOW + 11_000, toleranceS: 10 }), 'webhook.timestamp');
    await refused(verifyWebhook(BODY, headers, SECRET), 'webhook.timestamp');
  });

  test('refuses what is no message', async () => {
    const headers = signed(SECRET);
    for (const name of Object.keys(headers)) await refused(verifyWebhook(BODY, { ...headers, [name]: undefined }, SECRET, { now: NOW }), 'webhook.malformed');
    await refused(verifyWebhook(BODY, { ...headers, 'webhook-timestamp': 'now' }, SECRET, { now: NOW }), 'webhook.malformed');
    await refused(verifyWebhook('no JSON', signed(SECRET, { body: 'no JSON' }), SECRET, { now: NOW }), 'webhook.malformed');
  });

  test('does not take a parsed body or what is no secret, and does not repeat a secret', async () => {
    await assert.rejects(verifyWebhook(JSON.parse(BODY), signed(SECRET), SECRET), TypeError);
    for (const secret of ['', 'sk_test_1234567890', undefined, []]) await assert.rejects(verifyWebhook(BODY, signed(SECRET), secret), (error) => error instanceof TypeError && !error.message.includes('1234567890'));
  });
});
