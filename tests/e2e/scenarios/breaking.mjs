// A line that breaks in the middle of anything, in whichever browser: the way on is said, what is sent again counts once, and nothing that was agreed is lost.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useCounter } from '../lib/counter.mjs';
import { useLine } from '../lib/line.mjs';
import { Person } from '../lib/person.mjs';

const PLACES = ['before', 'after', 'midway'];
const SEND = '=form button[type=submit]';

/** What can be asked for: by which door, with what, what is said then, and what the ledger has once. */
const WISHES = {
  plan: {
    door: 'In Raten zahlen',
    fills: async (person) => {
      await person.tap('3 Raten');
      await person.names('input[type=date]', 'min');
      await person.tap('Ich nehme diesen Plan an');
    },
    said: /Erledigt[^]*Sie zahlen in Raten/,
    event: 'PlanAccepted',
  },
  deferral: { door: 'Später zahlen', fills: (person) => person.names('input[type=date]', 'max'), said: /Erledigt[^]*Sie zahlen später/, event: 'DeferralGranted' },
  promise: {
    door: 'Zahltag nennen',
    inside: 'Mehr Möglichkeiten',
    fills: (person) => person.names('input[type=date]', 'max'),
    said: /Erledigt[^]*Sie haben \p{L}+, \d+\. \p{L}+ genannt/u,
    event: 'PromiseMade',
  },
  dispute: { door: 'Stimmt etwas nicht?', fills: (person) => person.tap('Beschädigt oder fehlerhaft'), said: /Angekommen[^]*Wir klären das gerade/, event: 'DisputeRaised' },
};

const DEBTS = [
  ...Object.keys(WISHES).flatMap((kind) => PLACES.map((place) => [`cus_${kind}_${place}`, `B-${kind}-${place}`, 9000, 0])),
  ...PLACES.flatMap((place, at) => [[`cus_account_${place}`, `B-account-${place}`, 5100 + at, 0], [`cus_link_${place}`, `B-link-${place}`, 6100 + at, 0], [`cus_day_${place}`, `B-day-${place}`, 7100, 0]]),
  ...['reload', 'back', 'slow', 'patient', 'offline', 'undo'].map((who, at) => [`cus_${who}`, `B-${who}`, 8100 + at, 0]),
];

