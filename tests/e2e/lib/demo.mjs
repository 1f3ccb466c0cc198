// The demo itself, on free ports of the loopback, with its own database: what `make demo` starts.

import { after, before } from 'node:test';
import { createTresen } from '../../../js/src/server.js';
import { startDemo } from '../../../examples/shop/server/demo.js';

export async function openDemo() {
  const stopper = new AbortController();
  const demo = await startDemo({ port: 0, signal: stopper.signal });
  const api = createTresen({ secretKey: demo.keys.secret, api: demo.service.url });
  return {
    ...demo,
    api,
    /** The service is gone, as after a crash; the shop stays. */
    async crashService() {
      process.kill(demo.service.pid, 'SIGKILL');
      while (await fetch(`${demo.service.url}/v1/health`).then(() => true, () => false));
    },
    async close() {
      stopper.abort();
      await demo.closed;
    },
  };
}

/** One demo for a file of tests. */
export function useDemo() {
  const held = {};
  before(async () => Object.assign(held, await openDemo()));
  after(() => held.close?.());
  return held;
}
