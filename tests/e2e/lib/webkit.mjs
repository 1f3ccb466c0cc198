// WebKitGTK's own small browser over WebDriver, on a screen that is drawn to memory. It speaks the handful of words that person.mjs needs.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { after, before } from 'node:test';

const DRIVER = process.env.WEBKIT_DRIVER ?? '/usr/bin/WebKitWebDriver';
const EXECUTABLE = process.env.WEBKIT ?? ['x86_64', 'aarch64'].map((kind) => `/usr/lib/${kind}-linux-gnu/webkit2gtk-4.1/MiniBrowser`).find((path) => existsSync(path));
/** Without a graphics card, and in the language that the pages are asked for in. */
const ENVIRONMENT = { LIBGL_ALWAYS_SOFTWARE: '1', WEBKIT_DISABLE_COMPOSITING_MODE: '1', LANGUAGE: 'de_DE:de', NO_AT_BRIDGE: '1' };
const PAUSE_MS = 50;
/** What a page is asked while it gives way to the next is sometimes never answered: then it is over, and whoever waits asks again. */
const READ_MS = 10_000;

/** One screen for a file of tests; every page that is opened is a browser of its own, which remembers nothing. */
export function useWebkit() {
  const held = {};
  let screen = null;
  const drivers = [];
  before(async () => {
    screen = await startScreen();
  });
  after(async () => {
    for (const driver of drivers) await driver.stop();
    await ended(screen.child);
  });
  held.open = async ({ width = 1280 } = {}) => {
    const driver = await startDriver(screen.display);
    drivers.push(driver);
    await driver.call('POST', '/window/rect', { width, height: 1000 });
    const page = new Page(driver, await driver.call('GET', '/window'));
    page.finish = () => driver.stop();
    return page;
  };
  return held;
}

async function startScreen() {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1400x1100x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [number] = await once(child.stdio[3], 'data');
  return { child, display: `:${String(number).trim()}` };
}

/** Asks it to end, and waits until it has. */
async function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'exit');
  child.kill('SIGTERM');
  await closed;
}

async function freePort() {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}

/** A driver with its browser: `call` says something about the one session there is. */
async function startDriver(display) {
  const port = await freePort();
  const child = spawn(DRIVER, [`--port=${port}`, '--host=127.0.0.1'], { stdio: 'ignore', env: { ...process.env, ...ENVIRONMENT, DISPLAY: display } });
  const address = `http://127.0.0.1:${port}`;
  while (!(await fetch(`${address}/status`).then(({ ok }) => ok, () => false))) {
    assert.equal(child.exitCode, null, 'the driver of WebKitGTK runs');
    await new Promise((wake) => setTimeout(wake, PAUSE_MS));
  }
  const options = { 'webkitgtk:browserOptions': { binary: EXECUTABLE, args: ['--automation'] } };
  const { sessionId } = await said(`${address}/session`, 'POST', { capabilities: { alwaysMatch: options } });
  const session = `${address}/session/${sessionId}`;
  return {
    call: (method, path, body, signal) => said(session + path, method, body, signal),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) await said(session, 'DELETE').catch(() => {});
      await ended(child);
    },
  };
}

async function said(address, method, body, signal) {
  const answer = await fetch(address, { method, signal, ...(body !== undefined && { body: JSON.stringify(body) }) });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${method} ${new URL(address).pathname.replace(/^\/session\/[^/]+/, '')}: ${value?.error} ${value?.message ?? ''}`);
  return value;
}

/** A tab. Whoever says something to it has it in front. */
class Page {
  #driver;
  #handle;

  constructor(driver, handle) {
    this.#driver = driver;
    this.#handle = handle;
    this.mouse = { click: (x, y) => this.#act({ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions: [{ type: 'pointerMove', duration: 0, x: Math.round(x), y: Math.round(y) }, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }] }) };
    this.keyboard = { type: (text) => this.#act({ type: 'key', id: 'keys', actions: [...text].flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }]) }) };
  }

  async #say(method, path, body, limit) {
    // One after the other: which tab is in front is the driver's, not the tab's.
    const turn = (this.#driver.turn ?? Promise.resolve()).then(async () => {
      if (this.#driver.front !== this.#handle) await this.#driver.call('POST', '/window', { handle: this.#handle });
      this.#driver.front = this.#handle;
      return this.#driver.call(method, path, body, limit && AbortSignal.timeout(limit));
    });
    this.#driver.turn = turn.catch(() => {});
    return turn;
  }

  #act(source) {
    return this.#say('POST', '/actions', { actions: [source] });
  }

  goto(url) {
    return this.#say('POST', '/url', { url });
  }

  reload() {
    return this.#say('POST', '/refresh', {});
  }

  evaluate(does, given) {
    return this.#say('POST', '/execute/sync', { script: `return (${does}).apply(null, arguments);`, args: [given ?? null] }, READ_MS);
  }

  /** Another window of the same browser: what lies behind another tab takes no taps here. */
  async beside() {
    const { handle } = await this.#say('POST', '/window/new', { type: 'window' });
    return new Page(this.#driver, handle);
  }
}
