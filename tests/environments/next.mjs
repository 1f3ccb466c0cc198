// Next.js as a shop runs it: built, then served by Next itself, which opens the session and confirms the order with `tresen/server`.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const folder = join(here, 'projects/next');
const program = join(here, 'node_modules/next/dist/bin/next');

function next(args, env) {
  const child = spawn(process.execPath, [program, ...args, folder], { env: { ...process.env, ...env, NEXT_TELEMETRY_DISABLED: '1' }, stdio: ['ignore', 'pipe', 'pipe'] });
  child.said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (child.said += part));
  return child;
}

const ended = (child) => new Promise((done) => (child.exitCode ?? child.signalCode) === null ? child.on('exit', done) : done(child.exitCode));

/** Builds and serves the shop; `{ url, stop }`. */
export async function startNext({ forServers: { api, secretKey, publicKey } }) {
  const env = { TRESEN_API: api, TRESEN_SECRET_KEY: secretKey, TRESEN_PUBLIC_KEY: publicKey };
  // Turbopack would start its pages with a script in the page itself, which a strict content policy refuses.
  const build = next(['build', '--webpack'], env);
  if ((await ended(build)) !== 0) throw new Error(build.said);
  const child = next(['start', '--hostname', '127.0.0.1', '--port', '0'], env);
  const stop = async () => {
    // A polite end would wait for every connection that a browser keeps open.
    child.kill('SIGKILL');
    await ended(child);
    rmSync(join(folder, '.next'), { recursive: true, force: true });
  };
  const url = await new Promise((done, failed) => {
    child.on('exit', (code) => failed(new Error(`next start ended with ${code}: ${child.said}`)));
    const look = () => /http:\/\/127\.0\.0\.1:[1-9]\d*/.exec(child.said)?.[0];
    child.stdout.on('data', () => look() && done(look()));
  });
  return { url, stop };
}

/** What the server drew is there before any script is, and nothing below it moves when the scripts come. */
export async function isDrawnOnTheServer(browser, url) {
  const below = async (javaScriptEnabled, seen) => {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    // The offer is still on its way.
    await page.route('**/tresen/v1/**', () => {});
    await page.goto(url);
    await seen(page.locator('tresen-checkout'));
    const { y } = await page.locator('#place').boundingBox();
    await context.close();
    return y;
  };
  const drawn = await below(false, async (checkout) => assert.match(await checkout.getAttribute('session'), /^cs_/));
  const running = await below(true, (checkout) => checkout.locator('.wait').waitFor({ state: 'attached' }));
  assert.ok(drawn > 480, 'its place is reserved');
  assert.equal(running, drawn);
}
