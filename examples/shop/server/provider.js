// The payment provider to practise with, as a process of its own: no money moves there.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * `{ url, keysFile, parameters, crash, start, stop }`: `parameters` are what the service has to be started with so that customers can pay there; after a
 * crash, by `crash` or by itself, `start` brings it back with what it took. With a `pause` it comes back by itself once that is over: `pause()` is waited for.
 */
export async function startProvider({ binary, folder, log, pause }) {
  const [keysFile, state] = ['provider.keys.json', 'provider.json'].map((name) => join(folder, name));
  let running;
  let beginning;
  let isOver = false;
  const begin = async (port) => {
    running = await listening({ binary, port, keysFile, state, log });
    if (pause) running.ended.then(comesBack).catch(({ message }) => log.write(`${message}\n`));
    return running;
  };
  const comesBack = async () => {
    await pause();
    if (!isOver) await start();
  };
  const start = async () => {
    await running.ended;
    beginning = begin(new URL(url).port);
    await beginning;
  };
  const end = async (signal) => {
    running.child.kill(signal);
    await running.ended;
  };
  const { url } = await begin(0);
  return {
    url,
    keysFile,
    parameters: ['--sandbox-provider', url, '--sandbox-provider-keys-file', keysFile],
    crash: () => end('SIGKILL'),
    start,
    async stop() {
      isOver = true;
      await beginning?.catch(() => {});
      await end('SIGTERM');
    },
  };
}

async function listening({ binary, port, keysFile, state, log }) {
  const child = spawn(binary, ['sandbox-provider', '--port', `${port}`, '--keys-file', keysFile, '--state', state], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  child.stderr.pipe(log, { end: false });
  const ended = once(child, 'close');
  const address = new Promise((done) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, url] = /^listening on (\S+)$/.exec(line) ?? [];
      if (url) done(url);
    });
  });
  const url = await Promise.race([address, ended.then(([code]) => Promise.reject(new Error(`the payment provider stopped with ${code}`)))]);
  return { child, ended, url };
}
