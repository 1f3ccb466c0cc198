// The server entry of the package: what a shop's own server says to the Tresen service.
//
// Web Crypto and fetch only, so that it runs in Node 20 and later, Deno, Bun and Workers. It holds the secret key: never load
// it in a browser.

import { forBrowser } from './server/browser.js';
import { cartHash } from './server/cart.js';
import { TresenError, TresenApiError, TresenConnectionError, TresenInterfaceError, TresenTokenError, TresenWebhookError } from './server/errors.js';
import { ofOneInterface } from './server/interface.js';
import { createTransport } from './server/transport.js';
import { verifyDecision } from './server/token.js';
import { verifyWebhook } from './server/webhook.js';

export { cartHash, forBrowser, verifyDecision, verifyWebhook, TresenError, TresenApiError, TresenConnectionError, TresenInterfaceError, TresenTokenError, TresenWebhookError };

/** How long published signing keys are kept before they are read again. An unknown key id reads them at once. */
const KEYS_FRESH_MS = 5 * 60 * 1000;
/** After an unknown key id the keys are not read again for this long: a flood of forged tokens must not become one of requests. */
const KEYS_REREAD_MS = 10 * 1000;

const segment = (value, name) => {
  if (typeof value !== 'string' || value === '') throw new TypeError(`${name} must be a non-empty string`);
  return encodeURIComponent(value);
};

const query = (parameters = {}) => {
  const present = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return present.length === 0 ? '' : `?${new URLSearchParams(present)}`;
};

