// Buying in instalments: what is shown is what is agreed to and what is owed, to the cent and the day.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { violations, withAxe } from '../lib/axe.mjs';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { speak, toPayment } from '../lib/shop.mjs';
import { stand } from '../lib/stand.mjs';
import { until } from '../lib/until.mjs';
import { choose, choosePlan, consent, order, orderButton, radio, ready, words } from '../lib/widget.mjs';

const eur = (minor) => ({ minor, currency: 'EUR' });
const table = (page) => page.locator('tresen-checkout table.plan');
const focused = (page) => page.evaluate(() => document.querySelector('tresen-checkout').shadowRoot.activeElement?.outerHTML ?? '');
/** The amounts of a table of rates, in cents. */
const rates = async (page) => (await table(page).locator('tbody td:last-child').allInnerTexts()).map((text) => +text.replace(/\D/g, ''));
const sum = (numbers) => numbers.reduce((all, number) => all + number, 0);

/** The shop's policy, in which nobody is too new for instalments. */
function forEveryone() {
  const policy = JSON.parse(readFileSync(new URL('../../../examples/policies/de-own-invoice.json', import.meta.url), 'utf8'));
  return { ...policy, rules: policy.rules.filter(({ id }) => id !== 'instalments_class') };
}

async function toPlans(page, url, person = 'greta') {
  await toPayment(page, url, person);
  await ready(page);
  await radio(page, 'instalments').check();
}

describe('buying in instalments', () => {
  const demo = useDemo();
  const chromium = useChromium();

  test('they are chosen, shown, agreed to and owed: nothing is chosen in advance, and what is missing is said where it is', async () => {
    const page = await chromium.open();
    const sent = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/api/order')) sent.push(JSON.parse(request.postData()));
    });
    await toPlans(page, demo.url);
    assert.equal(await page.locator('tresen-checkout .seg input:checked').count(), 0);
    assert.deepEqual([await table(page).isVisible(), await consent(page).count()], [false, 0]);
    assert.ok((await words(page)).includes('Achtung! Kreditaufnahme kostet Geld.'), 'the warning stands with the choice');
    await orderButton(page).click();
    await page.getByText('Bitte wählen Sie, in wie vielen Raten Sie zahlen möchten.').waitFor();
    assert.match(await focused(page), /^<input type="radio" name="rates\d+" value="3"/);
    await choosePlan(page, 6);
    const amounts = await rates(page);
    assert.equal(amounts.length, 6);
    assert.match(await words(page), /Warenkorb\s+168,40\s€\s+Zinsen\s+4,68\s€\s+Sie zahlen insgesamt\s+173,08\s€\s+Effektiver Jahreszins\s+\d+,\d\d\s%\s+Sollzins, fest für die ganze Zeit\s+9,48\s%/);
    assert.equal(sum(amounts), 17308);
    assert.match(await words(page), /Heute zahlen Sie 0,00\s€\. Die erste Rate ist am \w+tag, \d+\.\s\w+\./);
    await orderButton(page).click();
    await page.getByText('Bitte bestätigen Sie diesen Punkt, wenn Sie so zahlen möchten.').waitFor();
    assert.match(await focused(page), /^<input type="checkbox"/);
    assert.deepEqual(sent, []);
    const before = await demo.api.customers.account('cus_greta');
    await consent(page).check();
    const [response] = await Promise.all([page.waitForResponse((one) => one.url().endsWith('/api/order')), orderButton(page).click()]);
    const answer = await response.json();
    assert.equal(answer.outcome, 'confirmed');
    assert.deepEqual(sent[0].plan.instalments.map(({ amount }) => amount.minor), amounts);
    assert.deepEqual(answer.plan.plan.instalments.map(({ due_date, amount }) => ({ due_date, amount })), sent[0].plan.instalments);
    await page.getByRole('heading', { level: 2, name: 'Ihr Ratenplan' }).waitFor();
    assert.deepEqual(await rates(page), amounts, 'the agreed rates stand there after the order');
    assert.match(await words(page), /Bestellt mit Ratenzahlung[\s\S]*173,08\s€/);
    const account = await demo.api.customers.account('cus_greta');
    assert.equal(account.open_balance.minor - before.open_balance.minor, 17308);
    await page.finish();
  });

  test('a plan that was tampered with on its way is refused; nothing is ordered, and the true one goes through', async () => {
    const page = await chromium.open();
    await toPlans(page, demo.url);
    await choosePlan(page, 6);
    await consent(page).check();
    let tampered = false;
    await page.route('**/api/order', (route) => {
      if (tampered) return route.continue();
      tampered = true;
      const body = JSON.parse(route.request().postData());
      body.plan.instalments[0].amount.minor -= 100;
      return route.continue({ postData: JSON.stringify(body) });
    });
    const place = () => Promise.all([page.waitForResponse((one) => one.url().endsWith('/api/order')), orderButton(page).click()]);
    const [refused] = await place();
    const { outcome, reasons } = await refused.json();
    assert.deepEqual([outcome, reasons.map(({ code }) => code)], ['refused', ['plan.differs']]);
    await page.getByText('Bestellt wurde noch nichts.').waitFor();
    assert.equal(await page.locator('[data-count]').innerText(), '4');
    const [confirmed] = await place();
    assert.equal((await confirmed.json()).outcome, 'confirmed');
    await page.finish();
  });

  test('the keyboard is enough', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'greta');
    await ready(page);
    await radio(page, 'instalments').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    assert.match(await focused(page), /value="3"/);
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    assert.match(await focused(page), /value="6"/);
    assert.equal((await rates(page)).length, 6);
    await page.keyboard.press('Tab');
    assert.match(await focused(page), /Kreditinformationen/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Informationen zum Kredit' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.match(await focused(page), /Kreditinformationen/, 'the focus comes back to where it was');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    assert.equal(await consent(page).isChecked(), true);
    await page.keyboard.press('Enter');
    await page.locator('.is-done').waitFor();
    await page.finish();
  });
});

