// Reminders through a real mail server: what arrives is what was written, and what comes back is known by its address and tried another way.
//
//     node tests/smtp/run.mjs --tresen target/debug/tresen

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { ask, startService } from '../service/service.mjs';
import { startMail, until } from './server.mjs';

const tresen = process.argv[process.argv.indexOf('--tresen') + 1];
const here = new URL('.', import.meta.url).pathname;
const ready = JSON.parse(readFileSync(new URL('../../examples/policies/de-own-invoice.json', import.meta.url), 'utf8'));
const eur = (minor) => ({ minor, currency: 'EUR' });

/** Who writes: a merchant with an umlaut and a comma in the name. */
const policy = {
  ...ready,
  methods: ready.methods.map(({ consent, ...method }) => method),
  merchant: {
    ...ready.merchant,
    name: 'Käse, Öl & Söhne',
    imprint: { creditor: 'Käse, Öl & Söhne GmbH', street: 'Musterkai 7', postcode: '24103', city: 'Kiel', register: 'Amtsgericht Musterstadt HRB 00000', website: 'kaese.test', email: 'hallo@kaese.test', phone: '0431 000000' },
    account: { holder: 'Käse, Öl & Söhne GmbH', iban: 'DE89370400440532013000' },
  },
};

async function made(service, path, body, headers) {
  const answer = await ask(service, 'POST', path, body, headers);
  assert.ok(answer.status < 300, `${path}: ${answer.text}`);
  return answer.json;
}

/** A claim of somebody with that address, and a telephone. */
async function owes(service, reference, email) {
  const facts = { 'cart.total': eur(5000), 'customer.kind': 'consumer', 'billing.country': 'DE', 'shipping.same_as_billing': true, 'customer.birth_date': '1984-05-06' };
  const { session } = await made(service, '/v1/sessions', { customer: { reference, signed_in: true, email }, facts, locale: 'de' });
  const order = { order: `o-${reference}`, method: 'invoice', amount: eur(5000), cart: { total: eur(5000), lines: [{ sku: 'k-1', name: 'Käse', quantity: 1, amount: eur(5000) }] }, facts };
  const { receivable } = await made(service, `/v1/sessions/${session}/confirm`, order, { 'idempotency-key': reference });
  assert.ok(receivable, 'no claim');
  const contact = { email, phone: '+4915112345678', locale: 'de', address_form: 'sie', opted_out: [] };
  assert.equal((await ask(service, 'PUT', `/v1/customers/${reference}/contact`, contact)).status, 200);
}

const messages = async (service) => (await ask(service, 'GET', '/v1/sandbox/messages')).json.messages;
const message = async (service, id) => (await ask(service, 'GET', `/v1/messages/${id}`)).json;

test('reminders through Exim, by STARTTLS', async (context) => {
  const mail = await startMail({ tresen, pipe: (at) => `${at('tresen')} bounce --api \${readfile{${at('api')}}{}} --key-file ${at('key')}` });
  context.after(mail.stop);
  const smtp = ['--smtp', `smtp://localhost:${mail.port}?tls=starttls`, '--smtp-ca', mail.at('ca.pem'), '--bounces-to', 'bounces@bounce.test', '--public-url', 'https://kaese.test'];
  const service = await startService(tresen, { start: '2026-11-21T12:00:00Z', serve: smtp });
  context.after(service.stop);
  writeFileSync(mail.at('api'), service.url);
  writeFileSync(mail.at('key'), service.keys.secret, { mode: 0o600 });
  mail.own(mail.at('api'), mail.at('key'));
  await made(service, '/v1/policies', policy);
  for (const name of ['anna', 'nobody', 'refused']) await owes(service, name, `${name}@people.test`);
  // Until the word before the due date, and the first reminder after it.
  for (let day = 0; day < 45; day += 1) await made(service, '/v1/sandbox/clock', { advance_days: 1 });

  await context.test('what arrives is what was written', async () => {
    const all = await messages(service);
    const sent = all.filter(({ to, channel }) => to === 'anna@people.test' && channel === 'email');
    assert.ok(sent.length >= 2, `${sent.length} mails`);
    const files = await until('the mails', () => mail.mails('anna').length >= sent.length && mail.mails('anna'), mail.log);
    assert.equal(files.length, sent.length, 'each once');
    const read = JSON.parse(execFileSync('python3', [`${here}read.py`, ...files], { encoding: 'utf8' }));
    for (const written of sent) {
      const found = read.find(({ headers }) => headers['message-id'] === `<${written.id}@kaese.test>`);
      assert.ok(found, `no mail of ${written.id}`);
      assert.equal(found.headers.subject, written.subject);
      assert.deepEqual(found.from, [['Käse, Öl & Söhne', 'hallo@kaese.test']]);
      assert.equal(found.headers['return-path'], `<bounces+${written.id}@bounce.test>`);
      assert.equal(found.headers['auto-submitted'], 'auto-generated');
      assert.equal(found.kind, 'multipart/alternative');
      const lines = (text) => text.replaceAll('\r\n', '\n').trimEnd();
      const html = await fetch(`${service.url}/v1/messages/${written.id}/html`, { headers: { authorization: `Bearer ${service.keys.secret}` } });
      assert.deepEqual(found.parts.map(({ kind }) => kind), ['text/plain', 'text/html']);
      assert.equal(lines(found.parts[0].text), lines(written.text));
      assert.equal(lines(found.parts[1].text), lines(await html.text()));
      assert.ok(found.parts[0].text.includes('€') && found.parts[0].text.includes('ö'), 'a euro sign and an umlaut');
      assert.ok(found.ascii && found.longest <= 998 && found.defects.length === 0, JSON.stringify(found.defects));
      assert.equal((await message(service, written.id)).state, 'sent');
    }
  });

  await context.test('a bounce of the server finds its message, and the next way is tried', async () => {
    const returned = (await messages(service)).filter(({ to }) => to === 'nobody@people.test');
    assert.ok(returned.length >= 1);
    const first = returned.at(-1).id;
    await until('the bounce', async () => (await message(service, first)).state === 'bounced', mail.log);
    await until('all bounces', async () => (await Promise.all(returned.map(({ id }) => message(service, id)))).every(({ state }) => state === 'bounced'), mail.log);
    await made(service, '/v1/sandbox/clock', { advance_days: 10 });
    const texts = (await messages(service)).filter(({ to, channel }) => channel === 'text' && to === '+4915112345678');
    assert.ok(texts.length >= 1, 'a text message instead');
  });

  await context.test('who is refused at once is written to another way', async () => {
    const { claims } = (await ask(service, 'GET', '/v1/collection')).json;
    const of = (name) => claims.find(({ customer }) => customer === name);
    assert.ok(of('refused').level.number >= 1, 'told by text message');
    assert.ok(!(await messages(service)).some(({ to }) => to === 'refused@people.test'));
    const log = mail.log();
    assert.ok(log.includes('there is no such person') && log.includes('TLS'), log);
  });
});