/** A client of the service for one tenant. Holds no state but the published signing keys. */
export function createTresen(options) {
  const { get, text, file, post, put, remove } = createTransport(options);
  const keys = createKeys(get, options.now ?? Date.now);

  return Object.freeze({
    sessions: Object.freeze({
      /** Opens a session. Repeated on failure only under an `idempotencyKey`: without one a second call opens a second session. */
      create: (body, { idempotencyKey, ...call } = {}) => post('/v1/sessions', body, repeatable(idempotencyKey, call)),
      /** What confirm would decide for these facts, with nothing kept. */
      preview: (session, body, call) => post(`/v1/sessions/${segment(session, 'session')}/preview`, body, { ...call, repeat: true }),
      /** Asks for the decision that counts. Safe to repeat: the key makes it one order, however often it arrives. */
      confirm: (session, body, { idempotencyKey, ...call } = {}) =>
        post(`/v1/sessions/${segment(session, 'session')}/confirm`, body, {
          ...call,
          repeat: true,
          headers: { 'idempotency-key': checkedKey(idempotencyKey) },
        }),
    }),
    decisions: Object.freeze({
      get: (id, call) => get(`/v1/decisions/${segment(id, 'decision id')}`, call),
      /** Why it was decided so: `text` for the person, `file` for the merchant alone. */
      explanation: (id, parameters, call) => get(`/v1/decisions/${segment(id, 'decision id')}/explanation${query(parameters)}`, call),
    }),
    customers: Object.freeze({
      account: (reference, call) => get(`/v1/customers/${segment(reference, 'reference')}/account`, call),
      /** Something is not done for the time being, about one claim or about all that the customer owes. */
      hold: (reference, body, { idempotencyKey, ...call } = {}) => post(`/v1/customers/${segment(reference, 'reference')}/holds`, body, repeatable(idempotencyKey, call)),
      release: (reference, hold, { idempotencyKey, ...call } = {}) =>
        post(`/v1/customers/${segment(reference, 'reference')}/holds/${segment(hold, 'hold id')}/release`, {}, repeatable(idempotencyKey, call)),
      /** Two of your customers turn out to be one person: what protects the person counts for both, and nothing is mixed. `into` leads. */
      merge: (reference, body, { idempotencyKey, ...call } = {}) => post(`/v1/customers/${segment(reference, 'reference')}/merge`, body, repeatable(idempotencyKey, call)),
      /** They are two persons after all. */
      unmerge: (reference, { idempotencyKey, ...call } = {}) => post(`/v1/customers/${segment(reference, 'reference')}/unmerge`, {}, repeatable(idempotencyKey, call)),
      /** Which of your customers are the same person. */
      samePerson: (reference, call) => get(`/v1/customers/${segment(reference, 'reference')}/merge`, call),
      /** The open claims of one customer, as `collection.list` tells them: what comes next, and why nothing is done now. */
      case: (reference, call) => get(`/v1/customers/${segment(reference, 'reference')}/case`, call),
      /** How the customer is reached and spoken to; what is left out is forgotten. */
      reachedBy: (reference, body, call) => put(`/v1/customers/${segment(reference, 'reference')}/contact`, body, call),
      ...person('customers', get, post),
    }),
    /** Guests by the shop's number of their visit. */
    guests: Object.freeze(person('guests', get, post)),
    reviews: Object.freeze({
      list: (parameters, call) => get(`/v1/reviews${query(parameters)}`, call),
      get: (id, call) => get(`/v1/reviews/${segment(id, 'review id')}`, call),
      /** What a human found. Repeated on failure only under an `idempotencyKey`: a review is answered once. */
      answer: (id, body, { idempotencyKey, ...call } = {}) => post(`/v1/reviews/${segment(id, 'review id')}/answer`, body, repeatable(idempotencyKey, call)),
    }),
    payments: Object.freeze(payments(get, post)),
    receivables: Object.freeze(receivables(get, post)),
    refunds: Object.freeze({
      /** Safe to repeat: the key makes it one refund. */
      grant: (body, { idempotencyKey, ...call } = {}) => post('/v1/refunds', body, { ...call, repeat: true, headers: { 'idempotency-key': checkedKey(idempotencyKey) } }),
      outcome: (id, body, { idempotencyKey, ...call } = {}) => post(`/v1/refunds/${segment(id, 'refund id')}/outcome`, body, repeatable(idempotencyKey, call)),
    }),
    debits: Object.freeze({
      /** Those that are announced or with the bank, the earliest first. */
      list: (call) => get('/v1/debits', call),
      /** What is to be with the bank today, as one batch. Safe to repeat: the key makes it one. */
      handIn: ({ idempotencyKey, ...call } = {}) => post('/v1/debits/batches', {}, { ...call, repeat: true, headers: { 'idempotency-key': checkedKey(idempotencyKey) } }),
      /** The file of a batch for the bank, pain.008, as a string. */
      file: (batch, call) => text(`/v1/debits/batches/${segment(batch, 'batch')}`, call),
      /** The bank has credited a batch. */
      settled: (batch, body = {}, { idempotencyKey, ...call } = {}) => post(`/v1/debits/batches/${segment(batch, 'batch')}/settled`, body, repeatable(idempotencyKey, call)),
      /** What became of one by itself. */
      outcome: (id, body, { idempotencyKey, ...call } = {}) => post(`/v1/debits/${segment(id, 'debit')}/outcome`, body, repeatable(idempotencyKey, call)),
    }),
    collection: Object.freeze({
      /** A page of the open claims: what comes next of each, and why nothing is done now. */
      list: (parameters, call) => get(`/v1/collection${query(parameters)}`, call),
    }),
    messages: Object.freeze({
      /** A message about a claim, with its text and what became of it. */
      get: (id, call) => get(`/v1/messages/${segment(id, 'message id')}`, call),
      /** What whoever carried it has heard of it since. */
      delivery: (id, news, { idempotencyKey, ...call } = {}) => post(`/v1/messages/${segment(id, 'message id')}/delivery`, { news }, repeatable(idempotencyKey, call)),
    }),
    tasks: Object.freeze({
      /** What waits for a human, the oldest first. */
      list: (call) => get('/v1/tasks', call),
      done: (id, outcome, { idempotencyKey, ...call } = {}) => post(`/v1/tasks/${segment(id, 'task id')}/done`, { outcome }, repeatable(idempotencyKey, call)),
    }),
    proofs: Object.freeze({
      /** A file that a customer sent beside a request: its `content`, and the `headers` to hand it on with, which never show it as a page of yours. */
      get: (id, call) => file(`/v1/proofs/${segment(id, 'proof id')}`, call),
    }),
    policies: Object.freeze({
      list: (call) => get('/v1/policies', call),
      create: (policy, call) => post('/v1/policies', policy, { ...call, repeat: false }),
      /** A policy that is tried beside the active one: it decides every confirm too, and binds nothing. */
      shadow: Object.freeze({
        get: (call) => get('/v1/policies/shadow', call),
        begin: (policy, call) => put('/v1/policies/shadow', policy, call),
        end: (call) => remove('/v1/policies/shadow', call),
      }),
    }),
    webhooks: Object.freeze(webhooks(get, post, remove)),
    keys: Object.freeze({ list: (call) => get('/v1/keys', call), rotate: (call) => post('/v1/keys/rotate', {}, { ...call, repeat: false }) }),
    health: (call) => get('/v1/health', call),
    /** Like `health`, and throws where service and package do not belong together. */
    check: async (call) => ofOneInterface(await get('/v1/health', call)),
    /** Like the exported `verifyDecision`, with the keys that the service publishes. */
    verifyDecision: async (token, expected) => {
      const known = await keys.current();
      try {
        return await verifyDecision(token, { ...expected, jwks: known });
      } catch (error) {
        if (error.code !== 'token.key_unknown') throw error;
        const reread = await keys.reread();
        if (reread === known) throw error;
        return verifyDecision(token, { ...expected, jwks: reread });
      }
    },
  });
}

function createKeys(get, now) {
  let held = null;
  let readAt = -Infinity;
  const read = async () => {
    held = await get('/v1/keys');
    readAt = now();
    return held;
  };
  return {
    current: async () => (held !== null && now() - readAt < KEYS_FRESH_MS ? held : read()),
    reread: async () => (now() - readAt < KEYS_REREAD_MS ? held : read()),
  };
}

