// Puts the corpus to a running service over HTTP, and compares each of its decisions, byte for byte, with `tresen decide`; then
// the residual policy that a browser gets, decided natively and in WebAssembly, with the service's own decision.
//
//     node tests/service/run.mjs --tresen target/debug/tresen

import { parseArgs } from 'node:util';
import { corpus, grouped, refusals } from './corpus.mjs';
import { checkDay } from './day.mjs';

const { values } = parseArgs({ options: { tresen: { type: 'string' } } });
const tally = {
  passed: 0,
  failed: 0,
  decided: 0,
  previewOnly: 0,
  sameEvenSo: 0,
  reasons: new Map(),
  /** A case that the border cannot put as it stands, and why. */
  otherwise(reason, name) {
    this.reasons.set(reason, [...(this.reasons.get(reason) ?? []), name]);
  },
};

/** One case is one result; it fails at the first thing that is not as it must be. */
async function judge(name, check) {
  try {
    await check();
    tally.passed += 1;
  } catch (error) {
    tally.failed += 1;
    console.log(`${name}\n  ${error.message.split('\n').slice(0, 12).join('\n  ')}`);
  }
}

const days = grouped([...corpus(), ...refusals()], ({ today }) => today);
for (const [today, cases] of [...days].sort()) await checkDay({ tresen: values.tresen, today, cases, tally, judge });

const named = [...tally.reasons.values()].flat().length;
console.log(`${tally.decided} cases decided: preview, confirm and record as \`tresen decide\`, and the residual policy alike, natively and in WebAssembly`);
console.log(`${tally.previewOnly} of them by preview and residual only: they have no cart total, and a confirm always has a cart`);
console.log(`${tally.sameEvenSo} of them though the service knows more than the case says, ${named} otherwise than the case says, because`);
for (const [reason, names] of tally.reasons) console.log([`  ${reason}:`, ...names].join('\n    '));
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed > 0 || tally.passed === 0 ? 1 : 0;