export function breaking(name, useBrowser) {
  describe(`a line that breaks, in ${name}`, () => {
    const counter = useCounter(DEBTS);
    const line = useLine(counter);
    const browser = useBrowser();

    const opens = async (url) => {
      // What a broken line says in a browser's own log is what is tried here.
      const person = new Person(await browser.open({ width: 360, init: () => {}, expected: [/ERR_|NetworkError|status of 502|Failed to load/] }));
      await person.opens(url);
      return person;
    };
    const account = async (reference) => {
      const { token } = await counter.api.customers.access(reference);
      return `${line.url}/order?${token}`;
    };
    const link = async (reference) => (await counter.link(reference)).replace(counter.url, line.url);
    const begun = async (minor) => (await counter.checkouts()).filter(({ amount }) => amount.minor === minor).map(({ status }) => status);
    const times = async (reference, kind) => {
      const { requests } = await counter.told(reference);
      return [requests.filter((request) => request.kind === kind).length, (await counter.happened(reference, WISHES[kind].event)).length];
    };
    const door = async (person, { door: named, inside, fills }) => {
      if (inside) await person.tap(inside);
      await person.tap(named);
      await fills(person);
    };

    for (const [kind, wish] of Object.entries(WISHES)) {
      test(`${kind}: broken before it arrives, before the answer and within it, asked again it is so once`, async () => {
        const person = await opens('about:blank');
        for (const place of PLACES) {
          const reference = `cus_${kind}_${place}`;
          await person.opens(await account(reference));
          await door(person, wish);
          line.breaks(/^POST \S+\/requests /, place);
          await person.tap(SEND);
          await person.sees(/Darauf kam keine Antwort\. Bitte versuchen Sie es noch einmal; doppelt zählt es nicht\./);
          assert.deepEqual(await times(reference, kind), place === 'before' ? [0, 0] : [1, 1], place);
          line.mends();
          await person.tap(SEND);
          await person.sees(wish.said);
          assert.deepEqual(await times(reference, kind), [1, 1], place);
        }
        await person.page.finish();
      });
    }

    test('who loads the page anew instead finds what was agreed, and no door to it again', async () => {
      const person = await opens(await account('cus_reload'));
      await door(person, WISHES.plan);
      line.breaks(/^POST \S+\/requests /, 'after');
      await person.tap(SEND);
      await person.sees(/Darauf kam keine Antwort/);
      line.mends();
      await person.page.reload();
      const read = await person.sees(/Sie zahlen in Raten[^]*Plan vereinbart/);
      assert.doesNotMatch(read, /In Raten zahlen/);
      assert.deepEqual(await times('cus_reload', 'plan'), [1, 1]);
      await person.page.finish();
    });

    test('taking back: broken, and again', async () => {
      const person = await opens(await account('cus_undo'));
      await door(person, WISHES.dispute);
      await person.tap(SEND);
      await person.sees(WISHES.dispute.said);
      line.breaks(/^POST \S+\/requests /, 'after');
      for (let turn = 0; turn < 2; turn += 1) {
        await person.tap('Zurücknehmen');
        await person.sees(/Darauf kam keine Antwort/);
      }
      line.mends();
      await person.tap('Zurücknehmen');
      const read = await person.sees(/Zurückgenommen[^]*81,05 €/);
      assert.doesNotMatch(read, /Darauf kam keine Antwort/);
      assert.equal((await counter.happened('cus_undo', 'DisputeRaised')).length, 1);
      await person.page.finish();
    });

    test('a payment that is begun: broken in each place, it is begun once, from the account and from the link', async () => {
      const person = await opens('about:blank');
      for (const [at, place] of PLACES.entries()) {
        for (const [reference, minor, address] of [[`cus_account_${place}`, 5100 + at, account], [`cus_link_${place}`, 6100 + at, link]]) {
          await person.opens(await address(reference));
          if (address === account) await person.tap('=[part=button]');
          const button = address === account ? 'Bezahlen mit Karte' : 'Mit Karte zahlen';
          line.breaks(/^POST \S+\/payments /, place);
          await person.tap(button);
          await person.sees(/Darauf kam keine Antwort/);
          assert.equal((await begun(minor)).length, place === 'before' ? 0 : 1, `${reference}: ${place}`);
          line.mends();
          await person.tap(button);
          await person.tap('Jetzt bezahlen');
          await person.sees(/Alles bezahlt/);
          assert.deepEqual(await begun(minor), ['paid'], `${reference}: ${place}`);
          const { open, credit } = await counter.stands(reference);
          assert.deepEqual([open, credit], [0, 0]);
        }
      }
      await person.page.finish();
    });

    test('a day that is named behind a link: broken in each place, it is named once', async () => {
      const person = await opens('about:blank');
      for (const place of PLACES) {
        await person.opens(await link(`cus_day_${place}`));
        await person.tap('Zahltag nennen');
        await person.names('input[type=date]', 'max');
        line.breaks(/^POST \S+\/promise /, place);
        await person.tap('Tag nennen');
        if (place !== 'midway') await person.sees(/Darauf kam keine Antwort/);
        line.mends();
        if (place !== 'midway') await person.tap('Tag nennen');
        await person.sees(/Bis dahin erinnert Sie niemand/);
        assert.equal((await counter.happened(`cus_day_${place}`, 'PromiseMade')).length, 1, place);
      }
      await person.page.finish();
    });

    test('the way back from a provider’s page leads to a page that goes on, and to the same payment', async () => {
      const person = await opens('about:blank');
      for (const [address, ...buttons] of [[await link('cus_back'), 'Mit Karte zahlen'], [await account('cus_back'), '=[part=button]', 'Bezahlen mit Karte']]) {
        await person.opens(address);
        for (const button of buttons) await person.tap(button);
        await person.sees(/Übungsmodus/);
        // A moment later: what is asked of a page that leaves at once may stay unanswered.
        await person.page.evaluate(() => void setTimeout(() => history.back()));
        await person.sees(/81,01 €/);
        for (const button of buttons) await person.tap(button);
        await person.sees(/Übungsmodus/);
        assert.deepEqual(await begun(8101), ['open']);
      }
      await person.page.finish();
    });

    test('what takes longer than a moment says so, and is sent once however often it is pressed', async () => {
      const person = await opens(await account('cus_slow'));
      await door(person, WISHES.dispute);
      line.breaks(/^POST \S+\/requests /, 'held');
      const place = await person.tap(SEND);
      await person.sees(/Wird gesendet …/);
      for (let again = 0; again < 3; again += 1) await person.page.mouse.click(place.x, place.y);
      assert.equal(line.asked(/^POST \S+\/requests /), 1);
      line.mends();
      await person.sees(WISHES.dispute.said);
      assert.deepEqual(await times('cus_slow', 'dispute'), [1, 1]);
      await person.page.finish();
    });

    test('where no answer comes at all, that is said after half a minute, and a payment is begun once', async () => {
      const person = await opens(await link('cus_patient'));
      await person.sees(/Mit Karte zahlen/);
      // How long half a minute is, the test says: nothing here hangs on how quick the machine is.
      await person.page.evaluate(() => {
        window.waited = [];
        AbortSignal.timeout = (ms) => {
          const waits = new AbortController();
          window.waited.push(ms);
          window.isOver = () => waits.abort(new DOMException('over', 'TimeoutError'));
          return waits.signal;
        };
      });
      line.breaks(/^POST \S+\/payments /, 'held');
      const place = await person.tap('Mit Karte zahlen');
      await person.page.mouse.click(place.x, place.y);
      assert.doesNotMatch(await person.reads(), /Darauf kam keine Antwort/);
      assert.deepEqual(await person.page.evaluate(() => window.waited), [30_000]);
      await person.page.evaluate(() => window.isOver());
      await person.sees(/Darauf kam keine Antwort/);
      line.mends();
      await person.tap('Mit Karte zahlen');
      await person.sees(/Übungsmodus/);
      assert.deepEqual(await begun(8103), ['open']);
      await person.page.finish();
    });

    test('without a line from the beginning: a way to try again, and by itself once it is back', async () => {
      const person = await opens('about:blank');
      for (const [url, asks] of [[await link('cus_offline'), /^GET \S+\/v1\/paylinks\/\w+ /], [await account('cus_offline'), /^GET \S+\/v1\/accounts\/\w+ /]]) {
        line.breaks(asks, 'before');
        await person.opens(url);
        await person.sees(/Das lässt sich gerade nicht laden/);
        await person.tap('Noch einmal versuchen');
        await person.sees(/Das lässt sich gerade nicht laden/);
        line.mends();
        await person.page.evaluate(() => void window.dispatchEvent(new Event('online')));
        await person.sees(/81,04 €/);
      }
      await person.page.finish();
    });
  });
}
