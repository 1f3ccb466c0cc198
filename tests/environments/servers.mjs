// The shop's server in each runtime that `tresen/server` promises: what the runtime's own users would type, without a network beyond this machine.

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { end, start } from './programs.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const folder = join(here, 'servers');
const bin = (name) => join(here, 'node_modules/.bin', name);
const PATIENCE_MS = 60_000;

/** Everything of the package that is code; files such as `tresen/engine.wasm` and the schemas are read, not run. */
function entries() {
  const { name, exports } = JSON.parse(readFileSync(join(here, 'node_modules/tresen/package.json'), 'utf8'));
  return Object.keys(exports).filter((path) => !/\.\w+$|\*/.test(path)).map((path) => name + path.slice(1));
}

/** Runs a program that ends; it must have said that it is done. */
async function runs(service, command, ...args) {
  const given = JSON.stringify({ service, entries: entries() });
  const child = start(command, [...args, given], { cwd: folder, env: { ...process.env, DENO_NO_UPDATE_CHECK: '1', DO_NOT_TRACK: '1' }, stdio: ['ignore', 'pipe', 'inherit'] });
  // Not `exit`: what was said last may still be on its way then.
  const [code, signal] = await once(child, 'close');
  if (code !== 0 || child.said.trim() !== 'done') throw new Error(`it ended with ${code ?? signal} and said: ${child.said}`);
}

async function works(service) {
  const child = start(bin('workerd'), ['serve', 'worker.capnp', '--control-fd=3'], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit', 'pipe'] });
  try {
    const port = await new Promise((done, failed) => {
      child.on('exit', (code) => failed(new Error(`workerd ended with ${code}`)));
      child.stdio[3].once('data', (line) => done(JSON.parse(line).port));
    });
    const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: JSON.stringify(service), signal: AbortSignal.timeout(PATIENCE_MS) });
    const said = await answer.text();
    if (said !== 'done') throw new Error(said);
  } finally {
    await end(child);
  }
}

/** Newer releases of Node require modules as well; what is tried is for those that do not. */
const older = process.allowedNodeEnvironmentFlags.has('--experimental-require-module') ? ['--no-experimental-require-module'] : [];

export const SERVERS = {
  'node-esm': (service) => runs(service, process.execPath, 'module.js'),
  'node-cjs': (service) => runs(service, process.execPath, ...older, 'common.cjs'),
  deno: (service) => runs(service, bin('deno'), 'run', '--quiet', '--cached-only', '--no-lock', '--node-modules-dir=manual', '--allow-net=127.0.0.1', '--allow-read', '--allow-env', 'module.js'),
  bun: (service) => runs(service, bin('bun'), 'module.js'),
  workers: works,
};
