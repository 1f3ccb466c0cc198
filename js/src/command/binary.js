// The built command for this machine: a package of its own for each platform, of which npm installs the one that fits.

import { createRequire } from 'node:module';

const PACKAGES = { 'linux-x64': '@tresen/cli-linux-x64' };

/** What a person at a terminal can do something about */
export class CommandError extends Error {
  constructor(message, help) {
    super(message);
    this.help = help;
  }
}

/** The path of the binary; `TRESEN_BIN` names another one. */
export function findBinary({ platform = `${process.platform}-${process.arch}`, named = process.env.TRESEN_BIN, resolve = createRequire(import.meta.url).resolve } = {}) {
  if (named) return named;
  const name = PACKAGES[platform];
  if (!name) {
    const help = 'build it from the repository with Rust, `cargo build --release -p tresen-cli`, and name the file in TRESEN_BIN';
    throw new CommandError(`there is no built command for ${platform}; there is one for ${Object.keys(PACKAGES).join(', ')}`, help);
  }
  try {
    return resolve(`${name}/tresen`);
  } catch {
    throw new CommandError(`the package ${name} is not installed`, `npm install ${name}; it is left out where optional packages are, and where the C library is not glibc`);
  }
}
