// What js/dist holds beside wasm and scripts: the texts of each language, the style sheet, the schemas.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { styles } from './styles.mjs';
import { compact, languages } from './texts.mjs';
import { dist, js, write } from './run.mjs';

export function copyTexts() {
  for (const [name, texts] of Object.entries(languages())) write(join(dist, 'locales', `${name}.json`), compact(texts));
}

/** The sheet goes into the scripts (`#styles`), and lies there as a file for web views without constructable sheets. */
export async function writeStyles() {
  const css = await styles();
  write(join(dist, 'glue', 'styles.js'), `export default ${JSON.stringify(css)};\n`);
  write(join(dist, 'tresen.css'), css);
}

/** Schemas without the white space that only people need. */
export function copySchemas() {
  const folder = join(js, 'schema');
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    write(join(dist, 'schema', file), JSON.stringify(JSON.parse(readFileSync(join(folder, file), 'utf8'))));
  }
}
