// The types of the package as code: valid.ts compiles, every line of invalid.ts fails with the error it names, every entry gives
// types first, and what the types promise as a value is there at run time.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const here = dirname(fileURLToPath(import.meta.url));
const js = join(here, '../../js');
const { exports: entries } = JSON.parse(readFileSync(join(js, 'package.json'), 'utf8'));

let passed = 0;
let failed = 0;

function check(right, what, told = '') {
  if (right) passed += 1;
  else {
    failed += 1;
    console.log(`${what}${told && `: ${told}`}`);
  }
}

/** `commonjs`: the same code in a file that TypeScript compiles to `require`, which gets other types. */
const RESOLUTIONS = {
  nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  commonjs: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, isCommon: true },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
};

const parsed = new Map();

/** A program over one file, whose text may be replaced */
function program(file, resolution, text) {
  // The language's own types are not ours to check.
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(join(here, 'tsconfig.json'), ts.sys.readFile).config, ts.sys, here);
  const { isCommon, ...resolved } = RESOLUTIONS[resolution];
  const all = { ...options, ...resolved, skipDefaultLibCheck: true };
  if (isCommon) all.paths = { ...options.paths, vue: options.paths.vue.map((found) => found.replace('.d.mts', '.d.ts')) };
  const host = ts.createCompilerHost(all);
  const read = host.readFile;
  const exists = host.fileExists;
  const source = host.getSourceFile;
  const path = join(here, isCommon ? file.replace('.ts', '.cts') : file);
  const written = text ?? readFileSync(join(here, file), 'utf8');
  host.getSourceFile = (name, version, ...rest) =>
    name === path ? ts.createSourceFile(name, written, version) : kept(`${isLanguage(name) || `${resolution} ${version.impliedNodeFormat}`} ${name}`, () => source.call(host, name, version, ...rest));
  host.fileExists = (name) => name === path || exists.call(host, name);
  host.readFile = (name) => (name === path ? written : read.call(host, name));
  return ts.createProgram([path], all, host);
}

/** What belongs to the language is the same for all of them. */
const isLanguage = (name) => name.includes('/typescript/lib/lib.');

/** What the compiler has read once it need not read again */
function kept(name, read) {
  if (!parsed.has(name)) parsed.set(name, read());
  return parsed.get(name);
}

function problems(file, resolution, text) {
  return ts.getPreEmitDiagnostics(program(file, resolution, text)).map((problem) => ({
    file: problem.file?.fileName ?? '',
    line: problem.file ? problem.file.getLineAndCharacterOfPosition(problem.start).line : -1,
    code: problem.code,
    message: ts.flattenDiagnosticMessageText(problem.messageText, ' '),
  }));
}

const told = (found) => found.map(({ file, line, code, message }) => `\n  ${file}:${line + 1} TS${code} ${message}`).join('');

for (const resolution of Object.keys(RESOLUTIONS)) {
  const wrong = problems('valid.ts', resolution);
  check(wrong.length === 0, `valid.ts (${resolution}) does not compile`, told(wrong));
  const unexpected = problems('invalid.ts', resolution);
  check(unexpected.length === 0, `invalid.ts (${resolution}) has errors that are not expected, or expects what is none`, told(unexpected));

  // Without the directives, each is followed by the error that it names, and there is no other.
  const lines = readFileSync(join(here, 'invalid.ts'), 'utf8').split('\n');
  const found = problems('invalid.ts', resolution, lines.join('\n').replaceAll('@ts-expect-error', '@expected'));
  const expected = new Map();
  for (const [line, text] of lines.entries()) {
    const directive = /^\/\/ @ts-expect-error (\d+): \S/.exec(text);
    if (directive) expected.set(line + 1, Number(directive[1]));
    else check(!text.includes('@ts-expect-error'), `invalid.ts:${line + 1} says neither which error it expects nor why`);
  }
  check(expected.size >= 30, `invalid.ts has only ${expected.size} mistakes`);
  for (const [line, code] of expected) {
    const here = found.filter((problem) => problem.line === line);
    check(here.length === 1 && here[0].code === code, `invalid.ts:${line + 1} (${resolution}) does not give TS${code} alone`, told(here));
  }
  const stray = found.filter(({ line }) => !expected.has(line));
  check(stray.length === 0, `invalid.ts (${resolution}) has errors where none is expected`, told(stray));
}

/** What the types of a file call a value, by its name. */
function promised(program, file) {
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(file));
  const values = checker.getExportsOfModule(module).filter((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return target.flags & ts.SymbolFlags.Value;
  });
  return values.map(({ name }) => name).sort();
}

// What the types call a value is exported by the file that goes with them, and nothing else is: for `import` and for `require`.
const programs = { import: program('valid.ts', 'nodenext'), require: program('valid.ts', 'commonjs') };
const loads = { import: (file) => import(file), require: createRequire(import.meta.url) };
for (const [entry, ways] of Object.entries(entries)) {
  if (typeof ways === 'string') continue;
  check(Object.keys(ways).join() === 'import,require', `${entry} is for ${Object.keys(ways)}`);
  for (const [way, conditions] of Object.entries(ways)) {
    check(Object.keys(conditions)[0] === 'types' && Object.keys(conditions).at(-1) === 'default', `${entry} does not give its types first, or has nothing for everybody else (${way})`);
    check(conditions.types.endsWith(way === 'require' ? '.d.cts' : '.d.ts'), `${entry} gives ${way} the types of the other`);
    for (const file of Object.values(conditions)) check(existsSync(join(js, file)), `${entry} names ${file}, which is not there`);
    const said = promised(programs[way], join(js, conditions.types));
    const real = Object.keys(await loads[way](join(js, conditions.node ?? conditions.default))).sort();
    check(said.join() === real.join(), `${entry} promises ${said.join(', ')} to ${way} and has ${real.join(', ')}`);
  }
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
