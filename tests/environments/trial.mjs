// What both runs of this folder do: put the packed package in its place, try one thing after another, and say how each went.

import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endAll, running } from './programs.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const LIMIT_MS = 300_000;
const CLOSE_MS = 15_000;

/** The packed package, where `npm install` would put it; what is packed on the way is left in `folder`. */
export function install(folder) {
  const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { cwd: join(here, '../../js'), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: LIMIT_MS }));
  const place = join(here, 'node_modules/tresen');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  execFileSync('tar', ['xzf', join(folder, filename), '-C', place, '--strip-components=1']);
  return place;
}

/** What comes of it, or a failure once it is late. */
export async function within(limit, promise) {
  let timer;
  const late = new Promise((_, failed) => {
    timer = setTimeout(() => failed(new Error(`nothing has come of it in ${limit / 1000} s`)), limit);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Tries each of `names`; how many failed. One that hangs is one that failed, and no program of one outlives it. */
export async function tried(names, run, limit = LIMIT_MS) {
  let failed = 0;
  for (const name of names) {
    const before = running();
    try {
      await within(limit, run(name));
      console.log(`ok: ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`not ok: ${name}\n${error.stack}`);
    }
    await endAll(before);
  }
  return failed;
}

/** Closes one after the other; what does not close in time, or fails to, is said and left behind. */
export async function closed(steps, limit = CLOSE_MS) {
  for (const step of steps) await within(limit, Promise.resolve().then(step)).catch((error) => console.log(`not closed: ${error.message}`));
}

/** The last word; whatever one of the tools has left running does not outlive it. */
export async function conclude(what, names, failed) {
  console.log(`${what}: ${names.length - failed} passed, ${failed} failed`);
  await endAll();
  process.exit(failed > 0 ? 1 : 0);
}
