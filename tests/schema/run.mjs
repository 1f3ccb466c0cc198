// The published JSON Schemas against what `tresen` takes and refuses: node tests/schema/run.mjs --tresen FILE
//
// What the checker takes, the schema takes: the examples, the corpus, random policies, and every case of the diagnostics without
// an error. What is structurally wrong, both refuse: the cases of the diagnostics whose codes a schema can know, and every place of
// two policies with an unknown key, with null, and with a value of another type. Orders of the past are taken and refused by both alike.
// Explanations are taken as they are made, with no key that the schema does not name, and refused where one is missing or of another type.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Ajv from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { spoiled } from './cases.mjs';
import { printed, served } from './explanations.mjs';

const { values } = parseArgs({ options: { tresen: { type: 'string' } } });
const root = new URL('../..', import.meta.url).pathname;
const read = (path) => readFileSync(join(root, path), 'utf8');
const json = (path) => JSON.parse(read(path));
const lines = (path) => read(path).split('\n').filter(Boolean).map((line) => JSON.parse(line));
const files = (folder, extension) => readdirSync(join(root, folder)).filter((name) => name.endsWith(extension)).map((name) => `${folder}/${name}`);

const ajv = new Ajv({ allErrors: false, strict: true, strictRequired: false, allowUnionTypes: true });
formats(ajv);
const schemas = { policy: json('js/schema/policy-1.schema.json'), facts: json('js/schema/facts-1.schema.json'), order: json('js/schema/order-1.schema.json') };
const valid = { policy: ajv.compile(schemas.policy), facts: ajv.compile(schemas.facts), order: ajv.compile(schemas.order) };

let passed = 0;
let failed = 0;

function check(right, what) {
  if (right) passed += 1;
  else {
    failed += 1;
    if (failed <= 20) console.log(what);
  }
}

const told = (validate) => (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`).join(', ');

/** What the checker says of many policies: its errors' codes, warnings left out */
function checked(documents) {
  const folder = join(tmpdir(), `tresen-schema-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const paths = documents.map((document, number) => join(folder, `${number}.json`));
  documents.forEach((document, number) => writeFileSync(paths[number], JSON.stringify(document)));
  const reports = [];
  for (let begin = 0; begin < paths.length; begin += 500) {
    const { stdout } = spawnSync(values.tresen, ['policy', 'check', '--format', 'json', ...paths.slice(begin, begin + 500)], { maxBuffer: 1 << 30 });
    reports.push(...JSON.parse(stdout).files);
  }
  rmSync(folder, { recursive: true });
  return reports.map(({ diagnostics }) => diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code));
}

/** The checker's codes for mistakes that a schema can know: of shape, not of what one part says of another */
const STRUCTURAL = new Set(
  `type key.unknown key.missing format.unsupported text.empty text.too_long list.too_long id.malformed country.malformed date.malformed
   amount.malformed rate.malformed probability.malformed number.range word.unknown fact.name fact.too_many reason.unknown
   condition.malformed condition.operator_unknown`.split(/\s+/).map((code) => `policy.${code}`),
);

/** Cases with such a code that a schema cannot know all the same, and why */
const BEYOND = new Map([
  ['classes by conditions where there are scorecards', 'which key a class needs hangs on whether there are scorecards'],
  ['a class in the middle that takes the rest', 'which class is the last is not the class\u2019s own affair'],
  ['a whole number with a fraction of nothing', '18.0 is a whole number to JSON Schema, and to JavaScript'],
  ['a country in small letters', 'what a value may be hangs on the fact that it is compared with'],
]);

// What the checker takes, the schema takes.
const policies = ['tests/corpus/policies', 'tests/corpus/diagnostics/policies', 'examples/policies'].flatMap((folder) => files(folder, '.json'));
for (const path of policies) check(valid.policy(json(path)), `${path}: ${told(valid.policy)}`);
const random = execFileSync('python3', [join(root, 'tests/reference/generate.py'), '--seed', 'schema', '--count', '300', '--cases-a-policy', '2'], { maxBuffer: 1 << 30 });
for (const { policy, facts } of random.toString().split('\n').filter(Boolean).map((line) => JSON.parse(line))) {
  if (policy) check(valid.policy(policy), `a random policy: ${told(valid.policy)}`);
  else if (facts) check(valid.facts(facts), `random facts ${JSON.stringify(facts)}: ${told(valid.facts)}`);
}
for (const path of files('tests/corpus/decide', '.jsonl')) {
  for (const { name, facts } of lines(path)) check(valid.facts(facts), `${path}, ${name}: ${told(valid.facts)}`);
}

