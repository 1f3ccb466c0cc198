// Puts defects into the ledger, one at a time, and wants its tests to notice each: node tests/ledger/seeded.mjs
//
// The tests run in workspaces of their own, of the core and the ledger's tests alone, so that a defect costs seconds: one for each core of the machine, for
// building a crate keeps one core busy.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');
/** Each wants the memory and the disk of a build. */
const MOST_AT_ONCE = 4;

// What is wrong, where, and how the code becomes wrong
const DEFECTS = [
  ['a payment is posted without its other side', 'apply/money.rs', 'chain([Posting { place: Place::Held(id.clone()), minor: total }])', 'chain([])'],
  ['a payment that is told twice is two', 'decide/money.rs', 'if known.minor == incoming.minor { Ok(Vec::new()) }', 'if known.minor == incoming.minor { Err(Refused::Exists) }'],
  ['a chargeback does not ask for refunds', 'apply/money.rs', 'refund.payment == *id && refund.state == RefundState::Granted) {\n            return Err(Refused::RefundOpen);', 'refund.payment == *id && refund.state == RefundState::Granted) {\n            let _ = Refused::RefundOpen;'],
  ['who withdraws is credited what was credited before', 'decide/credit.rs', 'sums.agreed.saturating_sub(sums.credited).saturating_sub(sums.let_go)', 'sums.agreed.saturating_sub(sums.credited.min(0)).saturating_sub(sums.let_go)'],
  ['interest is rounded each time that it is reckoned', 'claim.rs', 'self.exact.plus(more).minor().saturating_sub(self.charged)', 'more.minor()'],
  ['a level may be skipped', 'apply/collect.rs', 'claim.level.number.checked_add(1) != Some(raised.number)', 'claim.level.number >= raised.number'],
  ['a new term is not waited for', 'apply/collect.rs', 'if on <= term_until {', 'if on < term_until {'],
  ['holds are not asked before the next level', 'apply/collect.rs', 'self.free_to(Act::Level, receivable, on)?;', ''],
  ['a credit leaves the rates of a plan as they were', 'apply/charge.rs', 'self.credit_plan(receivable, total);', ''],
  ['a claim that is open again stays ended', 'apply.rs', 'claim.ending = if open > 0 { None } else', 'claim.ending = if open > 0 { claim.ending } else'],
  ['a reminder that crossed a payment stays', 'decide/money.rs', 'level.since.is_some_and(|since| since > value_date)', 'level.since.is_some_and(|since| since > Date::MAX)'],
  ['a level that was taken back waits for a notice for ever', 'apply/collect.rs', 'term_until: given.or(passed)', 'term_until: reminded.term_until'],
  ['what was withdrawn from bears interest', 'decide/interest.rs', 'if claim.withdrawn || claim.sold().is_some() {', 'if claim.sold().is_some() {'],
  ['what the payer named is paid last', 'decide/share.rs', 'let chosen = got.len();', 'let chosen = 0;'],
  ['what is objected to is paid like the rest', 'decide/share.rs', 'self.open().saturating_sub(self.disputed).max(0)', 'self.open()'],
  ['who turns out a business bears the higher rate for the days before', 'decide/interest.rs', 'if last >= from {', 'if last >= from && false {'],
  ['what is so at another reference of the same person does not count', 'account.rs', '.chain(self.beside.values().flat_map(BTreeMap::values)).cloned()', '.cloned()'],
  ['what was so at another reference stays after the unmerge', 'apply/person.rs', 'self.beside.remove(other).map(drop)', 'self.beside.get(other).map(drop)'],
  ['default interest bears interest', 'claim.rs', 'ItemKind::Principal | ItemKind::Fee', 'ItemKind::Principal | ItemKind::Fee | ItemKind::DefaultInterest'],
  ['interest is paid before costs', 'item.rs', 'Self::LegalCost => Kind::LegalCosts', 'Self::LegalCost => Kind::DefaultInterest'],
  ['a claim is sold while a hold forbids it', 'apply/sell.rs', 'self.free_to(Act::Sale, receivable, on)?;', ''],
  ['a claim is promised to two buyers', 'apply/sell.rs', 'agreed.until)?.agreed_sale.is_some() {', 'agreed.until)?.agreed_sale.is_none() && false {'],
  ['a price sheet is valid a day too long', 'apply/sell.rs', 'if on > until {', 'if on > until.plus_days(1) {'],
  ['money for what is sold is a credit on nothing', 'apply/money.rs', 'if is_sold { Place::Clearing(', 'if !is_sold { Place::Clearing('],
  ['money for what is sold is passed on twice', 'apply/sell.rs', 'minor <= came.saturating_sub(claim.forwarded)', 'minor <= came'],
  ['the price stays what it was when goods come back', 'apply/sell.rs', 'price.saturating_sub(sold.price()));', 'price.saturating_sub(price));'],
  ['a customer of one class is sold at the rate of another', 'sheet.rs', '.find(|(one, _)| one == class)', '.find(|(one, _)| one.as_str() >= class)'],
  ['what is sold bears the seller interest', 'apply/sell.rs', 'items.iter().for_each(|line| claim.bears(on, line.item, line.minor.saturating_neg()));', ''],
  ['whoever proposed it approves it', 'mandate.rs', 'if proposed_by == approved_by || ', 'if '],
  ['an approval is good for ever', 'mandate.rs', 'self.granted.remove(&key);', ''],
  ['a limit is reached bit by bit', 'mandate.rs', 'Self::Waive | Self::Settle | Self::WriteOff => true', 'Self::Waive | Self::Settle | Self::WriteOff => false'],
  ['an arm of an experiment leaves less time to pay', '../collect/experiment.rs', 'tried.term_days >= one.term_days', 'tried.term_days > 0'],
  ['what was paid for costs counts as let go', 'sums.rs', 'saturating_sub(stands);', 'saturating_sub(stands).saturating_add(sums.costs);'],
  ['who is in which arm changes with the share', '../collect/experiment.rs', 'known.experiment == self.id)', 'known.experiment.is_empty())'],
];

