// Writes languages/tresen.pot from the source, and brings the .po files up to date: what is there stays, what is new is empty.
//
//     node examples/woocommerce/build/translate.mjs

import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { catalogueOf, textsOf, written } from './languages.mjs';

const PLUGIN = fileURLToPath(new URL('..', import.meta.url));
const LANGUAGES = join(PLUGIN, 'languages');

/** The languages beside English. `de_DE` says du, `de_DE_formal` says Sie, as WordPress itself does. */
export const TRANSLATED = ['de_DE', 'de_DE_formal'];

const phpIn = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? phpIn(join(folder, entry.name)) : entry.name.endsWith('.php') ? [join(folder, entry.name)] : []));

/** What the list of plugins says of this one: WordPress looks it up in the plugin's own texts. */
const told = () => {
  const head = readFileSync(join(PLUGIN, 'tresen.php'), 'utf8');
  return ['Plugin Name', 'Description'].map((name) => ({ id: new RegExp(`^ \\* ${name}: +(.+)$`, 'm').exec(head)[1], plural: undefined, places: ['tresen.php'], comment: `${name} of the plugin` }));
};

/** All texts of the plugin. */
export const texts = () => [...told(), ...textsOf(['src', 'templates'].flatMap((folder) => phpIn(join(PLUGIN, folder))).map((path) => [relative(PLUGIN, path), path]))];

const head = (language) => [
  'Project-Id-Version: Tresen for WooCommerce',
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=UTF-8',
  'Content-Transfer-Encoding: 8bit',
  ...(language ? [`Language: ${language}`] : []),
  'Plural-Forms: nplurals=2; plural=(n != 1);',
  'X-Domain: tresen',
];

export const files = () => [
  ['tresen.pot', written(texts(), head(null), () => null)],
  ...TRANSLATED.map((language) => {
    const file = join(LANGUAGES, `tresen-${language}.po`);
    const known = new Map(existsSync(file) ? catalogueOf(readFileSync(file, 'utf8')).map(({ id, texts: of }) => [id, of]) : []);
    return [`tresen-${language}.po`, written(texts(), head(language), (id) => known.get(id))];
  }),
];

if (process.argv[1] === fileURLToPath(import.meta.url)) for (const [name, text] of files()) writeFileSync(join(LANGUAGES, name), text);
