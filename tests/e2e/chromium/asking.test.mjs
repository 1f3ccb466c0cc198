// A question in the account of one's own: answered at once from what is there, with the way to do it; and what nobody can answer goes to a human.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { violations, withAxe } from '../lib/axe.mjs';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { buyOnInvoice, on } from '../lib/office.mjs';
import { signIn } from '../lib/shop.mjs';

const account = (page) => page.locator('tresen-account');
const answers = (page) => account(page).locator('.asked');
const box = (page) => account(page).locator('details[part=card]');
const field = (page) => account(page).locator('[aria-describedby=ask-hint]');
const last = async (page) => (await answers(page).last().innerText()).replaceAll(/[\u00a0\u202f]/g, ' ');

describe('a question', () => {
  const demo = useDemo();
  const chromium = useChromium();

  async function opens(page) {
    await signIn(page, demo.url, 'greta');
    await page.goto(`${demo.url}/account`);
    await box(page).locator('summary').waitFor();
  }

  /** Asks by keyboard; the answer. */
  async function asks(page, question) {
    if (!(await box(page).evaluate((details) => details.open))) {
      await box(page).locator('summary').focus();
      await page.keyboard.press('Enter');
    }
    await field(page).waitFor();
    const before = await answers(page).count();
    await field(page).focus();
    await page.keyboard.type(question);
    await page.keyboard.press('Enter');
    await answers(page).nth(before).waitFor();
    return last(page);
  }

  test('is answered from the account, and nothing of it leaves the device', async () => {
    const page = await chromium.open();
    await buyOnInvoice(page, demo.url);
    await opens(page);
    const sent = [];
    page.on('request', (request) => sent.push([request.method(), request.url(), request.postData() ?? ''].join(' ')));
    assert.match(await asks(page, 'Warum 168,40?'), /Woraus|Bestellung 2026-\d+[^]*bestellt am[^]*168,40 €/);
    assert.match(await asks(page, 'bis wann muss ich zahlen'), /Noch 168,40 € offen/);
    assert.match(await asks(page, 'was passiert wenn ich nicht zahle'), /frühestens am/);
    assert.match(await asks(page, 'wohin überweise ich'), /DE\d\d[^]*168,40 €[^]*RF/);
    assert.match(await asks(page, 'und die hälfte?'), /84,20 €[^]*Danach noch offen\s+84,20 €/);
    assert.match(await asks(page, 'Wer gewinnt am Samstag?'), /Das steht hier nicht/);
    assert.deepEqual(sent.filter((line) => /POST|Warum|h%C3%A4lfte|Samstag/i.test(line)), []);
    assert.deepEqual(sent.filter((line) => !/\/(ask\.js|locales\/ask\/de\.json)$/.test(line.trim())), []);
    assert.equal(await answers(page).count(), 6);
    await page.finish();
  });

  test('leads to the form with what was said in its fields', async () => {
    const page = await chromium.open({ width: 360 });
    await opens(page);
    await asks(page, 'wenn ich 68,40 zahle');
    await answers(page).last().getByRole('button', { name: 'Einen Teil zahlen' }).click();
    assert.equal(await account(page).locator('input[inputmode=decimal]').inputValue(), '68,40');
    await account(page).getByText('Danach noch offen').waitFor();
    await account(page).getByRole('button', { name: 'Zurück zum Überblick' }).click();
    await answers(page).first().waitFor();
    assert.equal(await answers(page).count(), 1, 'what was answered still stands there');
    await asks(page, 'der becher ist kaputt');
    await answers(page).last().getByRole('button', { name: 'Stimmt etwas nicht?' }).click();
    assert.equal(await account(page).locator('input[value=defective]').isChecked(), true);
    await page.finish();
  });

  test('about rates and days is answered as the forms preview them, and agrees to nothing', async () => {
    const page = await chromium.open({ width: 360 });
    await opens(page);
    assert.match(await asks(page, 'geht das in 3 raten'), /lässt sich hier gerade nicht erledigen/, 'before it is due nobody needs rates');
    for (let weeks = 0; weeks < 3; weeks += 1) await on(page, 'week');
    await opens(page);
    assert.match(await asks(page, 'geht das in 3 raten'), /3 Raten, die erste am/);
    assert.deepEqual(await answers(page).last().locator('tbody tr').count(), 3);
    await answers(page).last().getByRole('button', { name: 'In Raten zahlen' }).click();
    assert.equal(await account(page).locator('input[type=radio][value="3"]').isChecked(), true);
    assert.ok(await account(page).locator('input[type=date]').inputValue());
    assert.equal(await account(page).locator('input[type=checkbox]').isChecked(), false);
    await account(page).getByRole('button', { name: 'Zurück zum Überblick' }).click();
    assert.match(await asks(page, 'und in 99 raten?'), /So geht es hier nicht[^]*Möglich sind 2 bis \d+ Raten/);
    assert.match(await asks(page, 'kann ich morgen zahlen'), /Neuer Zahltag|Wir warten bis/);
    assert.match(await asks(page, 'kann ich am 1.1.2030 zahlen'), /So geht es hier nicht[^]*höchstens bis/);
    await page.finish();
  });

  test('that nobody can answer here is written down for a human, who is told nothing before it is sent', async () => {
    const page = await chromium.open();
    await opens(page);
    assert.match(await asks(page, 'Muss ich das überhaupt zahlen?'), /Das kann nur ein Mensch beantworten/);
    await answers(page).last().getByRole('button', { name: 'Mit einem Menschen sprechen' }).click();
    assert.equal(await account(page).locator('textarea').inputValue(), 'Muss ich das überhaupt zahlen?');
    await account(page).locator('button[type=submit]').click();
    await account(page).locator('[data-news]').waitFor();
    assert.equal(await answers(page).count(), 0, 'after a change nothing old stands there');
    const { tasks } = await demo.api.tasks.list();
    assert.ok(tasks.some(({ request }) => request?.text === 'Muss ich das überhaupt zahlen?'), JSON.stringify(tasks.map(({ request }) => request)));
    await page.finish();
  });

  test('goes to a human where what answers cannot be loaded', async () => {
    const page = await chromium.open({ expected: [/503/] });
    await opens(page);
    await page.route('**/ask.js', (route) => route.fulfill({ status: 503, body: '' }));
    await box(page).locator('summary').click();
    await account(page).locator('textarea').waitFor();
    assert.match(await account(page).locator('h2.h').innerText(), /Mit einem Menschen sprechen/);
    await page.finish();
  });

  test('is put into one’s mouth where it fits; axe finds nothing, and nothing is cut off', async () => {
    for (const [width, dark] of [[320, false], [1280, true]]) {
      const page = await chromium.open({ width, dark });
      await opens(page);
      await box(page).locator('summary').click();
      const chips = account(page).locator('.chip');
      await chips.first().waitFor();
      const names = await chips.allInnerTexts();
      assert.equal(names.length, 4, `${names}`);
      assert.ok(names.includes('Was passiert, wenn ich nicht zahle?'));
      for (let at = 0; at < names.length; at += 1) {
        await chips.nth(at).click();
        await answers(page).nth(at).waitFor();
        assert.doesNotMatch(await last(page), /Das steht hier nicht/, names[at]);
      }
      assert.equal(await account(page).locator('[role=log]').count(), 1);
      assert.deepEqual(await violations(await withAxe(page)), []);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${width}`);
      await page.finish();
    }
  });
});
