// Firefox ESR over WebDriver BiDi.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import puppeteer from 'puppeteer-core';

const EXECUTABLE = process.env.FIREFOX ?? '/usr/bin/firefox-esr';
/** Generous, because the machine may be busy; no test waits for time to pass. */
const PATIENCE_MS = 90000;
/** Starting is most of what Firefox does here: on a busy machine it takes minutes. */
const START_MS = 300000;
/** One process serves all pages: starting another costs more than a test. */
const PREFERENCES = {
  'intl.accept_languages': 'de-DE',
  'dom.ipc.processCount': 1,
  'dom.ipc.processPrelaunch.enabled': false,
  'fission.autostart': false,
  'ui.prefersReducedMotion': 1,
};

export function useFirefox() {
  const held = {};
  before(async () => {
    held.browser = await puppeteer.launch({ browser: 'firefox', executablePath: EXECUTABLE, headless: true, protocolTimeout: START_MS, timeout: START_MS, extraPrefsFirefox: PREFERENCES });
  });
  after(() => held.browser?.close());
  held.open = async ({ width = 1280, init = null, expected = [] } = {}) => {
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
    /** Another tab of the same browser. */
    page.beside = () => context.newPage();
    page.finish = async () => {
      await context.close();
      assert.deepEqual(troubles.filter((trouble) => !expected.some((pattern) => pattern.test(trouble))), []);
    };
    return page;
  };
  return held;
}
