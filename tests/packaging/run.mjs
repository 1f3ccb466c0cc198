// The packages as they would be published: packed, installed into an empty folder with no registry in reach, and used from there.
//
//     node tests/packaging/run.mjs --tresen target/debug/tresen

import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { tresen: { type: 'string' } } });
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tresen-packaging-'));
const shop = join(folder, 'shop');

/** A machine that knows nothing of ours: no binary named, no cache, no registry that answers. */
const { TRESEN_BIN: _, ...plain } = process.env;
const env = { ...plain, npm_config_cache: join(folder, 'cache'), npm_config_registry: 'http://127.0.0.1:9/', npm_config_offline: 'true', npm_config_fund: 'false', npm_config_audit: 'false', npm_config_update_notifier: 'false' };

const npm = (cwd, ...args) => execFileSync('npm', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

function pack(cwd) {
  const [{ filename, files }] = JSON.parse(npm(cwd, 'pack', '--json', '--pack-destination', folder));
  return { tarball: join(folder, filename), files: new Map(files.map(({ path, mode }) => [path, mode])) };
}

const cases = {
  'the package holds what is used and nothing else'({ main }) {
    for (const path of ['dist/element.js', 'dist/widget.js', 'dist/handle.js', 'dist/index.cjs', 'dist/server.cjs', 'dist/types/server.d.cts', 'dist/shell.css', 'dist/custom-elements.json', 'dist/web-types.json', 'dist/vscode.html-custom-data.json', 'dist/integrity.json', 'dist/tresen.CSS', 'dist/hint.js', 'dist/more.js', 'dist/plan.js', 'dist/plan.wasm', 'dist/backtest.js', 'dist/backtest-worker.js', 'dist/console.wasm', 'dist/command.js', 'dist/server.js', 'dist/checkout.wasm', 'dist/locales/de.json', 'dist/locales/more/de.json', 'dist/dev/index.html', 'dist/dev/policy.json', 'types/hint.d.ts', 'package.json', 'LICENSE-APACHE', 'LICENSE-MIT']) assert.ok(main.files.has(path), path);
    for (const path of main.files.keys()) assert.match(path, /^(dist|types)\/|^docs\/[\w-]+\.(md|png)$|^package\.json$|^README\.md$|^LICENSE-(APACHE|MIT)$/, path);
    assert.ok(![...main.files.keys()].some((path) => path.startsWith('dist/glue/')));
  },
  'its documentation comes along, and leads nowhere outside of it'({ main }) {
    const pages = [...main.files.keys()].filter((path) => path.endsWith('.md'));
    assert.ok(pages.includes('docs/quickstart.md') && pages.length > 20, `${pages}`);
    for (const page of pages) {
      const prose = readFileSync(join(shop, 'node_modules/tresen', page), 'utf8').replace(/^```[^]*?^```$/gm, '');
      const links = [...prose.matchAll(/\]\((?!https?:)([^()\s#]+)/g)].map(([, link]) => posix.join(posix.dirname(page), link));
      for (const link of links) assert.ok(main.files.has(link), `${page} leads to ${link}`);
    }
  },
  'the platform’s package holds the command, which may be run'({ platform }) {
    assert.deepEqual([...platform.files.keys()].sort(), ['LICENSE-APACHE', 'LICENSE-MIT', 'package.json', 'tresen']);
    assert.equal(platform.files.get('tresen') & 0o111, 0o111);
  },
  'both are installed from files alone'() {
    for (const path of ['tresen/dist/command.js', '@tresen/cli-linux-x64/tresen', '.bin/tresen']) assert.ok(existsSync(join(shop, 'node_modules', path)), path);
    assert.deepEqual(readdirSync(join(shop, 'node_modules')).filter((name) => !name.startsWith('.')).sort(), ['@tresen', 'tresen']);
    assert.equal(statSync(join(shop, 'node_modules/tresen/dist/command.js')).mode & 0o111, 0o111);
  },
  'npx tresen passes on what the binary does, with its answer and its exit code'() {
    const tresen = (...args) => spawnSync('npx', ['--offline', 'tresen', ...args], { cwd: shop, env, encoding: 'utf8' });
    assert.match(tresen('--version').stdout, /^tresen \d+\.\d+\.\d+/);
    const hint = JSON.parse(tresen('policy', 'hint', 'node_modules/tresen/dist/dev/policy.json', '--today', '2026-11-21').stdout);
    assert.equal(hint.methods[0].largest.minor, 25000);
    assert.equal(tresen('policy', 'check', 'missing.json').status, 2);
  },
  'its entries can be imported on a server'() {
    const code = "import { define } from 'tresen'; import { TresenHint } from 'tresen/hint'; import { createTresen } from 'tresen/server'; console.log(typeof define, typeof TresenHint, typeof createTresen)";
    assert.equal(execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: shop, env, encoding: 'utf8' }).trim(), 'function function function');
  },
  'a ready policy taken into a project is whole, and finds its schema'() {
    writeFileSync(join(shop, 'my-policy.json'), readFileSync(join(shop, 'node_modules/tresen/dist/dev/policy.json')));
    const { $schema } = JSON.parse(readFileSync(join(shop, 'my-policy.json'), 'utf8'));
    assert.ok(existsSync(join(shop, $schema)), $schema);
    assert.equal(spawnSync('npx', ['--offline', 'tresen', 'policy', 'check', 'my-policy.json'], { cwd: shop, env, encoding: 'utf8' }).status, 0);
  },
  'its back-test tries the sample policy as it is written'() {
    const code = "import { readFileSync } from 'node:fs'; import { testPolicy } from 'tresen/backtest'; const files = new URL('./node_modules/tresen/dist/', import.meta.url); const wasm = readFileSync(new URL('console.wasm', files)); const policy = readFileSync(new URL('dev/policy.json', files), 'utf8'); const { orders, refused } = await testPolicy({ policy, wasm }, ['{}', '{\"cart.total\":1}']); console.log(orders, ...Object.keys(refused.codes))";
    writeFileSync(join(shop, 'back-test.mjs'), code);
    assert.equal(execFileSync(process.execPath, ['back-test.mjs'], { cwd: shop, env, encoding: 'utf8' }).trim(), '1 fact.type');
  },
  async 'npx tresen dev serves a page with all its files, and a session for it'() {
    const child = spawn('npx', ['--offline', 'tresen', 'dev', '--port', '0'], { cwd: shop, env, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    try {
      let said = '';
      for await (const text of child.stdout) {
        said += text;
        if (said.includes('Ctrl-C')) break;
      }
      const url = /The page\s+(http:\S+)/.exec(said)[1];
      const page = await (await fetch(url)).text();
      const files = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path);
      assert.ok(files.length >= 3, page);
      for (const path of [...files, '/tresen/dist/checkout.wasm', '/tresen/dist/locales/de.json', '/tresen/dist/more.js', '/tresen/dist/plan.wasm', '/tresen/dist/hint.js']) assert.equal((await fetch(new URL(path, url))).status, 200, path);
      const opened = await fetch(new URL('/api/session', url), { method: 'POST', body: JSON.stringify({ person: 'cus_greta', total: 16840, locale: 'de', address_form: 'du', back: url }) });
      const { session, public_key: key } = await opened.json();
      const checkout = await fetch(new URL(`/tresen/v1/checkout/${session}`, url), { headers: { authorization: `Bearer ${key}` } });
      assert.equal((await checkout.json()).address_form, 'du');
    } finally {
      process.kill(-child.pid, 'SIGTERM');
    }
  },
  'without a binary it says which there are and how to build one'() {
    rmSync(join(shop, 'node_modules/@tresen'), { recursive: true });
    const missing = spawnSync('npx', ['--offline', 'tresen', 'dev'], { cwd: shop, env, encoding: 'utf8' });
    assert.deepEqual([missing.status, missing.stdout], [2, '']);
    assert.match(missing.stderr, /@tresen\/cli-linux-x64 is not installed\n {2}help {3}npm install/);
  },
};

let failed = 0;
try {
  const built = execFileSync(process.execPath, [join(root, 'js/build/platform.mjs'), '--binary', values.tresen, '--into', join(folder, 'platform')], { encoding: 'utf8' }).trim();
  const world = { main: pack(join(root, 'js')), platform: pack(built) };
  mkdirSync(shop);
  writeFileSync(join(shop, 'package.json'), '{"name":"empty-shop","private":true,"type":"module"}');
  npm(shop, 'install', '--no-package-lock', world.main.tarball, world.platform.tarball);
  for (const [name, check] of Object.entries(cases)) {
    try {
      await check(world);
      console.log(`ok: ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`not ok: ${name}\n${error.stack}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`packaging: ${Object.keys(cases).length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