// The cases of the diagnostics, each by what the checker says of it.
let structural = 0;
const cases = files('tests/corpus/diagnostics', '.jsonl').flatMap(lines).filter(({ policy }) => policy);
for (const spoilt of cases) {
  const document = spoiled(json(`tests/corpus/diagnostics/policies/${spoilt.policy}.json`), spoilt);
  const errors = spoilt.expect.filter(({ severity }) => severity !== 'warning').map(({ code }) => code);
  const taken = valid.policy(document);
  if (errors.length === 0) check(taken, `the schema refuses what the checker takes: ${spoilt.name}: ${told(valid.policy)}`);
  if (errors.some((code) => STRUCTURAL.has(code))) {
    structural += 1;
    const beyond = BEYOND.has(spoilt.name);
    check(taken === beyond, `the schema ${taken ? 'takes what is structurally wrong' : 'knows what is said to be beyond it'}: ${spoilt.name} (${errors})`);
  }
}
check(structural > 50, `only ${structural} cases are structurally wrong`);

// Every place of a policy with an unknown key, with null and with another type: both refuse.
function* places(value, at = []) {
  yield at;
  if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) yield* places(inner, [...at, Array.isArray(value) ? Number(key) : key]);
  }
}
const mistakes = [];
for (const path of ['tests/corpus/diagnostics/policies/plain.json', 'examples/policies/de-scorecard.json']) {
  const policy = json(path);
  for (const place of places(policy)) {
    // A description is nobody's business.
    if (place.length === 0 || place.includes('description') || place[0] === '$schema') continue;
    const present = place.reduce((value, key) => value[key], policy);
    const changes = { null: null, 'another type': Array.isArray(present) ? { x: 1 } : typeof present === 'object' ? [present] : [[present]] };
    if (typeof present === 'object' && !Array.isArray(present) && !(place.length === 1 && place[0] === 'facts')) changes['an unknown key'] = { ...present, unknown_key: 1 };
    for (const [what, change] of Object.entries(changes)) {
      const document = structuredClone(policy);
      place.slice(0, -1).reduce((value, key) => value[key], document)[place.at(-1)] = change;
      mistakes.push({ name: `${path}: /${place.join('/')} with ${what}`, document });
    }
  }
}
for (const [number, errors] of checked(mistakes.map(({ document }) => document)).entries()) {
  const { name, document } = mistakes[number];
  check(errors.length > 0, `the checker takes ${name}`);
  check(!valid.policy(document), `the schema takes ${name}`);
}

// Facts that nobody may give.
const OF_FACTS = new Set(['type', 'range', 'precision', 'choice_unknown', 'country_malformed', 'date_malformed', 'derived', 'unknown'].map((code) => `fact.${code}`));
let refused = 0;
for (const { name, facts, refuse } of files('tests/corpus/refuse', '.jsonl').flatMap(lines)) {
  // Which birth dates there can be hangs on today, which no schema knows.
  const ofToday = refuse.includes('fact.range') && 'customer.birth_date' in facts;
  if (!refuse.every((code) => OF_FACTS.has(code)) || ofToday) continue;
  refused += 1;
  check(!valid.facts(facts), `the schema takes facts that are refused: ${name}: ${JSON.stringify(facts)}`);
}
check(refused > 10, `only ${refused} refused facts were tried`);

// Orders of the past: what the command takes the schema takes, and the other way round.
/** The lines among these that `policy test` refuses; it tells of 20 at most, so it gets no more at once */
function refusedOrders(orders) {
  const found = [];
  for (let begin = 0; begin < orders.length; begin += 20) {
    const input = orders.slice(begin, begin + 20).map((order) => JSON.stringify(order)).join('\n');
    const command = ['policy', 'test', join(root, 'tests/corpus/backtest/old.json'), '-', '--format', 'json', '--today', '2026-03-10'];
    const { stdout } = spawnSync(values.tresen, command, { input });
    found.push(...JSON.parse(stdout).refused.told.map(({ line }) => begin + line - 1));
  }
  return new Set(found);
}
const past = read('tests/corpus/backtest/orders.jsonl').split('\n').filter((line) => line.endsWith('}')).map((line) => JSON.parse(line));
const orders = [...schemas.order.examples, ...past.filter(({ facts }) => facts?.['cart.total']?.currency !== 'USD')];
const given = orders.length;
const full = { ...orders[1], margin: orders[0].margin };
for (const place of places(full)) {
  const present = place.reduce((value, key) => value[key], full);
  const changes = place.length === 0 ? [{ ...full, unknown_key: 1 }] : [null, typeof present === 'object' ? [present] : [[present]]];
  if (place.length > 0 && typeof present === 'object') changes.push({ ...present, unknown_key: 1 });
  for (const change of changes) {
    const order = structuredClone(full);
    if (place.length > 0) place.slice(0, -1).reduce((value, key) => value[key], order)[place.at(-1)] = change;
    orders.push(place.length > 0 ? order : change);
  }
}
const outcomes = [{}, { paid: 'soon' }, { paid: 'late', lost: { minor: -1, currency: 'EUR' } }, { paid: 'on_time', lost: { minor: 1, currency: 'EUR' } }, { paid: 'on_time', method: 'barter' }];
orders.push(...outcomes.map((outcome) => ({ facts: {}, outcome })));
orders.push(...['0', '1', '0.5', '1.000', '1.5', '.5', '0.', '-0.1', '0.1234567', 0.5].map((margin) => ({ facts: {}, margin })));
orders.push({ facts: {}, margin: { minor: -3, currency: 'EUR' } }, { today: '2026-03-10' }, [], {});
const notTaken = refusedOrders(orders);
for (const [number, order] of orders.entries()) {
  check(valid.order(order) !== notTaken.has(number), `the schema ${notTaken.has(number) ? 'takes' : 'refuses'} an order: ${JSON.stringify(order)}: ${told(valid.order)}`);
}
check(orders.slice(0, given).every(valid.order) && notTaken.size > 20, `${notTaken.size} of ${orders.length} orders were refused`);

