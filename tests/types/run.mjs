// The types of the package as code: valid.ts compiles, every line of invalid.ts fails with the error it names, every entry gives
// types first, and what the types promise as a value is there at run time.

import { existsSync, readFileSync } from 'node:fs';
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

const RESOLUTIONS = {
  nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
};

const parsed = new Map();

/** A program over one file, whose text may be replaced */
function program(file, resolution, text) {
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(join(here, 'tsconfig.json'), ts.sys.readFile).config, ts.sys, here);
  const all = { ...options, ...RESOLUTIONS[resolution] };
  const host = ts.createCompilerHost(all);
  const read = host.readFile;
  const source = host.getSourceFile;
  const path = join(here, file);
  host.getSourceFile = (name, version, ...rest) =>
    text !== undefined && name === path ? ts.createSourceFile(name, text, version) : kept(`${resolution} ${name}`, () => source.call(host, name, version, ...rest));
  host.readFile = (name) => (text !== undefined && name === path ? text : read.call(host, name));
  return ts.createProgram([path], all, host);
}

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

const typed = program('valid.ts', 'nodenext');
const checker = typed.getTypeChecker();
for (const [entry, conditions] of Object.entries(entries)) {
  if (typeof conditions === 'string') continue;
  check(Object.keys(conditions)[0] === 'types', `${entry} does not give its types first`);
  for (const file of Object.values(conditions)) check(existsSync(join(js, file)), `${entry} names ${file}, which is not there`);

  // What the types call a value is exported by the module, and nothing else is.
  const module = checker.getSymbolAtLocation(typed.getSourceFile(join(js, conditions.types)));
  const values = checker.getExportsOfModule(module).filter((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return target.flags & ts.SymbolFlags.Value;
  });
  const promised = values.map(({ name }) => name).sort();
  const real = Object.keys(await import(join(js, conditions.default))).sort();
  check(promised.join() === real.join(), `${entry} promises ${promised.join(', ')} and has ${real.join(', ')}`);
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
