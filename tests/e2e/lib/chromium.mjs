// Chromium, with an eye on everything that must not happen on any page.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';

const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';
const ARGUMENTS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--in-process-gpu', '--disable-background-networking'];
/** Generous, because the machine may be busy; no test waits for time to pass. */
const PATIENCE_MS = 60000;

export const launch = () => chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS });

export function useChromium() {
  const held = {};
  before(async () => {
    held.browser = await launch();
  });
  after(() => held.browser?.close());
  held.open = (options) => openPage(held.browser, options);
  return held;
}

/** A page in a context of its own. `close` fails if anything was refused, thrown or sent elsewhere. */
export async function openPage(browser, { width = 1280, height = 900, dark = false, locale = 'de-DE', init = null, expected = [] } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', locale, reducedMotion: 'reduce' });
  context.setDefaultTimeout(PATIENCE_MS);
  if (init !== null) await context.addInitScript(init);
  await context.addInitScript(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) => window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
  });
  const page = await context.newPage();
  const troubles = [];
  page.on('pageerror', (error) => troubles.push(`thrown: ${error.message}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) troubles.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') troubles.push(`request to ${hostname}`);
  });
  page.troubles = () => troubles.filter((trouble) => !expected.some((pattern) => pattern.test(trouble)));
  page.finish = async () => {
    const violations = await page.evaluate(() => window.violations);
    await context.close();
    assert.deepEqual([...page.troubles(), ...violations], []);
  };
  return page;
}
