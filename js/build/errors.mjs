// The tables of js/docs/errors.md and policy-errors.md that are read from the code: node js/build/errors.mjs writes them, a test holds them equal.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { REASONS } from '../src/engine/reasons.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const PAGES = ['js/docs/errors.md', 'js/docs/policy-errors.md'].map((path) => join(root, path));
const read = (path) => readFileSync(join(root, path), 'utf8');

/** The Rust files below a folder, without their tests. */
const sources = (folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .filter((name) => name.endsWith('.rs') && !/(^|\/)(tests|bench)(\/|\.rs)/.test(name))
    .sort()
    .map((name) => read(join(folder, name)).split('#[cfg(test)]')[0]);

/** The arguments of a call whose open bracket stands before `at`. */
function argumentsAt(text, at) {
  const found = [''];
  let depth = 0;
  for (let place = at; place < text.length; place += 1) {
    const letter = text[place];
    if (letter === '"') {
      const end = place + /^"(?:[^"\\]|\\[^])*"/.exec(text.slice(place))[0].length;
      found[found.length - 1] += text.slice(place, end);
      place = end - 1;
      continue;
    }
    if ('([{'.includes(letter)) depth += 1;
    if (')]}'.includes(letter)) depth -= 1;
    if (depth < 0) break;
    if (letter === ',' && depth === 0) found.push('');
    else found[found.length - 1] += letter;
  }
  return found.map((argument) => argument.trim());
}

/** What a text of the code says: what is filled in stands as `…`. A name is looked up where it was last given one before. */
function said(argument = '', before = '') {
  const name = /^&?(\w+)$/.exec(argument)?.[1];
  if (name) {
    const given = before.lastIndexOf(`let ${name} = `);
    return given < 0 ? '' : said(before.slice(given + `let ${name} = `.length));
  }
  const literal = /^(?:if [^"]*?\{\s*)?(?:format!\(\s*)?("(?:[^"\\]|\\[^])*")/.exec(argument)?.[1];
  return literal ? JSON.parse(literal.replace(/\\\n\s*/g, '').replaceAll("\\'", "'")).replace(/\{[^{}]*\}/g, '…') : '';
}

const CALL = /\b(?:ApiError|Self)::(new|invalid|unknown|diagnosed)\(|\brefused\((?=\s*")/g;
const CHECK_THE_ID = 'check the id; ids of other tenants are not found either';
const SEE_DIAGNOSTICS = 'see `diagnostics`, each with its place and remedy';

/** What a constructor of ApiError is given: `[status, code, message, help]`. */
const SHAPES = {
  new: ([status, code, message, help]) => [status, code, message, help],
  invalid: ([code, , message, help]) => ['422', code, message, help],
  unknown: ([code, what]) => ['404', code, `"there is no such ${what.slice(1, -1)}"`, JSON.stringify(CHECK_THE_ID)],
  diagnosed: ([code, message]) => ['422', code, message, JSON.stringify(SEE_DIAGNOSTICS)],
  refused: ([code, message, help]) => ['400', code, message, help],
};

/** What the code says by what it found there, in one sentence. */
const WORDED = {
  'query.after': ['`after` is no claim’s id', 'pass `next` of the page before'],
  'step.birth_date_malformed': ['this is no date of birth', 'as under `fact.date_malformed` and `fact.range`'],
  'webhook.url': ['the address cannot be read, is not encrypted, carries a password, or leads into a private network', 'write it whole, such as `https://shop.example/hooks/tresen`'],
};

/** Every error of the service that is written where it is made: by code, the first that says what it means. */
export function service() {
  const rows = new Map();
  for (const text of sources('src/service')) {
    for (const { 1: kind = 'refused', 0: call, index } of text.matchAll(CALL)) {
      const [status, code, message, help] = SHAPES[kind](argumentsAt(text, index + call.length));
      if (!/^"[a-z_]+(\.[a-z_]+)*"$/.test(code ?? '') || !/^\d{3}$/.test(status)) continue;
      const name = code.slice(1, -1);
      const row = [name, status, ...(WORDED[name] ?? [message, help].map((one) => said(one, text.slice(0, index))))];
      const known = rows.get(row[0]);
      if (!known || (!known[2] && row[2]) || (!known[3] && row[3])) rows.set(row[0], row);
    }
  }
  return [...rows.values()].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** What the ledger lets not happen; the service answers with the same code. */
export const ledger = () =>
  [...read('src/core/receivable/refused.rs').matchAll(/^ {4}\w+ "([a-z_.]+)" "([^"]+)",$/gm)].map(([, code, message]) => [code, message]).sort(([one], [other]) => (one < other ? -1 : 1));

/** What is said of a policy, as the cases of the corpus have it. */
export function policy() {
  const rows = new Map();
  const folder = 'tests/corpus/diagnostics';
  for (const file of readdirSync(join(root, folder)).filter((name) => name.endsWith('.jsonl')).sort()) {
    for (const line of read(join(folder, file)).split('\n').filter(Boolean)) {
      for (const { code, severity = 'error', message, help } of JSON.parse(line).expect) if (!rows.has(code)) rows.set(code, [code, severity, message, help]);
    }
  }
  return [...rows.values()].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Why a method is withheld, and what the shopper reads. */
export function reasons() {
  const texts = JSON.parse(read('src/texts/en.json'));
  return REASONS.map((code) => [code, texts[`reason.${code.replace('.', '_')}.sentence`] ?? '', texts[`reason.${code.replace('.', '_')}.why`] ?? '']);
}

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ').replace(/[<>]/g, (sign) => (sign === '<' ? '&lt;' : '&gt;'));
const table = (head, rows) => [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...rows.map(([code, ...rest]) => `| \`${code}\` | ${rest.map(cell).join(' | ')} |`)].join('\n');

const TABLES = {
  reasons: () => table(['code', 'what the shopper reads', 'under “Why?”'], reasons()),
  service: () => table(['code', 'status', 'what is wrong', 'what to do'], service()),
  ledger: () => table(['code', 'what is wrong'], ledger()),
  policy: () => table(['code', 'is', 'such as', 'what to do'], policy()),
};

/** The page with its tables as the code has them. */
export const written = (page) => page.replace(/(<!-- table: (\w+) -->\n)[^]*?(<!-- end -->)/g, (_, begin, name, end) => `${begin}\n${TABLES[name]()}\n\n${end}`);

if (process.argv[1] === fileURLToPath(import.meta.url)) for (const page of PAGES) writeFileSync(page, written(readFileSync(page, 'utf8')));
