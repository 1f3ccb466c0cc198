// Texts: from src/texts/*.json to one small array per language, and to the Rust enum of keys.
//
//   node js/build/texts.mjs                 writes src/texts/keys.rs
//   node js/build/texts.mjs --out DIR       also writes DIR/de.json, DIR/de-du.json, DIR/en.json
//   node js/build/texts.mjs --check         fails if keys.rs is not what would be written
//
// What a browser loads is one string, for a widget reads nothing but strings: the fingerprint and the sentences, with a
// `~` before each, and in them `{merchant}` as a brace and one letter. The fingerprint names the lists of keys and blanks: the
// widget refuses a file that belongs to other lists (an old one from a cache, say) instead of showing the wrong sentence.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = join(dirname(fileURLToPath(import.meta.url)), '../../src/texts');
const read = (name) => JSON.parse(readFileSync(join(here, name + '.json'), 'utf8'));

/** Each language as the whole list of its sentences; `de-du` holds only what differs from `de`. */
export function languages() {
  const de = read('de');
  return { de, 'de-du': { ...de, ...read('de-du') }, en: read('en') };
}

export const keys = () => Object.keys(read('de'));

/** What stands in braces, in the order in which the German file names it first. */
export const blanks = () => [...new Set(Object.values(read('de')).join('').match(/\{\w+\}/g))].map((found) => found.slice(1, -1));

export const fingerprint = () => createHash('sha256').update([...keys(), ...blanks()].join('\n')).digest('hex').slice(0, 8);

const FIRST = 'A'.charCodeAt(0);

/** A sentence as it is compiled: a blank is a brace and the letter of its place. */
const compiled = (sentence) => sentence.replace(/\{(\w+)\}/g, (_, name) => `{${String.fromCharCode(FIRST + blanks().indexOf(name))}`);

/** The file that a browser loads. */
export const compact = (texts) => JSON.stringify([fingerprint(), ...keys().map((key) => compiled(texts[key]))].join('~'));

const variant = (key) => key.split(/[._]/).map((part) => part[0].toUpperCase() + part.slice(1)).join('');

export function keysRs() {
  const list = keys();
  if (list.length > 255 || blanks().length > 26) throw new Error('a key is one byte, a blank is one letter');
  return `//! The keys of all texts. Written by \`node js/build/texts.mjs\` from de.json; do not edit.

/// A sentence that a person reads
#[expect(missing_docs, reason = "the German sentence beside each key in de.json says what it is")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Key {
${list.map((key) => `    ${variant(key)},`).join('\n')}
}

/// How many keys there are
pub const COUNT: usize = ${list.length};

/// What is filled into a sentence where it has a name in braces
#[expect(missing_docs, reason = "the sentences in de.json say what stands there")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Blank {
${blanks().map((name) => `    ${variant(name)},`).join('\n')}
}

/// How many blanks there are
pub const BLANKS: usize = ${blanks().length};

/// Names the lists of keys and blanks: a language file that carries another one belongs to another build
pub const FINGERPRINT: &str = "${fingerprint()}";

/// The keys as they are written in the language files, in their order
#[cfg(feature = "bundled")]
pub(crate) const NAMES: [(Key, &str); COUNT] = [
${list.map((key) => `    (Key::${variant(key)}, "${key}"),`).join('\n')}
];

/// The blanks as they are written in the language files, in their order
#[cfg(feature = "bundled")]
#[rustfmt::skip]
pub(crate) const BLANK_NAMES: [&str; BLANKS] = [
${blanks().map((name) => `    "${name}",`).join('\n')}
];
`;
}

function main(args) {
  const target = join(here, 'keys.rs');
  const wanted = keysRs();
  if (args.includes('--check')) {
    if (readFileSync(target, 'utf8') === wanted) return 0;
    console.error('src/texts/keys.rs is out of step with de.json: run node js/build/texts.mjs');
    return 1;
  }
  writeFileSync(target, wanted);
  const out = args[args.indexOf('--out') + 1];
  if (args.includes('--out')) {
    mkdirSync(out, { recursive: true });
    for (const [name, texts] of Object.entries(languages())) writeFileSync(join(out, name + '.json'), compact(texts));
  }
  return 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exit(main(process.argv.slice(2)));
