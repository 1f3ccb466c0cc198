// A run ends, whatever hangs in it, and says so; nothing that it has started goes on.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { setTimeout as after } from 'node:timers/promises';
import { end, endAll, running, says, start } from './programs.mjs';
import { closed, tried } from './trial.mjs';

const forever = () => new Promise(() => {});
/** A program that has started another, and neither listens when it is asked to end. */
const DEAF = "process.on('SIGTERM', () => {}); const { pid } = require('child_process').spawn(process.execPath, ['-e', 'process.on(\"SIGTERM\", () => {}); setInterval(() => {}, 1e6)'], { stdio: 'ignore' }); console.log(`pids ${process.pid} ${pid}.`); setInterval(() => {}, 1e6)";
const deaf = async () => {
  const child = start(process.execPath, ['-e', DEAF]);
  const [, ...pids] = await says(child, /pids (\d+) (\d+)\./);
  return { child, pids: pids.map(Number) };
};
/** A process that is ended is gone a moment later, and stays in the list until somebody takes note of it. */
const runs = (pid) => {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};
const areGone = async (pids) => {
  for (let asked = 0; pids.some(runs) && asked < 500; asked += 1) await after(10);
  assert.deepEqual(pids.filter(runs), []);
};

describe('a run of projects', () => {
  test('goes on after one that hangs and one that fails, and counts both', async () => {
    const tries = { hangs: forever, fails: async () => assert.fail('on purpose'), works: async () => {} };
    const seen = [];
    assert.equal(await tried(Object.keys(tries), (name) => (seen.push(name), tries[name]()), 20), 2);
    assert.deepEqual(seen, ['hangs', 'fails', 'works']);
  });

  test('ends what a project has started and left, and only that', async () => {
    const kept = start(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']);
    let left;
    assert.equal(await tried(['one'], async () => void (left = await deaf())), 0);
    await areGone(left.pids);
    assert.deepEqual([...running()], [kept]);
    await endAll();
    assert.deepEqual([...running()], []);
  });

  test('is not held up by a browser that does not close, nor by one that cannot', async () => {
    const steps = [];
    await closed([forever, () => assert.fail('on purpose'), () => steps.push('the last')], 20);
    assert.deepEqual(steps, ['the last']);
  });
});

describe('a program', () => {
  test('that ends by itself takes what it has started with it', async () => {
    const child = start(process.execPath, ['-e', DEAF.replace('process.on', 'setTimeout(() => process.exit(3), 50); process.on')]);
    const [, ...pids] = await says(child, /pids (\d+) (\d+)\./);
    assert.deepEqual(child.exitCode === null ? await once(child, 'exit') : [child.exitCode, null], [3, null]);
    await areGone(pids.map(Number));
  });

  test('that cannot be started, or ends before it has said what is waited for, is an error with its words', async () => {
    await assert.rejects(says(start('/no/such/program', []), /x/), { code: 'ENOENT' });
    await assert.rejects(says(start(process.execPath, ['-e', "console.error('no port'); process.exit(2)"]), /x/), /ended with 2: no port/);
    const missing = start('/no/such/program', []);
    await once(missing, 'error');
    assert.equal(await end(missing), undefined);
  });
});
