// Translations as gettext has them: the texts of the source, `.po` files read and compiled to `.mo`.

import { readFileSync } from 'node:fs';

const unquoted = (text) => JSON.parse(text.replace(/\t/g, '\\t'));

/** `[{ context, id, plural, texts }]` of a `.po` file; texts that are not translated are left out. */
export function catalogueOf(po) {
  const entries = [];
  for (const block of po.split(/\n\s*\n/)) {
    const entry = { id: undefined, plural: undefined, texts: [] };
    let put = () => {};
    let isFuzzy = false;
    for (const line of block.split('\n')) {
      if (line.startsWith('#,') && line.includes('fuzzy')) isFuzzy = true;
      if (line.startsWith('#') || line.trim() === '') continue;
      const [, key, number, quoted] = /^(?:(msgid|msgid_plural|msgstr)(?:\[(\d)\])? )?(".*")$/.exec(line.trim()) ?? [];
      if (quoted === undefined) throw new Error(`a line of a .po file cannot be read: ${line}`);
      if (key === 'msgid') put = (text) => (entry.id = (entry.id ?? '') + text);
      else if (key === 'msgid_plural') put = (text) => (entry.plural = (entry.plural ?? '') + text);
      else if (key === 'msgstr') put = (text) => (entry.texts[Number(number ?? 0)] = (entry.texts[Number(number ?? 0)] ?? '') + text);
      put(unquoted(quoted));
    }
    if (entry.id !== undefined && !isFuzzy && entry.texts.some((text) => text !== '')) entries.push(entry);
  }
  return entries;
}

/** A `.mo` file of a catalogue. */
export function compiled(catalogue) {
  const pairs = catalogue
    .map(({ id, plural, texts }) => [Buffer.from(plural === undefined ? id : `${id}\0${plural}`), Buffer.from(texts.join('\0'))])
    .sort(([one], [other]) => Buffer.compare(one, other));
  const head = 28;
  const table = pairs.length * 8;
  const bytes = Buffer.alloc(head + 2 * table);
  [0x950412de, 0, pairs.length, head, head + table, 0, head + 2 * table].forEach((value, place) => bytes.writeUInt32LE(value, place * 4));
  const texts = [];
  let at = bytes.length;
  for (const side of [0, 1]) {
    pairs.forEach((pair, place) => {
      bytes.writeUInt32LE(pair[side].length, head + side * table + place * 8);
      bytes.writeUInt32LE(at, head + side * table + place * 8 + 4);
      texts.push(pair[side], Buffer.from([0]));
      at += pair[side].length + 1;
    });
  }
  return Buffer.concat([bytes, ...texts]);
}

/** The texts of PHP files that are to be translated, in the order of their first appearance: `[{ id, plural, places, comment }]`. */
export function textsOf(files) {
  const found = new Map();
  for (const [name, path] of files) {
    const lines = readFileSync(path, 'utf8').split('\n');
    lines.forEach((line, number) => {
      const calls = line.matchAll(/\b(?:__|esc_html__|esc_attr__|esc_html_e|esc_attr_e|_e|_n)\( '((?:[^'\\]|\\.)*)'(?:, '((?:[^'\\]|\\.)*)')?/g);
      for (const [call, id, second] of calls) {
        const plural = call.startsWith('_n(') ? second : undefined;
        const key = php(id);
        const entry = found.get(key) ?? { id: key, plural: plural && php(plural), places: [], comment: null };
        entry.places.push(name);
        entry.comment ??= /\/\* (translators: .*) \*\//.exec(`${lines[number - 1] ?? ''} ${lines[number - 2] ?? ''}`)?.[1] ?? null;
        found.set(key, entry);
      }
    });
  }
  return [...found.values()];
}

const php = (text) => text.replace(/\\(['\\])/g, '$1');

const quoted = (text) => JSON.stringify(text).replace(/\\u([0-9a-f]{4})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));

/** A `.po` or `.pot` file of texts, translated by `translate(id)`, which answers a list of texts or nothing. */
export function written(texts, head, translate) {
  const blocks = texts.map(({ id, plural, places, comment }) => {
    const of = translate(id) ?? [];
    const lines = [comment && `#. ${comment}`, `#: ${[...new Set(places)].join(' ')}`, comment && /%[\d$]*[sd]/.test(id) ? '#, php-format' : null, `msgid ${quoted(id)}`].filter(Boolean);
    if (plural === undefined) return [...lines, `msgstr ${quoted(of[0] ?? '')}`].join('\n');
    return [...lines, `msgid_plural ${quoted(plural)}`, `msgstr[0] ${quoted(of[0] ?? '')}`, `msgstr[1] ${quoted(of[1] ?? '')}`].join('\n');
  });
  const header = ['msgid ""', 'msgstr ""', ...head.map((line) => quoted(`${line}\n`))].join('\n');
  return `${[header, ...blocks].join('\n\n')}\n`;
}
