// A service of its own for a test: the built binary, an empty database in a temporary folder, a sandbox that begins when told.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * @param {string} tresen the binary
 * @param {{ start?: string, customers?: object[], serve?: string[] }} [options] an instant, customers with a past, and what else it is started with
 */
export async function startService(tresen, { start, customers = [], serve = [] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tresen-service-'));
  const at = (name) => join(folder, name);
  const store = ['--sandbox', '--database', at('tresen.sqlite'), '--master-key-file', at('master.key')];
  const begins = start ? ['--sandbox-start', start] : [];
  const child = spawn(tresen, ['serve', '--listen', '127.0.0.1:0', '--sandbox-keys-file', at('keys.json'), ...begins, ...serve, ...store], { stdio: ['ignore', 'pipe', 'pipe'] });
  // What it says on standard error is asked for where something goes wrong.
  let log = '';
  child.stderr.on('data', (text) => (log = (log + text).slice(-20000)));
  const closed = once(child, 'close');
  const stop = async () => {
    child.kill('SIGTERM');
    await closed;
    rmSync(folder, { recursive: true, force: true });
  };
  const listening = new Promise((resolve) => createInterface({ input: child.stdout }).on('line', (line) => /^listening on (\S+)$/.test(line) && resolve(line.slice(13))));
  const url = await Promise.race([listening, closed.then(() => Promise.reject(new Error(`the service did not start:\n${log}`)))]);
  if (customers.length > 0) {
    writeFileSync(at('past.json'), JSON.stringify({ format: 1, customers }));
    execFileSync(tresen, ['seed', at('past.json'), ...store], { stdio: 'pipe' });
  }
  return { url, keys: JSON.parse(readFileSync(at('keys.json'), 'utf8')), folder, stop, log: () => log };
}

/** Asks with a key; answers status, text and JSON. */
export async function ask({ url, keys }, method, path, body, { key = 'secret', ...headers } = {}) {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${keys[key]}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, text, json: JSON.parse(text) };
}
