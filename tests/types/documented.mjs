// The snippets of the documentation that are marked as TypeScript compile against the package's types, and those in JavaScript are JavaScript.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { blocksOf } from '../environments/pages.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const docs = join(here, '../../js/docs');

/** What a snippet takes for granted: what the text around it has introduced. */
const GIVEN = `
import type { Tresen, Cart, CartLine, Facts, Money, ConfirmRequest, Confirmed, WebhookMessage } from 'tresen/server';
import type { Answer, SubmitDetail } from 'tresen';
`;
const NAMES = {
  tresen: 'Tresen', session: 'string', detail: 'SubmitDetail', facts: 'Facts', cart: 'Cart', lines: 'CartLine[]', total: 'Money', idempotencyKey: 'string', tenant: 'string',
  answer: 'Confirmed', method: 'string', amount: 'Money', body: 'ConfirmRequest & string', headers: 'Headers', secret: 'string',
  placeOrder: '(detail: SubmitDetail) => Promise<Answer>', known: '(id: string) => Promise<boolean>', react: "(type: string, data: WebhookMessage['data']) => Promise<void>", process: '{ env: Record<string, string | undefined> }',
};

/** A snippet as a file of its own: what it declares itself is not given. */
function asFile(text) {
  const imports = (text.match(/^import [^\n]+$/gm) ?? []).join('\n');
  const rest = text.replace(/^import [^\n]+$/gm, '');
  const given = Object.entries(NAMES).filter(([name]) => !new RegExp(`(const|let) (\\{[^}]*\\b${name}\\b[^}]*\\}|${name}\\b)`).test(text));
  return `${GIVEN}${imports}\n${given.map(([name, type]) => `declare const ${name}: ${type};`).join('\n')}\nexport async function snippet() {\n${rest}\n}\n`;
}

const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(join(here, 'tsconfig.json'), ts.sys.readFile).config, ts.sys, here);
const snippets = readdirSync(docs).filter((name) => name.endsWith('.md')).flatMap((name) => blocksOf(readFileSync(join(docs, name), 'utf8')).map((block) => ({ ...block, page: name })));

const files = new Map(snippets.filter(({ language }) => language === 'ts').map(({ page, line, text }) => [join(here, `${page}-${line}.ts`), asFile(text)]));
const all = { ...options, noUnusedLocals: false, noUnusedParameters: false, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, noEmit: true };
const host = ts.createCompilerHost(all);
const { getSourceFile, readFile, fileExists } = host;
host.getSourceFile = (name, version, ...more) => (files.has(name) ? ts.createSourceFile(name, files.get(name), version) : getSourceFile.call(host, name, version, ...more));
host.readFile = (name) => files.get(name) ?? readFile.call(host, name);
host.fileExists = (name) => files.has(name) || fileExists.call(host, name);

let failed = 0;
for (const problem of ts.getPreEmitDiagnostics(ts.createProgram([...files.keys()], all, host))) {
  failed += 1;
  const at = problem.file ? ` ${problem.file.text.split('\n')[problem.file.getLineAndCharacterOfPosition(problem.start).line].trim()}` : '';
  console.log(`${problem.file?.fileName.slice(here.length) ?? ''}: TS${problem.code} ${ts.flattenDiagnosticMessageText(problem.messageText, ' ')}:${at}`);
}

const scripts = snippets.filter(({ language }) => ['js', 'jsx'].includes(language));
for (const { page, line, text, language, name } of scripts) {
  const { diagnostics } = ts.transpileModule(name === '' ? `async function snippet() {\n${text}\n}` : text, { fileName: `snippet.${language}`, reportDiagnostics: true, compilerOptions: { allowJs: true, jsx: ts.JsxEmit.Preserve, target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext } });
  for (const problem of diagnostics) {
    failed += 1;
    console.log(`${page}, line ${line}: ${ts.flattenDiagnosticMessageText(problem.messageText, ' ')}`);
  }
}

const passed = files.size + scripts.length;
console.log(`documented: ${files.size} snippets of TypeScript, ${scripts.length} of JavaScript, ${failed} problems`);
process.exitCode = failed > 0 || passed < 15 ? 1 : 0;
