// A page to look at the widget: node js/dev/serve.mjs POLICY.bin, after `make dist`. No service needed.
//
// http://127.0.0.1:8799/?theme=dark&locale=en&form=du&brand=atelier&choose=invoice&total=16840&birth=1985-03-27&ship=0
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const TYPES = { '.js': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json', '.css': 'text/css', '.html': 'text/html' };
const POLICY = "script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

const checkout = {
  session: 'cs_dev',
  residual: readFileSync(process.argv[2]).toString('base64'),
  settled_residual: null,
  settle_amount: null,
  residual_hash: '00',
  policy_hash: '00',
  today: '2026-11-20',
  locale: 'de',
  address_form: 'sie',
  merchant: { name: 'Musterladen' },
  facts: {},
  fallback: ['prepayment'],
};

createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  const send = (status, type, body) => response.writeHead(status, { 'content-type': type, 'content-security-policy': POLICY }).end(body);
  if (pathname.startsWith('/tresen/v1/checkout/')) return send(200, TYPES['.json'], JSON.stringify(checkout));
  if (pathname === '/tresen/v1/reviews') return send(201, TYPES['.json'], '{}');
  const file = pathname === '/' ? '/index.html' : pathname;
  const folder = file.startsWith('/dist/') ? join(here, '..') : here;
  try {
    send(200, `${TYPES[extname(file).toLowerCase()]}; charset=utf-8`.replace('wasm; charset=utf-8', 'wasm'), readFileSync(join(folder, file)));
  } catch {
    send(404, 'text/plain', 'not here');
  }
}).listen(8799, '127.0.0.1', () => console.log('http://127.0.0.1:8799'));