const MANIFEST = `[package]
name = "tresen-tests"
version.workspace = true
edition.workspace = true

[lib]
path = "lib.rs"

[[test]]
name = "ledger"
path = "ledger/main.rs"

[dev-dependencies]
tresen-core.workspace = true
serde.workspace = true
serde_json.workspace = true
`;

function stop(why) {
  console.error(why);
  process.exit(1);
}

/** A copy of what is tested, with what was built of it. */
class Workspace {
  constructor(place) {
    this.place = place;
    mkdirSync(join(place, 'tests'), { recursive: true });
    cpSync(join(root, 'src/core'), join(place, 'src/core'), { recursive: true });
    for (const part of ['ledger', 'corpus/collection', 'corpus/receivable', 'corpus/settle', 'chance.rs']) cpSync(join(root, 'tests', part), join(place, 'tests', part), { recursive: true });
    cpSync(join(root, 'Cargo.lock'), join(place, 'Cargo.lock'));
    const workspace = readFileSync(join(root, 'Cargo.toml'), 'utf8').replace(/members = \[.*\]/, 'members = ["src/core", "tests"]');
    writeFileSync(join(place, 'Cargo.toml'), workspace);
    writeFileSync(join(place, 'tests/lib.rs'), '//! What the ledger\'s tests need of the others.\n\npub mod chance;\n');
    writeFileSync(join(place, 'tests/Cargo.toml'), MANIFEST);
  }

  async run(...more) {
    const child = spawn('cargo', ['test', '-q', '-p', 'tresen-tests', '--offline', ...more], { cwd: this.place, env: { ...process.env, CARGO_TARGET_DIR: join(this.place, 'target') } });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
    const [status] = await once(child, 'close');
    return { ok: status === 0, said };
  }

  /** Whether the tests notice a defect. */
  async notices([what, file, from, to]) {
    const path = join(this.place, 'src/core/receivable', file);
    const source = readFileSync(path, 'utf8');
    if (source.split(from).length !== 2) stop(`${file} does not say once: ${from}`);
    writeFileSync(path, source.replace(from, () => to));
    const built = await this.run('--no-run');
    if (!built.ok) stop(`with the defect "${what}" the code does not build:\n${built.said}`);
    const { ok } = await this.run();
    writeFileSync(path, source);
    return !ok;
  }
}

let missed = 0;
const waiting = DEFECTS.values();
const lane = async (_, at) => {
  const workspace = new Workspace(join(target, 'seeded', String(at)));
  const sound = await workspace.run();
  if (!sound.ok) stop(`the ledger's tests fail without any defect:\n${sound.said}`);
  for (const defect of waiting) {
    const noticed = await workspace.notices(defect);
    if (!noticed) missed += 1;
    console.log(`${noticed ? 'noticed' : 'MISSED '}  ${defect[0]}`);
  }
};
await Promise.all(Array.from({ length: Math.min(availableParallelism(), MOST_AT_ONCE) }, lane));
console.log(`seeded: ${DEFECTS.length - missed} passed, ${missed} failed`);
process.exit(missed === 0 ? 0 : 1);
