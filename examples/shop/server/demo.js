// Starts the service with a fresh sandbox, gives it a policy and a past, and opens the shop in front of it.

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSandbox } from '../../../js/src/command/sandbox.js';
import { ofThisShop } from './policy.js';
import { startProvider } from './provider.js';
import { PREFIX } from './proxy.js';

const HERE = fileURLToPath(new URL('..', import.meta.url));
const ROOT = resolve(HERE, '../..');

/**
 * `{url, service, provider, keys, closed}`; everything ends when `signal` is aborted, and the data are gone then. Should the service
 * end before, the shop stays open: it goes on selling what needs no decision. `people` have a past with the shop, as `tresen seed` takes them.
 * A payment provider that has died comes back after a `pause()`, where there is one.
 */
export async function startDemo({ port, signal, log = process.stderr, people = personas(), pause }) {
  const binary = process.env.TRESEN_BIN ?? join(ROOT, 'target/release/tresen');
  const widgetFolder = process.env.TRESEN_DIST ?? join(ROOT, 'js/dist');
  needs(binary, 'the service is not built', 'run `make demo`, or `cargo build --release -p tresen-cli`');
  needs(widgetFolder, 'the widget is not built', 'run `make demo`, or `make dist`');
  const folder = mkdtempSync(join(tmpdir(), 'kiesel-'));
  const running = [];
  const stop = async () => {
    for (const close of running.reverse()) await close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const { port: free, letGo } = port === 0 ? await heldPort() : { port, letGo: () => {} };
    // What stands in mails leads to the service under the shop's own address.
    const url = `http://127.0.0.1:${free}`;
    const provider = await startProvider({ binary, folder, log, pause });
    running.push(provider.stop);
    const service = await startSandbox({ binary, folder, log, parameters: provider.parameters, publicUrl: `${url}${PREFIX}`, people });
    running.push(service.stop);
    await openShop({ url, free, letGo, folder, binary, widgetFolder, service, running });
    service.exited.catch((error) => signal.aborted || log.write(`${error.message}; the shop stays open\n`));
    return { url, service: { url: service.url, pid: service.pid }, provider, keys: service.keys, closed: aborted(signal).then(stop) };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openShop({ url, free, letGo, folder, binary, widgetFolder, service, running }) {
  // Only now: the shop's modules import `tresen/server`, which exists once the package is built.
  const { createTresen } = await import('tresen/server');
  const { createShop } = await import('./main.js');
  const { createVariants } = await import('./variants.js');
  const tresen = createTresen({ secretKey: service.keys.secret, api: service.url });
  await tresen.policies.create(shopPolicy());
  const server = createShop({
    publicUrl: url,
    service: service.url,
    secretKey: service.keys.secret,
    publishableKey: service.keys.publishable,
    tenant: service.keys.tenant,
    cookieSecret: randomBytes(32),
    dataFolder: folder,
    publicFolder: join(HERE, 'public'),
    widgetFolder,
    account: shopPolicy().merchant.account,
    variants: createVariants({ policy: shopPolicy(), binary, folder }),
  });
  await letGo();
  server.listen(free, '127.0.0.1');
  await once(server, 'listening'); // rejects with the error, such as a port that is taken
  running.push(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
}

/** The ready-made German policy, and what this shop adds to it. */
const shopPolicy = () => ofThisShop(JSON.parse(readFileSync(join(ROOT, 'examples/policies/de-own-invoice.json'), 'utf8')));

/** Whom one can sign in as, with what lies between them and the shop. */
export const personas = () => JSON.parse(readFileSync(join(HERE, 'personas.json'), 'utf8'));

function needs(path, what, help) {
  if (!existsSync(path)) throw new Error(`${what} (${path})\n  ${help}`);
}

/** A free port, held until it is let go: what is started meanwhile takes others. */
async function heldPort() {
  const probe = createServer().unref();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  return { port: probe.address().port, letGo: () => new Promise((done) => probe.close(done)) };
}

const aborted = (signal) => (signal.aborted ? Promise.resolve() : once(signal, 'abort'));
