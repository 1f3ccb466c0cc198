// The playground in Firefox: in the language of the browser, with the same answers as the counter in it, and in the other language with all that stands there.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useDev } from '../lib/dev.mjs';
import { useFirefox } from '../lib/firefox.mjs';
import { until } from '../lib/until.mjs';

const settled = async (page) => assert.ok(await until(page, () => document.body?.dataset.told !== undefined && document.body.dataset.told === document.body.dataset.heard));
const heading = (page) => page.$eval('#order', (node) => node.textContent);
const told = (page) => page.$$eval('#methods tbody tr', (rows) => rows.map((row) => [row.cells[0].textContent, row.dataset.state]).sort());
const shown = (page) => until(page, (wanted) => JSON.stringify((document.querySelector('tresen-checkout')?.methods?.() ?? []).map(({ id, state }) => [id, state]).sort()) === wanted, page.wanted);

describe('playground in Firefox', () => {
  const dev = useDev();
  const firefox = useFirefox();

  test('speaks German, decides as the counter does, and takes everything along into English', async () => {
    const page = await firefox.open();
    await page.goto(`${dev.url}/playground`);
    await settled(page);
    assert.equal(await heading(page), 'Die Bestellung');
    page.wanted = JSON.stringify(await told(page));
    assert.ok(await shown(page), page.wanted);
    await page.select('select[name=person]', 'Somebody who is seventeen');
    await settled(page);
    const minor = await told(page);
    assert.deepEqual(minor.find(([id]) => id === 'invoice'), ['invoice', 'withheld']);
    page.wanted = JSON.stringify(minor);
    assert.ok(await shown(page), page.wanted);
    assert.match(await page.$eval('#methods', (table) => table.textContent), /nicht dabei.*Keine einzelne Änderung bringt es zurück\./s);
    assert.ok(await until(page, () => location.hash.length > 20));
    await Promise.all([page.waitForNavigation(), page.click('#other')]);
    await settled(page);
    assert.equal(await heading(page), 'The order');
    assert.deepEqual(await told(page), minor);
    await page.finish();
  });
});
