// The style sheet of the elements: the files of js/src/styles in the order of their names, as one small sheet.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../src/styles');

/** The private twins `--t-…` under a letter or two: nobody outside may name them, and a third of the sheet is their names. */
function shortened(css) {
  const names = [...new Set(css.match(/--t-[a-z-]+/g))];
  return css.replace(/--t-[a-z-]+/g, (name) => `--${(names.indexOf(name) + 10).toString(36)}`);
}

/** The whole sheet, minified. Nothing is rewritten for old browsers: what they do not know, they leave out. */
export async function styles() {
  const files = readdirSync(folder).filter((name) => name.endsWith('.css')).sort();
  const source = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  const { code } = await transform(source, { loader: 'css', minify: true, legalComments: 'none' });
  return shortened(code.trim());
}
