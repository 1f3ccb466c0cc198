// `tresen dev` on a free port: the service and a page, without a shop around them.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../../../js/dist/command.js', import.meta.url));

/** Reads what it says until its page is there. */
export async function openDev() {
  const child = spawn(process.execPath, [COMMAND, 'dev', '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  for await (const text of child.stdout) {
    said += text;
    if (said.includes('Ctrl-C')) break;
  }
  return { child, said, url: /The page\s+(http:\S+)\//.exec(said)?.[1] };
}

/** One for a file of tests. */
export function useDev() {
  const held = {};
  before(async () => Object.assign(held, await openDev()));
  after(async () => {
    if (held.child.exitCode !== null) return;
    // Asked to end, it ends the service as well.
    const closed = once(held.child, 'close');
    held.child.kill('SIGTERM');
    await closed;
  });
  return held;
}
