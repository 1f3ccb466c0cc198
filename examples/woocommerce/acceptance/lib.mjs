// The shop and the browser that the flows run in, from what the environment names.

import { after, before } from 'node:test';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from '../../../tests/e2e/lib/chromium.mjs';
import { openShop } from './shop.mjs';

/** `user:password@host:port/database` */
function mysql(address) {
  const { username, password, host, pathname } = new URL(`mysql://${address}`);
  return { user: username, password, host, database: pathname.slice(1) };
}

/** What README.md says that the environment may name. */
export function optionsFrom({ WORDPRESS, WOOCOMMERCE, SQLITE, THEME, LANGUAGES, MYSQL, SHOP_LANGUAGE, HPOS, TRESEN_BIN }) {
  if (!WORDPRESS || !WOOCOMMERCE || !(SQLITE || MYSQL)) throw new Error('WORDPRESS, WOOCOMMERCE, and SQLITE or MYSQL say where the parts are: see acceptance/README.md');
  return {
    wordpress: WORDPRESS,
    woocommerce: WOOCOMMERCE,
    sqlite: SQLITE,
    theme: THEME,
    languages: LANGUAGES,
    language: SHOP_LANGUAGE ?? 'de_DE_formal',
    hpos: HPOS !== 'off',
    binary: TRESEN_BIN ?? fileURLToPath(new URL('../../../target/debug/tresen', import.meta.url)),
    ...(MYSQL && { mysql: mysql(MYSQL) }),
  };
}

const { SHOTS } = process.env;

/** What is said on every page of a shop by others: nothing of ours. */
const FOREIGN = [/ERR_NAME_NOT_RESOLVED/, /ERR_INTERNET_DISCONNECTED/, /fonts\.g|gravatar/];

export function useShop(options = {}) {
  const held = {};
  before(async () => {
    held.folder = mkdtempSync(join(tmpdir(), 'tresen-woo-'));
    held.shop = await openShop({ folder: join(held.folder, 'all'), ...optionsFrom(process.env), ...options });
  });
  after(async () => {
    await held.browser?.close();
    await held.shop?.stop();
    rmSync(held.folder, { recursive: true, force: true });
  });

  /** A shopper whom the shop has never seen. What goes wrong in the browser is in `troubles`. */
  held.visit = async ({ width = 1280, height = 900 } = {}) => {
    held.browser ??= await launch();
    const context = await held.browser.newContext({ locale: 'de-DE', viewport: { width, height }, reducedMotion: 'reduce' });
    context.setDefaultTimeout(20000);
    const page = await context.newPage();
    page.troubles = [];
    page.on('pageerror', (error) => page.troubles.push(`thrown: ${error.message}`));
    page.on('console', (message) => {
      const text = `${message.text()} ${message.location().url}`;
      if (message.type() === 'error' && !FOREIGN.some((pattern) => pattern.test(text))) page.troubles.push(text);
    });
    return page;
  };

  /** What PHP has logged that is about us: WordPress misses its own servers here, and WooCommerce loads its texts too early when it is switched on. */
  held.logged = () => held.shop.errors().split('\n').filter((line) => line && !/_load_textdomain_just_in_time.*woocommerce<\/code>|WordPress\.org/.test(line));

  /** A picture of the page without the theme's edges, where somebody wants to look at it. */
  held.picture = async (page, name) => {
    if (!SHOTS) return;
    mkdirSync(SHOTS, { recursive: true });
    await page.locator('main, .site-main, #wpbody-content').first().screenshot({ path: join(SHOTS, `${name}-${page.viewportSize().width}.png`) });
  };
  return held;
}
