// Between the shop and the service: opening a checkout, and asking for the decision that counts.

import { createHash, randomBytes } from 'node:crypto';
import { TresenApiError, TresenConnectionError, TresenTokenError } from 'tresen/server';
import { addressFacts, contactOf, deliveredTo } from './address.js';
import { cartFacts, cartForConfirm, priced, takeOut } from './cart.js';
import { expectedDelivery } from './format.js';
import { Refusal } from './http.js';
import { personById } from './people.js';

const SAFE_METHOD = 'prepayment';

export function createCheckout({ tresen, tenant, service, secretKey, publicUrl, orders, textsOf, clock }) {
  /** What the shop's server knows; the browser is not asked. */
  const knownFacts = (session) => {
    const person = personById(session.person);
    const birthDate = session.address.kind === 'consumer' ? person.birthDate : null;
    return {
      ...cartFacts(session.cart),
      ...addressFacts(session.address),
      ...(birthDate ? { 'customer.birth_date': birthDate } : {}),
      'order.origin_channel': 'web_shop',
      'order.expected_delivery': expectedDelivery(clock.today()),
    };
  };

  const customerOf = (session) => {
    const person = personById(session.person);
    return person.reference === null
      ? { guest_reference: session.guestReference, signed_in: false, email: session.address.email }
      : { reference: person.reference, signed_in: true, email: session.address.email, ...(person.isNew ? { person: forBureau(person, session.address.billing) } : {}) };
  };

  /** How the sandbox's credit bureau behaves, or how it is to behave; null where nobody answers. */
  const bureau = async (behaviour = null) => {
    const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' };
    const change = behaviour === null ? {} : { method: 'POST', body: JSON.stringify({ behaviour }) };
    const answer = await fetch(`${service}/v1/sandbox/bureau`, { headers, ...change }).catch(() => null);
    return answer?.ok ? (await answer.json()).behaviour : null;
  };

  /** The number of an order, and the secret in its address: whoever comes back from a bank in another browser has no cookie here. */
  const newPlace = () => ({ order: orders.nextNumber(clock.today()), key: randomBytes(18).toString('base64url') });

  /** Opens a session with the service. Null when the service does not answer: then only what needs no decision is sold. */
  const open = async (session) => {
    session.checkout = null;
    const place = newPlace();
    try {
      const opened = await tresen.sessions.create({
        customer: customerOf(session),
        facts: knownFacts(session),
        locale: session.language,
        address_form: session.addressForm,
        return_url: `${publicUrl}/checkout/return?${new URLSearchParams(place)}`,
      });
      session.checkout = { ...opened, ...place, placed: null };
      return session.checkout;
    } catch (error) {
      if (!isOutage(error)) throw error;
      return null;
    }
  };

  /** Asks the service. The same wish again, also at the same time, is the same order: the key says so to the service. */
  const confirm = async (session, wish) => {
    const { checkout } = session;
    const print = fingerprint([wish.method, wish.amount, typedFacts(wish.facts), wish.consents.map((consent) => consent.text_hash), wish.account, wish.plan]);
    if (checkout !== null && checkout.placed !== null) return replay(checkout.placed, print);
    if (checkout === null || priced(session.cart).items.length === 0) throw new Refusal(409, 'checkout.not_open', 'there is no open checkout');
    const facts = knownFacts(session);
    const cart = cartForConfirm(session.cart, session.language, textsOf(session).shipping);
    const body = {
      order: checkout.order,
      method: wish.method,
      amount: wish.amount,
      facts: { ...typedFacts(wish.facts), ...facts },
      cart,
      consents: wish.consents.map((consent) => ({ ...consent, accepted_at: clock.travelled(consent.accepted_at) })),
      contact: contactOf(session.address),
      // Where something is owed, the element goes on as the account.
      access: { minutes: 60 },
      ...(wish.plan ? { plan: wish.plan } : {}),
      ...(wish.browser_record ? { browser_record: wish.browser_record } : {}),
    };
    const idempotencyKey = `${checkout.order}-${fingerprint(body)}`;
    const answer = await tresen.sessions.confirm(checkout.session, body, { idempotencyKey });
    if (answer.outcome !== 'confirmed') return { answer, order: null, facts };
    // Nothing is shipped on the word of a connection: the token is checked against what was bought.
    await tresen.verifyDecision(answer.decision_token, { tenant, session: checkout.session, order: checkout.order, method: body.method, amount: body.amount, cart, now: clock.now() });
    if (checkout.placed !== null) return replay(checkout.placed, print);
    const order = orders.put({ ...orderFrom(session, { ...body, key: checkout.key }, answer), ...(wish.account ? { account: wish.account } : {}) });
    checkout.placed = { print, answer, order };
    session.orders.push(order.number);
    if (answer.payment === null) takeOut(session.cart, cart.lines);
    return checkout.placed;
  };

  const replay = (placed, print) => {
    if (placed.print === print) return placed;
    throw new Refusal(409, 'order.already_placed', 'this checkout has already become an order', { order: placed.order.number });
  };

  /** Payment in advance, with the service's word where it can be had and without it where it cannot. */
  const confirmSafely = async (session) => {
    const checkout = session.checkout ?? (await open(session));
    const { total } = cartForConfirm(session.cart, session.language, '');
    if (checkout !== null) {
      try {
        const { order } = await confirm(session, { method: SAFE_METHOD, amount: total, facts: {}, consents: [], account: null });
        if (order !== null) return order;
      } catch (error) {
        if (!isOutage(error)) throw error;
      }
    }
    const order = orders.put({
      ...orderFrom(session, { ...(checkout ?? newPlace()), method: SAFE_METHOD, amount: total, cart: cartForConfirm(session.cart, session.language, textsOf(session).shipping) }, null),
    });
    session.orders.push(order.number);
    session.cart = {};
    session.checkout = null;
    return order;
  };

  /** Back from the provider's page: what the provider says counts, not what the address says. */
  const settle = async (session, order, paymentId) => {
    if (!paymentId || order.payment !== paymentId) throw new Refusal(404, 'payment.unknown', 'this order has no such payment');
    const { state } = await tresen.payments.get(paymentId);
    const settled = { settled: 'paid', initiated: 'open' }[state] ?? 'declined';
    if (settled === 'paid' && order.state !== 'paid') takeOut(session.cart, order.cart.lines);
    if (settled !== 'open') session.checkout = null;
    return orders.put({ ...order, state: settled });
  };

  /** What the service would answer now: for the X-ray, not for a shop. */
  const preview = async (session, facts) => {
    if (session.checkout === null) throw new Refusal(409, 'checkout.not_open', 'there is no open checkout');
    const merged = { ...typedFacts(facts), ...knownFacts(session) };
    return { ...(await tresen.sessions.preview(session.checkout.session, { facts: merged })), facts: merged };
  };

  /** What was asked in this checkout: for the demo's window into the back office, not for a shop. */
  const reviews = async (session) => {
    const { reviews: all } = await tresen.reviews.list();
    return all.filter((review) => review.session === session.checkout?.session);
  };

  /** Somebody at the shop answers. What is granted is this cart, for two weeks. */
  const answerReview = async (session, id, outcome, words) => {
    const review = (await reviews(session)).find((candidate) => candidate.review === id);
    if (review === undefined) throw new Refusal(404, 'review.unknown', 'nothing of this checkout has that id');
    const answer = { outcome, by: 'demo', words };
    if (outcome === 'changed') {
      const { decision } = await preview(session, {});
      const { total } = cartForConfirm(session.cart, session.language, '');
      const fee = decision.methods.find((method) => method.id === review.method)?.fee?.minor ?? 0;
      answer.grant = { amount: { ...total, minor: total.minor + fee }, until: daysLater(decision.today, 14) };
    }
    return tresen.reviews.answer(id, answer, { idempotencyKey: `demo-${id}-${outcome}` });
  };

  return { open, confirm, confirmSafely, settle, preview, reviews, answerReview, bureau, knownFacts };
}

