// js/surface.json: every name that somebody outside may use, as the last version had it: node js/build/surface.mjs writes it, a test holds it equal.
//
// From 1.0 on it refuses to lose a name within a major version, and a code that is gone is kept, so that it is never given another meaning.

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { elements } from './manifests.mjs';
import { BuildError } from './run.mjs';

const js = fileURLToPath(new URL('..', import.meta.url));
export const FILE = join(js, 'surface.json');
const read = (path) => readFileSync(join(js, path), 'utf8');
const sorted = (names) => [...new Set(names)].sort();

/** The names that a file of types exports, those of other files included. */
function exported(path) {
  const text = read(path);
  const declared = [...text.matchAll(/^export (?:declare )?(?:abstract )?(?:class|const|function|interface|type) (\w+)/gm)].map(([, name]) => name);
  const listed = [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, names]) => names.split(',').map((name) => name.trim().split(' as ').at(-1)));
  const passedOn = [...text.matchAll(/^export \* from '(\.[^']+)\.js'/gm)].flatMap(([, other]) => exported(join(dirname(path), `${other}.d.ts`)));
  return sorted([...declared, ...listed, ...passedOn].filter(Boolean));
}

const entries = () => Object.entries(JSON.parse(read('package.json')).exports);

/** What is told of an element, one word before each name. */
function told({ attributes, properties, methods, events, parts, css }) {
  const named = (what, list) => list.map(({ name }) => `${what} ${name}`);
  return sorted([...named('attribute', attributes), ...named('property', properties), ...named('method', methods), ...named('event', events), ...Object.keys(parts).map((name) => `part ${name}`), ...css.map((name) => `style ${name}`)]);
}

/** Names and codes as they are now. */
export function surface() {
  const pages = ['docs/errors.md', 'docs/policy-errors.md'].map(read).join('\n');
  return {
    version: JSON.parse(read('package.json')).version,
    names: {
      ...Object.fromEntries(entries().map(([path, how]) => [`tresen${path.slice(1)}`, how.import ? exported(how.import.types) : []])),
      ...Object.fromEntries(elements().elements.map((element) => [`<${element.name}>`, told(element)])),
    },
    codes: sorted([...pages.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell]) => [...cell.matchAll(/`([a-z_]+(?:\.[a-z_]+)+)`/g)].map(([, code]) => code))),
  };
}

const major = (version) => Number(version.split('.')[0]);

/** What stands in the file then; it throws where a promise would be broken. */
export function written(before, now) {
  const isPromised = major(before.version) > 0;
  const lost = Object.entries(before.names).flatMap(([place, names]) => (now.names[place] ? names.filter((name) => !now.names[place].includes(name)) : ['all of it']).map((name) => `${place}: ${name}`));
  if (isPromised && major(now.version) === major(before.version) && lost.length > 0) throw new BuildError(`${lost.join('; ')} is gone, which needs a new major version (js/docs/versions.md)`);
  const again = now.codes.filter((code) => before.retired.includes(code));
  if (again.length > 0) throw new BuildError(`${again.join(', ')} meant something else once: take another code (js/docs/versions.md)`);
  const gone = isPromised ? before.codes.filter((code) => !now.codes.includes(code)) : [];
  return { ...now, retired: sorted([...before.retired, ...gone]) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(FILE, `${JSON.stringify(written(JSON.parse(readFileSync(FILE, 'utf8')), surface()), null, 1)}\n`);
