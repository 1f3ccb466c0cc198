// A step-up in the demo as a visitor goes through it: the mailbox opens from the page of people, and its code brings invoice back.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { toPayment } from '../lib/shop.mjs';
import { expectState, order, radio, ready } from '../lib/widget.mjs';

describe('a step-up in the demo', () => {
  const demo = useDemo();
  const chromium = useChromium();

  test('Toni confirms an e-mail address with the code from the mailbox, and buys on invoice', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'toni');
    assert.equal((await ready(page)).invoice, 'withheld');
    await radio(page, 'invoice').check();
    await page.locator('tresen-checkout .step .btn').click();
    const code = page.locator('tresen-checkout .step input[autocomplete=one-time-code]');
    await code.waitFor();

    // In a window of its own: the checkout stays as it is.
    const mailbox = await page.context().newPage();
    await mailbox.goto(`${demo.url}/people`);
    await mailbox.goto(new URL(await mailbox.getByRole('link', { name: 'Postfach öffnen' }).getAttribute('href'), demo.url).href);
    const [found] = /\b\d{6}\b/.exec(await mailbox.locator('main').innerText()) ?? [];
    assert.ok(found, 'the mail holds a code');
    await mailbox.close();

    await code.fill(found);
    await page.locator('tresen-checkout .step .btn').click();
    await expectState(page, 'invoice', 'offered');
    assert.equal((await order(page, 'invoice')).outcome, 'confirmed');
    await page.finish();
  });
});

describe('a provider that dies in the demo', () => {
  let back;
  const pause = () => new Promise((done) => (back = done));
  const demo = useDemo({ pause });
  const chromium = useChromium();
  const answers = () => fetch(demo.provider.url).then(() => true, () => false);
  const until = async (is) => {
    while (!(await is())) await new Promise((wake) => setTimeout(wake, 50));
  };

  /** It is down until the pause is over, and then it is there. */
  async function comesBack() {
    await until(() => back);
    assert.equal(await answers(), false);
    back();
    back = undefined;
    await until(answers);
  }

  test('stays away for a while and comes back with what it took, each time', async () => {
    const page = await chromium.open({ expected: [/ERR_EMPTY_RESPONSE|ERR_CONNECTION/] });
    await toPayment(page, demo.url, 'greta');
    await ready(page);
    const { receivable } = await order(page, 'invoice');
    const { token } = await demo.api.receivables.paylink(receivable.id);
    await page.goto(`${demo.url}/tresen/pay/${token}`);
    await page.locator('tresen-account').getByRole('button', { name: 'Mit Karte zahlen' }).click();
    await page.getByText('Anderes üben').click();
    const at = page.url();
    await page.getByRole('button', { name: 'Anbieter stürzt nach dem Bezahlen ab' }).click({ noWaitAfter: true });
    await comesBack();
    await page.goto(at);
    await page.getByText('Diese Zahlung ist abgeschlossen.').waitFor();
    await page.getByRole('link', { name: 'Zurück zum Shop' }).click();
    await page.locator('tresen-account').getByText('Alles bezahlt').waitFor();
    await demo.provider.crash();
    await comesBack();
    await page.finish();
  });
});
