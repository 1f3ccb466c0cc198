// The payment provider to practise with, as a process of its own: no money moves there.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** `{ parameters, stop }`: what the service has to be started with so that customers can pay there. */
export async function startProvider({ binary, folder, log }) {
  const [keys, state] = ['provider.keys.json', 'provider.json'].map((name) => join(folder, name));
  const child = spawn(binary, ['sandbox-provider', '--port', '0', '--keys-file', keys, '--state', state], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  child.stderr.pipe(log, { end: false });
  const ended = once(child, 'close');
  const listening = new Promise((done) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, url] = /^listening on (\S+)$/.exec(line) ?? [];
      if (url) done(url);
    });
  });
  const url = await Promise.race([listening, ended.then(([code]) => Promise.reject(new Error(`the payment provider stopped with ${code}`)))]);
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return { parameters: ['--sandbox-provider', url, '--sandbox-provider-keys-file', keys], stop };
}
