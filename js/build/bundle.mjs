// The JavaScript of js/dist: one minified file for each entry of entries.json, and chunks for what entries share.

import { readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import { BuildError, dist, js } from './run.mjs';

// In-app browsers keep old web views alive: Chrome 90 and Safari 15 are what the oldest of them bring.
const BROWSERS = ['chrome90', 'firefox90', 'safari15'];

// A module knows where it came from. A plain <script> must ask while it runs, because later nobody can tell.
const SCRIPT_URL = '__tresen_script_url';

const CHUNK = 'chunk-';

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

/**
 * Writes the files, and returns for each of them which files of js/dist it imports at once. Chunks lie beside the entries,
 * not in a folder: code finds the wasm beside the file that it stands in.
 */
export async function bundle({ esm, iife, node }) {
  for (const file of readdirSync(dist)) if (file.startsWith(CHUNK)) rmSync(join(dist, file));
  const jobs = [
    { ...common, entryPoints: esm, format: 'esm', target: BROWSERS, splitting: true, chunkNames: `${CHUNK}[hash]` },
    {
      ...common,
      entryPoints: iife,
      entryNames: '[name].iife',
      format: 'iife',
      target: BROWSERS,
      define: { 'import.meta.url': SCRIPT_URL },
      banner: { js: `var ${SCRIPT_URL}=document.currentScript.src;` },
    },
    { ...common, entryPoints: node, format: 'esm', platform: 'node', target: 'node20' },
  ];
  const built = jobs.filter(({ entryPoints }) => Object.keys(entryPoints).length > 0).map((job) => build(job));
  const results = await Promise.all(built).catch(() => {
    throw new BuildError('esbuild could not bundle what js/build/entries.json names');
  });
  const name = (path) => relative(dist, join(js, path));
  const outputs = results.flatMap(({ metafile }) => Object.entries(metafile.outputs));
  return new Map(outputs.map(([path, { imports }]) => [name(path), imports.filter(({ kind }) => kind === 'import-statement').map((found) => name(found.path))]));
}
