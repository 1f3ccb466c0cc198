// The demo: a fresh sandbox service, its policy and its people, and the shop in front of it. One Ctrl-C ends it all.

import { setTimeout } from 'node:timers/promises';
import { startDemo } from './server/demo.js';

const port = Number(process.env.PORT ?? 8787);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(`PORT must be a number from 0 to 65535, not \`${process.env.PORT}\``);
  process.exit(2);
}

/** So long a payment provider that has died stays away: long enough to see what a shop without one does. */
const PAUSE_MS = 15_000;

const stopper = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopper.abort());

try {
  const demo = await startDemo({ port, signal: stopper.signal, pause: () => setTimeout(PAUSE_MS, undefined, { ref: false }) });
  console.log(`\n  Kiesel & Lein is open:  ${demo.url}\n\n  Who buys, and what to watch:  ${demo.url}/people\n  Ctrl-C closes the shop.\n`);
  await demo.closed;
} catch (error) {
  if (!stopper.signal.aborted) {
    console.error(`\n  The demo did not start: ${error.message}\n`);
    process.exitCode = 1;
  }
}
