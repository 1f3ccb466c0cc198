// Pictures of the key pages: `node shots.mjs FOLDER [NAME…]`. 360 and 1280 px wide, light and dark; LANGUAGES=de-sie,en says in which.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { tried } from './lib/before.mjs';
import { launch, openPage } from './lib/chromium.mjs';
import { openDemo } from './lib/demo.mjs';
import { signIn, speak, toPayment } from './lib/shop.mjs';
import { confirming, stand } from './lib/stand.mjs';
import { until } from './lib/until.mjs';
import { choose, choosePlan, consent, fillAccount, orderButton, radio, ready, typeBirthDate } from './lib/widget.mjs';

const [folder, ...names] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: node shots.mjs FOLDER [NAME…]');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const languages = (process.env.LANGUAGES ?? 'de-sie').split(',');

const pay = (person) => async (page, url) => {
  await toPayment(page, url, person);
  await ready(page);
};
const chosen = (person, id) => async (page, url) => {
  await pay(person)(page, url);
  await choose(page, id);
};
const pressed = async (page, selector) => page.locator(selector).first().click();

/** A session in which invoice wants these steps taken, and its row opened. */
const step = (...steps) => async (page, url) => {
  await pay('nordlicht')(page, url);
  await demo.api.policies.create(confirming(...steps));
  const [locale, form = 'sie'] = (await page.locator('tresen-checkout').getAttribute('locale') ?? 'de').split('-');
  const born = steps.includes('birth_date') ? {} : { 'customer.birth_date': '1985-03-27' };
  const facts = { 'cart.total': { minor: 16840, currency: 'EUR' }, 'billing.country': 'DE', 'shipping.same_as_billing': true, ...born };
  const { session } = await demo.api.sessions.create({ customer: { reference: `cus_${Math.random()}`, signed_in: true, email: 'yvonne@example.org' }, facts, locale, address_form: form, return_url: `${url}/checkout/return` });
  await stand(page, { session, locale });
  await ready(page);
  await radio(page, 'invoice').check();
};
const fields = (page) => page.locator('tresen-checkout .step input');
/** Types into the fields of a step and goes on; what comes of it is there when it is. */
const typed = async (page, values, then) => {
  for (const [at, value] of values.entries()) await fields(page).nth(at).fill(value);
  await pressed(page, 'tresen-checkout .step .btn');
  await page.locator(`tresen-checkout .step ${then}`).first().waitFor();
};
const CODE = 'input[autocomplete=one-time-code]';
const NOTE = '.note:visible';

