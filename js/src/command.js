#!/usr/bin/env node
// The command of the npm package: `tresen dev` is here, everything else is done by the binary that was built for this platform.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { CommandError, findBinary } from './command/binary.js';
import { dev } from './command/dev.js';

const UNUSABLE = 2;
const [command, ...rest] = process.argv.slice(2);

async function passOn(args) {
  const child = spawn(findBinary(), args, { stdio: 'inherit' });
  // Ctrl-C reaches it too: it ends first, and its answer is the answer.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  const [code, signal] = await once(child, 'close');
  return code ?? 128 + constants.signals[signal];
}

async function here(args) {
  const stopper = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopper.abort());
  await dev(args, { dist: fileURLToPath(new URL('.', import.meta.url)), signal: stopper.signal });
  return 0;
}

try {
  process.exitCode = await (command === 'dev' ? here(rest) : passOn(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof CommandError ? `${error.message}\n  help   ${error.help}` : error.message);
  process.exitCode = UNUSABLE;
}
