// What was handed in instead of lying beside the script, by the names it has in the package.

import { TresenError } from '../engine/error.js';

const files = new Map();

export const take = (given) => Object.entries(given).forEach(([name, file]) => files.set(name, file));

export function given(name) {
  if (!files.has(name)) throw new TresenError('slim.file_missing', `\`${name}\` was not handed in`, 'hand it in: `files` of `loadTresen`, `wasm` of `loadEngine`; it lies in the folder `dist` of the package');
  return files.get(name);
}