describe('instalments', () => {
  const demo = useDemo();
  const chromium = useChromium();

  test('another number of rates and a changed cart each take the tick away, and say so', async () => {
    const page = await chromium.open();
    await toPlans(page, demo.url);
    await choosePlan(page, 3);
    await page.getByText('Ohne Zinsen und ohne Gebühren.').waitFor();
    assert.deepEqual(await rates(page), [5614, 5613, 5613]);
    await consent(page).check();
    assert.equal((await page.locator('tresen-checkout').evaluate(({ selection }) => selection)).consents.length, 1);
    await choosePlan(page, 12);
    assert.equal(await consent(page).isChecked(), false);
    await page.getByText('Bitte bestätigen Sie noch einmal.').waitFor();
    const twelve = sum(await rates(page));
    await consent(page).check();
    await page.locator('[data-line="KL-103"] [data-step="-1"], [data-line] [data-step="-1"]').last().click();
    await page.getByText('Bitte sehen Sie sich Ihre Raten noch einmal an.').waitFor();
    assert.equal(await consent(page).isChecked(), false);
    const { plan, consents, amount } = await page.locator('tresen-checkout').evaluate(({ selection }) => selection);
    assert.deepEqual(consents, []);
    assert.equal(amount.minor, 15240);
    assert.equal(plan.instalments.length, 12);
    const total = sum(await rates(page));
    assert.equal(sum(plan.instalments.map((rate) => rate.amount.minor)), total);
    assert.ok(total < twelve);
    // Below 120.00 there are no twelve rates: what was chosen is gone, and what is left is not chosen by itself.
    await page.locator('tresen-checkout').evaluate((element) => element.update({ facts: { ...element.facts, 'cart.total': { minor: 11999, currency: 'EUR' } } }));
    assert.deepEqual(await page.locator('tresen-checkout .seg b').allInnerTexts(), ['3', '6']);
    assert.equal(await page.locator('tresen-checkout .seg input:checked').count(), 0);
    assert.equal((await page.locator('tresen-checkout').evaluate(({ selection }) => selection)).plan, undefined);
    await page.finish();
  });

  test('axe finds nothing, from the first choice to the information, narrow and dark', async () => {
    const page = await chromium.open({ width: 360, dark: true });
    await toPlans(page, demo.url);
    const axe = await withAxe(page);
    const clean = async (what) => assert.deepEqual(await violations(axe), [], what);
    await clean('nothing is chosen');
    await orderButton(page).click();
    await clean('what is missing is said');
    await choosePlan(page, 12);
    await orderButton(page).click();
    await clean('a plan is shown');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 360), 'nothing reaches over the edge');
    await page.getByRole('button', { name: 'Kreditinformationen auf einer Seite' }).click();
    await page.getByRole('dialog').waitFor();
    await clean('the information');
    await page.finish();
  });

  test('the information can be printed, on one page, and without the shop around it', async () => {
    // A printer would take the frame away when it is done.
    const page = await chromium.open({ init: () => Object.assign(window, { print() {} }) });
    await toPlans(page, demo.url);
    await choosePlan(page, 12);
    await page.getByRole('button', { name: 'Kreditinformationen auf einer Seite' }).click();
    const said = await page.getByRole('dialog').innerText();
    for (const part of ['Kreditgeber', 'Kiesel & Lein', '168,40', '177,17', '9,48', 'widerrufen', 'jederzeit ganz oder teilweise früher', 'ein Mensch die Entscheidung prüft', 'www.meine-schulden.de']) assert.ok(said.includes(part), part);
    await page.getByRole('button', { name: 'Drucken' }).click();
    await until(page, () => document.querySelector('iframe') !== null);
    const frame = page.frames().at(-1);
    const body = await frame.evaluate(() => document.body.innerHTML);
    const css = readFileSync(new URL('../../../js/dist/glue/print-styles.js', import.meta.url), 'utf8').replace(/^export default |;\s*$/g, '');
    assert.equal(await frame.evaluate(() => document.adoptedStyleSheets.length), 1);
    const paper = await (await chromium.browser.newContext()).newPage();
    await paper.setContent(`<meta charset=utf-8><style>${JSON.parse(css)}</style>${body}`);
    const pdf = (await paper.pdf({ preferCSSPageSize: true })).toString('latin1');
    assert.equal(pdf.match(/\/Type\s*\/Page\b/g).length, 1);
    await paper.context().close();
    await page.finish();
  });

  for (const [what, pattern] of [['the script', '**/more.js'], ['the sentences', '**/more/de.json'], ['the module', '**/plan.*']]) {
    test(`without ${what}: they cannot be chosen, calmly, and everything else works on`, async () => {
      const page = await chromium.open({ expected: [/ERR_FAILED/] });
      await page.route(pattern, (route) => route.abort());
      await toPayment(page, demo.url, 'greta');
      await ready(page);
      await page.getByText('Zu wählen, sobald der Ratenplan geladen ist.').waitFor();
      assert.equal(await radio(page, 'instalments').isDisabled(), true);
      await choose(page, 'invoice');
      assert.deepEqual((await page.locator('tresen-checkout').evaluate(({ selection }) => selection)).method, 'invoice');
      if (what === 'the script') assert.equal((await order(page, 'prepayment')).outcome, 'confirmed');
      assert.deepEqual(await page.evaluate(() => window.unavailable), []);
      await page.finish();
    });
  }

  test('without WebAssembly they are the same', async () => {
    const tables = [];
    for (const init of [null, () => delete globalThis.WebAssembly]) {
      const page = await chromium.open({ init });
      await toPlans(page, demo.url);
      await choosePlan(page, 12);
      tables.push(await table(page).innerText());
      await page.finish();
    }
    assert.equal(tables[0], tables[1]);
  });

  test('the demo shop speaks English too', async () => {
    const page = await chromium.open();
    await speak(page, demo.url, 'en');
    await toPlans(page, demo.url);
    await choosePlan(page, 6);
    assert.match(await words(page), /You pay in all\s+€173\.08\s+Annual percentage rate \(APR\)\s+\d+\.\d\d%/);
    await page.finish();
  });
});

