// Which address does what.

import { forBrowser } from 'tresen/server';
import { addressOf, addressFacts, deliveredTo, readAddress } from './address.js';
import { KINDS, prefilled, readAmount } from './bank.js';
import { cartFacts, money, priced, quantityOf, QUANTITY_MAX, setQuantity } from './cart.js';
import { calendarFile } from './calendar.js';
import { CATEGORIES, productBySlug } from './catalogue.js';
import { daysBetween, nextEvent } from './clock.js';
import { amount, expectedDelivery } from './format.js';
import { ownPath, readForm, readJson, redirect, Refusal, send, sendJson } from './http.js';
import { isKeyOf, pageOf } from './orders.js';
import { EXAMPLE, personById } from './people.js';
import { ownAddress } from './proxy.js';
import { readDials } from './variants.js';
import { accountPage } from './view/account.js';
import { addressPage } from './view/address.js';
import { bankPage } from './view/bank.js';
import { beforePage } from './view/before.js';
import { cartPage } from './view/cart.js';
import { mailboxPage } from './view/mailbox.js';
import { merchantPage } from './view/merchant.js';
import { orderPage } from './view/order.js';
import { paymentPage } from './view/payment.js';
import { peoplePage } from './view/people.js';
import { productPage, rangePage } from './view/range.js';
import { transferWords } from './view/transfer.js';
import { readWish } from './wish.js';

const isEmpty = (session) => priced(session.cart).items.length === 0;

