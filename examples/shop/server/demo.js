// Starts the service with a fresh sandbox, gives it a policy and a past, and opens the shop in front of it.

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { todayInBerlin } from './format.js';

const HERE = fileURLToPath(new URL('..', import.meta.url));
const ROOT = resolve(HERE, '../..');
const READY_MS = 30000;

/**
 * `{url, service, keys, closed}`; everything ends when `signal` is aborted, and the data are gone then. Should the service
 * end before, the shop stays open: it goes on selling what needs no decision.
 */
export async function startDemo({ port, signal, log = process.stderr }) {
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
    const service = await startService({ binary, folder, log, running });
    const shop = await openShop({ port, folder, widgetFolder, service, running });
    service.exited.catch((error) => signal.aborted || log.write(`${error.message}; the shop stays open\n`));
    return { url: shop.url, service: { url: service.url, pid: service.pid }, keys: service.keys, closed: aborted(signal).then(stop) };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startService({ binary, folder, log, running }) {
  const database = join(folder, 'tresen.sqlite');
  const keysFile = join(folder, 'keys.json');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const options = ['--sandbox', '--database', database, '--master-key-file', join(folder, 'master.key')];
  const child = spawn(binary, ['serve', '--listen', `127.0.0.1:${port}`, '--sandbox-keys-file', keysFile, ...options], { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  const exited = once(child, 'close').then(([code]) => {
    throw new Error(`the service stopped with ${code}`);
  });
  exited.catch(() => {}); // looked at again by whoever waits for it
  child.stderr.pipe(log, { end: false });
  running.push(() => end(child));
  await Promise.race([untilHealthy(url), exited]);
  const { tenant, publishable, secret } = JSON.parse(readFileSync(keysFile, 'utf8'));
  const keys = { tenant, publishable, secret };
  const seedFile = join(folder, 'personas.json');
  writeFileSync(seedFile, JSON.stringify(dated(JSON.parse(readFileSync(join(HERE, 'personas.json'), 'utf8')), todayInBerlin())));
  await run(binary, ['seed', seedFile, ...options], log);
  return { url, keys, exited, pid: child.pid };
}

async function openShop({ port, folder, widgetFolder, service, running }) {
  // Only now: the shop's modules import `tresen/server`, which exists once the package is built.
  const { createTresen } = await import('tresen/server');
  const { createShop } = await import('./main.js');
  const tresen = createTresen({ secretKey: service.keys.secret, api: service.url });
  await tresen.policies.create(shopPolicy());
  const free = port === 0 ? await freePort() : port;
  const url = `http://127.0.0.1:${free}`;
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
  });
  server.listen(free, '127.0.0.1');
  await once(server, 'listening'); // rejects with the error, such as a port that is taken
  running.push(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
  return { url };
}

/** The ready-made German policy, which bears this shop's name. */
const shopPolicy = () => JSON.parse(readFileSync(join(ROOT, 'examples/policies/de-own-invoice.json'), 'utf8'));

/** Replaces `today-23d` by the date it means, so that the overdue invoice is three weeks overdue on every day of the demo. */
export function dated(value, today) {
  if (Array.isArray(value)) return value.map((part) => dated(part, today));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, dated(part, today)]));
  const days = typeof value === 'string' ? /^today-(\d+)d$/.exec(value) : null;
  if (days === null) return value;
  const date = new Date(`${today}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - Number(days[1]));
  return date.toISOString().slice(0, 10);
}

function needs(path, what, help) {
  if (!existsSync(path)) throw new Error(`${what} (${path})\n  ${help}`);
}

async function freePort() {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}

async function untilHealthy(url) {
  const until = Date.now() + READY_MS;
  while (Date.now() < until) {
    try {
      if ((await fetch(`${url}/v1/health`)).ok) return;
    } catch {
      // not listening yet
    }
    await new Promise((wake) => setTimeout(wake, 50));
  }
  throw new Error(`the service did not become ready within ${READY_MS / 1000} seconds`);
}

async function run(binary, parameters, log) {
  const child = spawn(binary, parameters, { stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr.pipe(log, { end: false });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`\`tresen ${parameters[0]}\` ended with ${code}`);
}

async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  await closed;
}

const aborted = (signal) => (signal.aborted ? Promise.resolve() : once(signal, 'abort'));