describe('the text of instalments', () => {
  const demo = useDemo();
  const chromium = useChromium();

  // In each language the browser puts the same text together as the service, or the order would be refused.
  for (const [locale, form] of [['de', 'sie'], ['de', 'du'], ['en', 'sie'], ['fr', 'sie'], ['it', 'sie'], ['nl', 'sie']]) {
    test(`in ${locale} (${form}) the text that was agreed to is the service’s own`, async () => {
      const page = await chromium.open();
      await toPayment(page, demo.url, 'nordlicht');
      await ready(page);
      await demo.api.policies.create(forEveryone());
      const facts = { 'cart.total': eur(12345), 'billing.country': 'DE', 'billing.region': 'SN', 'customer.birth_date': '1985-03-27' };
      const { session } = await demo.api.sessions.create({ customer: { reference: `cus_${locale}_${form}`, signed_in: true }, facts, locale, address_form: form });
      await stand(page, { session, locale, 'address-form': form });
      await choosePlan(page, 12);
      await consent(page).check();
      await orderButton(page).click();
      assert.ok(await until(page, () => window.submitted !== undefined));
      const { method, amount, consents, plan } = await page.evaluate(() => window.submitted);
      const number = `E2E-RATEN-${locale}-${form}`;
      const cart = { lines: [{ sku: 'KL-103', name: 'Becher', quantity: 1, amount: eur(12345) }], total: eur(12345) };
      const answer = await demo.api.sessions.confirm(session, { order: number, method, amount, facts, cart, consents, plan }, { idempotencyKey: number });
      assert.equal(answer.outcome, 'confirmed', JSON.stringify(answer.reasons));
      await page.finish();
    });
  }
});
