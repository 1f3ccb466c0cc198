// Puts defects into the service, one at a time, and wants the worlds to notice each: node src/service/tests/world/seeded.mjs
//
// Each costs a build of the service: not for every day. What is planted by way of the store (planted.rs) is tried with the tests. The first three
// were there when the worlds began.

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..');
const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');
const place = join(target, 'seeded-service');

// What is wrong, where, and how the code becomes wrong
const DEFECTS = [
  ['whom nothing reaches before the due date is not looked at again', 'collect/when.rs', 'case.account.overdue(claim, now.today) == 0 =>', 'case.account.overdue(claim, now.today) < 0 =>'],
  ['the dead are thanked', 'collect/answers.rs', 'if claims.is_empty() || is_silenced(ledger, &claims, today) {', 'if claims.is_empty() {\n            let _ = is_silenced;'],
  ['who has moved is written to where they were', 'collect/send.rs', 'here.as_ref().is_some_and(|here| *here != parcel.recipient)', 'here.as_ref().is_some_and(|here| here.is_empty() && *here != parcel.recipient)'],
  ['an idempotency key is ignored', 'idempotency.rs', 'let Some(key) = &work.idempotency_key else', 'let Some(key) = &work.idempotency_key.clone().filter(|_| false) else'],
  ['the gates are not asked again at sending', 'collect/send.rs', 'match (stopped(work, contact, parcel.as_ref())?, parcel) {', 'match (stopped(work, contact, parcel.as_ref())?.filter(|_| false), parcel) {'],
  ['nobody is looked at again after something has happened', 'ledger/rows.rs', 'SET look_ms = 0 WHERE', 'SET look_ms = look_ms WHERE'],
  ['a bounce is ignored', 'collect/delivery.rs', 'contact.comes_back(work)?;', ''],
  ['some webhooks are lost', 'journal.rs', 'webhooks::enqueue(self, position,', 'if position % 7 != 0 { return Ok(Written { event_id, position }); }\n        webhooks::enqueue(self, position,'],
  ['what is open of a claim does not follow', 'ledger/rows.rs', 'if let Some(is) = is.filter(|is| was.as_ref() != Some(is)) {', 'if let Some(is) = is.filter(|is| was.is_none() && was.as_ref() != Some(is)) {'],
  ['what was sent does not count', 'collect/attempts.rs', "AND state <> 'suppressed' AND message_id", "AND state = 'delivered' AND message_id"],
  ['a complaint closes no way', 'collect/person.rs', 'said.opted_out.push(channel.into());', ''],
  ['a payment told twice is two', 'incoming.rs', 'if known.amount == request.amount {', 'if known.amount == request.amount && known.customer.is_none() {'],
];

function run(...filters) {
  const args = ['test', '-q', '--offline', '-p', 'tresen-service', '--test', 'world', '--', ...filters];
  // Four worlds, and nobody waits for the shortest story.
  const env = { ...process.env, CARGO_TARGET_DIR: target, TRESEN_WORLDS: '4', TRESEN_SEED: '0', TRESEN_WHOLE: '1', RUST_BACKTRACE: '0' };
  const { status, stdout, stderr } = spawnSync('cargo', args, { cwd: place, encoding: 'utf8', env, maxBuffer: 1 << 28 });
  return { ok: status === 0, built: !/error(\[E\d+\])?: (could not compile|.*\n *-->)/.test(stderr), said: stdout + stderr };
}

function stop(why) {
  console.error(why);
  process.exit(1);
}

rmSync(place, { recursive: true, force: true });
mkdirSync(place, { recursive: true });
for (const part of ['core', 'wire', 'texts', 'letters', 'service']) cpSync(join(root, 'src', part), join(place, 'src', part), { recursive: true });
for (const part of ['chance.rs', 'corpus/world', 'corpus/policies']) cpSync(join(root, 'tests', part), join(place, 'tests', part), { recursive: true });
cpSync(join(root, 'Cargo.lock'), join(place, 'Cargo.lock'));
const workspace = readFileSync(join(root, 'Cargo.toml'), 'utf8');
writeFileSync(join(place, 'Cargo.toml'), workspace.replace(/members = \[.*\]/, 'members = ["src/core", "src/wire", "src/texts", "src/letters", "src/service"]'));

const only = process.argv.slice(2);
const sound = run('no_world', 'what_once');
if (!sound.ok) stop(`the worlds break something without any defect:\n${sound.said.slice(-4000)}`);

let [tried, missed] = [0, 0];
for (const [what, file, from, to] of DEFECTS.filter(([what]) => only.length === 0 || only.some((word) => what.includes(word)))) {
  const path = join(place, 'src/service', file);
  const source = readFileSync(path, 'utf8');
  if (source.split(from).length !== 2) stop(`${file} does not say once: ${from}`);
  writeFileSync(path, source.replace(from, () => to));
  const { ok, built, said } = run('no_world', 'what_once');
  writeFileSync(path, source);
  if (!built) stop(`with the defect "${what}" the code does not build:\n${said.slice(-4000)}`);
  tried += 1;
  if (ok) missed += 1;
  const by = [...said.matchAll(/Broken\("([^"]+)"/g)].map(([, name]) => name);
  console.log(`${ok ? 'MISSED ' : 'noticed'}  ${what}${ok ? '' : `  (${[...new Set(by)].join(', ')})`}`);
}
console.log(`seeded: ${tried - missed} passed, ${missed} failed`);
process.exit(missed === 0 ? 0 : 1);
