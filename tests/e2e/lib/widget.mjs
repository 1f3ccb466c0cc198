// The widget on a page: what it says it offers, and using it as a person does. Locators look through its open shadow root.

import assert from 'node:assert/strict';
import { until } from './until.mjs';

const ELEMENT = 'tresen-checkout';

/** `{invoice: 'offered', card: 'offered', …}` as the widget tells the page. */
export const states = (page) => page.locator(ELEMENT).evaluate((element) => Object.fromEntries((element.methods?.() ?? []).map((method) => [method.id, method.state])));

/** Waits until the widget has decided at all. */
export async function ready(page) {
  const decided = await until(page, (name) => (document.querySelector(name)?.methods?.() ?? []).length > 0, ELEMENT);
  assert.ok(decided, 'the widget has decided');
  return states(page);
}

/** Waits until a method stands as expected: the offer may be on its way. */
export async function expectState(page, id, state) {
  await until(page, ([name, method, wanted]) => (document.querySelector(name)?.methods?.() ?? []).some((one) => one.id === method && one.state === wanted), [ELEMENT, id, state]);
  assert.equal((await states(page))[id], state, `the state of ${id}`);
}

export const radio = (page, id) => page.locator(`${ELEMENT} input[type=radio][value="${id}"]`);
export const consent = (page) => page.locator(`${ELEMENT} input[type=checkbox]:visible`);
export const orderButton = (page) => page.locator(`${ELEMENT} button[part~=button]:visible`).last();

export async function choose(page, id) {
  await radio(page, id).check();
  for (const box of await consent(page).all()) await box.check();
}

/** Chooses, agrees, orders, and waits for the shop's answer. */
export async function order(page, id) {
  await choose(page, id);
  const [response] = await Promise.all([page.waitForResponse((answer) => answer.url().endsWith('/api/order')), orderButton(page).click()]);
  return response.json();
}

/** Types a date of birth into the chosen method's question. */
export async function typeBirthDate(page, [day, month, year]) {
  const fields = page.locator(`${ELEMENT} input[inputmode=numeric]:visible`);
  for (const [index, value] of [day, month, year].entries()) await fields.nth(index).fill(String(value));
  await page.locator(`${ELEMENT} button[data-do=continue]:visible`).click();
}

/** Chooses instalments, and how many: the plans come a moment after the rest. */
export async function choosePlan(page, rates) {
  await radio(page, 'instalments').check();
  await page.locator(`${ELEMENT} .seg input[value="${rates}"]`).check();
}

/** Types an account into the chosen method's fields. */
export async function fillAccount(page, iban, holder) {
  await page.locator(`${ELEMENT} input[autocomplete=off]:visible`).fill(iban);
  await page.locator(`${ELEMENT} input[autocomplete=name]:visible`).fill(holder);
}

/** What a person reads in the widget now. */
export const words = (page) => page.locator(`${ELEMENT} form, ${ELEMENT} [part~=card]`).first().innerText();
