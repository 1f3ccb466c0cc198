// The zip that a merchant uploads, and its languages.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import { contents } from '../build.mjs';
import { catalogueOf, compiled } from '../build/languages.mjs';
import { TRANSLATED, files, texts } from '../build/translate.mjs';
import { zip } from '../build/zip.mjs';

const PLUGIN = join(dirname(fileURLToPath(import.meta.url)), '..');
const FOLDER = 'tresen-woocommerce/';

/** A zip as its directory tells of it. */
function unpacked(bytes) {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const found = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [packed, length, extra, comment, local] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)];
    const begins = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    found.set(bytes.toString('utf8', at + 46, at + 46 + length), inflateRawSync(bytes.subarray(begins, begins + packed)));
    at += 46 + length + extra + comment;
  }
  return found;
}

/** A `.mo` file as gettext reads it. */
function read(mo) {
  const text = (table, place) => mo.toString('utf8', mo.readUInt32LE(table + place * 8 + 4), mo.readUInt32LE(table + place * 8 + 4) + mo.readUInt32LE(table + place * 8));
  assert.equal(mo.readUInt32LE(0), 0x950412de);
  const [count, ids, strings] = [8, 12, 16].map((at) => mo.readUInt32LE(at));
  return new Map(Array.from({ length: count }, (_, place) => [text(ids, place).split('\0')[0], text(strings, place).split('\0')]));
}

const packed = unpacked(zip(contents()));

test('the zip holds what the plugin needs, and nothing else', () => {
  const allowed = /^tresen-woocommerce\/(tresen\.php|uninstall\.php|readme\.txt|LICENSE-(APACHE|MIT)|src\/[\w/]+\.php|assets\/[\w.-]+\.(js|css)|templates\/[\w-]+\.php|languages\/tresen-\w+\.(po|mo)|policies\/[\w-]+\.json|widget\/[0-9a-f]{12}\/[\w./-]+\.(js|css|CSS|wasm|json))$/;
  const [widget] = new Set([...packed.keys()].map((name) => /widget\/[0-9a-f]+\//.exec(name)?.[0]).filter(Boolean));
  assert.deepEqual([...packed.keys()].filter((name) => !allowed.test(name)), []);
  for (const name of ['tresen.php', 'uninstall.php', 'src/Plugin.php', 'src/Autoload.php', 'languages/tresen-de_DE_formal.mo', 'policies/de-own-invoice.json', ...['element.js', 'account.js', 'locales/de.json', 'checkout.wasm', 'checkout.fallback.js'].map((name) => widget + name)]) {
    assert.ok(packed.has(FOLDER + name), name);
  }
  for (const [name, bytes] of packed) assert.ok(bytes.length > 0, `${name} is empty`);
  assert.deepEqual([...packed.keys()].filter((name) => /console|command|server|react|vue|backtest|iife/.test(name)), [], 'what browsers of shoppers never load');
});

test('every file of the widget that another one names is there', () => {
  for (const [name, bytes] of packed) {
    if (!name.startsWith(`${FOLDER}widget/`) || !name.endsWith('.js')) continue;
    for (const [, named] of bytes.toString('utf8').matchAll(/["'`](\.\/[\w./-]+\.(?:js|css|wasm|json))["'`]/g)) {
      const path = posix.join(posix.dirname(name), named);
      assert.ok(packed.has(path), `${name} names ${named}`);
    }
  }
});

test('the same sources make the same zip, which another program opens', () => {
  const bytes = zip(contents());
  assert.deepEqual(zip(contents()), bytes);
  const folder = mkdtempSync(join(tmpdir(), 'tresen-zip-'));
  try {
    writeFileSync(join(folder, 'it.zip'), bytes);
    // PHP reads every file and compares its checksum.
    const count = execFileSync('php', ['-r', '$count = 0; foreach (new RecursiveIteratorIterator(new PharData($argv[1])) as $file) { $count += strlen(file_get_contents((string) $file)) > 0 ? 1 : 0; } echo $count;', join(folder, 'it.zip')]).toString();
    assert.equal(Number(count), packed.size);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the header of the plugin, its version and the readme agree', () => {
  const header = packed.get(`${FOLDER}tresen.php`).toString('utf8');
  const [, version] = /Version: +([\d.]+)/.exec(header);
  assert.match(header, new RegExp(`'TRESEN_VERSION', '${version}'`));
  assert.match(header, /Requires PHP: +7\.4\n/);
  const readme = packed.get(`${FOLDER}readme.txt`)?.toString('utf8');
  if (readme) assert.match(readme, new RegExp(`Stable tag: +${version}\n`));
});

test('the languages are those of the source, whole, and name what the texts name', () => {
  for (const [name, text] of files()) assert.equal(readFileSync(join(PLUGIN, 'languages', name), 'utf8'), text, `languages/${name} is behind: node build/translate.mjs`);
  const all = texts();
  assert.ok(all.length > 150);
  const named = (text) => (text.match(/%(?:\d\$)?[sd]/g) ?? []).sort();
  for (const language of TRANSLATED) {
    const translated = read(packed.get(`${FOLDER}languages/tresen-${language}.mo`));
    for (const { id, plural } of all) {
      const of = translated.get(id);
      assert.ok(of, `${language}: ${id}`);
      assert.equal(of.length, plural === undefined ? 1 : 2, id);
      for (const text of of) assert.deepEqual(named(text), named(id), `${language}: ${text}`);
      if (language === 'de_DE') for (const text of of) assert.doesNotMatch(text, /\b(Ihr|Ihre[mnrs]?|Ihnen)\b/, text);
      if (language === 'de_DE_formal') for (const text of of) assert.doesNotMatch(text, /\b(du|dir|dich|deine?[mnrs]?|Du|Deine?[mnrs]?)\b/, text);
    }
  }
});

test('a catalogue is compiled as gettext would', () => {
  const catalogue = catalogueOf('msgid ""\nmsgstr "Language: de\\n"\n\nmsgid "b"\nmsgid_plural "bs"\nmsgstr[0] "B"\nmsgstr[1] "Bs"\n\nmsgid "a \\"q\\""\nmsgstr ""\n"A "\n"„q“"\n\nmsgid "none"\nmsgstr ""\n\n#, fuzzy\nmsgid "unsure"\nmsgstr "x"\n');
  assert.deepEqual([...read(compiled(catalogue))], [['', ['Language: de\n']], ['a "q"', ['A „q“']], ['b', ['B', 'Bs']]]);
});
