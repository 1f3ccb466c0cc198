// Builds js/dist, what the npm package and a shop's server hand out: `make dist`, or `node js/build/dist.mjs`.
//
// A second run does only what changed. It fails where something grew over its limit (limits.json).

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { bundle } from './bundle.mjs';
import { copyDev, copyPlayground, copySchemas, copyTexts, writeHints, writeShapes, writeStyles } from './data.mjs';
import { writeManifests } from './manifests.mjs';
import { BuildError, js, licensed } from './run.mjs';
import { integrity, measure, report } from './sizes.mjs';
import { writeTypes } from './types.mjs';
import { buildModule } from './wasm.mjs';

const entries = JSON.parse(readFileSync(join(js, 'build/entries.json'), 'utf8'));

async function timed(what, step) {
  const start = performance.now();
  const result = await step();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`  ${what.padEnd(16)} ${result === false ? 'unchanged' : 'built'}, ${seconds} s`);
  return result;
}

try {
  console.log('js/dist');
  for (const [name, how] of Object.entries(entries.wasm)) {
    await timed(`${name}.wasm`, () => buildModule(name, how));
  }
  await timed('texts', copyTexts);
  await timed('hints', writeHints);
  await timed('styles', writeStyles);
  await timed('shapes', writeShapes);
  await timed('schemas', copySchemas);
  await timed('dev', copyDev);
  await timed('playground', copyPlayground);
  await timed('types', writeTypes);
  await timed('manifests', writeManifests);
  const imports = await timed('scripts', () => bundle(entries));
  licensed(js);
  integrity();
  report(measure(imports));
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(`dist: ${error.message}`);
  process.exitCode = 1;
}
