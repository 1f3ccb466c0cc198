// The shop's policy with a dial or two moved, compiled for the page that tries it beside the one in force. What a merchant does with
// `tresen policy build` on their own machine; nothing here makes a policy active.

import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Refusal } from './http.js';

const run = promisify(execFile);

/** What can be moved: up to how many euros there is an invoice where nothing else is said, and from how many invoices paid on time somebody is in class A. */
export const DIALS = Object.freeze({
  limit: { least: 100, most: 600, step: 50 },
  on_time: { least: 1, most: 6, step: 1 },
});

const invoice = (policy) => policy.methods.find(({ id }) => id === 'invoice');
const best = (policy) => policy.classes.find(({ id }) => id === 'A');

/** The condition within a condition that asks for a fact. */
function asking(condition, fact) {
  if (condition.fact === fact) return condition;
  for (const part of condition.all ?? condition.any ?? []) {
    const found = asking(part, fact);
    if (found) return found;
  }
  return condition.not ? asking(condition.not, fact) : null;
}

/** Where the dials stand in a policy. */
export const dialsOf = (policy) => ({
  limit: Number.parseInt(invoice(policy).limits.at(-1).maximum, 10),
  on_time: asking(best(policy).when, 'history.paid_on_time').value,
});

export function withDials(policy, { limit, on_time }) {
  const moved = structuredClone(policy);
  invoice(moved).limits.at(-1).maximum = `${limit}.00 EUR`;
  asking(best(moved).when, 'history.paid_on_time').value = on_time;
  return moved;
}

/** Positions as they come in an address; a position that no dial has is refused. */
export function readDials(parameters) {
  const dials = {};
  for (const [name, { least, most, step }] of Object.entries(DIALS)) {
    const position = Number(parameters.get(name) ?? Number.NaN);
    if (!(position >= least && position <= most && (position - least) % step === 0)) throw new Refusal(422, 'dial.malformed', `the dial \`${name}\` has no such position`);
    dials[name] = position;
  }
  return dials;
}

/** `{dials, compiled(dials)}` of a policy. Each position is compiled once. */
export function createVariants({ policy, binary, folder }) {
  const known = new Map();
  const compile = async (dials) => {
    const [from, to] = ['json', 'tresen'].map((ending) => join(folder, `variant-${dials.limit}-${dials.on_time}.${ending}`));
    await writeFile(from, JSON.stringify(withDials(policy, dials)));
    try {
      await run(binary, ['policy', 'build', from, '-o', to]);
      return await readFile(to);
    } finally {
      await Promise.all([from, to].map((file) => rm(file, { force: true })));
    }
  };
  return {
    dials: dialsOf(policy),
    compiled(dials) {
      const key = JSON.stringify(dials);
      if (!known.has(key)) {
        const made = compile(dials);
        known.set(key, made);
        // What failed once is tried again.
        made.catch(() => known.delete(key));
      }
      return known.get(key);
    },
  };
}
