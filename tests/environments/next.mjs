// Next.js as a shop runs it: built, then served by Next itself, which opens the session and confirms the order with `tresen/server`.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { end, says, start } from './programs.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const program = join(here, 'node_modules/next/dist/bin/next');

/** Builds and serves one of the shops; `{ url, stop }`. */
export async function startNext(name, { forServers: { api, secretKey, publicKey } }) {
  const folder = join(here, 'projects', name);
  const env = { ...process.env, TRESEN_API: api, TRESEN_SECRET_KEY: secretKey, TRESEN_PUBLIC_KEY: publicKey, NEXT_TELEMETRY_DISABLED: '1' };
  const next = (...args) => start(process.execPath, [program, ...args, folder], { env });
  // What an earlier run has left is no part of this one.
  const clean = () => rmSync(join(folder, '.next'), { recursive: true, force: true });
  clean();
  // Turbopack would start its pages with a script in the page itself, which a strict content policy refuses.
  const build = next('build', '--webpack');
  const [code, signal] = await once(build, 'exit');
  if (code !== 0) throw new Error(`next build ended with ${code ?? signal}: ${build.said}`);
  const child = next('start', '--hostname', '127.0.0.1', '--port', '0');
  const [url] = await says(child, /http:\/\/127\.0\.0\.1:[1-9]\d*/);
  const stop = async () => {
    // A polite end would wait for every connection that a browser keeps open.
    await end(child, false);
    clean();
  };
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
