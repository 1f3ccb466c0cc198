// The types once more for whoever says `require`: TypeScript takes a `.d.ts` of this package for a module's, which CommonJS may not require.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { dist, js, write } from './run.mjs';

export function writeTypes() {
  const folder = join(js, 'types');
  for (const file of readdirSync(folder)) write(join(dist, 'types', file.replace(/\.d\.ts$/, '.d.cts')), forRequire(readFileSync(join(folder, file), 'utf8'), file));
}

/** Beside each other as before; what is declared for the whole page is the one class of the module, or a program that uses both would declare two. */
function forRequire(types, file) {
  const module = `../../types/${file.replace(/\.d\.ts$/, '.js')}`;
  const [own, ...global] = types.split(/^(?=declare global )/m);
  const one = (text) => text.replace(/^(\s+'tresen-\w+': )(\w+;)$/gm, `$1import('${module}', { with: { 'resolution-mode': 'import' } }).$2`);
  return [own.replaceAll(/(from '\.\/[\w-]+)\.js'/g, "$1.cjs'"), ...global.map(one)].join('');
}
