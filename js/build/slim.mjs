// How `tresen/slim` is bundled: one file that asks for nothing beside itself.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { js } from './run.mjs';

const place = (name) => join(js, 'src/slim', name);

/** What would look beside the script, and what stands in its place. */
const INSTEAD = [
  [/^(\.{1,2}\/)+loader\.js$/, 'loader.js'],
  [/^(\.{1,2}\/)+(element\/)?sheet\.js$/, 'sheet.js'],
  [/^#locales$/, 'locales.js'],
  [/^#dist\//, 'nothing.js'],
];

export const besides = {
  name: 'besides',
  setup({ onResolve, onLoad }) {
    for (const [filter, name] of INSTEAD) onResolve({ filter }, () => ({ path: place(name) }));
    onLoad({ filter: /\/js\/src\/.*\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const asked = source.replaceAll(/new URL\('\.\/([\w.]+\.wasm)', import\.meta\.url\)/g, "given('$1')");
      return { contents: asked === source ? source : `import { given } from '${place('files.js')}';\n${asked}` };
    });
  },
};
