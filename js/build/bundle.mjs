// The JavaScript of js/dist: one minified file for each entry of entries.json.

import { readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { build } from 'esbuild';
import { minify } from 'terser';
import { CATALOGUE } from '../src/catalogue.js';
import { BuildError, dist, js, write } from './run.mjs';
import { besides } from './slim.mjs';

// In-app browsers keep old web views alive: Chrome 90 and Safari 15 are what the oldest of them bring.
const BROWSERS = ['chrome90', 'firefox90', 'safari15'];

// Chrome 90 knows optional chaining, but for a list spread into an optional call: esbuild would write all of it out, a test looks
// that there is no such call.
const SUPPORTED = { 'optional-chain': true };

// A module knows where it came from. A plain <script> must ask while it runs, because later nobody can tell.
const SCRIPT_URL = '__tresen_script_url';
const FILE_URL = '__tresen_file_url';

/** How terser calls single quotes. */
const SINGLE = 1;

const common = {
  absWorkingDir: js,
  bundle: true,
  minify: true,
  metafile: true,
  legalComments: 'none',
  charset: 'utf8',
  logLevel: 'warning',
  outdir: dist,
};

// Entries that build on another one import its file instead of holding it once more: what a page shares, such as the module that is loaded
// once, must be one for all of them, and what is loaded later lies in a file of its own. The file is named as it lies beside this one,
// which bundlers of shops follow as well. Cut into chunks, the same code is a tenth larger, for each compresses alone.
const apart = (entries, all, extension = '.js') => ({
  name: 'apart',
  setup({ onResolve }) {
    const isEntry = (file) => Object.values(all).some((entry) => join(js, entry) === file);
    onResolve({ filter: /^#dist\// }, ({ path }) => ({ path: path.replace('#dist', '.'), external: true }));
    onResolve({ filter: /^\.{1,2}\/[\w/]+\.js$/ }, ({ path, importer, kind, resolveDir }) => {
      const file = join(resolveDir, path);
      const isLater = kind === 'dynamic-import' && isEntry(file);
      const isShared = isEntry(importer) && Object.values(entries).some((entry) => join(js, entry) === file);
      if (isLater) return { path: `./${basename(file)}`, external: true };
      return isShared ? { path: `./${basename(file, '.js')}${extension}`, external: true } : undefined;
    });
  },
});

// A plain <script> has no module beside which others lie: what is loaded later is found by the script's own address.
const besideTheScript = {
  name: 'beside the script',
  setup({ onLoad }) {
    onLoad({ filter: /\/js\/src\/.*\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(/\bimport\('(?:#dist|\.{1,2})\/([\w.]+\.js)'\)/g, "import(new URL('./$1', import.meta.url).href)"),
    }));
  },
};

// A page has the residual policy of a session, which takes no facts but those a browser may give or is told of. A fact is named by its
// row, so the others leave holes.
const clientFacts = {
  name: 'client facts',
  setup({ onLoad }) {
    onLoad({ filter: /\/catalogue\.js$/ }, () => {
      const isKnown = ([, , visibility]) => visibility === 'client' || visibility === 'recorded';
      const rows = CATALOGUE.map((fact) => (isKnown(fact) ? JSON.stringify(fact) : ''));
      return { contents: `export const CATALOGUE = [${rows.join(',').replace(/,+$/, '')}];` };
    });
  },
};

/**
 * What esbuild wrote, once more: it looks at one statement after the other, this at what they are together, and a second time at what it has
 * made of them. Together 3 % less; texts in single quotes compress a little better. `'use client'` is nothing to it, and says something to Next.
 */
async function smaller(file, module) {
  let code = readFileSync(file, 'utf8');
  for (let round = 0; round < 2; round += 1) ({ code } = await minify(code, { module, ecma: 2020, compress: { passes: 3, directives: false }, format: { quote_style: SINGLE } }));
  write(file, `${code}\n`);
}

/**
 * For `require`, which Node knew long before it could load a module with it: once more what package.json hands out, as CommonJS. What is loaded
 * later stays a module, which `import()` loads there as well.
 */
function required(all) {
  const { exports } = JSON.parse(readFileSync(join(js, 'package.json'), 'utf8'));
  const names = Object.values(exports).filter((how) => how.require?.node).map(({ require }) => basename(require.node, '.cjs'));
  const entries = Object.fromEntries(names.map((name) => [name, all[name]]));
  return {
    ...common,
    entryPoints: entries,
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    platform: 'node',
    target: 'node20',
    external: ['react', 'vue'],
    define: { 'import.meta.url': FILE_URL },
    banner: { js: `const ${FILE_URL}=require('node:url').pathToFileURL(__filename).href;` },
    plugins: [apart(entries, all, '.cjs')],
  };
}

/** Writes the files, and returns for each of them which files of js/dist it imports at once. */
export async function bundle({ page, esm, slim, components, iife, node }) {
  const all = { ...page, ...esm };
  const handedIn = { ...common, target: BROWSERS, supported: SUPPORTED, define: { 'import.meta.url': '"about:blank"' }, plugins: [besides] };
  const jobs = [
    { ...common, entryPoints: page, format: 'esm', target: BROWSERS, supported: SUPPORTED, plugins: [apart(page, all), clientFacts] },
    { ...common, entryPoints: esm, format: 'esm', target: BROWSERS, supported: SUPPORTED, plugins: [apart(esm, all)] },
    { ...common, entryPoints: components, format: 'esm', target: BROWSERS, supported: SUPPORTED, external: ['react', 'vue'], plugins: [apart(components, all)] },
    {
      ...common,
      plugins: [clientFacts, besideTheScript],
      entryPoints: iife,
      entryNames: '[name].iife',
      format: 'iife',
      target: BROWSERS,
      supported: SUPPORTED,
      define: { 'import.meta.url': SCRIPT_URL },
      banner: { js: `var ${SCRIPT_URL}=document.currentScript.src;` },
    },
    { ...handedIn, entryPoints: slim, format: 'esm' },
    { ...handedIn, entryPoints: slim, format: 'cjs', outExtension: { '.js': '.cjs' } },
    { ...common, entryPoints: node, format: 'esm', platform: 'node', target: 'node20' },
    required({ ...all, ...components, ...node }),
  ];
  const built = jobs.filter(({ entryPoints }) => Object.keys(entryPoints).length > 0).map((job) => build(job));
  const results = await Promise.all(built).catch(() => {
    throw new BuildError('esbuild could not bundle what js/build/entries.json names');
  });
  // What is required stays with the server that requires it: nobody downloads it.
  const downloaded = results.flatMap(({ metafile }) => Object.keys(metafile.outputs)).filter((path) => path.endsWith('.js'));
  for (const path of downloaded) await smaller(join(js, path), !path.endsWith('.iife.js'));
  const name = (path) => relative(dist, join(js, path));
  const outputs = results.flatMap(({ metafile }) => Object.entries(metafile.outputs));
  // An entry that stays apart is named as the file beside this one.
  const imported = ({ path, external }) => (external ? path.slice(2) : name(path));
  return new Map(outputs.map(([path, { imports }]) => [name(path), imports.filter(({ kind }) => kind === 'import-statement').map(imported)]));
}
