// The shop of the flows, to look around in until Ctrl-C.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { optionsFrom } from './lib.mjs';
import { openShop } from './shop.mjs';

const folder = mkdtempSync(join(tmpdir(), 'tresen-woo-'));
const shop = await openShop({ folder: join(folder, 'all'), port: Number(process.env.PORT ?? 8080), ...optionsFrom(process.env) });
console.log(`
  The shop        ${shop.url}/shop/
  Classic         ${shop.url}/kasse-klassisch/
  wp-admin        ${shop.url}/wp-admin/     merchant / merchant
  A customer      ${shop.url}/my-account/   greta / greta
  The service     ${shop.service.url}   ${shop.service.keys.publishable}   ${shop.service.keys.secret}
  Errors of PHP   ${join(shop.root, 'php-errors.log')}
`);
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await shop.stop();
    rmSync(folder, { recursive: true, force: true });
    process.exit();
  });
}
