// Amounts of currencies with no, two and three minor digits, from the policy file to the sentence that a person reads
// (tests/corpus/texts/amounts.jsonl), in every language, and agreed to as the service knows them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { toPayment } from '../lib/shop.mjs';
import { stand } from '../lib/stand.mjs';
import { until } from '../lib/until.mjs';
import { choose, orderButton, ready, words } from '../lib/widget.mjs';

const corpus = new URL('../../corpus/', import.meta.url);
const read = (path) => readFileSync(new URL(path, corpus), 'utf8');
const cases = read('texts/amounts.jsonl').split('\n').filter(Boolean).map((line) => JSON.parse(line));

// What a person reads has one kind of space where a line may break and where it may not.
const plain = (text) => text.replace(/[ \n]+/g, ' ');

describe('amounts as they are written', () => {
  const demo = useDemo();
  const chromium = useChromium();

  for (const { name, policy, facts, choose: method, shows } of cases) {
    test(name, async () => {
      const apply = (wanted) => demo.api.policies.create(JSON.parse(read(`policies/${wanted}.json`)));
      // The shop around the counter sells in euros.
      await apply('written_euro');
      const page = await chromium.open();
      await toPayment(page, demo.url, 'nordlicht');
      await apply(policy);
      for (const [locale, sentences] of Object.entries(shows)) {
        const { session } = await demo.api.sessions.create({ customer: { reference: `cus_${policy}_${locale}`, signed_in: true }, facts, locale });
        await stand(page, { session, locale });
        await ready(page);
        if (method) await choose(page, method);
        const said = plain(await words(page));
        for (const sentence of sentences) assert.ok(said.includes(sentence), `${locale}: ${sentence}\n${said}`);
        if (!method) continue;
        await orderButton(page).click();
        assert.ok(await until(page, () => window.submitted !== undefined));
        const { amount, consents, facts: known } = await page.evaluate(() => window.submitted);
        const total = facts['cart.total'];
        const order = `${policy}-${locale}`;
        const cart = { lines: [{ sku: 'KL-103', name: 'Becher', quantity: 1, amount: total }], total };
        const answer = await demo.api.sessions.confirm(session, { order, method, amount, facts: known, cart, consents }, { idempotencyKey: order });
        assert.equal(answer.outcome, 'confirmed', JSON.stringify(answer));
        assert.deepEqual([answer.receivable.amount.currency, answer.receivable.amount.minor - total.minor], [total.currency, amount.minor - total.minor]);
      }
      await page.finish();
    });
  }
});
