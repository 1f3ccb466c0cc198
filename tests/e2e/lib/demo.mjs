// The demo itself, on free ports of the loopback, with its own database: what `make demo` starts.

import { after, before } from 'node:test';
import { createTresen } from '../../../js/src/server.js';
import { startDemo } from '../../../examples/shop/server/demo.js';

export async function openDemo(options) {
  const stopper = new AbortController();
  const demo = await startDemo({ ...options, port: 0, signal: stopper.signal });
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

/** One demo for a file of tests; `options` as `startDemo` takes them. */
export function useDemo(options) {
  const held = {};
  before(async () => Object.assign(held, await openDemo(options)));
  after(() => held.close?.());
  return held;
}
