// What js/dist holds beside wasm and scripts: the texts of each language, the style sheet, the shapes, the schemas.

import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { styles } from './styles.mjs';
import { accountKeys, accounts, advice, asks, compact, compactAccount, hints, keys, languages, more, proofs, reaches, settles } from './texts.mjs';
import { BuildError, dist, js, root, write } from './run.mjs';

export function copyTexts() {
  const files = [
    ...Object.entries(languages()).map(([name, texts]) => [name, compact(texts)]),
    ...Object.entries(accounts()).map(([name, texts]) => [`account/${name}`, compactAccount(texts)]),
    ...Object.entries(settles()).map(([name, texts]) => [`settle/${name}`, JSON.stringify(texts)]),
    ...Object.entries(asks()).map(([name, texts]) => [`ask/${name}`, JSON.stringify(texts)]),
    ...Object.entries(proofs()).map(([name, texts]) => [`proof/${name}`, JSON.stringify(texts)]),
    ...Object.entries(reaches()).map(([name, texts]) => [`reach/${name}`, JSON.stringify(texts)]),
    ...Object.entries(more()).map(([name, texts]) => [name, JSON.stringify(texts)]),
  ];
  for (const [name, text] of files) write(join(dist, 'locales', `${name}.json`), text);
  write(join(dist, 'glue', 'locales.js'), addresses(files.map(([name]) => name)));
  write(join(dist, 'glue', 'advice.js'), `export default ${JSON.stringify(advice())};\n`);
}

/**
 * `#locales`: loads the texts of a language, a function for each folder of them. Every address is written out: that is the one form in which all
 * bundlers see that a file is needed.
 */
function addresses(names) {
  return [...new Set(names.map(dirname))]
    .map((folder) => {
      const rows = names.filter((name) => dirname(name) === folder).map((name) => `'${basename(name)}': new URL('./locales/${name}.json', import.meta.url)`);
      return `export const ${folder === '.' ? 'checkout' : folder} = (language) => fetch({ ${rows.join(', ')} }[language]).then((response) => response.json());\n`;
    })
    .join('');
}

/** The sentences of hints go into their script (`#hints`): all languages together weigh less than a request for one. */
export function writeHints() {
  write(join(dist, 'glue', 'hints.js'), `export default ${JSON.stringify(hints())};\n`);
}

/**
 * The sheets go into the scripts (`#styles`, `#more-styles`, `#account-styles`, `#settle-styles`), and lie there as files for web views without constructable sheets:
 * in capitals, for webpack as Next sets it up refuses every `.css` that the shop's own app does not import, and servers make no difference.
 */
export async function writeStyles() {
  const { tresen, more: rest, account, settle, print, shell } = await styles();
  for (const [name, css] of [['styles', tresen], ['more-styles', rest], ['account-styles', account], ['settle-styles', settle], ['print-styles', print]]) write(join(dist, 'glue', `${name}.js`), `export default ${JSON.stringify(css)};\n`);
  write(join(dist, 'tresen.CSS'), tresen);
  write(join(dist, 'more.CSS'), rest);
  write(join(dist, 'account.CSS'), account);
  write(join(dist, 'settle.CSS'), settle);
  write(join(dist, 'shell.css'), shell);
}

/** The shapes go into the scripts (`#shapes`, `#account-shapes`), with the numbers of their sentences instead of the keys. */
export function writeShapes() {
  write(join(dist, 'glue', 'shapes.js'), shapes('src/element/shapes', keys()));
  // What only the page itself says, by its number.
  const own = accountKeys().filter((key) => /^(qr|day\.failed|(pay|code)\..+)$/.test(key));
  const said = JSON.stringify(Object.fromEntries(own.map((key) => [key, accountKeys().indexOf(key)])));
  write(join(dist, 'glue', 'account-shapes.js'), `${shapes('src/account/shapes', accountKeys())}export const KEYS = ${said};\n`);
}

function shapes(place, known) {
  const folder = join(js, place);
  const numbered = (_, key) => {
    if (!known.includes(key)) throw new BuildError(`js/${place}: there is no sentence \`${key}\``);
    return `~${known.indexOf(key)}`;
  };
  const shape = (file) => JSON.stringify(readFileSync(join(folder, file), 'utf8').replace(/~(.*)/g, numbered));
  const files = readdirSync(folder).filter((name) => name.endsWith('.txt')).sort();
  return files.map((file) => `export const ${file.slice(0, -4)} = ${shape(file)};\n`).join('');
}

/** A ready policy as somebody takes it into a project of theirs, where its schema lies in the package. */
const policy = (file) => readFileSync(join(root, 'examples/policies', file), 'utf8').replace('../../js/schema/', './node_modules/tresen/dist/schema/');

/** What `tresen dev` shows: its page, and the people and the policy of the demo shop. */
export function copyDev() {
  const page = join(js, 'src/command/page');
  for (const file of readdirSync(page)) write(join(dist, 'dev', file), readFileSync(join(page, file)));
  write(join(dist, 'dev/people.json'), readFileSync(join(root, 'examples/shop/personas.json')));
  write(join(dist, 'dev/policy.json'), policy('de-own-invoice.json'));
}

/** The page on which a policy is tried, with the ready ones to begin with; it lies beside the scripts, wherever those are. */
export function copyPlayground() {
  const page = join(js, 'src/playground/page');
  for (const file of readdirSync(page)) write(join(dist, 'playground', file), readFileSync(join(page, file)));
  const policies = readdirSync(join(root, 'examples/policies')).filter((name) => name.endsWith('.json')).sort().map((file) => {
    const text = policy(file);
    return { name: file.slice(0, -'.json'.length), title: JSON.parse(text).description.split(/[:.]/)[0], text };
  });
  write(join(dist, 'playground/policies.json'), JSON.stringify(policies));
}

/** Schemas without the white space that only people need. */
export function copySchemas() {
  const folder = join(js, 'schema');
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    write(join(dist, 'schema', file), JSON.stringify(JSON.parse(readFileSync(join(folder, file), 'utf8'))));
  }
}
