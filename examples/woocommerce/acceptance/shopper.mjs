// What a shopper does, in the block checkout, the classic one and on the page where an order is paid.

export const ANNA = { first_name: 'Anna', last_name: 'Probe', address_1: 'Musterweg 3', postcode: '20095', city: 'Hamburg', email: 'anna@example.com' };
/** A day in 1985, as it is typed. */
const BIRTH = ['3', '7', '1985'];

/**
 * How long nothing is asked of the shop before a shopper goes on: WooCommerce tells the shop of an address a second after the last key, and
 * loses a click while it still counts.
 */
const STILL_MS = 1500;

async function quiet(page) {
  const flying = (page.flying ??= watched(page));
  let since = Date.now();
  while (Date.now() - since < STILL_MS) {
    await new Promise((done) => setTimeout(done, 50));
    if (flying.size > 0) since = Date.now();
  }
}

function watched(page) {
  const flying = new Set();
  page.on('request', (request) => flying.add(request));
  for (const type of ['requestfinished', 'requestfailed']) page.on(type, (request) => flying.delete(request));
  page.on('framenavigated', () => flying.clear());
  return flying;
}

export async function signIn(page, url, { name, password }, path = '/my-account/') {
  await page.goto(url + path);
  await page.fill('#username', name);
  await page.fill('#password', password);
  await page.click('[name=login]');
  await page.waitForSelector('.woocommerce-MyAccount-navigation');
}

/** A number of pieces goes into a cart that was empty. */
export async function putInCart(page, url, product, quantity = 1) {
  await page.goto(`${url}/?add-to-cart=${product}&quantity=${quantity}`);
}

const row = (page, gateway) => page.locator(`.tresen-row tresen-checkout, .payment_method_${gateway} tresen-checkout`).first();

/** Types and ticks what the row of the chosen method asks for. */
export async function complete(page, gateway, { birth = BIRTH, iban = 'DE89 3704 0044 0532 0130 00', agree = true } = {}) {
  const one = row(page, gateway).locator('.method[data-one]');
  const days = one.locator('.date input');
  const proceed = one.locator('[data-do=continue]');
  if (await proceed.isVisible()) {
    for (const [place, part] of birth.entries()) await days.nth(place).fill(part);
    await proceed.click();
  }
  const account = one.locator('input[autocapitalize=characters]');
  if (await account.isVisible().catch(() => false)) {
    await account.fill(iban);
    await one.locator('input[autocomplete=name]').fill('Anna Probe');
  }
  const box = one.locator('input[type=checkbox]');
  if (agree && (await box.isVisible().catch(() => false))) await box.check();
}

/** Opens what is not offered, where it is folded up; what the fold says. */
export async function unfold(page) {
  await page.locator('.tresen-why tresen-checkout[data-folded]').waitFor({ state: 'attached' });
  const fold = page.locator('.tresen-why summary:visible');
  const said = await fold.innerText();
  await fold.click();
  return said;
}

/** What the block checkout lists, by the gateways' ids. */
const listed = (page) => page.$$eval('input[name="radio-control-wc-payment-method-options"]', (found) => found.map((input) => input.value));

export const block = {
  name: 'block checkout',
  path: '/checkout/',
  async fill(page, person = ANNA) {
    await page.waitForSelector('.wc-block-components-radio-control__option');
    await page.fill('#email', person.email);
    for (const field of ['first_name', 'last_name', 'address_1', 'postcode', 'city']) await page.fill(`#shipping-${field}`, person[field]);
    await page.locator(`#shipping-city`).press('Tab');
    await quiet(page);
  },
  listed: async (page) => {
    await page.waitForSelector('.wc-block-components-radio-control__option');
    await quiet(page);
    return listed(page);
  },
  pick: (page, gateway) => page.click(`label[for="radio-control-wc-payment-method-options-${gateway}"]`),
  async choose(page, gateway) {
    await this.pick(page, gateway);
    await row(page, gateway).locator('.method[data-one]').waitFor();
  },
  async place(page) {
    await quiet(page);
    // Germanized has two, and shows one.
    await page.locator('.wc-block-components-checkout-place-order-button:visible').click();
  },
  /** What the shop says against it. */
  notice: async (page) => (await page.waitForSelector('.wc-block-components-notice-banner.is-error')).innerText(),
};

export const classic = {
  name: 'classic checkout',
  path: '/kasse-klassisch/',
  async fill(page, person = ANNA) {
    await page.waitForSelector('.wc_payment_methods');
    for (const [field, value] of Object.entries(person)) await page.fill(`#billing_${field}`, value);
    await page.locator('#billing_email').press('Tab');
    await quiet(page);
  },
  listed: async (page) => {
    await page.waitForSelector('.wc_payment_methods');
    await quiet(page);
    return page.$$eval('.wc_payment_methods input[name="payment_method"]', (found) => found.map((input) => input.value));
  },
  pick: (page, gateway) => page.click(`label[for="payment_method_${gateway}"]`),
  async choose(page, gateway) {
    await this.pick(page, gateway);
    await row(page, gateway).locator('.method[data-one]').waitFor();
  },
  async place(page) {
    await quiet(page);
    await page.click('#place_order');
  },
  notice: async (page) => (await page.waitForSelector('.woocommerce-error, .wc-block-components-notice-banner.is-error')).innerText(),
};

/** What is owed stands on the page; behind its button, where to. */
export async function showsWhereToPay(page) {
  const account = page.locator('tresen-account');
  await account.getByRole('button', { name: /bezahlen$/ }).first().click();
  await account.getByText('DE89').first().waitFor();
}

/** The page after an order; without permalinks its number is a parameter. */
export const RECEIVED = /order-received[/=](\d+)/;

/** The number of the order that was just placed. */
export async function placed(page) {
  await page.waitForURL(RECEIVED);
  return Number(RECEIVED.exec(page.url())[1]);
}

/** One piece of a product goes into an empty cart and is ordered at a counter; `isKnown` where the address is there already. */
export async function orders(page, shop, counter, product, gateway = 'tresen_invoice', { isKnown = false } = {}) {
  await putInCart(page, shop.url, product);
  await page.goto(shop.url + counter.path);
  if (isKnown) await counter.listed(page);
  else await counter.fill(page);
  await counter.choose(page, gateway);
  await complete(page, gateway);
  await counter.place(page);
}

/** What the Store API answers to whoever orders the cart by a method, whatever the page lists; with permalinks and without. */
export const posted = (page, gateway) =>
  page.evaluate(
    async ([person, method]) => {
      const cart = await fetch('/?rest_route=/wc/store/v1/cart');
      const { email, ...address } = { ...person, country: 'DE' };
      const sent = await fetch('/?rest_route=/wc/store/v1/checkout', {
        method: 'POST',
        headers: { 'content-type': 'application/json', nonce: cart.headers.get('nonce') },
        body: JSON.stringify({ billing_address: { ...address, email }, shipping_address: address, payment_method: method, payment_data: [] }),
      });
      return { status: sent.status, code: (await sent.json()).code };
    },
    [ANNA, gateway],
  );