// Explanations, as the command prints them and the service serves them.
/** The schema as if no more keys could come, so that a key that it does not name is found */
function closed(schema) {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(closed);
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return inner.type === 'object' && inner.properties ? { ...inner, additionalProperties: false } : inner;
}
for (const name of ['policy', 'facts']) ajv.addSchema(schemas[name], `${name}-1.schema.json`);
const published = json('js/schema/explanation-1.schema.json');
const explained = { open: ajv.compile(published), closed: ajv.compile(closed(published)) };
const asked = [];
for (const path of files('tests/corpus/decide', '.jsonl')) {
  for (const { policy, today, facts } of lines(path).filter((_, number) => number % 8 === 0)) {
    const file = join(root, 'tests/corpus/policies', `${policy}.json`);
    asked.push({ path: file, methods: json(`tests/corpus/policies/${policy}.json`).methods, facts, today });
  }
}
const explanations = [...printed(values.tresen, asked), ...(await served(values.tresen))];
const seen = { change: 0, points: 0, otherwise: 0, lifts: 0, decision: 0, refused: 0 };
for (const { name, file } of explanations) {
  check(explained.closed(file), `the schema refuses ${name}: ${told(explained.closed)}`);
  const { change, facts } = file.explanation;
  seen.change += Number(change !== null);
  seen.points += Number(facts.some(({ points }) => points.length > 0));
  seen.otherwise += Number(facts.some(({ otherwise }) => otherwise !== null));
  seen.lifts += Number(facts.some(({ lifts }) => lifts.length > 0));
  seen.decision += Number(file.decision !== null);
  seen.refused += Number(file.decision?.outcome === 'refused');
}
check(Object.values(seen).every((times) => times > 0), `nothing was tried of some part: ${JSON.stringify(seen)}`);
// The fullest file, with every key missing and every value of another type. The policy and the facts in it have schemas of their own.
const size = ({ file }) => JSON.stringify(file.explanation).length * (file.explanation.change ? 4 : 1);
const [{ file: fullest }] = explanations.toSorted((one, other) => size(other) - size(one));
let spoilt = 0;
for (const place of places(fullest)) {
  if (place.length === 0 || (place[0] === 'replay' && place.length > 2)) continue;
  const key = place.at(-1);
  const damage = [(parent) => (parent[key] = { unknown: [1] })];
  if (typeof key === 'string') damage.push((parent) => delete parent[key]);
  for (const act of damage) {
    const file = structuredClone(fullest);
    act(place.slice(0, -1).reduce((value, step) => value[step], file));
    spoilt += 1;
    check(!explained.open(file), `the schema takes an explanation with /${place.join('/')} ${act === damage[0] ? 'of another type' : 'missing'}`);
  }
}

// The facts that a policy may name are those of the catalogue.
const inFacts = Object.keys(schemas.facts.properties);
const known = schemas.policy.$defs.fact.anyOf[0].enum;
check(inFacts.every((name) => known.includes(name)), `the policy's schema lacks ${inFacts.filter((name) => !known.includes(name))}`);

console.log(`${policies.length} policies, ${cases.length} cases (${structural} structurally wrong), ${mistakes.length} mistakes, ${refused} refused facts, ${orders.length} orders (${notTaken.size} refused), ${explanations.length} explanations (${spoilt} spoilt)`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
