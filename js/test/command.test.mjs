// The npm package's command, as far as it needs no service.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CommandError, findBinary } from '../src/command/binary.js';
import { isForService } from '../src/command/forward.js';

const here = fileURLToPath(new URL('..', import.meta.url));
const manifest = (path) => JSON.parse(readFileSync(`${here}${path}/package.json`, 'utf8'));

test('a platform without a binary is told which there are and how to build one', () => {
  const problem = (options) => {
    try {
      return findBinary({ named: '', ...options });
    } catch (error) {
      assert.ok(error instanceof CommandError);
      return `${error.message} ${error.help}`;
    }
  };
  assert.match(problem({ platform: 'darwin-arm64' }), /no built command for darwin-arm64; there is one for linux-x64 .*cargo build --release -p tresen-cli.*TRESEN_BIN/);
  const none = () => {
    throw new Error('not found');
  };
  assert.match(problem({ platform: 'linux-x64', resolve: none }), /@tresen\/cli-linux-x64 is not installed/);
  assert.equal(problem({ platform: 'linux-x64', resolve: (path) => `/packages/${path}` }), '/packages/@tresen/cli-linux-x64/tresen');
  assert.equal(findBinary({ platform: 'darwin-arm64', named: '/opt/tresen' }), '/opt/tresen');
});

test('every platform’s package is of the package’s own version, and the package asks for each', () => {
  const main = manifest('.');
  const platforms = readdirSync(`${here}platforms`).map((name) => [name, manifest(`platforms/${name}`)]);
  assert.deepEqual(main.optionalDependencies, Object.fromEntries(platforms.map(([, { name, version }]) => [name, version])));
  for (const [folder, { name, version, os, cpu, files }] of platforms) {
    assert.deepEqual([name, version, `${os}-${cpu}`, files], [`@tresen/cli-${folder}`, main.version, folder, ['LICENSE-*', 'tresen']]);
    assert.equal(findBinary({ platform: folder, named: '', resolve: (path) => path }), `${name}/tresen`);
  }
});

test('what cannot be started says why, on standard error, and exits with 2', () => {
  const tresen = (...args) => spawnSync(process.execPath, [`${here}src/command.js`, 'dev', ...args], { encoding: 'utf8', env: { ...process.env, TRESEN_BIN: '/nowhere/tresen' } });
  for (const [args, words] of [[['--port', '70000'], /`70000` is not a port/], [['--prot', '1'], /--prot/], [['--policy', 'missing.json'], /`.*` cannot be read/], [['--env'], /--env/]]) {
    const { status, stdout, stderr } = tresen(...args);
    assert.deepEqual([status, stdout], [2, ''], args.join(' '));
    assert.match(stderr, words);
    assert.match(stderr, /\n {2}help {3}\S/);
  }
  assert.match(execFileSync(process.execPath, [`${here}src/command.js`, 'dev', '--help'], { encoding: 'utf8' }), /--port PORT/);
});

test('of the service only what is for browsers is handed through', () => {
  for (const path of ['/tresen/v1/checkout/cs_1', '/tresen/v1/checkout/cs_1/steps', '/tresen/v1/checkout/cs_1/steps/birth_date', '/tresen/v1/checkout/cs_1/steps/email/answer', '/tresen/sandbox/mailbox', '/tresen/v1/checkout/cs_1/explanation', '/tresen/v1/hint', '/tresen/v1/reviews', '/tresen/v1/paylinks/0A1b', '/tresen/v1/paylinks/0A1b/promise', '/tresen/pay/0A1b', '/tresen/pay/pay.css', '/tresen/m/0A1b', '/tresen/sandbox/pay/pay_1/approve', '/tresen/sandbox/style.css']) assert.ok(isForService(path), path);
  for (const path of ['/tresen/v1/sessions', '/tresen/v1/policies', '/tresen/v1/sandbox/clock', '/tresen/v1/checkout/a/b', '/tresen/v1/checkout/a/steps/b/c', '/tresen/v1/sandbox/messages', '/tresen/v1/checkout/a/explanation/b', '/tresen/v1/paylinks', '/tresen/v1/paylinks/a/b', '/tresen/v1/receivables/rcv_1/paylink', '/tresen/pay/', '/tresen/pay/a/b', '/tresen/pay/../v1/policies', '/v1/hint', '/tresen/v1/hint/', '/tresen/dist/element.js']) assert.ok(!isForService(path), path);
});
