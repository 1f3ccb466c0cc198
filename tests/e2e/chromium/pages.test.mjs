// Every page, narrow and wide, light and dark: axe finds nothing, nothing runs over the edge, no rule of the browser is broken.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { violations, withAxe } from '../lib/axe.mjs';
import { tried } from '../lib/before.mjs';
import { useChromium } from '../lib/chromium.mjs';
import { useDemo } from '../lib/demo.mjs';
import { hinted } from '../lib/hint.mjs';
import { signIn, speak, toPayment } from '../lib/shop.mjs';
import { choose, order, radio, ready } from '../lib/widget.mjs';

/** A page hears of another width or scheme just before it is painted: looked at is what has been painted. */
const painted = (page) => page.evaluate(() => new Promise((wake) => requestAnimationFrame(() => requestAnimationFrame(wake))));

/** What runs over the edge of the page, in words; empty if nothing does. */
const overflow = (page) =>
  page.evaluate(() => {
    const { scrollWidth } = document.documentElement;
    if (scrollWidth <= window.innerWidth) return '';
    const wide = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > window.innerWidth + 0.5);
    return `${scrollWidth} px: ${wide.map((element) => `${element.localName}.${element.className}`).join(' ')}`;
  });

const pay = (person) => async (page, url) => {
  await toPayment(page, url, person);
  await ready(page);
};

const VIEWS = {
  range: (page, url) => page.goto(`${url}/`),
  category: (page, url) => page.goto(`${url}/?category=kitchen`),
  product: async (page, url) => {
    await page.goto(`${url}/p/deern`);
    await hinted(page);
  },
  people: (page, url) => page.goto(`${url}/people`),
  'the open menu': async (page, url) => {
    await page.goto(`${url}/people`);
    await page.locator('.menu:not(.menu--small) summary').click();
  },
  'the time machine': async (page, url) => {
    await page.goto(`${url}/people`);
    await page.locator('.menu--clock summary').click();
  },
  bank: (page, url) => page.goto(`${url}/bank`),
  'the bank, when something has arrived': async (page, url) => {
    await page.goto(`${url}/bank?kind=wrong`);
    await page.locator('.bank__form .button').click();
    await page.locator('#sent').waitFor();
  },
  merchant: async (page, url) => {
    await page.goto(`${url}/merchant`);
    await page.locator('.office__table th a').first().click();
    await page.locator('.story').waitFor();
  },
  'the mailbox': (page, url) => page.goto(`${url}/mailbox`),
  'a mail': async (page, url) => {
    await page.goto(`${url}/mailbox`);
    // Somebody who is late is written to as soon as the service runs, by day; at night the clock is moved.
    if ((await page.locator('.mails__frame').count()) === 0) {
      await page.locator('.menu--clock summary').click();
      await page.locator('.menu--clock button[value=day]').click();
      await page.locator('.mails__frame').waitFor();
    }
    await page.goto(new URL(await page.locator('.mails__frame').getAttribute('src'), url).href);
  },
  'the empty cart': (page, url) => page.goto(`${url}/cart`),
  cart: async (page, url) => {
    await signIn(page, url, 'greta', { moor: 1, klint: 2 });
    await hinted(page);
  },
  address: async (page, url) => {
    await signIn(page, url, 'yara', { moor: 1 });
    await page.goto(`${url}/checkout/address`);
  },
  'the address with mistakes': async (page, url) => {
    await signIn(page, url, 'gast', { moor: 1 });
    await page.goto(`${url}/checkout/address`);
    await page.locator('#f-postcode').fill('1');
    await page.locator('.form .button').click();
    await page.locator('#wrong').waitFor();
  },
  'payment, everything offered': pay('greta'),
  'payment, invoice chosen': async (page, url) => {
    await pay('greta')(page, url);
    await choose(page, 'invoice');
  },
  'payment, a question': async (page, url) => {
    await pay('mika')(page, url);
    await radio(page, 'invoice').check();
  },
  'payment, something withheld': async (page, url) => {
    await pay('gast')(page, url);
    await page.locator('tresen-checkout summary:visible').first().click();
  },
  'payment with the X-ray': async (page, url) => {
    await pay('oskar')(page, url);
    await page.locator('#xray-toggle').click();
    await page.locator('.xray__verdict').waitFor();
  },
  'before and after': async (page, url) => {
    await page.goto(`${url}/before`);
    await tried(page);
    await page.locator('#dial-on_time').press('ArrowLeft');
    await tried(page);
  },
  done: async (page, url) => {
    await pay('nordlicht')(page, url);
    await order(page, 'prepayment');
    await page.locator('.is-done').waitFor();
  },
  order: async (page, url) => {
    await pay('nordlicht')(page, url);
    await order(page, 'prepayment');
    await page.locator('.is-done').waitFor();
    await page.reload();
  },
};

/** A mail is shown inside the page of a mail program, which has the landmarks. */
const APART = { 'a mail': ['landmark-one-main', 'region'] };

describe('pages', () => {
  const demo = useDemo();
  const chromium = useChromium();
  for (const [name, visit] of Object.entries(VIEWS)) {
    test(name, async () => {
      const page = await chromium.open({ width: 1280, expected: [/status of 422/] });
      await visit(page, demo.url);
      const axe = await withAxe(page);
      for (const [width, dark] of [[1280, false], [1280, true], [360, true], [360, false]]) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
        await painted(page);
        assert.deepEqual((await violations(axe)).filter(({ id }) => !(APART[name] ?? []).includes(id)), [], `${width} px, ${dark ? 'dark' : 'light'}`);
        assert.equal(await overflow(page), '', `${width} px`);
      }
      await axe.detach();
      await page.setViewportSize({ width: 320, height: 900 });
      await painted(page);
      assert.equal(await overflow(page), '', '320 px');
      await page.finish();
    });
  }

  test('the total stands at the head of the list, however narrow the page is', async () => {
    const page = await chromium.open();
    await pay('gast')(page, demo.url);
    const total = page.locator('tresen-checkout [part=title] + *');
    for (const width of [1280, 400, 360, 320]) {
      await page.setViewportSize({ width, height: 900 });
      assert.equal(await total.isVisible(), true, `${width} px`);
      assert.match(await total.innerText(), /^297,00\s€$/);
    }
    await page.finish();
  });

  for (const language of ['en', 'de-du']) {
    test(`payment, in ${language}`, async () => {
      const page = await chromium.open({ width: 360 });
      await speak(page, demo.url, language);
      await pay('gast')(page, demo.url);
      const axe = await withAxe(page);
      assert.deepEqual(await violations(axe), []);
      await axe.detach();
      assert.equal(await overflow(page), '');
      await page.finish();
    });
  }

  test('the content policy is the one of the design, on every page, and files are kept for ever', async () => {
    const page = await fetch(`${demo.url}/`);
    const policy = page.headers.get('content-security-policy');
    for (const part of ["script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "connect-src 'self'", "require-trusted-types-for 'script'", "trusted-types 'none'"]) {
      assert.ok(policy.split('; ').includes(part), part);
    }
    assert.doesNotMatch(await page.text(), /<style|style="|onclick|javascript:/);
    const [asset] = /\/assets\/shop\/[^"]+shop\.css/.exec(await (await fetch(`${demo.url}/`)).text());
    const css = await fetch(demo.url + asset);
    assert.equal(css.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.equal((await fetch(demo.url + asset.replace(/[0-9a-f]{12}/, '000000000000'))).status, 404);
  });
});
