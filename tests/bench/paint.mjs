// How long somebody waits on a phone, on slow 4G: `make bench`. A pay link, an account by its token and a checkout, beside a bare page.
//
//   TRESEN_BIN=target/release/tresen node tests/bench/paint.mjs
//
// The network is what Lighthouse calls slow 4G: 150 ms there and back for each request, 1.6 Mbit/s down, 0.75 up; the processor is four times slower
// than this one. Every page is opened in a browser that has never seen it, in turn, and the fastest of its rounds counts: whatever else runs on a
// machine only ever adds to a time. A connection costs nothing here, so a real page is slower by the same for all of them.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { Writable } from 'node:stream';
import { startDemo } from '../../examples/shop/server/demo.js';
import { createTresen } from '../../js/src/server.js';
import { launch } from '../e2e/lib/chromium.mjs';
import { buyOnInvoice } from '../e2e/lib/office.mjs';
import { toPayment } from '../e2e/lib/shop.mjs';

const ROUNDS = 9;
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const SLOWER = 4;

const BARE = '<!doctype html><html lang="de"><meta charset="utf-8"><title>Bare</title><h1>168,40 €</h1><p>Zu zahlen bis Freitag, 11. Dezember</p></html>';

/** What a page tells of itself: when something was painted first, and when each event of an element came. */
function watched() {
  window.told = {};
  new PerformanceObserver((list) => list.getEntriesByName('first-contentful-paint').forEach(({ startTime }) => (window.told.paint = startTime))).observe({ type: 'paint', buffered: true });
  for (const type of ['tresen-account', 'tresen-ready']) document.addEventListener(type, () => requestAnimationFrame(() => setTimeout(() => (window.told[type] ??= performance.now()))));
}

/** Milliseconds from the click to what is waited for. */
async function waits(browser, { url, cookies = [], until, refused = [] }) {
  const context = await browser.newContext({ locale: 'de-DE', viewport: { width: 360, height: 740 } });
  await context.addCookies(cookies);
  await context.addInitScript(watched);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', NETWORK);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await session.send('Network.setBlockedURLs', { urls: refused });
  await page.goto(url, { waitUntil: 'commit' });
  const told = await page.waitForFunction((name) => window.told?.[name], until, { polling: 50 });
  const milliseconds = await told.jsonValue();
  await context.close();
  return milliseconds;
}

const bare = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(BARE));
bare.listen(0, '127.0.0.1');
await once(bare, 'listening');
const stopper = new AbortController();
const quiet = new Writable({ write: (_chunk, _encoding, done) => done() });
const demo = await startDemo({ port: 0, signal: stopper.signal, log: quiet });
const tresen = createTresen({ secretKey: demo.keys.secret, api: demo.service.url });
const browser = await launch();
try {
  const visit = await browser.newPage();
  const claim = await buyOnInvoice(visit, demo.url);
  const { token } = await tresen.receivables.paylink(claim.id);
  await toPayment(visit, demo.url, 'greta');
  const cookies = await visit.context().cookies();
  const link = `${demo.url}/tresen/pay/${token}`;
  const pages = {
    'a bare page: an amount and a day': { url: `http://127.0.0.1:${bare.address().port}/`, until: 'paint' },
    'a pay link: amount, transfer, code to scan': { url: link, until: 'paint' },
    'the same without a script': { url: link, until: 'paint', refused: ['*/account.js'] },
    'the same with all that the script adds': { url: link, until: 'tresen-account' },
    'an account by its token, on the shop\'s page': { url: `${demo.url}/account`, cookies, until: 'tresen-account' },
    'a checkout: the list of methods': { url: `${demo.url}/checkout/payment`, cookies, until: 'tresen-ready' },
  };
  const took = Object.fromEntries(Object.keys(pages).map((name) => [name, []]));
  // Once for what the servers do the first time only.
  for (const page of Object.values(pages)) await waits(browser, page);
  for (let round = 0; round < ROUNDS; round += 1) for (const [name, page] of Object.entries(pages)) took[name].push(await waits(browser, page));
  console.log(`Chromium ${browser.version()}, slow 4G, a processor ${SLOWER} times slower, the fastest of ${ROUNDS} rounds`);
  const [[, first]] = Object.entries(took);
  for (const [name, all] of Object.entries(took)) {
    const beside = all === first ? 'the baseline' : `${Math.round(Math.min(...all) - Math.min(...first))} ms more`;
    console.log(`  ${name.padEnd(46)} ${`${Math.round(Math.min(...all))} ms`.padStart(10)}   ${beside}`);
  }
} finally {
  await browser.close();
  stopper.abort();
  await demo.closed;
  bare.close();
}
