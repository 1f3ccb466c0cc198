// What the page of `tresen dev` asks its server: files, the service, a session, an order. A shop's server does the last two likewise.

import { readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { forward, isForService } from './forward.js';
import { forBrowser } from '../server/browser.js';

const TYPES = { '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript', '.json': 'application/json', '.svg': 'image/svg+xml', '.wasm': 'application/wasm' };

/** What a shop's page needs to allow, and no more. */
const CONTENT_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/** Where the sample policy says that a shop has what the page behind a pay link brings along: its style, its script and what lies beside that. */
const OF_PAY_PAGES = '/pay/';

/** Somewhat more than the service takes of a file: it says itself what is too large for it. */
const BODY_MAX = 6 * 1024 * 1024;

const sent = (status, value) => ({ status, headers: { 'content-type': 'application/json', 'cache-control': 'no-store' }, body: JSON.stringify(value) });
const refused = (status, code) => sent(status, { error: { code } });

/** A file of the package; nothing else of this machine. */
function file(dist, path) {
  const type = TYPES[extname(path).toLowerCase()];
  const inside = normalize(path);
  try {
    if (type && !inside.startsWith('..')) return { status: 200, headers: { 'content-type': type, 'cache-control': 'no-cache', 'content-security-policy': CONTENT_POLICY }, body: readFileSync(join(dist, inside)) };
  } catch {
    // there is no such file
  }
  return refused(404, 'file.unknown');
}

async function bodyOf(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > BODY_MAX) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A listener for the page's server. */
export function answerTo({ dist, service, tresen, references, currency, country }) {
  const money = (minor) => ({ minor, currency });
  const actions = {
    /** Who buys, and for how much: the shop's server knows it, so it says so. */
    '/api/session': async ({ person, total, locale, address_form, back }) => {
      const known = references.includes(person);
      const customer = known ? { reference: person, signed_in: true } : { guest_reference: `guest-${crypto.randomUUID()}`, signed_in: false };
      const facts = { 'cart.total': money(total), 'billing.country': country, 'shipping.country': country, 'shipping.same_as_billing': true, 'order.origin_channel': 'web_shop' };
      const { session } = await tresen.sessions.create({ customer, facts, locale, address_form, return_url: back });
      return { session, public_key: service.keys.publishable, facts };
    },
    /** The decision that counts; the cart is the one thing that is for sale here. Where something is owed then, a pay link comes with it. */
    '/api/order': async ({ session, total, method, amount, facts, consents, plan, browser_record }) => {
      const order = `DEV-${crypto.randomUUID().slice(0, 8)}`;
      const cart = { lines: [{ sku: 'DEV-1', name: 'Muster', quantity: 1, amount: money(total) }], total: money(total) };
      const answer = await tresen.sessions.confirm(session, { order, method, amount, facts: { ...facts, 'cart.total': money(total) }, cart, consents, plan, browser_record, access: {} }, { idempotencyKey: order });
      const paylink = answer.receivable && (await tresen.receivables.paylink(answer.receivable.id));
      return { ...forBrowser(answer, cart), paylink };
    },
  };
  const answer = async (request) => {
    const { pathname, search } = new URL(request.url, 'http://localhost');
    const body = await bodyOf(request);
    if (body === null) return refused(413, 'body.too_large');
    if (isForService(pathname)) return forward(service.url, request, body);
    if (request.method === 'POST' && Object.hasOwn(actions, pathname)) return sent(200, await actions[pathname](JSON.parse(body)));
    if (pathname === '/api/world') return sent(200, { references, currency, public_key: service.keys.publishable });
    if (pathname === '/playground') return { status: 302, headers: { location: `/tresen/dist/playground/index.html${search}` }, body: '' };
    if (pathname === `${OF_PAY_PAGES}brand.css`) return file(join(dist, 'dev'), 'brand.css');
    if (pathname.startsWith(OF_PAY_PAGES)) return file(dist, pathname.slice(OF_PAY_PAGES.length));
    if (pathname.startsWith('/tresen/dist/')) return file(dist, pathname.slice('/tresen/dist/'.length));
    return file(join(dist, 'dev'), pathname === '/' ? 'index.html' : pathname.slice(1));
  };
  return async (request, response) => {
    const { status, headers, body } = await answer(request).catch((error) => {
      console.error(`${request.method} ${request.url}: ${error.message}`);
      return refused(error.status ?? 500, error.code ?? 'dev.internal');
    });
    response.writeHead(status, { 'x-content-type-options': 'nosniff', ...headers }).end(body);
  };
}
