// The documentation says what is so: every link leads somewhere, every code, event, property and size is the code's, and every test that is named exists.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as errors from '../build/errors.mjs';
import * as sizes from '../build/sizes-page.mjs';
import { passed } from '../build/sizes.mjs';
import { isForService } from '../src/command/forward.js';
import { EVENTS } from '../src/components.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path) => readFileSync(join(root, path), 'utf8');
const page = (name) => read(`js/docs/${name}.md`);
const sorted = (found) => [...new Set(found)].sort();
const all = (text, pattern) => sorted([...text.matchAll(pattern)].map(([, found]) => found));

/** Without what stands in fences. */
const prose = (text) => text.replace(/^```[^]*?^```$/gm, '').replace(/`[^`\n]*`/g, (code) => ' '.repeat(code.length));

/** What GitHub calls a heading in an address. */
const anchors = (text) => [...text.replace(/^```[^]*?^```$/gm, '').matchAll(/^#{1,6} (.+)$/gm)].map(([, title]) => title.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-'));

/** The links of a page that lead nowhere. */
function lost(path, text, exists = (file) => existsSync(join(root, file)), readAt = read) {
  const found = [];
  for (const [, target] of prose(text).matchAll(/\]\(([^()\s]+)\)/g)) {
    if (/^(https?|mailto):/.test(target)) continue;
    const [file, anchor] = target.split('#');
    const to = file === '' ? path : join(dirname(path), file);
    if (!exists(to)) found.push(`${path}: ${target}`);
    else if (anchor && !anchors(readAt(to)).includes(anchor)) found.push(`${path}: ${target} has no such heading`);
  }
  return found;
}

test('every link of every page leads somewhere', () => {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: root, encoding: 'utf8' }).split('\n').filter((path) => path && existsSync(join(root, path)));
  assert.ok(files.length > 40, `${files.length} pages`);
  assert.deepEqual(files.flatMap((path) => lost(path, read(path))), []);
  const there = (file) => file === 'docs/b.md' || file === 'docs/a.md';
  assert.deepEqual(lost('docs/a.md', '[x](b.md#one-two) [y](c.md) [z](b.md#three) `[w](d.md)`', there, () => '# One, two\n'), ['docs/a.md: c.md', 'docs/a.md: b.md#three has no such heading']);
});

test('every page is led to from the package’s first one', () => {
  const seen = new Set();
  const follow = (path) => {
    if (seen.has(path) || !path.endsWith('.md') || !existsSync(join(root, path)) || !path.startsWith('js/')) return;
    seen.add(path);
    for (const [, target] of prose(read(path)).matchAll(/\]\(([^()\s#]+)/g)) follow(join(dirname(path), target));
  };
  follow('js/README.md');
  assert.deepEqual(readdirSync(join(root, 'js/docs')).filter((name) => name.endsWith('.md') && !seen.has(`js/docs/${name}`)), []);
});

test('the tables of errors are the code’s', () => {
  for (const path of errors.PAGES) assert.equal(readFileSync(path, 'utf8'), errors.written(readFileSync(path, 'utf8')), `${relative(root, path)}: run node js/build/errors.mjs`);
  assert.ok(errors.service().length > 90 && errors.ledger().length > 40 && errors.policy().length > 100 && errors.reasons().length > 20);
  for (const rows of [errors.service(), errors.ledger(), errors.policy(), errors.reasons()]) for (const row of rows) assert.ok(row.every((cell) => cell !== ''), row.join(' | '));
});

test('the tables of errors that are written by hand name every code that the code has, and invent none', () => {
  const text = page('errors');
  const part = (heading) => text.split(`\n## ${heading}\n`)[1].split('\n## ')[0];
  const codes = (heading) => sorted([...part(heading).matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell]) => [...cell.matchAll(/`([a-z_]+(?:\.[a-z_]+)+)`/g)].map(([, code]) => code)));
  const scripts = (folder) => readdirSync(join(root, folder)).filter((name) => name.endsWith('.js')).map((name) => read(`${folder}/${name}`)).join('\n');
  const server = scripts('js/src/server');
  const claims = [...all(read('js/src/server/token.js'), /checkClaim\('(\w+)'/g), ...all(read('js/src/server/token.js'), /mismatch\('(\w+)'\)/g), 'session', 'order', 'method'];
  assert.ok(read('js/src/server/token.js').includes('Object.entries({ session, order, method })'));
  assert.deepEqual(codes('On your server: `tresen/server`'), sorted([...all(server, /'((?:connection|answer|interface|webhook|token)\.[a-z_]+)'/g), ...claims.map((name) => `token.${name}`)]));
  const problems = all(read('js/src/engine/engine.js'), /POLICY_PROBLEMS = \[null, ([^\]]+)\]/g)[0].split(', ').map((name) => `policy.bytes.${name.slice(1, -1)}`);
  assert.ok(read('js/src/handle.js').includes('new TresenError(`${kind}.incomplete`'));
  const kinds = all(read('js/types/handle.d.ts').split('export interface Tresen {')[1], /^ {2}(\w+)\(options/gm);
  const browser = readdirSync(join(root, 'js/src'), { recursive: true }).map(String).filter((name) => name.endsWith('.js') && !/^(server|command|playground)\b/.test(name)).map((name) => read(`js/src/${name}`)).join('\n');
  assert.deepEqual(codes('In the browser'), sorted([...problems, ...kinds.map((kind) => `${kind}.incomplete`), ...all(browser, /new TresenError\(\s*'([a-z_.]+)'/g)]));
  const facts = ['src/wire/facts.rs', 'src/wire/facts/value.rs', 'js/src/check.js'].map(read).join('\n');
  assert.deepEqual(codes('Facts'), all(facts.replace(/#\[cfg\(test\)\][^]*/, ''), /["'](fact\.[a-z_]+)["']/g));
  const confirm = ['objections', 'plan', 'granted', 'earlier'].map((name) => read(`src/service/confirm/${name}.rs`)).concat(read('src/service/consent.rs')).map((text) => text.split('#[cfg(test)]')[0]).join('\n');
  assert.deepEqual(codes('Why an order is refused'), all(confirm, /(?:Some|Err|ok_or|then_some|push)\(\s*"([a-z_]+\.[a-z_]+)"/g));
});

test('the page about events has those of the elements, and the reasons that the types have', () => {
  const text = page('events');
  const named = (heading) => all(text.split(`\n## ${heading}\n`)[1].split('\n### ')[0].split('\n## ')[0], /^\| `tresen-(\w+)` \|/gm);
  assert.deepEqual(named('Of `<tresen-checkout>`'), sorted(EVENTS.checkout));
  assert.deepEqual(named('Of `<tresen-account>`'), sorted(EVENTS.account));
  const reasons = all(/'tresen-unavailable': CustomEvent<\{ reason: ([^;]+);/.exec(read('js/types/widget.d.ts'))[1], /'(\w+)'/g);
  assert.deepEqual(all(text.split('### `tresen-unavailable`')[1].split('\n## ')[0], /^\| `(\w+)` \| (?!what happened)/gm), reasons);
});

test('the page about appearance has every property with its default, and every part', () => {
  const folder = join(root, 'js/src/styles');
  const css = readdirSync(folder, { recursive: true }).map(String).filter((name) => name.endsWith('.css')).map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  const own = readdirSync(folder).filter((name) => name.endsWith('.css')).map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  const text = page('appearance');
  const rows = [...text.matchAll(/^\| `--tresen-([a-z-]+)` \|([^|]*)\|([^|]*)\|/gm)];
  assert.deepEqual(sorted(rows.map(([, name]) => name)), all(css, /var\(--tresen-([a-z-]+)/g));
  for (const [, name, light, dark] of rows) {
    const [first, second] = [...own.matchAll(new RegExp(`var\\(--tresen-${name}, (#[0-9a-f]+|[\\d.]+(?:rem|px|ms)|\\d+)\\)`, 'g'))].map(([, value]) => value);
    if (first) assert.deepEqual([light.trim(), dark.trim()], [first, second === first ? '' : (second ?? '')], name);
  }
  const shapes = ['js/src/element/shapes', 'js/src/account/shapes'].flatMap((place) => readdirSync(join(root, place)).map((name) => read(`${place}/${name}`))).join('\n');
  const parts = sorted([...all(shapes, /;part=(\w+)/g), 'line']);
  assert.deepEqual(all(text.split('**Parts**')[1].split('\n\n')[0].replace(/`tresen-checkout::[^`]*`|`<[^`]*`/g, ''), /`(\w+)`/g), parts);
});

test('the page about sizes says what the build allows', () => {
  assert.equal(page('sizes'), sizes.written(page('sizes')), 'run node js/build/sizes-page.mjs');
});

test('a limit may be reached and not passed', () => {
  const entry = (name, brotli) => ({ name, brotli, limit: 1000 });
  assert.deepEqual(passed([entry('below', 999), entry('at', 1000), entry('above', 1001)]), ['above']);
});

test('people and languages are those that there are', () => {
  const people = JSON.parse(read('examples/shop/personas.json')).customers.map(({ reference }) => reference);
  assert.deepEqual(all(page('test-data'), /^\| `(cus_\w+)` \|/gm), sorted(people));
  const drafts = all(read('src/texts/README.md'), /^\| `(\w+)\.json` \|[^|]*\|[^|]*\| \*\*draft\*\* \|/gm);
  assert.deepEqual(all(page('languages'), /^\| `(\w+)…` \|[^|]*\| draft \|/gm), drafts);
  assert.ok(drafts.length > 0);
});

test('the content policy is the one under which the demo is tried', () => {
  const [, policy] = /```\n(script-src [^\n]+)\n```/.exec(page('content-security-policy'));
  const demo = read('examples/shop/server/http.js');
  for (const directive of policy.split('; ')) {
    const [name] = directive.split(' ');
    assert.ok(demo.includes(`"${directive}"`) || (name === 'trusted-types' && demo.includes(`contentPolicy("'none'")`)), directive);
  }
});

test('the file for Next’s content policy is the one that is tried', () => {
  assert.ok(page('next').includes(`\`\`\`js\n${read('tests/environments/projects/next-app/proxy.js')}\`\`\`\n`));
});

test('what a web server should pass on is what `tresen dev` passes on, and the table has each of it', () => {
  const text = page('sessions-and-confirm').split('\n## What browsers may reach\n')[1];
  const location = new RegExp(/^location ~ (\S+) \{$/m.exec(text)[1]);
  const rows = [...text.matchAll(/^\| (?:`GET` and )?`(?:GET|POST) (\/tresen\/\S+)`/gm)].map(([, path]) => path.replace(/\{\w+\}/g, 'x1').replace('…', ''));
  assert.ok(rows.length > 5);
  const forServers = ['/tresen/v1/accounts', '/tresen/v1/accounts/acc_1/x', '/tresen/v1/customers/x1/access', '/tresen/v1/sessions', '/tresen/v1/policies', '/tresen/v1/paylinks', '/tresen/v1/receivables/x1/paylink', '/tresen/v1/checkout/x1/reviews', '/tresen/v1/sandbox/clock', '/tresen/v1/hint/x1'];
  for (const path of [...rows, '/tresen/v1/paylinks/x1/access', '/tresen/v1/paylinks/x1/code', '/tresen/v1/paylinks/x1/payments', '/tresen/v1/paylinks/x1/promise', '/tresen/v1/accounts/acc_1/transfer', '/tresen/v1/accounts/acc_1/requests', '/tresen/v1/accounts/acc_1/documents/doc_1', '/tresen/v1/accounts/acc_1/proofs', '/tresen/v1/accounts/acc_1/proofs/prf_1', '/tresen/v1/checkout/x1/steps/email/answer']) assert.deepEqual([location.test(path), isForService(path)], [true, true], path);
  for (const path of forServers) assert.deepEqual([location.test(path), isForService(path)], [false, false], path);
});

/** What is wrong with a table of proofs: `file::name` between backticks, or **Open:** with what is not shown. */
function unproven(table, readAt) {
  const found = [];
  const rows = table.split('\n').filter((line) => /^\| \d+ \|/.test(line));
  rows.forEach((row, place) => {
    if (!row.startsWith(`| ${place + 1} |`)) found.push(`row ${place + 1} is another: ${row.slice(0, 40)}`);
    const proofs = [...row.matchAll(/`` ?(\S+?)::(.+?) ?``|`([^`]+?)::([^`]+)`/g)].map(([, path, name, other, rest]) => [path ?? other, name ?? rest]);
    if (proofs.length === 0 && !row.includes('**Open:**')) found.push(`row ${place + 1} names no test, and does not say that it is open`);
    for (const [path, name] of proofs) {
      const text = readAt(path);
      const has = text !== null && (path.endsWith('.rs') ? new RegExp(`#\\[test\\]\\n(?:#\\[[^\\n]*\\n)*fn ${name}\\(`).test(text) : path.endsWith('.test.mjs') ? text.includes(`test('${name}'`) || text.includes(`test(${name},`) : path.endsWith('.jsonl') ? text.includes(`"name": "${name}"`) : text.includes(name));
      if (!has) found.push(`row ${place + 1}: ${path} has no \`${name}\``);
    }
  });
  return { found, count: rows.length };
}

test('each of the 24 complaints has an answer with a test that exists, or says what is open', () => {
  const at = (path) => (existsSync(join(root, path)) && statSync(join(root, path)).isFile() ? read(path) : null);
  assert.deepEqual(unproven(page('complaints'), at), { found: [], count: 24 });
  const planted = '| 1 | a | `a.test.mjs::gone` |\n| 3 | b | nothing |\n| 3 | c | `a.rs::helper`, `b.mjs::x` |';
  const files = { 'a.test.mjs': "test('there', () => {})", 'a.rs': 'fn helper() {}', 'b.mjs': 'x' };
  assert.deepEqual(unproven(planted, (path) => files[path] ?? null).found, ['row 1: a.test.mjs has no `gone`', 'row 2 is another: | 3 | b | nothing |', 'row 2 names no test, and does not say that it is open', 'row 3: a.rs has no `helper`']);
});