/** Who it is, for the credit bureau: only of those who are new here; the service asks only where the answer changes anything. */
function forBureau({ birthDate }, { name, street, postcode, city, country }) {
  const [last, ...first] = name.split(' ').reverse();
  return { first_name: first.reverse().join(' '), last_name: last, birth_date: birthDate, street, postal_code: postcode, city, country };
}

const daysLater = (day, days) => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

const fingerprint = (value) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);

/** What only the shopper can know and the widget asks for. Everything else the browser says about the order is ignored. */
function typedFacts(facts) {
  const birthDate = facts?.['customer.birth_date'];
  return typeof birthDate === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(birthDate) ? { 'customer.birth_date': birthDate } : {};
}

function orderFrom(session, { order, key, method, amount, cart }, answer) {
  const kind = answer?.decision.methods.find((candidate) => candidate.id === method)?.kind ?? method;
  const { address } = session;
  return {
    number: order,
    key,
    placed_at: new Date().toISOString(),
    state: answer?.payment ? 'open' : kind === 'prepayment' ? 'waiting' : 'placed',
    method,
    kind,
    amount,
    cart,
    customer: personById(session.person).reference ?? session.guestReference,
    billing: address.billing,
    shipping: deliveredTo(address),
    email: address.email,
    decision: answer?.decision_id ?? null,
    token: answer?.decision_token ?? null,
    receivable: answer?.receivable ?? null,
    payment: answer?.payment?.id ?? null,
  };
}

/** Whether the service is away, as opposed to having said no. A token that does not verify is never an outage. */
export const isOutage = (error) => error instanceof TresenConnectionError || (error instanceof TresenApiError && error.status >= 500);
export const isTresenError = (error) => error instanceof TresenApiError || error instanceof TresenConnectionError || error instanceof TresenTokenError;
