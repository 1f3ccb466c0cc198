// The programs that a run starts. Each has a group of its own with whatever it starts in turn, so that all of it can be ended, also a shell of a tool
// around the tool; none outlives the run, however that ends.

import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Time for an end of its own, before it is ended. */
const POLITE_MS = 5_000;

const started = new Set();

/** What runs now. */
export const running = () => new Set(started);

/** As `spawn` of Node; what it says is kept as `said`, where it is not passed on. */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options, detached: true });
  child.said = '';
  if (child.pid === undefined) return child; // its `error` is on the way
  started.add(child);
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (child.said += part));
  child.on('exit', () => {
    // What it has left behind goes with it.
    killGroup(child);
    started.delete(child);
  });
  return child;
}

/** Waits for what a program says: what `pattern` finds in it. */
export function says(child, pattern) {
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (code, signal) => failed(new Error(`${child.spawnargs.join(' ')} ended with ${code ?? signal}: ${child.said}`)));
    const look = () => {
      const found = pattern.exec(child.said);
      if (found) done(found);
    };
    child.stdout?.on('data', look);
    look();
  });
}

/** Asks a program to end, and ends it where it does not; at once where nothing is lost by it. */
export async function end(child, isPolite = true) {
  if (!started.has(child)) return;
  const ended = once(child, 'exit');
  if (!isPolite) return void (killGroup(child), await ended);
  child.kill('SIGTERM');
  const timer = setTimeout(() => killGroup(child), POLITE_MS);
  await ended;
  clearTimeout(timer);
}

/** Ends all but some. */
export async function endAll(but = new Set()) {
  await Promise.all([...started].filter((child) => !but.has(child)).map((child) => end(child)));
}

function killGroup({ pid }) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]]) process.once(signal, () => endAll().finally(() => process.exit(code)));
