// The files that a page of the documentation tells its reader to write.
//
// A block that is a file says so behind its language: ```js server.mjs, and behind that for which of the ways that the page describes;
// without a word it is for all of them.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const BLOCK = /^```(\w+)(?: ([^\n]*))?\n(.*?)^```$/gms;

/** All blocks of a page: `{ language, name, ways, text, line }`; `name` is empty where a block is no file. */
export function blocksOf(markdown) {
  return [...markdown.matchAll(BLOCK)].map(({ 1: language, 2: words = '', 3: text, index }) => {
    const [name = '', ...ways] = words.split(' ').filter(Boolean);
    return { language, name, ways, text, line: markdown.slice(0, index).split('\n').length };
  });
}

/** Writes the files of a page for one of its ways into a folder, and says which there are. */
export function write(page, way, folder) {
  const files = blocksOf(readFileSync(page, 'utf8')).filter(({ name, ways }) => name !== '' && (ways.length === 0 || ways.includes(way)));
  for (const { name, text } of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return files.map(({ name }) => name);
}
