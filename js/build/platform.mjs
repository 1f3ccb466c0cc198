// Puts the built command into the package of this platform: node js/build/platform.mjs [--binary FILE] [--into FOLDER]
//
// Without a word it takes target/release/tresen, which `cargo build --release -p tresen-cli` makes, and fills js/platforms itself.

import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { js, licensed, target } from './run.mjs';

const platform = `${process.platform}-${process.arch}`;
const { values } = parseArgs({ options: { binary: { type: 'string', default: join(target, 'release/tresen') }, into: { type: 'string' } } });
const here = join(js, 'platforms', platform);

const problem = !existsSync(here) ? `there is no package for ${platform} under js/platforms` : !existsSync(values.binary) ? `${values.binary} is not built: cargo build --release -p tresen-cli` : null;
if (problem === null) {
  const folder = values.into ?? here;
  mkdirSync(folder, { recursive: true });
  if (folder !== here) cpSync(join(here, 'package.json'), join(folder, 'package.json'));
  copyFileSync(values.binary, join(folder, 'tresen'));
  licensed(folder);
  chmodSync(join(folder, 'tresen'), 0o755);
  console.log(folder);
} else {
  console.error(`platform: ${problem}`);
  process.exitCode = 1;
}