const routes = {
  'GET /': (context) => {
    const category = context.url.searchParams.get('category');
    context.page(rangePage(context, CATEGORIES.includes(category) ? category : null));
  },
  'GET /p/*': (context, slug) => {
    const product = productBySlug(slug);
    if (product === null) throw new Refusal(404, 'product.unknown', 'there is no such product');
    context.page(productPage(context, product));
  },
  'GET /people': async (context) => context.page(peoplePage(context, await context.checkout.bureau())),
  'POST /bureau': async ({ request, response, checkout }) => {
    const behaviour = (await readForm(request)).get('behaviour');
    if (!['normal', 'slow', 'wrong', 'down'].includes(behaviour)) throw new Refusal(422, 'behaviour.unknown', 'a bureau does not behave like that');
    await checkout.bureau(behaviour);
    redirect(response, '/people');
  },
  'POST /clock': async ({ request, response, clock, clockState, claims }) => {
    const form = await readForm(request);
    const steps = { day: () => 1, week: () => 7, event: async () => daysTo(nextEvent(await claims.open(), clockState.today), clockState.today) };
    if (clockState === null || !Object.hasOwn(steps, form.get('to') ?? '')) throw new Refusal(422, 'clock.unknown', 'time does not go there');
    await clock.advance(await steps[form.get('to')]());
    redirect(response, ownPath(form.get('back')));
  },
  'GET /bank': async (context) => context.page(await bank(context, context.url.searchParams)),
  'POST /bank/transfer': async (context) => {
    const form = await readForm(context.request);
    const text = (name) => (form.get(name) ?? '').trim();
    const minor = readAmount(text('amount'));
    if (minor === null) return context.page(await bank(context, form, { amount: text('amount'), remittance: text('remittance'), payer: text('payer') }), 422);
    const { number } = await context.bank.send({ minor, remittance: text('remittance'), payer: text('payer') });
    // The next transfer is for the same bill, as long as something of it is open.
    return redirect(context.response, `/bank?${new URLSearchParams({ claim: text('claim'), sent: number })}#sent`);
  },
  'POST /bank/debits': async (context) => {
    const form = await readForm(context.request);
    const what = form.get('do') ?? '';
    if (!['hand_in', 'settled', 'returned'].includes(what)) throw new Refusal(422, 'debit.outcome', 'there is no such outcome');
    await (what === 'hand_in' ? context.bank.handIn() : context.bank.debited(form.get('debit') ?? '', what));
    return redirect(context.response, '/bank#debits');
  },
  'GET /merchant': async (context) => {
    const { claims, session, tresen, url } = context;
    const [open, { payments }, { tasks: all }] = await Promise.all([claims.open(), tresen.payments.unmatched(), tresen.tasks.list()]);
    const tasks = await Promise.all(all.map((task) => (task.kind === 'surplus' ? surplus(tresen, task) : task)));
    const wanted = url.searchParams.get('claim');
    const chosen = open.find(({ id }) => id === wanted) ?? null;
    // What is paid is no open item any more, and its story can still be read.
    const file = wanted === null ? null : await tresen.receivables.file(wanted, { locale: session.language });
    context.page(merchantPage(context, { claims: open, unmatched: payments.filter(({ why }) => why !== null), tasks, chosen, file }));
  },
  'POST /merchant/task': async ({ request, response, tresen }) => {
    const form = await readForm(request);
    const [task, outcome] = ['task', 'outcome'].map((name) => form.get(name) ?? '');
    if (outcome === 'refund') await giveBack(tresen, task);
    await tresen.tasks.done(task, outcome === 'refund' ? 'done' : outcome, { idempotencyKey: `task-${task}-${outcome}` });
    redirect(response, '/merchant');
  },
  'GET /merchant/file': async ({ response, session, url, claims }) => {
    const file = await claims.document(url.searchParams.get('claim') ?? '', session.language);
    if (file === null) throw new Refusal(404, 'claim.unknown', 'there is no such claim');
    send(response, 200, 'text/html; charset=utf-8', file, { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'" });
  },
  'GET /merchant/proof/*': async ({ response, tresen }, id) => {
    const { content, headers } = await tresen.proofs.get(id);
    send(response, 200, headers['content-type'], content, headers);
  },
  // Whoever is signed in sees what is open between them and the shop; the shop's server opens it with its secret key.
  'GET /account': async (context) => {
    const { tresen, person, session } = context;
    const opened = person.reference === null ? tresen.guests.access(session.guestReference) : tresen.customers.access(person.reference);
    context.page(accountPage(context, await opened.catch(() => null)));
  },
  'GET /mailbox': async (context) => context.page(mailboxPage(context, await context.mailbox.messages(), context.url.searchParams.get('message'))),
  'POST /merchant/assign': async ({ request, response, tresen }) => {
    const form = await readForm(request);
    const [payment, claim] = ['payment', 'claim'].map((name) => form.get(name) ?? '');
    await tresen.payments.match(payment, { designated: [claim] }, { idempotencyKey: `assign-${payment}-${claim}` });
    redirect(response, `/merchant?claim=${encodeURIComponent(claim)}#case`);
  },
  'GET /playground': ({ response, assets }) => redirect(response, assets.url('tresen', 'playground/index.html')),
  'GET /before': (context) => {
    if (!context.variants) throw new Refusal(404, 'page.unknown', 'nothing can be tried here');
    context.page(beforePage(context));
  },
  'GET /api/variant': async ({ response, url, variants }) => {
    if (!variants) throw new Refusal(404, 'page.unknown', 'nothing can be tried here');
    send(response, 200, 'application/octet-stream', await variants.compiled(readDials(url.searchParams)));
  },
  'GET /cart': (context) => context.page(cartPage(context)),

  'POST /cart/add': async ({ request, response, session }) => {
    const form = await readForm(request);
    const sku = form.get('sku') ?? '';
    const wanted = quantityOf(session.cart, sku) + Number(form.get('quantity'));
    if (!setQuantity(session.cart, sku, Math.min(wanted, QUANTITY_MAX))) throw new Refusal(422, 'cart.malformed', 'no such article or number');
    redirect(response, '/cart');
  },
  'POST /cart/set': async ({ request, response, session }) => {
    const form = await readForm(request);
    const quantity = form.get('remove') === 'yes' ? 0 : Number(form.get('quantity'));
    if (!setQuantity(session.cart, form.get('sku') ?? '', quantity)) throw new Refusal(422, 'cart.malformed', 'no such article or number');
    redirect(response, isEmpty(session) ? '/cart' : form.has('back') ? ownPath(form.get('back')) : '/cart');
  },

  'POST /as': async ({ request, response, session }) => {
    const form = await readForm(request);
    const person = personById(form.get('person'));
    if (person === null) throw new Refusal(422, 'person.unknown', 'there is no such person');
    Object.assign(session, { person: person.id, address: addressOf(person), checkout: null });
    if (form.get('cart') === 'fill') {
      session.cart = { ...person.cart };
      return redirect(response, '/checkout');
    }
    return redirect(response, ownPath(form.get('back')));
  },
  'POST /language': async ({ request, response, session }) => {
    const form = await readForm(request);
    const [language, addressForm = 'sie'] = (form.get('to') ?? '').split('-');
    if (!['de', 'en'].includes(language) || !['sie', 'du'].includes(addressForm)) throw new Refusal(422, 'language.unknown', 'there is no such language');
    Object.assign(session, { language, addressForm });
    redirect(response, ownPath(form.get('back')));
  },

  'GET /checkout': ({ response, session }) => redirect(response, isEmpty(session) ? '/cart' : session.address === null ? '/checkout/address' : '/checkout/payment'),
  'GET /checkout/address': (context) => context.page(addressPage(context, { address: context.session.address })),
  'POST /checkout/address': async (context) => {
    const { address, errors } = readAddress(await readForm(context.request));
    if (Object.keys(errors).length > 0) return context.page(addressPage(context, { address, errors }), 422);
    context.session.address = keepRegion(context.session.address, address);
    return redirect(context.response, isEmpty(context.session) ? '/cart' : '/checkout/payment');
  },
  'POST /checkout/example': ({ response, session }) => {
    const { email, ...place } = EXAMPLE;
    session.address = { kind: 'consumer', email, billing: place, shipping: null, toBilling: true };
    redirect(response, isEmpty(session) ? '/cart' : '/checkout/payment');
  },
  'POST /checkout/deliver': async ({ request, response, session }) => {
    deliverTo(session, (await readForm(request)).get('to'));
    redirect(response, '/checkout/payment');
  },
  'GET /checkout/payment': async (context) => {
    const { session, response, checkout, config, today } = context;
    if (isEmpty(session)) return redirect(response, '/cart');
    if (session.address === null) return redirect(response, '/checkout/address');
    const opened = await checkout.open(session);
    return context.page(paymentPage(context, { checkout: opened, facts: checkout.knownFacts(session), address: session.address, delivery: expectedDelivery(today), publicKey: config.publishableKey }));
  },
  'POST /checkout/prepayment': async ({ response, session, checkout }) => {
    if (isEmpty(session) || session.address === null) return redirect(response, '/checkout');
    const order = await checkout.confirmSafely(session);
    return redirect(response, pageOf(order));
  },
  'GET /checkout/return': async (context) => {
    const { response, session, checkout, url } = context;
    const order = await checkout.settle(session, ownOrder(context, url.searchParams.get('order')), url.searchParams.get('payment'));
    redirect(response, pageOf(order));
  },
  'GET /order/*': async (context, number) => {
    const order = ownOrder(context, number);
    const [owed, access, isPaid] = await Promise.all([owedOf(context, order), accessOf(context, order), isPaidFor(context, order)]);
    context.page(orderPage(context, isPaid ? { ...order, state: 'paid' } : order, { owed, access }));
  },
  'GET /calendar/*': async (context, number) => {
    const order = ownOrder(context, number);
    const owed = await owedOf(context, order);
    if (!owed?.due_date || !owed.transfer) throw new Refusal(404, 'calendar.nothing', 'there is no day to remember');
    const { transfer: words } = context.texts;
    const { reference } = owed.transfer;
    const file = calendarFile({ due: owed.due_date, reference, title: words.entry, text: `${context.texts.reference}: ${reference}`, now: new Date() });
    send(context.response, 200, 'text/calendar; charset=utf-8', file, { 'content-disposition': `attachment; filename="${order.number}.ics"` });
  },

  'POST /api/cart': async ({ request, response, session, texts }) => {
    const { sku, quantity } = await readJson(request);
    if (typeof sku !== 'string' || !setQuantity(session.cart, sku, quantity)) throw new Refusal(422, 'cart.malformed', 'no such article or number');
    const cart = priced(session.cart);
    const written = (minor) => amount(money(minor), texts.tag);
    sendJson(response, {
      facts: cartFacts(session.cart),
      count: cart.pieces,
      count_text: texts.cartCount(cart.pieces),
      lines: Object.fromEntries(cart.items.map((item) => [item.product.sku, { quantity: item.quantity, sum: written(item.minor) }])),
      sums: { goods: written(cart.goods), shipping: cart.shipping === 0 ? texts.free : written(cart.shipping), total: written(cart.total) },
    });
  },
  'POST /api/deliver': async ({ request, response, session, texts }) => {
    deliverTo(session, (await readJson(request)).to);
    const { name, street, postcode, city } = deliveredTo(session.address);
    const { toBilling } = session.address;
    sendJson(response, { facts: addressFacts(session.address), place: [name, street, `${postcode} ${city}`], to: toBilling ? 'other' : 'billing', label: toBilling ? texts.toOther : texts.toBilling });
  },
  /** Where the money goes for an order that was just placed; nothing where nothing is to be transferred. */
  'GET /api/transfer/*': async (context, number) => {
    const order = ownOrder(context, number);
    const owed = await owedOf(context, order);
    sendJson(context.response, owed?.transfer ? transferWords(context.texts, order, owed) : null);
  },
  'POST /api/order': async ({ request, response, session, checkout, config, texts }) => {
    const { answer, order, facts } = await checkout.confirm(session, readWish(await readJson(request)));
    if (answer.outcome !== 'confirmed') {
      remember(session, answer.decision_id);
      return sendJson(response, { ...forBrowser(answer), decision_id: answer.decision_id, reasons: answer.reasons, facts });
    }
    remember(session, answer.decision_id);
    return sendJson(response, {
      outcome: 'confirmed',
      decision_id: answer.decision_id,
      order: order.number,
      address: pageOf(order),
      order_text: texts.orderNumber(order.number),
      receivable: answer.receivable,
      ...(answer.plan ? { plan: answer.plan } : {}),
      ...(answer.access ? { access: answer.access } : {}),
      payment: answer.payment && { id: answer.payment.id, redirect_url: ownAddress(answer.payment.redirect_url, config.service) },
    });
  },
  // The X-ray of the demo: it shows what a browser must never see, and reads it with the secret key to show that it can.
  'POST /api/xray': async ({ request, response, session, checkout }) => {
    const { policy_hash, residual_hash } = session.checkout ?? {};
    sendJson(response, { policy_hash, residual_hash, outcome: null, ...(await checkout.preview(session, (await readJson(request)).facts)) });
  },
  'GET /api/xray/*': async ({ response, session, tresen }, id) => {
    if (!session.decisions?.includes(id)) throw new Refusal(404, 'decision.unknown', 'no decision of this session has that id');
    sendJson(response, await tresen.decisions.get(id));
  },
  'GET /api/why/*': async ({ response, session, tresen }, id) => {
    if (!session.decisions?.includes(id)) throw new Refusal(404, 'decision.unknown', 'no decision of this session has that id');
    sendJson(response, await tresen.decisions.explanation(id, { locale: session.language, address_form: session.addressForm }));
  },
  'GET /api/reviews': async ({ response, session, checkout }) => sendJson(response, { reviews: await checkout.reviews(session) }),
  'POST /api/review/*': async ({ request, response, session, checkout, texts }, id) => {
    const { outcome } = await readJson(request);
    if (!Object.hasOwn(texts.xray.answers, outcome)) throw new Refusal(422, 'outcome.unknown', 'there is no such outcome');
    sendJson(response, await checkout.answerReview(session, id, outcome, texts.xray.answers[outcome]));
  },
};

/** Where nothing is to come, a day is as good as any. */
const daysTo = (day, today) => (day === null ? 1 : daysBetween(today, day));

/** The bank's form for what was asked, or as it was sent where it cannot be carried out. */
async function bank(context, asked, typed = null) {
  const claims = await context.claims.open();
  const claim = claims.find(({ id }) => id === asked.get('claim')) ?? claims[0] ?? null;
  const kind = KINDS.includes(asked.get('kind')) ? asked.get('kind') : 'exact';
  const sent = context.bank.find(asked.get('sent'));
  const filled = typed ?? { ...prefilled(claim, kind, context.texts.bank), payer: claim?.who ?? '' };
  return bankPage(context, { claims, claim, kind, filled, sent, became: sent && (await context.bank.outcome(sent)), transfers: context.bank.transfers(), debits: await context.bank.debits(), wrong: typed !== null });
}

/** Somebody else's order is as unknown as one that does not exist. Whoever comes back in another browser brings its secret along. */
function ownOrder({ session, orders, url }, number) {
  const order = orders.get(number);
  if (order === null || !(session.orders.includes(number) || isKeyOf(order, url.searchParams.get('key')))) throw new Refusal(404, 'order.unknown', 'there is no such order');
  return order;
}

/** The account of whoever ordered, for the browser in which they did; a secret that travels opens the order alone. */
function accessOf({ tresen, session }, { number, customer, receivable }) {
  if (!receivable || !session.orders.includes(number)) return null;
  const { access } = customer.startsWith('gst_') ? tresen.guests : tresen.customers;
  return access(customer, { receivable: receivable.id }).catch(() => null);
}

/** Whether the service has the money for an order on account. */
/** How much is left, and of which order. */
async function surplus(tresen, task) {
  const { left } = await tresen.payments.get(task.reason);
  const { order } = task.receivable === null ? { order: null } : await tresen.receivables.get(task.receivable);
  return { ...task, left, order };
}

/** What a payment has left goes back to whoever paid; the bank of the demo does so at once. */
async function giveBack(tresen, task) {
  const { tasks } = await tresen.tasks.list();
  const { reason: payment } = tasks.find(({ id, kind }) => id === task && kind === 'surplus') ?? {};
  if (payment === undefined) throw new Refusal(404, 'task.unknown', 'there is no such task');
  const { left } = await tresen.payments.get(payment);
  const { refund } = await tresen.refunds.grant({ payment, amount: left }, { idempotencyKey: `refund-${task}` });
  await tresen.refunds.outcome(refund, { outcome: 'settled' }, { idempotencyKey: `refunded-${task}` });
}

const isPaidFor = async ({ tresen }, { receivable }) => receivable && (await tresen.receivables.get(receivable.id).catch(() => null))?.ending === 'paid';

/** What is to be transferred for an order; without an answer the page says the rest. */
const owedOf = ({ tresen }, order) => (order.receivable?.id ? tresen.receivables.transfer(order.receivable.id).catch(() => null) : null);

const WITH_PARAMETER = Object.keys(routes).filter((key) => key.endsWith('/*'));

export function findRoute(method, pathname) {
  const key = `${method === 'HEAD' ? 'GET' : method} ${pathname}`;
  if (Object.hasOwn(routes, key) && !key.endsWith('/*')) return { handle: routes[key], parameter: null };
  const pattern = WITH_PARAMETER.find((candidate) => key.startsWith(candidate.slice(0, -1)));
  return pattern === undefined ? null : { handle: routes[pattern], parameter: decoded(key.slice(pattern.length - 1)) };
}

const decoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
};

function remember(session, decision) {
  session.decisions = [...(session.decisions ?? []).filter((known) => known !== decision), decision].slice(-20);
}

function deliverTo(session, to) {
  if (session.address?.shipping == null || !['billing', 'other'].includes(to)) throw new Refusal(422, 'address.malformed', 'there is no such address');
  session.address.toBilling = to === 'billing';
}

/** The form does not ask for the state; where the town stays the same, so does what is on file. */
function keepRegion(before, after) {
  const same = (one, other) => one && other && one.postcode === other.postcode && one.country === other.country && one.region;
  for (const part of ['billing', 'shipping']) if (same(before?.[part], after[part])) after[part].region = before[part].region;
  return after;
}
