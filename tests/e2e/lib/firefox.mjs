// Firefox ESR over WebDriver BiDi.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import puppeteer from 'puppeteer-core';

const EXECUTABLE = process.env.FIREFOX ?? '/usr/bin/firefox-esr';
const PATIENCE_MS = 90000;

export function useFirefox() {
  const held = {};
  before(async () => {
    held.browser = await puppeteer.launch({ browser: 'firefox', executablePath: EXECUTABLE, headless: true, protocolTimeout: PATIENCE_MS, timeout: PATIENCE_MS, extraPrefsFirefox: { 'intl.accept_languages': 'de-DE' } });
  });
  after(() => held.browser?.close());
  held.open = async ({ width = 1280, init = null } = {}) => {
    const context = await held.browser.createBrowserContext();
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.setViewport({ width, height: 900 });
    if (init !== null) await page.evaluateOnNewDocument(init);
    const troubles = [];
    page.on('pageerror', (error) => troubles.push(`thrown: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') troubles.push(`error: ${message.text()}`);
    });
    page.finish = async () => {
      await context.close();
      assert.deepEqual(troubles, []);
    };
    return page;
  };
  return held;
}
