// The zip that a merchant uploads: the plugin, its languages, the ready policies, and the widget's files. Nothing else.
//
//     node examples/woocommerce/build.mjs [tresen-woocommerce.zip]
//
// The same sources make the same zip, byte for byte.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { catalogueOf, compiled } from './build/languages.mjs';
import { zip } from './build/zip.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = join(HERE, '../..');
const NAME = 'tresen-woocommerce';

/** Of our own folder. */
const OWN = ['tresen.php', 'uninstall.php', 'readme.txt', 'src', 'assets', 'templates'];

const inside = (path) => (statSync(path).isDirectory() ? readdirSync(path).sort().flatMap((name) => inside(join(path, name))) : [path]);

/** The files of the widget that a browser can come to from where the plugin begins, as they name each other. */
export function widgetFiles(dist) {
  const found = new Set();
  const visit = (name) => {
    if (found.has(name)) return;
    found.add(name);
    if (!name.endsWith('.js')) return;
    const text = readFileSync(join(dist, name), 'utf8');
    for (const [, named] of text.matchAll(/(?:from|import\(|new URL\()\s*["'`]\.\/([\w./-]+)["'`]/g)) visit(named);
  };
  for (const name of ['element.js', 'account.js']) visit(name);
  // The language is chosen in the browser.
  for (const path of inside(join(dist, 'locales'))) found.add(relative(dist, path));
  return [...found].sort();
}

/** `[name in the zip, bytes]` of everything. */
export function contents({ dist = join(ROOT, 'js/dist') } = {}) {
  if (!existsSync(join(dist, 'element.js'))) throw new Error(`the widget is not built (${dist}): make dist`);
  const own = OWN.filter((name) => existsSync(join(HERE, name))).flatMap((name) => inside(join(HERE, name))).map((path) => [relative(HERE, path), readFileSync(path)]);
  const languages = readdirSync(join(HERE, 'languages')).filter((name) => name.endsWith('.po')).flatMap((name) => {
    const text = readFileSync(join(HERE, 'languages', name));
    return [[`languages/${name}`, text], [`languages/${name.replace(/po$/, 'mo')}`, compiled(catalogueOf(text.toString('utf8')))]];
  });
  const policies = readdirSync(join(ROOT, 'examples/policies')).filter((name) => name.endsWith('.json')).map((name) => [`policies/${name}`, readFileSync(join(ROOT, 'examples/policies', name))]);
  const licences = ['LICENSE-APACHE', 'LICENSE-MIT'].map((name) => [name, readFileSync(join(ROOT, name))]);
  const files = widgetFiles(dist).map((name) => [name, readFileSync(join(dist, name))]);
  // Its files name each other without a version. Under a folder of its own for each state, no browser mixes files of two of them.
  const state = files.reduce((hash, [name, bytes]) => hash.update(name).update(bytes), createHash('sha256')).digest('hex').slice(0, 12);
  const widget = files.map(([name, bytes]) => [`widget/${state}/${name}`, bytes]);
  return [...own, ...languages, ...policies, ...licences, ...widget].map(([name, bytes]) => [`${NAME}/${name.replaceAll('\\', '/')}`, bytes]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = process.argv[2] ?? `${NAME}.zip`;
  const entries = contents();
  const bytes = zip(entries);
  writeFileSync(file, bytes);
  console.log(`${file}: ${entries.length} files, ${Math.round(bytes.length / 1024)} kB`);
}