/** Money that comes for claims, and goes back. */
const payments = (get, post) => {
  const about = (id, what, body, { idempotencyKey, ...call } = {}) => post(`/v1/payments/${segment(id, 'payment id')}/${what}`, body, repeatable(idempotencyKey, call));
  return {
    get: (id, call) => get(`/v1/payments/${segment(id, 'payment id')}`, call),
    /** Money that a bank or a provider tells of. Safe to repeat: its own number makes it one payment, however often it is told of. */
    receive: (body, { idempotencyKey, ...call } = {}) => post('/v1/payments', body, { ...call, repeat: true, headers: { 'idempotency-key': checkedKey(idempotencyKey) } }),
    /** What somebody has to look at. */
    unmatched: (call) => get('/v1/payments/unmatched', call),
    match: (id, body, call) => about(id, 'match', body, call),
    reverse: (id, call) => about(id, 'reverse', {}, call),
    chargeback: (id, body, call) => about(id, 'chargeback', body, call),
  };
};

/** Where the shop wants to be told of what happens; what comes is checked by `verifyWebhook`. */
const webhooks = (get, post, remove) => {
  const path = (id, what = '') => `/v1/webhooks/${segment(id, 'webhook id')}${what}`;
  return {
    list: (call) => get('/v1/webhooks', call),
    /** The answer holds the secret, this once. */
    create: (body, call) => post('/v1/webhooks', body, { ...call, repeat: false }),
    remove: (id, call) => remove(path(id), call),
    /** A new secret; the one before counts for another day. */
    rotate: (id, call) => post(path(id, '/rotate'), {}, { ...call, repeat: false }),
    enable: (id, call) => post(path(id, '/enable'), {}, { ...call, repeat: true }),
    /** What happened since an instant, or behind a position, is told once more. Repeated on failure only under an `idempotencyKey`. */
    replay: (id, body, { idempotencyKey, ...call } = {}) => post(path(id, '/replay'), body, repeatable(idempotencyKey, call)),
    deliveries: (id, call) => get(path(id, '/deliveries'), call),
  };
};

/** What the merchant does about a claim. Repeated on failure only under an `idempotencyKey`. */
const receivables = (get, post) => {
  const about = (id, what, body, { idempotencyKey, ...call } = {}) => post(`/v1/receivables/${segment(id, 'receivable id')}/${what}`, body, repeatable(idempotencyKey, call));
  return {
    /** A claim as it stands, with all that has happened to it. */
    get: (id, call) => get(`/v1/receivables/${segment(id, 'receivable id')}`, call),
    /** Everything that happened to it, the decision and its reasons, and whether the chain is whole; in German or English. */
    file: (id, parameters, call) => get(`/v1/receivables/${segment(id, 'receivable id')}/file${query(parameters)}`, call),
    /** Where a transfer of what is open goes, with the code that banking apps scan. */
    transfer: (id, call) => get(`/v1/receivables/${segment(id, 'receivable id')}/transfer`, call),
    /** A new pay link for the customer, in place of the one before. Never repeated: the token is told once. */
    paylink: (id, call) => post(`/v1/receivables/${segment(id, 'receivable id')}/paylink`, {}, { ...call, repeat: false }),
    /** The goods have arrived: a term that is counted from delivery begins. */
    delivered: (id, body, call) => about(id, 'delivery', body, call),
    party: (id, body, call) => about(id, 'party', body, call),
    credit: (id, body, call) => about(id, 'credit-notes', body, call),
    /** What a human found about what the customer objects to; the customer is told. */
    endDispute: (id, body, call) => about(id, 'dispute', body, call),
    withdraw: (id, call) => about(id, 'withdrawal', {}, call),
    writeOff: (id, body = {}, call) => about(id, 'write-off', body, call),
    waive: (id, body, call) => about(id, 'waive', body, call),
  };
};

/** The person's account on a page, all that is stored about them, and that it goes. */
const person = (path, get, post) => ({
  /** Opens the account for the page of an order or the customer area. Never repeated: the token is told once. */
  access: (reference, body = {}, call) => post(`/v1/${path}/${segment(reference, 'reference')}/access`, body, { ...call, repeat: false }),
  export: (reference, call) => get(`/v1/${path}/${segment(reference, 'reference')}/export`, call),
  /** Repeated on failure only under an `idempotencyKey`: whoever is erased is not found a second time. */
  erase: (reference, body = {}, { idempotencyKey, ...call } = {}) => post(`/v1/${path}/${segment(reference, 'reference')}/erase`, body, repeatable(idempotencyKey, call)),
});

/** How a call is made that is repeated only under a key. */
const repeatable = (key, call) => (key === undefined ? { ...call, repeat: false } : { ...call, repeat: true, headers: { 'idempotency-key': checkedKey(key) } });

function checkedKey(key) {
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new TypeError('an `idempotencyKey` has 1 to 255 visible ASCII characters, and is the same for every attempt at one order; confirm needs one');
  }
  return key;
}
