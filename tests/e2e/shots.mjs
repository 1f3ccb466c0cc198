// Pictures of the key pages: `node shots.mjs FOLDER [NAME…]`. 360 and 1280 px wide, light and dark, German and English.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch, openPage } from './lib/chromium.mjs';
import { openDemo } from './lib/demo.mjs';
import { signIn, speak, toPayment } from './lib/shop.mjs';
import { until } from './lib/until.mjs';
import { ready } from './lib/widget.mjs';

const [folder, ...names] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: node shots.mjs FOLDER [NAME…]');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

const pay = (person) => async (page, url) => {
  await toPayment(page, url, person);
  await ready(page);
};

const VIEWS = {
  range: async (page, url) => page.goto(`${url}/`),
  product: async (page, url) => page.goto(`${url}/p/deern`),
  people: async (page, url) => page.goto(`${url}/people`),
  cart: async (page, url) => signIn(page, url, 'greta', { moor: 1, deern: 1, klint: 2 }),
  address: async (page, url) => {
    await signIn(page, url, 'yara', { moor: 1 });
    await page.goto(`${url}/checkout/address`);
  },
  greta: pay('greta'),
  gast: pay('gast'),
  oskar: pay('oskar'),
  nordlicht: pay('nordlicht'),
  mika: pay('mika'),
  yara: pay('yara'),
  xray: async (page, url) => {
    await pay('greta')(page, url);
    await page.locator('#xray-toggle').click();
    await until(page, () => document.querySelectorAll('#xray-both li').length > 0);
  },
};

const demo = await openDemo();
const browser = await launch();
try {
  for (const [name, visit] of Object.entries(VIEWS)) {
    if (names.length > 0 && !names.includes(name)) continue;
    for (const [width, dark, language] of [[1280, false, 'de-sie'], [360, false, 'de-sie'], [1280, true, 'en'], [360, true, 'en']]) {
      const page = await openPage(browser, { width, dark });
      await speak(page, demo.url, language);
      await visit(page, demo.url);
      await page.evaluate(() => Promise.all(Array.from(document.images, (image) => ((image.loading = 'eager'), image.decode()))));
      const file = join(folder, `${name}-${width}-${dark ? 'dark' : 'light'}-${language.slice(0, 2)}.png`);
      await page.screenshot({ path: file, fullPage: true });
      console.log(file, page.troubles().length === 0 ? '' : page.troubles());
      await page.context().close();
    }
  }
} finally {
  await browser.close();
  await demo.close();
}
