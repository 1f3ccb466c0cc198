// Builds one of the projects as whoever uses that tool would, into a folder that a web server could hand out.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const vite = async (from, into) => {
  const { build } = await import('vite');
  await build({ root: from, logLevel: 'warn', build: { outDir: into, emptyOutDir: true } });
};

const copied = (from, into, ...files) => {
  mkdirSync(into, { recursive: true });
  for (const file of files) cpSync(join(from, file), join(into, file.split('/').at(-1)));
};

export const BUILDS = {
  'vite-react': vite,
  'vite-vue': vite,
  async webpack(from, into) {
    const { default: webpack } = await import('webpack');
    const stats = await new Promise((done, failed) => {
      webpack({ mode: 'production', context: from, entry: './main.js', output: { path: into, filename: 'main.js' } }, (error, result) => (error ? failed(error) : done(result)));
    });
    if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString({ all: false, errors: true, warnings: true }));
    copied(from, into, 'index.html');
  },
  slim(from, into) {
    copied(from, into, 'index.html', 'main.js', '../slimmed.js', '../shop.js', '../../node_modules/tresen/dist/slim.js');
    const store = join(into, 'store');
    mkdirSync(store);
    const dist = join(from, '../../node_modules/tresen/dist');
    for (const name of ['checkout', 'plan', 'engine']) cpSync(join(dist, `${name}.wasm`), join(store, name));
    for (const name of ['de', 'more/de', 'steps/de']) cpSync(join(dist, 'locales', `${name}.json`), join(store, name.replaceAll('/', '-')));
  },
  async 'slim-vite'(from, into) {
    await vite(from, into);
    const files = readdirSync(into, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => name.replace(/-[\w-]+\./, '.'));
    assert.deepEqual(files.sort(), ['index.html', 'index.js'], 'one script, and nothing beside it');
  },
  'script-tag'(from, into) {
    copied(from, into, 'index.html', 'main.js', '../plain.js', '../shop.js');
  },
};
