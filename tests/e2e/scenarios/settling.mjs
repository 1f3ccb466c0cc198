// From a bill to the last cent, in whichever browser: nine stories of the real shop, the real service and a provider that is a process of its own. Each is
// told by what one reads on the screen and by what the ledger says.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useCounter } from '../lib/counter.mjs';
import { Person } from '../lib/person.mjs';
import { until } from '../lib/until.mjs';

/** Each story has somebody of its own, so that none has to wait for another. */
const DEBTS = [
  ['cus_taps', 'T-TAPS', 4190, 0],
  ['cus_crossing', 'T-CROSSING', 5000, 0],
  ['cus_twice', 'T-TWICE', 6000, 0],
  ['cus_forward', 'T-FORWARD', 7000, 0],
  ['cus_tampered', 'T-TAMPERED', 8000, 0],
  ['cus_tabs', 'T-TABS', 9000, 0],
  ['cus_killed', 'T-KILLED', 9900, 0],
  ['cus_yara', 'T-PART', 10000, 0],
  ['cus_kim', 'T-PLAN', 9000, 1],
  ['cus_toni', 'T-DISPUTE', 12000, 1],
];

/** @param {() => { open: (options?: object) => Promise<object> }} useBrowser a browser for a file of tests */
export function settling(name, useBrowser) {
  describe(`settling up in ${name}`, () => {
    const counter = useCounter(DEBTS);
    const browser = useBrowser();

    /** Somebody with a browser of their own; `expected` is what it may complain of. */
    const opens = async (url, ...expected) => {
      const person = new Person(await browser.open({ width: 360, init: () => {}, expected }));
      await person.opens(url);
      return person;
    };
    /** Signs in at the shop, and opens what lies between them. */
    const account = async (who) => {
      const person = await opens(`${counter.url}/people`);
      await person.tap(`=form:has(input[value="${who}"]) button:not(.button)`);
      await person.sees(/Abmelden|Angemeldet|Kiesel/);
      await until(person.page, () => location.pathname === '/');
      await person.opens(`${counter.url}/account`);
      return person;
    };
    /** What is open, what is the customer's own, and the money that came, in cents. */
    const ledger = async (reference) => {
      const { open, credit } = await counter.stands(reference);
      const { payments } = await counter.told(reference);
      return { open, credit, came: payments.filter(({ state }) => state === 'received').map(({ amount }) => amount.minor) };
    };
    /** How the provider says that the payments of so much stand. */
    const begun = async (minor) => (await counter.checkouts()).filter(({ amount }) => amount.minor === minor).map(({ status }) => status).sort();
    const atProvider = (person) => person.sees(/Übungsmodus/);

    test('two taps from the opened link to paid', async () => {
      const person = await opens(await counter.link('cus_taps'));
      await person.sees(/41,90 €/);
      await person.tap('Mit Karte zahlen');
      await person.tap('Jetzt bezahlen');
      await person.sees(/Alles bezahlt/);
      assert.equal(person.taps, 2);
      assert.deepEqual(await ledger('cus_taps'), { open: 0, credit: 0, came: [4190] });
      assert.deepEqual(await begun(4190), ['paid']);
      await person.page.finish();
    });

    test('whoever comes back without having paid reads so; a part is paid, and the rest stands there', async () => {
      const person = await account('yara');
      for (const [does, says] of [
        ['Zurück zum Shop', /Die Zahlung ist nicht zustande gekommen, und es wurde nichts abgebucht[^]*100,00 €/],
        ['Jetzt bezahlen', /Noch 70,00 € offen[^]*Zahlungen[^]*30,00 €/],
      ]) {
        await person.tap('Nur einen Teil zahlen');
        await person.types('input[inputmode=decimal]', '30,00');
        await person.sees(/Danach noch offen\s+70,00 €/);
        await person.tap('=form button[type=submit]');
        await person.tap('Bezahlen mit Karte');
        await atProvider(person);
        await person.tap(does);
        assert.equal((await person.sees(says)).includes('nicht zustande gekommen'), does === 'Zurück zum Shop');
      }
      assert.deepEqual(await ledger('cus_yara'), { open: 7000, credit: 0, came: [3000] });
      await person.page.finish();
    });

    test('a payment that crosses: what has come is not asked for again, and whoever is on their way pays nothing twice', async () => {
      const { today } = await counter.told('cus_crossing');
      const stale = await opens(await counter.link('cus_crossing'));
      await stale.sees(/Mit Karte zahlen/);
      await counter.transfers('cus_crossing', 5000, today, 'crossing-1');
      await stale.tap('Mit Karte zahlen');
      await stale.sees(/Alles bezahlt/);
      assert.deepEqual(await begun(5000), [], 'nobody was sent to a provider');
      assert.deepEqual(await ledger('cus_crossing'), { open: 0, credit: 0, came: [5000] });
      await stale.page.finish();

      // Somebody is at the provider already when the transfer comes.
      const person = await opens(await counter.link('cus_twice'));
      await person.tap('Mit Karte zahlen');
      await atProvider(person);
      await counter.transfers('cus_twice', 6000, today, 'crossing-2');
      await counter.looksAfter();
      await person.tap('Jetzt bezahlen');
      await person.sees(/Diese Zahlung ist abgeschlossen/);
      await person.tap('Zurück zum Shop');
      await person.sees(/Alles bezahlt/);
      assert.deepEqual(await begun(6000), ['expired']);
      assert.deepEqual(await ledger('cus_twice'), { open: 0, credit: 0, came: [6000] });
      await person.page.finish();
    });

    test('a forwarded link tells nothing of whose it is, sends the code to them, and can be paid by', async () => {
      const link = await counter.link('cus_forward');
      const other = await opens(link, /4\d\d/);
      const read = await other.sees(/70,00 €[^]*Mit Karte zahlen/);
      const html = await other.page.evaluate(() => document.documentElement.outerHTML + document.querySelector('tresen-account').shadowRoot.innerHTML);
      for (const personal of ['T-FORWARD', 'cus.forward', 'cus_forward']) assert.ok(!read.includes(personal) && !html.includes(personal), personal);
      const at = new URL(link).pathname.replace('/pay/', '/v1/paylinks/');
      const post = (body) => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
      const sent = await other.asks(`${at}/code`, post({ channel: 'email' }));
      assert.equal(sent.body.sent_to, 'c…@e….com');
      const [mail] = await counter.mails(/\d{6}/);
      assert.equal(mail.to, 'cus.forward@example.com', 'to its owner');
      const [code] = /\b\d{6}\b/.exec(mail.text);
      assert.ok(!JSON.stringify(sent.body).includes(code));
      const wrong = await other.asks(`${at}/access`, post({ code: code === '000000' ? '000001' : '000000' }));
      assert.ok(wrong.status >= 400 && !wrong.body.token, JSON.stringify(wrong.body));
      await other.tap('Mit Karte zahlen');
      await other.tap('Jetzt bezahlen');
      await other.sees(/Alles bezahlt/);
      const owner = await opens(link);
      await owner.sees(/Alles bezahlt/);
      assert.deepEqual(await ledger('cus_forward'), { open: 0, credit: 0, came: [7000] });
      for (const { page } of [other, owner]) await page.finish();
    });

    test('a tampered amount: more than is owed begins nothing, and a provider’s word of one cent is not taken for it', async () => {
      const link = await counter.link('cus_tampered');
      const person = await opens(link, /422/);
      await person.sees(/Mit Karte zahlen/);
      await person.page.evaluate(() => {
        const honest = window.fetch;
        window.fetch = (address, init) => honest(address, init?.body ? { ...init, body: init.body.replace(/"minor":\d+/, '"minor":800001') } : init);
      });
      await person.tap('Mit Karte zahlen');
      await person.sees(/80,00 €[^]*Mit Karte zahlen/);
      await person.opens(link);
      const at = `${new URL(link).pathname.replace('/pay/', '/v1/paylinks/')}/payments`;
      for (const [amount, status] of [[{ minor: 8001, currency: 'EUR' }, 200], [{ minor: 0, currency: 'EUR' }, 422], [{ minor: -8000, currency: 'EUR' }, 422], [{ minor: 8000, currency: 'CHF' }, 422]]) {
        const body = JSON.stringify({ method: 'card', amount });
        const answer = await person.asks(at, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
        assert.deepEqual([answer.status, answer.body.redirect ?? null], [status, null], body);
      }
      assert.equal((await counter.checkouts()).filter(({ amount }) => [8000, 8001, 800001, 1].includes(amount.minor)).length, 0);
      await person.tap('Mit Karte zahlen');
      await person.tap('Anderes üben');
      await person.tap('Nachricht nennt einen falschen Betrag');
      await person.sees(/Alles bezahlt/);
      assert.deepEqual(await ledger('cus_tampered'), { open: 0, credit: 0, came: [8000] });
      await person.page.finish();
    });

    test('two tabs that pay at once pay once', async () => {
      const link = await counter.link('cus_tabs');
      const one = await opens(link);
      const other = new Person(await one.page.beside());
      await other.opens(link);
      await Promise.all([one, other].map((person) => person.tap('Mit Karte zahlen')));
      for (const person of [one, other]) await atProvider(person);
      const [at, beside] = await Promise.all([one, other].map(({ page }) => page.evaluate(() => location.href)));
      assert.equal(at, beside, 'the same page');
      await one.tap('Jetzt bezahlen');
      await one.sees(/Alles bezahlt/);
      await other.tap('Jetzt bezahlen');
      await other.sees(/Diese Zahlung ist abgeschlossen/);
      await other.tap('Zurück zum Shop');
      await other.sees(/Alles bezahlt/);
      assert.deepEqual(await ledger('cus_tabs'), { open: 0, credit: 0, came: [9000] });
      assert.deepEqual(await begun(9000), ['paid']);
      await one.page.finish();
    });

    test('a provider that dies with the money in its hands: nobody pays twice, and it is booked once it is back', async () => {
      const link = await counter.link('cus_killed');
      const before = await opens(link);
      await before.tap('Mit Karte zahlen');
      await before.tap('Anderes üben');
      await before.tap('Anbieter stürzt nach dem Bezahlen ab');
      while (await counter.checkouts().then(() => true, () => false)) await new Promise((wake) => setTimeout(wake, 50));
      // Whoever sees an error of the browser's opens the link once more.
      const person = new Person(await before.page.beside());
      await person.opens(link);
      await person.sees(/99,00 €/);
      assert.deepEqual(await ledger('cus_killed'), { open: 9900, credit: 0, came: [] });
      await counter.provider.start();
      await person.tap('Mit Karte zahlen');
      await person.sees(/Alles bezahlt/);
      assert.deepEqual(await ledger('cus_killed'), { open: 0, credit: 0, came: [9900] });
      assert.deepEqual(await begun(9900), ['paid']);
      await before.page.finish();
    });

    // These two let time pass: they come last.
    test('a dispute brings its photo along and stops the reminders', async () => {
      const person = await account('toni');
      await person.tap('Stimmt etwas nicht?');
      await person.tap('Beschädigt oder fehlerhaft');
      await person.attaches('Henkel.jpg');
      await person.sees(/Henkel\.jpg\s+Hochgeladen/);
      await person.tap('=form button[type=submit]');
      await person.sees(/Angekommen[^]*Wir klären das gerade/);
      assert.equal((await counter.happened('cus_toni', 'DisputeRaised')).length, 1);
      const { tasks } = await counter.api.tasks.list();
      assert.deepEqual(tasks.flatMap(({ proofs }) => proofs).map(({ name, media_type }) => [name, media_type]), [['Henkel.jpg', 'image/jpeg']]);
      const before = (await counter.mails('toni')).length;
      assert.equal(before, 1, 'the acknowledgement');
      await counter.travels(28);
      assert.equal((await counter.mails('toni')).length, before, 'nobody is reminded of what is looked at');
      const { receivable } = await counter.stands('cus_toni');
      assert.equal(receivable.level.number, 0);
      await person.page.finish();
    });

    test('a plan is agreed to, its first rate paid and its second missed: of that one only somebody is reminded', async () => {
      const person = await account('kim');
      await person.tap('In Raten zahlen');
      await person.tap('3 Raten');
      await person.names('input[type=date]', 'min');
      await person.sees(/30,00 €/);
      await person.tap('Ich nehme diesen Plan an');
      await person.tap('=form button[type=submit]');
      await person.sees(/Erledigt[^]*Sie zahlen in Raten[^]*Ihr Plan/);
      const [claim] = (await counter.told('cus_kim')).claims;
      assert.deepEqual(claim.plan.map(({ amount }) => amount.minor), [3000, 3000, 3000]);
      await person.tap('=[part=button]');
      await person.tap('Bezahlen mit Karte');
      await atProvider(person);
      await person.sees(/30,00 €/);
      await person.tap('Jetzt bezahlen');
      await person.sees(/bezahlt[^]*Noch 60,00 € offen|Noch 60,00 € offen[^]*bezahlt/);
      assert.deepEqual(await ledger('cus_kim'), { open: 6000, credit: 0, came: [3000] });
      await person.page.finish();

      await counter.travels(49);
      const missed = await counter.told('cus_kim');
      assert.deepEqual([missed.claims[0].late, missed.claims[0].state, missed.asked.minor], [true, 'planned', 3000]);
      const [reminder] = await counter.mails('kim');
      assert.match(reminder.text, /Rate 2 von 3 war am [^]* fällig und ist noch nicht bei uns\. Bitte zahlen Sie 30,00\s€/);
      const payer = await opens(/http\S+\/pay\/\S+/.exec(reminder.text)[0]);
      await payer.sees(/30,00 €[^]*Zu zahlen war bis/);
      await payer.tap('Mit Karte zahlen');
      await payer.tap('Jetzt bezahlen');
      await payer.sees(/30,00 €[^]*Ohne Zusatzkosten bis/);
      assert.equal(payer.taps, 2);
      assert.deepEqual(await ledger('cus_kim'), { open: 3000, credit: 0, came: [3000, 3000] });
      assert.equal((await counter.told('cus_kim')).claims[0].late, false);
      await payer.page.finish();
    });
  });
}