const VIEWS = {
  range: async (page, url) => page.goto(`${url}/`),
  product: async (page, url) => page.goto(`${url}/p/deern`),
  people: async (page, url) => page.goto(`${url}/people`),
  bank: async (page, url) => page.goto(`${url}/bank?kind=partial`),
  merchant: async (page, url) => {
    await page.goto(`${url}/bank?kind=wrong`);
    await pressed(page, '.bank__form .button');
    await page.locator('#sent').waitFor();
    await page.goto(`${url}/merchant`);
    await pressed(page, '.office__table th a');
    await page.locator('.story').waitFor();
  },
  'time-machine': async (page, url) => {
    await page.goto(`${url}/merchant`);
    await pressed(page, '.menu--clock summary');
  },
  menu: async (page, url) => {
    await page.goto(`${url}/people`);
    await pressed(page, '.menu:not(.menu--small) summary');
  },
  before: async (page, url) => {
    await page.goto(`${url}/before`);
    await tried(page);
    await page.locator('#dial-limit').press('ArrowRight');
    await page.locator('#dial-limit').press('ArrowRight');
    await tried(page);
    await page.locator('#dial-on_time').press('ArrowLeft');
    await tried(page);
  },
  lost: async (page, url) => page.goto(`${url}/nowhere`),
  empty: async (page, url) => page.goto(`${url}/cart`),
  cart: async (page, url) => signIn(page, url, 'greta', { moor: 1, deern: 1, klint: 2 }),
  address: async (page, url) => {
    await signIn(page, url, 'yara', { moor: 1 });
    await page.goto(`${url}/checkout/address`);
  },
  mistakes: async (page, url) => {
    await signIn(page, url, 'gast', { moor: 1 });
    await page.goto(`${url}/checkout/address`);
    await page.locator('#f-postcode').fill('1');
    await pressed(page, '.form .button');
    await page.locator('#wrong').waitFor();
  },
  greta: pay('greta'),
  gast: pay('gast'),
  oskar: pay('oskar'),
  nordlicht: pay('nordlicht'),
  mika: pay('mika'),
  yara: pay('yara'),
  kim: pay('kim'),
  toni: pay('toni'),
  invoice: chosen('greta', 'invoice'),
  terms: async (page, url) => {
    await chosen('greta', 'invoice')(page, url);
    await pressed(page, 'tresen-checkout .terms summary:visible');
  },
  debit: async (page, url) => {
    await chosen('greta', 'sepa_debit')(page, url);
    await fillAccount(page, 'DE89 3704 0044 0532 0130 01', '');
    await orderButton(page).click();
  },
  plans: async (page, url) => {
    await pay('greta')(page, url);
    await radio(page, 'instalments').check();
  },
  plan: async (page, url) => {
    await pay('greta')(page, url);
    await choosePlan(page, 6);
  },
  year: async (page, url) => {
    await pay('greta')(page, url);
    await choosePlan(page, 12);
    await orderButton(page).click();
  },
  credit: async (page, url) => {
    await pay('greta')(page, url);
    await choosePlan(page, 6);
    await pressed(page, 'tresen-checkout button.link:visible:has-text("Kredit"), tresen-checkout button.link:visible:has-text("Credit")');
  },
  agreed: async (page, url) => {
    await pay('greta')(page, url);
    await choosePlan(page, 6);
    await consent(page).check();
    await orderButton(page).click();
    await page.locator('.is-done').waitFor();
  },
  later: async (page, url) => {
    await signIn(page, url, 'greta', { deern: 1, klint: 2 });
    await page.goto(`${url}/checkout`);
    await ready(page);
    await radio(page, 'pay_later').check();
    await page.locator('tresen-checkout table.plan:visible').waitFor();
  },
  rights: async (page, url) => {
    await pay('oskar')(page, url);
    await pressed(page, 'tresen-checkout div:has(> p + button.link) > button.link:visible');
    await page.locator('tresen-checkout dialog').waitFor();
  },
  reasons: async (page, url) => {
    await pay('oskar')(page, url);
    await pressed(page, 'tresen-checkout [part~=withheld]:visible summary');
    await pressed(page, 'tresen-checkout [part~=withheld]:visible details .link');
    await page.locator('tresen-checkout dialog').waitFor();
  },
  granted: async (page, url) => {
    await pay('oskar')(page, url);
    const session = await page.locator('tresen-checkout').getAttribute('session');
    const response = await fetch(`${demo.service.url}/v1/reviews`, { method: 'POST', headers: { authorization: `Bearer ${demo.keys.publishable}`, 'content-type': 'application/json' }, body: JSON.stringify({ session, method: 'invoice' }) });
    const { review } = await response.json();
    const grant = { amount: { minor: 20000, currency: 'EUR' }, until: new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10) };
    await demo.api.reviews.answer(review, { outcome: 'changed', by: 'mk', words: 'Das geht in Ordnung, Herr Brandt.', grant }, { idempotencyKey: review });
    await page.reload();
    await ready(page);
    await radio(page, 'invoice').check();
    await page.locator('tresen-checkout .body .note:visible').waitFor();
  },
  step: step('email'),
  steps: step('email', 'phone'),
  second: async (page, url) => {
    await step('birth_date', 'email')(page, url);
    await typed(page, ['27', '3', '1985'], '.good:visible');
  },
  code: async (page, url) => {
    await step('email')(page, url);
    await typed(page, [], CODE);
    await typed(page, ['000000'], NOTE);
  },
  failed: async (page, url) => {
    await step('email')(page, url);
    await typed(page, [], CODE);
    for (let tries = 5; tries > 0; tries -= 1) await Promise.all([page.waitForResponse(/answer$/), typed(page, ['000000'], NOTE)]);
    await page.locator(`tresen-checkout ${CODE}`).waitFor({ state: 'detached' });
  },
  born: step('birth_date'),
  unborn: async (page, url) => {
    await step('birth_date')(page, url);
    await typed(page, [], '.error:visible');
  },
  phone: step('phone'),
  number: async (page, url) => {
    await step('phone')(page, url);
    await typed(page, ['0151'], NOTE);
  },
  texted: async (page, url) => {
    await step('phone')(page, url);
    await typed(page, ['+49 151 12345678'], CODE);
  },
  home: step('address'),
  meant: async (page, url) => {
    await step('address')(page, url);
    await typed(page, ['Musterweg', '7', '10115', 'Berlin'], 'p:not(.soft)');
  },
  nowhere: async (page, url) => {
    await step('address')(page, url);
    await typed(page, ['Hauptstraße', '404', '10115', 'Berlin'], NOTE);
  },
  identity: step('identity'),
  checked: async (page, url) => {
    await step('identity')(page, url);
    await typed(page, [], 'a');
  },
  nothing: async (page, url) => {
    await pay('greta')(page, url);
    await orderButton(page).click();
  },
  question: async (page, url) => {
    await pay('mika')(page, url);
    await radio(page, 'invoice').check();
    await typeBirthDate(page, [31, 2, 1990]);
  },
  answered: async (page, url) => {
    await pay('mika')(page, url);
    await radio(page, 'invoice').check();
    await typeBirthDate(page, [1, 2, 1990]);
  },
  why: async (page, url) => {
    await pay('gast')(page, url);
    for (const door of await page.locator('tresen-checkout summary:visible').all()) await door.click();
  },
  refused: async (page, url) => {
    await pay('gast')(page, url);
    await pressed(page, '#xray-toggle');
    await pressed(page, '#cheat');
    await until(page, () => document.querySelector('tresen-checkout').methods().some((one) => one.id === 'invoice' && one.state === 'offered'));
    await pressed(page, '#xray-close');
    await choose(page, 'invoice');
    await orderButton(page).click();
    await page.locator('tresen-checkout [role=status]:visible').first().waitFor();
  },
  xray: async (page, url) => {
    await pay('greta')(page, url);
    await pressed(page, '#xray-toggle');
    await page.locator('.xray__verdict').waitFor();
  },
  safe: async (page, url) => {
    await page.route('**/tresen/v1/checkout/**', (route) => route.abort());
    await toPayment(page, url, 'greta');
    await page.locator('#safe').waitFor();
  },
  done: async (page, url) => {
    await chosen('greta', 'invoice')(page, url);
    await orderButton(page).click();
    await page.locator('.is-done').waitFor();
  },
  order: async (page, url) => {
    await chosen('nordlicht', 'prepayment')(page, url);
    await orderButton(page).click();
    await page.locator('.is-done').waitFor();
    await page.reload();
  },
  provider: async (page, url) => {
    await chosen('oskar', 'card')(page, url);
    await orderButton(page).click();
    await page.waitForURL(/\/sandbox\/pay\//);
  },
};

const demo = await openDemo();
const browser = await launch();
const spare = [];
try {
  for (const [name, visit] of Object.entries(VIEWS)) {
    if (names.length > 0 && !names.includes(name)) continue;
    for (const language of languages) {
      const page = await openPage(browser, {}, spare);
      if (language !== 'de-sie') await speak(page, demo.url, language);
      await visit(page, demo.url);
      await page.evaluate(() => Promise.all(Array.from(document.images, (image) => ((image.loading = 'eager'), image.decode()))));
      for (const [width, dark] of [[1280, false], [1280, true], [360, true], [360, false]]) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
        await page.screenshot({ path: join(folder, `${name}-${width}-${dark ? 'dark' : 'light'}-${language}.png`), fullPage: true });
      }
      const troubles = page.troubles();
      console.log(name, language, ...troubles);
      await page.finish().catch(() => {});
    }
  }
} finally {
  await browser.close();
  await demo.close();
}
