// What `tresen/backtest` reports of policies is what `tresen policy test` and `policy diff` report, word for word: over the corpus of orders of
// the past, and over random policies and orders, in Node and in Chromium, there in a worker, on the page itself, and as JavaScript:
// node tests/wasm/backtest.mjs --tresen FILE [--random N] [--hosts node,chromium]

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { random, root } from './cases.mjs';
import { differences } from './compare.mjs';
import { openPage } from './page.mjs';

const { values } = parseArgs({ options: { tresen: { type: 'string' }, random: { type: 'string', default: '4000' }, hosts: { type: 'string', default: 'node,chromium' } } });
const dist = join(root, 'js/dist');
const folder = mkdtempSync(join(tmpdir(), 'tresen-backtest-'));
const TODAY = '2026-03-10';

/** The options of the command line that a case names, as the package takes them. */
function optionsOf(words) {
  const options = { today: TODAY };
  for (let at = 0; at < words.length; at += 1) {
    if (words[at] === '--complete') options.complete = true;
    else if (words[at] === '--assume') options.assume = words[(at += 1)];
    else if (words[at] === '--examples') options.examples = Number(words[(at += 1)]);
    else throw new Error(`a case has the option ${words[at]}`);
  }
  return options;
}

function ofCorpus() {
  const at = join(root, 'tests/corpus/backtest');
  const read = (name) => readFileSync(join(at, name), 'utf8');
  const cases = read('cases.jsonl').split('\n').filter(Boolean).map((line) => JSON.parse(line));
  return cases.map(({ name, command, policies, orders, arguments: words = [] }) => ({
    name,
    command,
    policies: policies.map((policy) => read(`${policy}.json`)),
    orders: read(`${orders}.jsonl`),
    words,
  }));
}

