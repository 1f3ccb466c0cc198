// What js/dist holds beside wasm and scripts: the texts of each language, the schemas.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compact, languages } from './texts.mjs';
import { dist, js, write } from './run.mjs';

export function copyTexts() {
  for (const [name, texts] of Object.entries(languages())) write(join(dist, 'locales', `${name}.json`), compact(texts));
}

/** Schemas without the white space that only people need. */
export function copySchemas() {
  const folder = join(js, 'schema');
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    write(join(dist, 'schema', file), JSON.stringify(JSON.parse(readFileSync(join(folder, file), 'utf8'))));
  }
}
