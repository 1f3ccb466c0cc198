// The plugin's tests in versions of PHP that the machine does not have: PHP as WebAssembly from npm, with the service as it is beside it.
//
//     TRESEN_BIN=… node tests/php/run.mjs 7.4 8.4      more arguments behind `--` go to PHPUnit
//
// Ends with 1 where a test fails, or where the tests do not come to an end.

import { spawn } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createNodeFsMountHandler, loadNodeRuntime } from '@php-wasm/node';
import { PHP } from '@php-wasm/universal';

const REPOSITORY = fileURLToPath(new URL('../../../..', import.meta.url));
const PLUGIN = join(REPOSITORY, 'examples/woocommerce');
/** Where Debian has PHPUnit and what it needs. */
const PHPUNIT = ['/usr/share/php', '/usr/bin'];
const PATIENCE_MS = 300000;

const began = [];
const folder = mkdtempSync(join(tmpdir(), 'tresen-php-'));

/** A sandbox of the service that begins on a day; the machine's if none is named. */
async function service(at) {
  const own = join(folder, `${began.length}`);
  const files = ['--database', `${own}.sqlite`, '--master-key-file', `${own}.key`, '--sandbox-keys-file', `${own}.json`];
  const child = spawn(process.env.TRESEN_BIN, ['serve', '--listen', '127.0.0.1:0', '--sandbox', ...files, ...(at ? ['--sandbox-start', at] : [])], { stdio: ['ignore', 'pipe', 'ignore'] });
  began.push(child);
  let said = '';
  for await (const piece of child.stdout) {
    said += piece;
    const [, url] = /^listening on (\S+)$/m.exec(said) ?? [];
    if (url) return { url, keys: JSON.parse(readFileSync(`${own}.json`, 'utf8')) };
  }
  throw new Error('the service did not start');
}

/** Whether a signature is right. This PHP has no libsodium, where WordPress brings a pure PHP form of it along. */
function isSigned({ signature, message, key }) {
  const bytes = (text) => Buffer.from(text, 'base64');
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), bytes(key)]);
  return verify(null, bytes(message), createPublicKey({ key: spki, format: 'der', type: 'spki' }), bytes(signature));
}

/** A server on a port of its own: what `answer` makes of address, headers and body is what it answers. */
async function listen(answer) {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    response.end(await answer(new URL(request.url, 'http://localhost'), request.headers, body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${server.address().port}/`;
}

/** What PHP cannot do in WebAssembly is done for it here: see ../Service.php, ../WebhookTest.php and ../stand-ins/sodium.php. */
function helper() {
  let received = '';
  const hear = (_, headers, body) => {
    received += `${JSON.stringify({ headers, body })}\n`;
    return '';
  };
  const ways = {
    '/service': ({ searchParams }) => service(searchParams.get('at')),
    '/verify': (_, body) => isSigned(JSON.parse(body)),
    '/listen': () => listen(hear),
    '/received': () => received,
  };
  return listen(async (address, _, body) => JSON.stringify(await ways[address.pathname](address, body)));
}

async function run(version, options) {
  const url = await helper();
  const php = new PHP(await loadNodeRuntime(version, { emscriptenOptions: { ENV: { TRESEN_HELPER: url.slice(0, -1) } } }));
  for (const path of [REPOSITORY, ...PHPUNIT]) {
    php.mkdir(path);
    await php.mount(path, createNodeFsMountHandler(path));
  }
  // PHPUnit asks a shell how wide the window is.
  await php.setSpawnHandler(() => spawn('false'));
  php.chdir(PLUGIN);
  const answer = await php.cli(['php', '-d', 'include_path=.:/usr/share/php', '-d', 'memory_limit=512M', '/usr/bin/phpunit', '--bootstrap', 'tests/php/bootstrap.php', ...options]);
  let said = '';
  const hear = (stream) => stream.pipeThrough(new TextDecoderStream()).pipeTo(new WritableStream({ write: (piece) => void (said += piece) }));
  await Promise.all([hear(answer.stdout), hear(answer.stderr)]);
  // PHPUnit 9 is older than PHP 8.4: what is deprecated in it is none of ours.
  const lines = said.split('\n').filter((line) => !/Deprecated: .* in \/usr\/share\/php\//.test(line));
  console.log(lines.join('\n').replace(/\n{3,}/g, '\n\n').trim());
  return (await answer.exitCode) || Number(lines.some((line) => line.includes('Deprecated: ')));
}

const [named, options] = [process.argv.slice(2), []];
if (named.includes('--')) options.push(...named.splice(named.indexOf('--')).slice(1));
const end = (code) => {
  for (const child of began) child.kill();
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
};
setTimeout(() => {
  console.error(`the tests have not ended within ${PATIENCE_MS / 1000} s`);
  end(1);
}, PATIENCE_MS);
let failed = 0;
for (const version of named) {
  const start = Date.now();
  console.log(`PHP ${version}`);
  const code = await run(version, options);
  console.log(`PHP ${version}: ${code === 0 ? 'passed' : `failed (${code})`}, ${Math.round((Date.now() - start) / 1000)} s`);
  failed += code === 0 ? 0 : 1;
}
end(named.length > 0 && failed === 0 ? 0 : 1);
