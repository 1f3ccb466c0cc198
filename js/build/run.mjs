// Where things are, and how other programs are run.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const js = dirname(dirname(fileURLToPath(import.meta.url)));
export const root = dirname(js);
export const dist = join(js, 'dist');
export const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');

/** Stops the build with a sentence instead of a stack trace. */
export class BuildError extends Error {}

/** Runs a program; what it says on stderr goes through, what it prints is returned. */
export function run(program, args, env = {}) {
  try {
    return execFileSync(program, args, {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  } catch (error) {
    throw new BuildError(`\`${[program, ...args].join(' ')}\` failed (${error.status ?? error.code})`);
  }
}

/** A program of js/node_modules. */
export const npmBin = (name) => join(js, 'node_modules', '.bin', name);

/** What binds modules to JavaScript; .ci/setup has built it, in a folder named after what it was built from. */
export function bindgen() {
  const tools = process.env.TRESEN_TOOLS ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'tresen/tools');
  const source = ['main.rs', 'Cargo.lock'].map((file) => readFileSync(join(js, 'build/bindgen', file)));
  const program = join(tools, `bindgen-${sha256(...source).slice(0, 12)}`, 'bin/tresen-bindgen');
  if (!existsSync(program)) throw new BuildError('the tool of js/build/bindgen is not built: run .ci/setup wasm');
  return program;
}

export const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');

/** Both licences of the repository, laid beside the package.json of `folder`. */
export function licensed(folder) {
  for (const name of ['LICENSE-APACHE', 'LICENSE-MIT']) write(join(folder, name), readFileSync(join(root, name)));
}

/** Writes a file and the folders above it; a file that already says so keeps its time. */
export function write(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  if (existsSync(path) && readFileSync(path).equals(Buffer.from(content))) return;
  writeFileSync(path, content);
}
