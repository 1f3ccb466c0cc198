// What the files of js/dist weigh, and whether that is allowed.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { BuildError, dist, js, write } from './run.mjs';

const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }).length;

/** The files, and what they import at once. */
function withImports(files, imports) {
  const all = new Set(files);
  for (const file of all) for (const found of imports.get(file) ?? []) all.add(found);
  return [...all];
}

/**
 * One entry for each thing a page loads: its files compressed one by one, as a server would send them. `imports` says for a
 * script which others it brings along.
 */
export function measure(imports) {
  const limits = JSON.parse(readFileSync(join(js, 'build/limits.json'), 'utf8'));
  return Object.entries(limits).map(([name, { files, limit, target }]) => {
    const contents = withImports(files, imports).map((file) => {
      if (!existsSync(join(dist, file))) throw new BuildError(`limits.json counts dist/${file} for \`${name}\`, but no step wrote it`);
      return readFileSync(join(dist, file));
    });
    const sum = (weigh) => contents.reduce((total, bytes) => total + weigh(bytes), 0);
    return { name, raw: sum((bytes) => bytes.length), brotli: sum(brotli), limit, target };
  });
}

/** The names of what has passed its limit. */
export const passed = (entries) => entries.filter(({ brotli: packed, limit }) => packed > limit).map(({ name }) => name);

/** Prints the table, writes sizes.json, and stops where a limit is passed. */
export function report(entries) {
  write(join(dist, 'sizes.json'), `${JSON.stringify(entries, null, 2)}\n`);
  const width = Math.max(...entries.map(({ name }) => name.length));
  for (const { name, raw, brotli: packed, limit, target } of entries) {
    const mark = packed > limit ? '✗' : '✓';
    console.log(`  ${mark} ${name.padEnd(width)}  ${String(raw).padStart(7)} B raw  ${String(packed).padStart(6)} B brotli  limit ${limit} B  target ${target} B`);
  }
  const over = passed(entries);
  console.log(`sizes: ${entries.length - over.length} passed, ${over.length} failed`);
  if (over.length > 0) {
    throw new BuildError(`over the limit of js/build/limits.json: ${over.join(', ')}`);
  }
}

/** integrity.json: the value for the `integrity` attribute of each file a page may load. */
export function integrity() {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(js|wasm)$/.test(entry.name))
    .map((entry) => relative(dist, join(entry.parentPath, entry.name)))
    .sort();
  const hash = (file) => `sha384-${createHash('sha384').update(readFileSync(join(dist, file))).digest('base64')}`;
  write(join(dist, 'integrity.json'), `${JSON.stringify(Object.fromEntries(files.map((file) => [file, hash(file)])), null, 2)}\n`);
}
