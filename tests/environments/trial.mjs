// What both runs of this folder do: put the packed package in its place, try one thing after another, and say how each went.

import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const LIMIT_MS = 300_000;

/** The packed package, where `npm install` would put it; what is packed on the way is left in `folder`. */
export function install(folder) {
  const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { cwd: join(here, '../../js'), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  const place = join(here, 'node_modules/tresen');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  execFileSync('tar', ['xzf', join(folder, filename), '-C', place, '--strip-components=1']);
  return place;
}

const late = () => after(LIMIT_MS, null, { ref: false }).then(() => Promise.reject(new Error(`nothing has come of it in ${LIMIT_MS / 1000} s`)));

/** Tries each of `names`; how many failed. One that hangs is one that failed. */
export async function tried(names, run) {
  let failed = 0;
  for (const name of names) {
    try {
      await Promise.race([run(name), late()]);
      console.log(`ok: ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`not ok: ${name}\n${error.stack}`);
    }
  }
  return failed;
}

/** The last word; whatever one of the tools has left running does not outlive it. */
export function conclude(what, names, failed) {
  console.log(`${what}: ${names.length - failed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}
