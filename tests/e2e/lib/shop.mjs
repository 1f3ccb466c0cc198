// Moving about in the shop as a person does: by what can be seen.

export async function signIn(page, url, person, cart = null) {
  await page.goto(`${url}/people`);
  await page.locator(`form:has(input[value="${person}"]) button:not(.button)`).click();
  await page.waitForURL(`${url}/`);
  if (cart !== null) await fill(page, url, cart);
}

export async function fill(page, url, cart) {
  for (const [slug, quantity] of Object.entries(cart)) {
    await page.goto(`${url}/p/${slug}`);
    await page.locator('select[name=quantity]').selectOption(String(quantity));
    await page.locator('.buy .button').click();
    await page.waitForURL(`${url}/cart`);
  }
}

/** With the person's own cart straight to the payment step. */
export async function toPayment(page, url, person) {
  await page.goto(`${url}/people`);
  await page.locator(`form:has(input[value="${person}"]) .button`).click();
  await page.waitForURL(/\/checkout\/(payment|address)$/);
  if (page.url().endsWith('/address')) {
    await page.locator('form[action="/checkout/example"] button').click();
    await page.waitForURL(/\/checkout\/payment$/);
  }
}

export async function speak(page, url, to) {
  await page.goto(`${url}/`);
  await page.locator('.menu--small:not(.menu--clock) summary').click();
  await page.locator(`.menu--small button[value="${to}"]`).click();
  await page.waitForURL(`${url}/`);
}
