// Runs the corpus and random cases through the engine in Node and Chromium, as WebAssembly and as JavaScript, and
// compares every decision with the native one, made alone and together with others, by the policy's own code as well: node tests/wasm/run.mjs --tresen FILE [--random N] [--hosts node,chromium]

import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { corpus, decideNatively, random, root } from './cases.mjs';
import { decideAll } from './host.mjs';

const { values } = parseArgs({ options: { tresen: { type: 'string' }, random: { type: 'string', default: '2000' }, hosts: { type: 'string', default: 'node,chromium' } } });
const dist = join(root, 'js/dist');
const batches = [...corpus(), ...random(Number(values.random))];
decideNatively(values.tresen, batches, join(tmpdir(), `tresen-wasm-${process.pid}`));

let passed = 0;
let failed = 0;

function compare(host, answers) {
  for (const [number, batch] of batches.entries()) {
    for (const [place, { name, native }] of batch.cases.entries()) {
      // Who makes the policy's hash is the host's affair: the engine is not told it here.
      const expected = native.error ? { error: native.error.diagnostics.map(({ code, at }) => `${code} ${at}`).sort() } : { ...native, policy: null };
      if (isDeepStrictEqual(answers[number][place], expected)) passed += 1;
      else {
        failed += 1;
        if (failed <= 5) console.log(`${host}: ${name}\n${differences(expected, answers[number][place]).join('\n')}`);
      }
    }
  }
  console.log(`${host}: ${batches.reduce((sum, batch) => sum + batch.cases.length, 0)} cases decided`);
}

/** Where two answers differ, one line a place. */
function differences(native, here, at = '') {
  const deep = (value) => typeof value === 'object' && value !== null;
  if (!deep(native) || !deep(here)) return native === here ? [] : [`  ${at}: native ${JSON.stringify(native)}, here ${JSON.stringify(here)}`];
  return [...new Set([...Object.keys(native), ...Object.keys(here)])].flatMap((key) => differences(native[key], here[key], `${at}/${key}`));
}

function withCode(engine) {
  if (!engine.hasCode) throw new Error('the engine does not take the code of its policy');
  return engine;
}

async function inNode(kind) {
  const { loadEngine } = await import(join(dist, 'engine.js'));
  const { leastSteps } = await import(join(dist, 'steps.js'));
  const { loadFallback } = await import('./node-fallback.mjs');
  const wasm = readFileSync(join(dist, 'engine.wasm'));
  const coded = async (batch) => withCode(await loadEngine({ policy: batch.bytes, code: batch.code, wasm }));
  return decideAll((batch) => (kind === 'wasm' ? [loadEngine({ policy: batch.bytes, wasm }), coded(batch)] : [loadFallback(dist, batch.bytes)]), batches, leastSteps);
}

async function inChromium(kind) {
  const { chromium } = await import(join(root, 'tests/e2e/node_modules/playwright-core/index.mjs'));
  const server = await serve();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/page-${kind}`);
    const plain = batches.map(({ bytes, code, cases }) => ({ bytes: [...bytes], code: [...code], cases: cases.map(({ today, facts }) => ({ today, facts })) }));
    return await page.evaluate(async ([plain, isWasm]) => {
      const [{ loadEngine }, { leastSteps }, { decideAll }] = await Promise.all([import('/dist/engine.js'), import('/dist/steps.js'), import('/host.mjs')]);
      const batches = plain.map(({ bytes, code, cases }) => ({ bytes: Uint8Array.from(bytes), code: Uint8Array.from(code), cases }));
      // Where WebAssembly is refused, the code is too, and nothing else changes.
      const coded = async ({ bytes, code }) => {
        const engine = await loadEngine({ policy: bytes, code });
        if (engine.hasCode !== isWasm) throw new Error(`the engine ${isWasm ? 'does not take' : 'took'} the code of its policy`);
        return engine;
      };
      return decideAll((batch) => [loadEngine({ policy: batch.bytes }), coded(batch)], batches, leastSteps);
    }, [plain, kind === 'wasm']);
  } finally {
    await browser.close();
    server.close();
  }
}

const TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };

/** The page for the fallback refuses WebAssembly by its Content-Security-Policy, as a strict shop would. */
function serve() {
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    if (path.startsWith('/page-')) {
      const wasm = path.endsWith('wasm') ? " 'wasm-unsafe-eval'" : '';
      response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': `default-src 'none'; script-src 'self'${wasm}; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'` });
      return response.end('<!doctype html><title>engine</title>');
    }
    const file = path === '/host.mjs' ? join(root, 'tests/wasm/host.mjs') : path.startsWith('/dist/') && !path.includes('..') ? join(dist, path.slice(6)) : null;
    try {
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' });
      response.end(readFileSync(file));
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const hosts = { node: inNode, chromium: inChromium };
for (const name of values.hosts.split(',')) {
  for (const kind of ['wasm', 'javascript']) compare(`${name}, ${kind}`, await hosts[name](kind));
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
