// The shop's server: one function that answers requests, made from what it needs.

import { createServer } from 'node:http';
import { join } from 'node:path';
import { createTresen } from 'tresen/server';
import { loadAssets } from './assets.js';
import { createCheckout, isTresenError } from './checkout.js';
import { isOwnOrigin, redirect, Refusal, sendHtml, sendJson } from './http.js';
import { openOrders } from './orders.js';
import { personById } from './people.js';
import { createProxy, PREFIX } from './proxy.js';
import { findRoute } from './routes.js';
import { createSessions } from './session.js';
import { createBank } from './bank.js';
import { createClaims } from './claims.js';
import { createClock } from './clock.js';
import { createMailbox } from './mailbox.js';
import { layout } from './view/layout.js';
import { problemPage } from './view/order.js';
import de from './texts/de.js';
import en from './texts/en.js';

const TEXTS = { de, en };
const textsOf = (session) => TEXTS[session.language];

/** `config`: publicUrl, service, secretKey, publishableKey, tenant, cookieSecret, dataFolder, publicFolder, widgetFolder; account, to which transfers go; and variants, if policies can be tried. */
export function createShop(config) {
  const tresen = createTresen({ secretKey: config.secretKey, api: config.service });
  const orders = openOrders(join(config.dataFolder, 'orders.jsonl'));
  const clock = createClock(config);
  const shop = {
    config,
    tresen,
    orders,
    variants: config.variants ?? null,
    assets: loadAssets({ shop: config.publicFolder, tresen: config.widgetFolder }),
    clock,
    claims: createClaims({ tresen, orders, ...config }),
    bank: createBank({ tresen, clock }),
    mailbox: createMailbox(config),
    checkout: createCheckout({ tresen, tenant: config.tenant, service: config.service, secretKey: config.secretKey, publicUrl: config.publicUrl, orders, textsOf, clock }),
  };
  const sessions = createSessions(config.cookieSecret);
  const proxy = createProxy(config.service, { 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' });
  const server = createServer((request, response) => {
    answer({ shop, sessions, proxy, request, response }).catch((error) => {
      console.error(`${request.method} ${request.url.split('?')[0]}: ${error.stack}`);
      if (response.headersSent) response.destroy();
      else sendJson(response, { error: { code: 'shop.internal', message: 'something went wrong' } }, 500);
    });
  });
  // Longer than browsers and proxies keep an idle connection: so that it is they who close it, and no request meets a closing one.
  server.keepAliveTimeout = 75000;
  server.on('close', () => orders.close());
  return server;
}

async function answer({ shop, sessions, proxy, request, response }) {
  const url = new URL(request.url, shop.config.publicUrl);
  if (url.pathname === PREFIX || url.pathname.startsWith(`${PREFIX}/`)) return proxy(request, response);
  // What the service's page behind a pay link brings along of ours, as the policy names it: the widget's files under one folder, without a way round.
  const [, own] = /^\/pay\/(.+)$/.exec(url.pathname) ?? [];
  if (own && shop.assets.serveFile(request, response, ...(own === 'brand.css' ? ['shop', 'pay.css'] : ['tresen', own]))) return undefined;
  if (url.pathname.startsWith('/assets/') && shop.assets.serve(request, response, url.pathname)) return undefined;
  if (isOtherName(request, shop.config.publicUrl)) return redirect(response, shop.config.publicUrl + url.pathname + url.search);

  const { session, header } = sessions.of(request);
  if (header !== null) response.setHeader('set-cookie', header);
  const clockState = await shop.clock.read();
  const context = { ...shop, request, response, url, session, path: url.pathname + url.search, texts: textsOf(session), person: personById(session.person), clockState, today: shop.clock.today() };
  context.page = (page, status) => sendHtml(response, layout(context, page), status, page.headers);
  const route = findRoute(request.method, url.pathname);
  try {
    if (route === null) throw new Refusal(404, 'page.unknown', 'there is no such page');
    if (request.method === 'POST' && !isOwnOrigin(request)) throw new Refusal(403, 'origin.other', 'this request comes from another site');
    return await route.handle(context, route.parameter);
  } catch (error) {
    return explain(context, error);
  }
}

/** `localhost` is the same machine but not the same site: its cookies would be lost on the way back from a payment page. */
function isOtherName(request, publicUrl) {
  const here = new URL(publicUrl);
  return request.method === 'GET' && request.headers.host === `localhost:${here.port}` && here.hostname !== 'localhost';
}

function explain(context, error) {
  const { url, response, texts } = context;
  const known = error instanceof Refusal || isTresenError(error);
  if (!known) throw error;
  const status = error instanceof Refusal ? error.status : isTresenError(error) && error.status < 500 ? 422 : 503;
  if (!(error instanceof Refusal)) console.error(`service: ${error.code}: ${error.message}${error.at ? ` at ${error.at}` : ''}`);
  if (url.pathname.startsWith('/api/')) {
    // What the service says about a mistake is for the shop's developer, not for the shopper: the code is enough.
    return sendJson(response, { error: { code: error.code, ...(error instanceof Refusal ? error.more : {}) } }, status);
  }
  return context.page(problemPage(context, { text: status === 404 ? texts.lost : texts.later }), status);
}

