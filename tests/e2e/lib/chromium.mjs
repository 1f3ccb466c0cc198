// Chromium, with an eye on everything that must not happen on any page.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';

/** The shell has the same engine without the browser's own windows around it, which cost more than the pages do. */
const EXECUTABLE = process.env.CHROMIUM ?? ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((path) => existsSync(path));
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-software-rasterizer',
  '--in-process-gpu',
  '--disable-background-networking',
  '--disable-site-isolation-trials',
  '--renderer-process-limit=1',
];
/** Generous, because the machine may be busy; no test waits for time to pass. */
const PATIENCE_MS = 60000;

export const launch = () => chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS });

/** One browser for a file of tests. Pages that ended well serve the next test: starting a process costs more than a test. */
export function useChromium() {
  const held = {};
  const spare = [];
  before(async () => {
    held.browser = await launch();
  });
  after(() => held.browser?.close());
  held.open = (options) => openPage(held.browser, options, spare);
  return held;
}

async function newPage(browser, init) {
  const context = await browser.newContext({ locale: 'de-DE', reducedMotion: 'reduce' });
  context.setDefaultTimeout(PATIENCE_MS);
  if (init !== null) await context.addInitScript(init);
  await context.addInitScript(() => {
    window.violations = [];
    window.unavailable = [];
    document.addEventListener('securitypolicyviolation', (event) => window.violations.push(`violation: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
    document.addEventListener('tresen-unavailable', (event) => window.unavailable.push(event.detail));
  });
  return context.newPage();
}

/** Chromium's word about a preload that is used late: about the machine's speed, not about the page. */
const LATE = /was preloaded using link preload but not used within/;

/** A page that nobody has used, or that remembers nothing of it. `finish` fails if anything was refused, thrown or sent elsewhere. */
export async function openPage(browser, { width = 1280, height = 900, dark = false, init = null, expected = [] } = {}, spare = []) {
  const page = (init === null && spare.pop()) || (await newPage(browser, init));
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
  const troubles = [];
  page.on('pageerror', (error) => troubles.push(`thrown: ${error.message}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) troubles.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') troubles.push(`request to ${hostname}`);
  });
  page.troubles = () => troubles.filter((trouble) => ![LATE, ...expected].some((pattern) => pattern.test(trouble)));
  /** Another tab of the same browser. */
  page.beside = () => page.context().newPage();
  page.finish = async () => {
    troubles.push(...(await page.evaluate(() => window.violations)));
    if (init === null) spare.push(await forgotten(page));
    else await page.context().close();
    assert.deepEqual(page.troubles(), []);
  };
  return page;
}

async function forgotten(page) {
  for (const type of ['console', 'pageerror', 'request', 'response']) page.removeAllListeners(type);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.evaluate(() => window.localStorage.clear());
  await page.context().clearCookies();
  return page;
}
