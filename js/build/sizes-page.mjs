// The table of js/docs/sizes.md: node js/build/sizes-page.mjs writes it from limits.json, a test holds it equal.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const js = fileURLToPath(new URL('..', import.meta.url));
export const PAGE = join(js, 'docs/sizes.md');

const rows = () => Object.values(JSON.parse(readFileSync(join(js, 'build/limits.json'), 'utf8'))).map(({ what, limit, files }) => `| ${what.replace(/[<>]/g, (sign) => (sign === '<' ? '&lt;' : '&gt;'))} | ${files.map((file) => `\`${file}\``).join(', ')} | ${limit.toLocaleString('en')} B |`);

/** The page with the limits as they are. */
export const written = (page) => page.replace(/(<!-- sizes -->\n)[^]*?(<!-- end -->)/, (_, begin, end) => `${begin}\n| what | files, with what they import | at most |\n|---|---|--:|\n${rows().join('\n')}\n\n${end}`);

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(PAGE, written(readFileSync(PAGE, 'utf8')));
