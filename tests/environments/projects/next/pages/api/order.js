import { createTresen, forBrowser } from 'tresen/server';
import { facts, total } from '../../order.js';

/** The decision that counts: of what the browser sends nothing is believed but what the shopper chose and agreed to. */
export default async function order(request, response) {
  const { session, method, amount, consents, browser_record } = request.body;
  const tresen = createTresen({ api: process.env.TRESEN_API, secretKey: process.env.TRESEN_SECRET_KEY });
  const number = `N-${crypto.randomUUID().slice(0, 8)}`;
  const cart = { lines: [{ sku: 'V-12', name: 'Vase', quantity: 1, amount: total }], total };
  const answer = await tresen.sessions.confirm(session, { order: number, method, amount, facts, cart, consents, browser_record }, { idempotencyKey: number });
  response.json(forBrowser(answer, cart));
}