/** Facts that nobody may give, as orders of the past: which mistakes are found, and where. */
function ofRefusals() {
  const lines = readFileSync(join(root, 'tests/corpus/refuse/facts.jsonl'), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
  return [...new Set(lines.map(({ policy }) => policy))].flatMap((policy) => {
    const orders = lines.filter((line) => line.policy === policy);
    // So many are told in full.
    return Array.from({ length: Math.ceil(orders.length / 20) }, (_, number) => ({
      name: `refused facts of ${policy}, ${number + 1}`,
      command: 'test',
      policies: [readFileSync(join(root, 'tests/corpus/policies', `${policy}.json`), 'utf8')],
      orders: orders.slice(number * 20, number * 20 + 20).map(({ today, facts }) => JSON.stringify({ today, facts })).join('\n'),
      words: [],
    }));
  });
}

const PAID = ['on_time', 'late', 'unpaid', 'soon'];

/** What random orders earned and how they were paid; a few say it in a way that nobody may. */
function beside(number, { methods, currency }) {
  const order = {};
  const id = methods[number % methods.length].id;
  if (number % 2 === 0) {
    const paid = PAID[number % 41 === 0 ? 3 : (number >> 1) % 3];
    order.outcome = { paid };
    if (number % 3 > 0) order.outcome.method = number % 7 === 0 ? 'barter' : id;
    if (number % 5 === 0) order.outcome.lost = { minor: (number * 7919) % 90_000, currency };
  }
  if (number % 3 === 0) order.margin = number % 2 ? { minor: ((number * 104_729) % 50_000) - 9_000, currency: number % 37 ? currency : 'XTS' } : `0.${String((number * 31) % 1_000_000).padStart(6, '0')}`;
  return order;
}

function ofRandom(count) {
  const batches = random(count, 'backtest');
  return batches.flatMap(({ policy, cases }, number) => {
    const orders = cases.map(({ today, facts }, place) => JSON.stringify(place % 11 ? { today, facts, ...beside(number * 50 + place, policy) } : facts)).join('\n');
    const other = batches[(number + 1) % batches.length].policy;
    const name = `random ${number + 1}`;
    const test = { name, command: 'test', policies: [JSON.stringify(policy)], orders, words: number % 2 ? ['--complete'] : [] };
    const diff = { name, command: 'diff', policies: [JSON.stringify(policy), JSON.stringify(other)], orders, words: ['--examples', '7'] };
    return other.currency === policy.currency ? [test, diff] : [test];
  });
}

/** What the command line reports, and the compiled policies. */
function natively(number, { command, policies, orders, words }) {
  const files = policies.map((policy, place) => join(folder, `${number}-${place}.json`));
  policies.forEach((policy, place) => writeFileSync(files[place], policy));
  const compiled = files.map((file) => file.replace('.json', '.tresen'));
  files.forEach((file, place) => execFileSync(values.tresen, ['policy', 'build', file, '-o', compiled[place]], { stdio: 'pipe' }));
  const told = spawnSync(values.tresen, ['policy', command, ...files, '-', '--today', TODAY, '--format', 'json', ...words], { input: orders, encoding: 'utf8', maxBuffer: 1 << 30 });
  const report = told.stdout ? JSON.parse(told.stdout) : { error: / code {3}(\S+)/.exec(told.stderr)[1] };
  return { report, bytes: compiled.map((file) => [...readFileSync(file)]) };
}

const cases = [...ofCorpus(), ...ofRefusals(), ...ofRandom(Number(values.random))].map((one, number) => ({ ...one, ...natively(number, one), options: optionsOf(one.words) }));
rmSync(folder, { recursive: true });
if (!cases.some(({ report }) => report.refused?.lines > 0) || !cases.some(({ report }) => report.changed?.orders > 0)) throw new Error('the cases are too tame');

/** A report, or the code of what stands in its way; the text of this goes to the page as well. */
async function reportOf({ testPolicy, diffPolicies }, policies, { command, orders, options }) {
  try {
    return command === 'test' ? await testPolicy(policies[0], orders, options) : await diffPolicies(...policies, orders, options);
  } catch (error) {
    if (!error.code) throw error;
    return { error: error.code };
  }
}

/** The policies of every other case as the merchant wrote them, else compiled. */
const given = ({ policies, bytes }, number) => (number % 2 ? policies : bytes);
const asPolicies = (given, more) => given.map((policy) => ({ policy: typeof policy === 'string' ? policy : Uint8Array.from(policy), ...more }));

async function inNode(one, number) {
  const wasm = readFileSync(join(dist, 'console.wasm'));
  return reportOf(await import(join(dist, 'backtest.js')), asPolicies(given(one, number), { wasm }), one);
}

const inPage = (page) => ({ policies, bytes, command, orders, options }, number) => page.evaluate(`import('/dist/backtest.js').then((backtest) =>
  (${reportOf})(backtest, (${asPolicies})(${JSON.stringify(given({ policies, bytes }, number))}), ${JSON.stringify({ command, orders, options })}))`);

let passed = 0;
let failed = 0;

async function compare(host, report) {
  for (const [number, one] of cases.entries()) {
    const [expected, found] = [one.report, await report(one, number)];
    if (isDeepStrictEqual(found, expected)) passed += 1;
    else {
      failed += 1;
      if (failed <= 5) console.log(`${host}: ${one.command}: ${one.name}\n${differences(expected, found).slice(0, 20).join('\n')}`);
    }
  }
  const orders = cases.reduce((sum, one) => sum + (one.report.orders ?? 0), 0);
  console.log(`${host}: ${cases.length} reports on ${orders} decided orders`);
}

for (const host of values.hosts.split(',')) {
  if (host === 'node') await compare(host, inNode);
  else {
    for (const kind of ['worker', 'wasm', 'javascript']) {
      const { page, close } = await openPage(kind);
      let workers = 0;
      page.on('worker', () => (workers += 1));
      await compare(`${host}, ${kind}`, inPage(page));
      await close();
      if (workers > 0 !== (kind === 'worker')) throw new Error(`${kind}: ${workers} workers`);
    }
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
