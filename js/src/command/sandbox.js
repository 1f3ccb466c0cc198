// The service with a fresh sandbox: a database of its own in a folder that is given, the keys of its first start, people with a past.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const READY_MS = 30000;

const todayInBerlin = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(new Date());

/**
 * `{url, keys, pid, exited, stop}`; `exited` rejects when the service ends, whoever ended it.
 *
 * @param {{ binary: string, folder: string, people: object, log?: NodeJS.WritableStream, publicUrl?: string, parameters?: string[] }} options `people` as `tresen seed` takes
 *   them, with days such as `today-23d`; `publicUrl` is where browsers reach the service: without it no message holds a pay link
 */
export async function startSandbox({ binary, folder, people, log = process.stderr, publicUrl = '', parameters = [] }) {
  const at = (name) => join(folder, name);
  const store = ['--sandbox', '--database', at('tresen.sqlite'), '--master-key-file', at('master.key')];
  // In a group of its own: Ctrl-C ends whoever started it, and that one ends it when it is done with it.
  const child = spawn(binary, ['serve', '--listen', '127.0.0.1:0', '--sandbox-keys-file', at('keys.json'), '--public-url', publicUrl, ...parameters, ...store], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  child.stderr.pipe(log, { end: false });
  const exited = once(child, 'close').then(([code]) => {
    throw new Error(`the service stopped with ${code}`);
  });
  exited.catch(() => {}); // looked at again by whoever waits for it
  try {
    const url = await Promise.race([listening(child), exited]);
    const { tenant, publishable, secret } = JSON.parse(readFileSync(at('keys.json'), 'utf8'));
    writeFileSync(at('people.json'), JSON.stringify(dated(people, todayInBerlin())));
    await run(binary, ['seed', at('people.json'), ...store], log);
    return { url, keys: { tenant, publishable, secret }, pid: child.pid, exited, stop: () => end(child) };
  } catch (error) {
    await end(child);
    throw error;
  }
}

/** The address that the service says it listens on. */
function listening(child) {
  const patience = AbortSignal.timeout(READY_MS);
  return new Promise((resolve, reject) => {
    patience.addEventListener('abort', () => reject(new Error(`the service did not become ready within ${READY_MS / 1000} seconds`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, url] = /^listening on (\S+)$/.exec(line) ?? [];
      if (url) resolve(url);
    });
  });
}

/** Replaces `today-23d` by the date it means, so that the overdue invoice is three weeks overdue on every day. */
export function dated(value, today) {
  if (Array.isArray(value)) return value.map((part) => dated(part, today));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, dated(part, today)]));
  const days = typeof value === 'string' ? /^today-(\d+)d$/.exec(value) : null;
  if (days === null) return value;
  const date = new Date(`${today}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - Number(days[1]));
  return date.toISOString().slice(0, 10);
}

async function run(binary, parameters, log) {
  const child = spawn(binary, parameters, { stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr.pipe(log, { end: false });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`\`tresen ${parameters[0]}\` ended with ${code}`);
}

async function end(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  await closed;
}
