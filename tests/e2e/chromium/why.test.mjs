// Why, and a human: the demo's window into the back office explains a decision and answers a review.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { speak, toPayment } from '../lib/shop.mjs';
import { order, ready } from '../lib/widget.mjs';

const apart = (page) => page.locator('tresen-checkout [part~=withheld]:visible').first();

describe('why, and a human', () => {
  const demo = useDemo();
  const chromium = useChromium();

  test('an order is explained in the words of the person who placed it', async () => {
    const page = await chromium.open();
    await speak(page, demo.url, 'en');
    await toPayment(page, demo.url, 'greta');
    await ready(page);
    await page.locator('#xray-toggle').click();
    await order(page, 'invoice');
    const why = page.locator('#xray-why');
    await why.getByRole('heading', { name: 'How this decision came about: Invoice' }).waitFor();
    assert.match(await why.innerText(), /No person took part in it\.[\s\S]*Amount of the order: €168\.40 \(from your order\)/);
    const file = JSON.parse(decodeURIComponent((await why.getByRole('link').getAttribute('href')).replace('data:application/json,', '')));
    assert.deepEqual([file.kind, file.explanation.method, file.explanation.state], ['tresen.explanation', 'invoice', 'offered']);
    await page.finish();
  });

  test('somebody at the shop answers, and the person’s own session says so', async () => {
    const page = await chromium.open();
    await toPayment(page, demo.url, 'oskar');
    await ready(page);
    const place = apart(page);
    await place.locator('summary', { hasText: 'Von einem Menschen prüfen lassen' }).click();
    await place.locator('button[data-do=review]').click();
    await place.getByText('Danke. Ein Mensch aus dem Laden sieht sich das an').waitFor();
    await page.locator('#xray-toggle').click();
    await page.getByRole('button', { name: 'Doch möglich machen' }).click();
    await page.locator('#xray-reviews b', { hasText: 'doch möglich' }).waitFor(); // the button says so before it is pressed
    const [review] = (await demo.api.reviews.list()).reviews;
    assert.deepEqual([review.state, review.answer.by, review.answer.grant.amount.currency], ['changed', 'demo', 'EUR']);
    const own = await page.evaluate(async () => {
      const widget = document.querySelector('tresen-checkout');
      const response = await fetch(`/tresen/v1/checkout/${widget.getAttribute('session')}/reviews`, { headers: { authorization: `Bearer ${widget.getAttribute('public-key')}` } });
      return response.json();
    });
    assert.deepEqual(own.reviews.map(({ state, words }) => [state, words]), [['changed', review.answer.words]]);
    await page.finish();
  });
});
