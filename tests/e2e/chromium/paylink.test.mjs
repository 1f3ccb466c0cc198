// Behind a pay link: today's amount, a code that a banking app reads in the dark too, a day that is named, a receipt; with and without JavaScript.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { violations, withAxe } from '../lib/axe.mjs';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { toPayment } from '../lib/shop.mjs';
import { until } from '../lib/until.mjs';
import { order, ready } from '../lib/widget.mjs';

/** What a camera reads off the page. */
/** What a banking app reads; one that holds the camera still until it does, as the page may still be moving. */
async function scanned(element, tries = 20) {
  const { data, width, height } = PNG.sync.read(await element.screenshot());
  const read = jsQR(new Uint8ClampedArray(data), width, height)?.data;
  return read === undefined && tries > 1 ? scanned(element, tries - 1) : read;
}

const account = (page) => page.locator('tresen-account');
const shown = (page) => account(page).locator('[part=amount]');

describe('a pay link', () => {
  const demo = useDemo();
  const chromium = useChromium();
  const linked = {};

  /** A link to what a person owes: `/tresen/pay/…` on the shop's own address. */
  const link = async (claim = linked.claim) => {
    const { token } = await demo.api.receivables.paylink(claim);
    return { token, url: `${demo.url}/tresen/pay/${token}` };
  };

  test('after an order on invoice the thank-you page has the transfer as a code and the day for the calendar, at once and when it is found again', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'greta');
    await ready(page);
    const answer = await order(page, 'invoice');
    assert.equal(answer.outcome, 'confirmed');
    linked.claim = answer.receivable.id;
    linked.reference = answer.receivable.reference;
    const code = page.locator('.transfer__code');
    await code.waitFor();
    const atOnce = await scanned(code);
    await page.goto(`${demo.url}/order/${answer.order}`);
    assert.equal(await scanned(code), atOnce);
    const epc = atOnce.split('\n');
    assert.deepEqual([epc[0], epc[1], epc[3], epc[6], epc[7], epc[9]], ['BCD', '002', 'SCT', 'DE89370400440532013000', 'EUR168.40', answer.receivable.reference]);
    const file = await page.evaluate(async (href) => (await fetch(href)).text(), await page.locator('.transfer__day').getAttribute('href'));
    assert.match(file, new RegExp(`DTSTART;VALUE=DATE:${answer.receivable.due_date.replaceAll('-', '')}\r\n`));
    assert.match(file, new RegExp(answer.receivable.reference));
    assert.doesNotMatch(file, /Sommer|Greta|Wolldecke|cus_greta/);
    await page.finish();
  });

  for (const dark of [false, true]) {
    for (const width of [320, 360, 1280]) {
      test(`${width} px, ${dark ? 'dark' : 'light'}: it fits, axe finds nothing, and the code can be scanned`, async () => {
        const page = await chromium.open({ width, dark });
        const { url } = await link();
        await page.goto(url);
        await shown(page).waitFor();
        assert.match(await shown(page).innerText(), /\d+,\d\d\s€/);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), 'nothing sticks out');
        assert.match(await scanned(account(page).locator('div.code')), /^BCD\n002\n1\nSCT\n/);
        for (const door of await account(page).locator('summary').all()) await door.click();
        assert.deepEqual(await violations(await withAxe(page)), []);
        await page.finish();
      });
    }
  }

  test('what is copied is what a bank takes, and it is said', async () => {
    const page = await chromium.open({ width: 360 });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto((await link()).url);
    await shown(page).waitFor();
    for (const [name, copied] of [['IBAN', 'DE89370400440532013000'], ['Betrag', /^[\d.]+,\d\d$/], ['Empfänger', 'Kiesel & Lein GmbH']]) {
      await account(page).getByRole('button', { name: `${name} kopieren` }).click();
      await account(page).getByText(`${name} ist kopiert.`).waitFor();
      const found = await page.evaluate(() => navigator.clipboard.readText());
      if (copied instanceof RegExp) assert.match(found, copied);
      else assert.equal(found, copied);
    }
    await page.context().clearPermissions();
    await page.finish();
  });

  test('a day is named with the keyboard alone; one that cannot be is refused where it was typed', async () => {
    const page = await chromium.open({ width: 360 });
    const { url, token } = await link();
    await page.goto(url);
    await shown(page).waitFor();
    await account(page).locator('summary', { hasText: 'Zahltag nennen' }).focus();
    await page.keyboard.press('Enter');
    const field = account(page).getByLabel('An welchem Tag zahlen Sie?');
    await field.focus();
    await page.keyboard.press('Enter');
    await account(page).getByText('Bitte wählen Sie einen Tag.').waitFor();
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    const until = await field.getAttribute('max');
    await field.fill('2099-01-01');
    await page.keyboard.press('Enter');
    await account(page).getByText(/Möglich ist jeder Tag von heute bis/).waitFor();
    await field.fill(until);
    await page.keyboard.press('Enter');
    await account(page).getByText(/Bis dahin erinnert Sie niemand/).waitFor();
    assert.equal(await account(page).locator('summary', { hasText: 'Zahltag nennen' }).isVisible(), false);
    const told = await (await fetch(`${demo.service.url}/v1/paylinks/${token}`)).json();
    assert.equal(told.promise.made, until);
    const { holds } = await demo.api.receivables.get(linked.claim);
    assert.ok(holds.some(({ reason }) => reason === 'promise_pending'));
    await page.finish();
  });

  test('a link that was replaced says so, one that was never there too, and neither is an error', async () => {
    const old = await link();
    const now = await link();
    const page = await chromium.open({ expected: [/status of 404/] });
    await page.goto(old.url);
    await account(page).getByText('Es gibt einen neueren Link').waitFor();
    assert.doesNotMatch(await page.locator('body').innerText(), /€|RF\d/);
    await page.goto(now.url);
    await shown(page).waitFor();
    assert.equal((await page.goto(`${demo.url}/tresen/pay/0000000000000000`)).status(), 404);
    await page.getByRole('heading', { name: 'Diesen Link gibt es nicht' }).waitFor();
    await page.finish();
  });

  for (const [what, pattern] of [['the service', '**/v1/paylinks/**'], ['the module', '**/account.wasm']]) {
    test(`waits for ${what} for twenty seconds: then the page keeps what the server has drawn, until it is asked again`, async () => {
      const page = await chromium.open({ init: () => {} });
      await page.clock.install();
      const held = [];
      await page.route(pattern, (route) => void held.push(route));
      await page.goto((await link()).url);
      assert.ok(await until(page, () => customElements.get('tresen-account') !== undefined));
      while (held.length === 0) await new Promise((done) => setTimeout(done, 20));
      await page.clock.runFor(19_000);
      assert.deepEqual(await page.evaluate(() => window.unavailable), []);
      await page.clock.runFor(2_000);
      assert.deepEqual(await page.evaluate(() => window.unavailable), [{ reason: 'timeout' }]);
      assert.equal(await account(page).locator('svg.code').isVisible(), true, 'what the server has drawn');
      // The answer comes after all: nothing changes behind the reader's back.
      await held[0].continue();
      await page.clock.runFor(1_000);
      assert.deepEqual([await shown(page).count(), await page.evaluate(() => window.unavailable.length)], [0, 1]);
      await page.unroute(pattern);
      await page.evaluate(() => document.querySelector('tresen-account').refresh());
      assert.match(await shown(page).innerText(), /\d+,\d\d\s€/);
      await page.finish();
    });
  }

  test('without JavaScript amount, account, reference and code are there', async () => {
    const context = await chromium.browser.newContext({ javaScriptEnabled: false, locale: 'de-DE', viewport: { width: 360, height: 800 } });
    const page = await context.newPage();
    const response = await page.goto((await link()).url);
    assert.equal(response.headers()['referrer-policy'], 'no-referrer');
    const words = await page.locator('main').innerText();
    assert.match(words, /DE89 3704 0044 0532 0130 00/);
    assert.match(words, new RegExp(linked.reference));
    assert.match(words, /\d+,\d\d\s€/);
    assert.match(await scanned(page.locator('svg.code')), /^BCD\n002/);
    await context.close();
  });

  test('whoever has paid sees a receipt', async () => {
    const { url } = await link();
    const { open_balance: open } = await demo.api.customers.account('cus_greta');
    await demo.api.payments.receive(
      { provider: 'bank', reference: 'paylink-1', amount: open, value_date: (await demo.api.receivables.get(linked.claim)).created_on, customer: 'cus_greta' },
      { idempotencyKey: 'paylink-1' },
    );
    const page = await chromium.open({ width: 360 });
    await page.goto(url);
    await account(page).getByText('Alles bezahlt.').waitFor();
    assert.equal(await account(page).getByText('Überweisen').isVisible(), false);
    // What is well bears a tick, and what asks for something does not.
    assert.deepEqual(await account(page).locator('.due > svg').evaluateAll((icons) => icons.map((icon) => icon.checkVisibility())), [false, true]);
    assert.deepEqual(await violations(await withAxe(page)), []);
    await page.finish();
  });

  test('the references of several claims stand apart, each in its own groups of four', async () => {
    const references = [];
    const page = await chromium.open();
    for (const turn of [1, 2]) {
      await toPayment(page, demo.url, 'greta');
      await ready(page);
      const { outcome, receivable } = await order(page, 'invoice');
      assert.equal(outcome, 'confirmed', `order ${turn}`);
      references.push(receivable.reference);
      linked.claim = receivable.id;
    }
    await page.goto((await link()).url);
    await shown(page).waitFor();
    const groups = await account(page).getByText(references[0].slice(0, 4), { exact: true }).locator('..').locator('span').allInnerTexts();
    const written = (reference) => reference.match(/.{1,4}/g).join(' ');
    assert.ok([references, references.toReversed()].some((some) => some.map(written).join(', ') === groups.join(' ')), groups.join(' '));
    await page.finish();
  });
});
