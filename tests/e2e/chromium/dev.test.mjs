// `tresen dev`, as a front-end developer meets it: one command, one page, an order that counts.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { violations, withAxe } from '../lib/axe.mjs';
import { useChromium } from '../lib/chromium.mjs';
import { useDev } from '../lib/dev.mjs';
import { hinted } from '../lib/hint.mjs';
import { choosePlan, consent, expectState, orderButton, radio, ready, typeBirthDate } from '../lib/widget.mjs';

describe('tresen dev', () => {
  const held = useDev();
  const chromium = useChromium();

  const visit = async (page, person = '') => {
    await page.goto(held.url);
    await page.locator(`option[value="${person}"], option:text-is("${person}")`).first().waitFor({ state: 'attached' });
    await ready(page);
    if (person === '') return;
    const [session] = await Promise.all([page.waitForResponse((answer) => answer.url().endsWith('/api/session')), page.locator('select[name=person]').selectOption(person).then(() => page.locator('form button').first().click())]);
    assert.equal(session.status(), 200);
    await page.locator(`tresen-checkout[session="${(await session.json()).session}"]`).waitFor();
    await ready(page);
  };

  test('prints where the page is, both keys and the people', () => {
    assert.match(held.said, /pk_test_\w+/);
    assert.match(held.said, /sk_test_\w+/);
    assert.match(held.said, /cus_greta, cus_oskar/);
  });

  test('the page offers a guest what the policy says, and the hint agrees', async () => {
    const page = await chromium.open();
    await visit(page);
    const states = await ready(page);
    assert.deepEqual([states.invoice, states.card, states.company_invoice], ['incomplete', 'offered', 'withheld']);
    assert.equal(await hinted(page), 'Kauf auf Rechnung: Sie zahlen bis 14 Tage nach der Bestellung');
    await page.locator('input[name=total]').fill('25001');
    assert.equal(await hinted(page), 'Kauf auf Rechnung möglich bis 250,00 €');
    await page.locator('form button').first().click();
    await expectState(page, 'invoice', 'withheld');
    const axe = await withAxe(page);
    assert.deepEqual(await violations(axe), []);
    await axe.detach();
    await page.finish();
  });

  test('a guest who says when they were born buys on invoice', async () => {
    const page = await chromium.open();
    await visit(page);
    await radio(page, 'invoice').check();
    await typeBirthDate(page, [27, 3, 1985]);
    await expectState(page, 'invoice', 'offered');
    for (const box of await consent(page).all()) await box.check();
    const [answer] = await Promise.all([page.waitForResponse((response) => response.url().endsWith('/api/order')), orderButton(page).click()]);
    const { outcome, receivable } = await answer.json();
    assert.deepEqual([outcome, receivable.amount], ['confirmed', { minor: 16840, currency: 'EUR' }]);
    await page.getByText('Bestellt auf Rechnung.').waitFor();
    await page.finish();
  });

  test('what was bought on invoice stands behind a pay link: on the page, and on a page of its own, where a day is named', async () => {
    const page = await chromium.open();
    await visit(page, 'cus_greta');
    await radio(page, 'invoice').check();
    await typeBirthDate(page, [27, 3, 1985]);
    for (const box of await consent(page).all()) await box.check();
    const [answer] = await Promise.all([page.waitForResponse((response) => response.url().endsWith('/api/order')), orderButton(page).click()]);
    const { receivable, paylink } = await answer.json();
    const account = page.locator('tresen-account');
    await account.locator('[part=amount]', { hasText: '168,40' }).waitFor();
    await account.getByText(receivable.reference.match(/.{1,4}/g)[0]).first().waitFor();
    await page.locator('#log li', { hasText: 'tresen-account {"state":' }).first().waitFor();
    const axe = await withAxe(page);
    assert.deepEqual(await violations(axe), []);
    await axe.detach();
    assert.equal(await page.locator('#paylink').getAttribute('href'), paylink.url);
    assert.equal(paylink.url, `${held.url}/tresen/pay/${paylink.token}`);
    await page.locator('#paylink').click();
    await page.waitForURL(paylink.url);
    // The script of the package takes over from what the server has drawn, and asks through the same address.
    await account.locator('[part=amount]', { hasText: '168,40' }).waitFor();
    await account.getByText('Zahltag nennen').click();
    const day = account.getByLabel('An welchem Tag zahlen Sie?');
    const until = await day.getAttribute('max');
    await day.fill(until);
    await page.keyboard.press('Enter');
    await account.getByText(/Bis dahin erinnert Sie niemand/).waitFor();
    await page.finish();
  });

  test('a page that claims another total is refused, goes on with the server’s, and buys with that', async () => {
    const page = await chromium.open();
    await visit(page, 'cus_nordlicht');
    const checkout = page.locator('tresen-checkout');
    const claim = (minor) => checkout.evaluate((element, total) => element.update({ facts: { ...element.facts, 'cart.total': { minor: total, currency: 'EUR' } } }), minor);
    const offered = () => checkout.evaluate((element) => [element.facts['cart.total'].minor, element.selection?.amount.minor]);
    await page.evaluate(() => {
      window.changes = [];
      document.addEventListener('tresen-change', ({ detail }) => window.changes.push(detail.methods.length));
    });
    await claim(1000);
    const order = async () => {
      await radio(page, 'prepayment').check();
      const [answer] = await Promise.all([page.waitForResponse((response) => response.url().endsWith('/api/order')), orderButton(page).click()]);
      return answer.json();
    };
    const { outcome, total } = await order();
    assert.deepEqual([outcome, total], ['refused', { minor: 16840, currency: 'EUR' }]);
    await checkout.getByText('Bestellt wurde noch nichts').waitFor();
    assert.deepEqual(await offered(), [16840, 16840]);
    assert.deepEqual(await page.evaluate(() => window.changes.length), 2, 'the claim, and what came of it');
    assert.equal((await order()).outcome, 'confirmed');
    await page.finish();
  });

  test('a no is a no, also where the words for it cannot be loaded', async () => {
    const page = await chromium.open({ expected: [/ERR_FAILED/] });
    await page.route('**/refused.js', (route) => route.abort());
    await visit(page, 'cus_nordlicht');
    const checkout = page.locator('tresen-checkout');
    await checkout.evaluate((element) => element.update({ facts: { ...element.facts, 'cart.total': { minor: 1000, currency: 'EUR' } } }));
    await radio(page, 'prepayment').check();
    await orderButton(page).click();
    await checkout.getByText('Bestellt wurde noch nichts').waitFor();
    assert.equal(await orderButton(page).getAttribute('aria-disabled'), null);
    await page.finish();
  });

  test('instalments are bought as they were shown', async () => {
    const page = await chromium.open();
    await visit(page, 'cus_greta');
    await radio(page, 'instalments').check();
    await typeBirthDate(page, [27, 3, 1985]);
    await choosePlan(page, 6);
    for (const box of await consent(page).all()) await box.check();
    const [answer] = await Promise.all([page.waitForResponse((response) => response.url().endsWith('/api/order')), orderButton(page).click()]);
    const { outcome, plan } = await answer.json();
    assert.deepEqual([outcome, plan?.plan.instalments.length], ['confirmed', 6]);
    await page.finish();
  });

  test('why a method is missing is told in full, when somebody asks', async () => {
    const page = await chromium.open();
    await visit(page, 'cus_oskar');
    await expectState(page, 'invoice', 'withheld');
    await page.locator('tresen-checkout [part~=withheld]:visible', { hasText: 'Rechnung' }).first().locator('summary', { hasText: 'Warum?' }).click();
    await page.getByRole('button', { name: 'Ausführlich erklärt: Rechnung' }).click();
    await page.getByRole('dialog', { name: 'Wie es zu dieser Entscheidung kam: Rechnung' }).waitFor();
    await page.finish();
  });

  test('a card leads to the sandbox’s payment page and back', async () => {
    const page = await chromium.open();
    await visit(page);
    await radio(page, 'card').check();
    await orderButton(page).click();
    await page.waitForURL(/\/tresen\/sandbox\/pay\//);
    await page.locator('form[action$=approve] button').click();
    await page.waitForURL(new RegExp(`^${held.url}`));
    await ready(page);
    await page.finish();
  });

  test('people have their past: who has an invoice overdue gets no other', async () => {
    const page = await chromium.open();
    await visit(page, 'cus_oskar');
    await expectState(page, 'invoice', 'withheld');
    await expectState(page, 'card', 'offered');
    await page.finish();
  });

  test('hands out the files of the package and nothing else', async () => {
    for (const path of ['tresen/dist/..%2f..%2fpackage.json', 'tresen/dist/../../package.json', 'tresen/dist//etc/hostname', '../package.json', 'tresen/v1/policies', 'tresen/v1/keys']) {
      const answer = await fetch(`${held.url}/${path}`, { headers: { authorization: `Bearer ${/sk_test_\w+/.exec(held.said)[0]}` } });
      assert.equal(answer.status, 404, path);
    }
    assert.equal((await fetch(`${held.url}/tresen/dist/hint.js`)).headers.get('content-type'), 'text/javascript');
  });

  test('Ctrl-C ends it, and the service with it', async () => {
    const service = /The service\s+(http:\S+)/.exec(held.said)[1];
    assert.equal((await fetch(`${service}/v1/health`)).status, 200);
    const closed = once(held.child, 'close');
    held.child.kill('SIGINT');
    assert.deepEqual(await closed, [0, null]);
    await assert.rejects(fetch(`${service}/v1/health`));
  });
});
