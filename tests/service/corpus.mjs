// The cases of tests/corpus, one list: those that are decided and those whose facts are refused.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = new URL('../corpus/', import.meta.url).pathname;
const policies = new Map();

export function policyOf(name) {
  if (!policies.has(name)) policies.set(name, JSON.parse(readFileSync(join(folder, 'policies', `${name}.json`), 'utf8')));
  return policies.get(name);
}

const read = (area) =>
  readdirSync(join(folder, area))
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((file) => readFileSync(join(folder, area, file), 'utf8').split('\n').filter(Boolean).map((line) => ({ file: `${area}/${file}`, ...JSON.parse(line) })))
    .map(({ file, name, policy, today, facts, refuse }) => ({ name: `${file}: ${name}`, policy, today, facts, refuse: refuse ?? null }));

/** A list for each key, in the order of their first appearance. */
export function grouped(list, keyOf) {
  const groups = new Map();
  for (const one of list) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

export const corpus = () => read('decide');
export const refusals = () => read('refuse');
