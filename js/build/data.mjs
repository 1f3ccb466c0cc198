// What js/dist holds beside wasm and scripts: the texts of each language, the style sheet, the shapes, the schemas.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { styles } from './styles.mjs';
import { advice, compact, hints, keys, languages, more } from './texts.mjs';
import { BuildError, dist, js, root, write } from './run.mjs';

export function copyTexts() {
  for (const [name, texts] of Object.entries(languages())) write(join(dist, 'locales', `${name}.json`), compact(texts));
  for (const [name, texts] of Object.entries(more())) write(join(dist, 'locales', `${name}.json`), JSON.stringify(texts));
  write(join(dist, 'glue', 'advice.js'), `export default ${JSON.stringify(advice())};\n`);
}

/** The sentences of hints go into their script (`#hints`): all languages together weigh less than a request for one. */
export function writeHints() {
  write(join(dist, 'glue', 'hints.js'), `export default ${JSON.stringify(hints())};\n`);
}

/** The sheets go into the scripts (`#styles`, `#more-styles`), and lie there as files for web views without constructable sheets. */
export async function writeStyles() {
  const { tresen, more: rest, print } = await styles();
  for (const [name, css] of [['styles', tresen], ['more-styles', rest], ['print-styles', print]]) write(join(dist, 'glue', `${name}.js`), `export default ${JSON.stringify(css)};\n`);
  write(join(dist, 'tresen.css'), tresen);
  write(join(dist, 'more.css'), rest);
}

/** The shapes go into the scripts (`#shapes`), with the numbers of their sentences instead of the keys. */
export function writeShapes() {
  const folder = join(js, 'src/element/shapes');
  const numbered = (_, key) => {
    if (!keys().includes(key)) throw new BuildError(`js/src/element/shapes: there is no sentence \`${key}\``);
    return `~${keys().indexOf(key)}`;
  };
  const shape = (file) => JSON.stringify(readFileSync(join(folder, file), 'utf8').replace(/~(.*)/g, numbered));
  const files = readdirSync(folder).filter((name) => name.endsWith('.txt')).sort();
  write(join(dist, 'glue', 'shapes.js'), files.map((file) => `export const ${file.slice(0, -4)} = ${shape(file)};\n`).join(''));
}

/** What `tresen dev` shows: its page, and the people and the policy of the demo shop. */
export function copyDev() {
  const page = join(js, 'src/command/page');
  for (const file of readdirSync(page)) write(join(dist, 'dev', file), readFileSync(join(page, file)));
  write(join(dist, 'dev/people.json'), readFileSync(join(root, 'examples/shop/personas.json')));
  write(join(dist, 'dev/policy.json'), readFileSync(join(root, 'examples/policies/de-own-invoice.json')));
}

/** Schemas without the white space that only people need. */
export function copySchemas() {
  const folder = join(js, 'schema');
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    write(join(dist, 'schema', file), JSON.stringify(JSON.parse(readFileSync(join(folder, file), 'utf8'))));
  }
}
