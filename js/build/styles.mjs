// The style sheets of the elements, each one small sheet: the files of js/src/styles in the order of their names, those of its folder
// `more`, which only some checkouts load, those of `account` and of `settle`, where an account does more, those of `print`, for a page that is printed, and those of `shell`, for a page
// that a server drew.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../src/styles');

/** One sheet, minified. Nothing is rewritten for old browsers: what they do not know, they leave out. */
async function sheet(at) {
  const files = readdirSync(at).filter((name) => name.endsWith('.css')).sort();
  const source = files.map((name) => readFileSync(join(at, name), 'utf8')).join('\n');
  const { code } = await transform(source, { loader: 'css', minify: true, legalComments: 'none' });
  return code.trim();
}

/** The sheets, and the private twins `--t-…` under a letter or two: nobody outside may name them, and a third of a sheet is their names. */
export async function styles() {
  const [tresen, more, account, settle, print, shell] = await Promise.all([folder, ...['more', 'account', 'settle', 'print', 'shell'].map((name) => join(folder, name))].map(sheet));
  const names = [...new Set(tresen.match(/--t-[a-z-]+/g))];
  const shortened = (css) => css.replace(/--t-[a-z-]+/g, (name) => `--${(names.indexOf(name) + 10).toString(36)}`);
  return { tresen: shortened(tresen), more: shortened(more), account: shortened(account), settle: shortened(settle), print, shell };
}
