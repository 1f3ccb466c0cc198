// Checking a webhook (Standard Webhooks: HMAC-SHA-256 over id, timestamp and body) on the shop's server.

import { TresenWebhookError } from './errors.js';

const TOLERANCE_S = 5 * 60;
const SECRET = /^whsec_([A-Za-z0-9+/]{32,88}={0,2})$/;

/** The message, once its signature and its age have been checked; throws `TresenWebhookError` on every other one. */
export async function verifyWebhook(body, headers, secret, { toleranceS = TOLERANCE_S, now = Date.now() } = {}) {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  // A body that was parsed and written again is another body.
  if (!(bytes instanceof Uint8Array)) throw new TypeError('verifyWebhook needs the body as it came: text or bytes, not the parsed JSON');
  const keys = await Promise.all([secret].flat().map(imported));
  if (keys.length === 0) throw new TypeError('verifyWebhook needs a secret');
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => read(headers, name));
  checkAge(timestamp, Number(now) / 1000, toleranceS);
  const signed = joined(new TextEncoder().encode(`${id}.${timestamp}.`), bytes);
  const said = signatures.split(' ').filter((signature) => signature.startsWith('v1,')).map((signature) => decoded(signature.slice(3)));
  // `crypto.subtle.verify` compares in a time that says nothing about where they differ.
  const checks = await Promise.all(keys.flatMap((key) => said.map((signature) => crypto.subtle.verify('HMAC', key, signature, signed))));
  if (!checks.includes(true)) throw new TresenWebhookError('webhook.signature', 'no signature fits the message', 'answer 401 and do nothing; check that the secret is the one of this endpoint, and that the body was not changed on its way');
  return { id, ...parsed(bytes) };
}

function imported(secret) {
  const base64 = typeof secret === 'string' ? SECRET.exec(secret)?.[1] : undefined;
  // The secret itself is not repeated in the message: messages end up in logs.
  if (base64 === undefined) throw new TypeError('verifyWebhook needs the secret of the endpoint: it starts with `whsec_`');
  return crypto.subtle.importKey('raw', decoded(base64), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
}

/** From `Headers`, or from an object as Node has them. */
function read(headers, name) {
  const value = typeof headers?.get === 'function' ? headers.get(name) : headers?.[name];
  if (typeof value !== 'string' || value === '') throw malformed(`the header \`${name}\` is missing`);
  return value;
}

function checkAge(timestamp, now, toleranceS) {
  if (!/^\d{1,12}$/.test(timestamp)) throw malformed('the header `webhook-timestamp` is not a time');
  const age = now - Number(timestamp);
  if (!(Math.abs(age) <= toleranceS)) throw new TresenWebhookError('webhook.timestamp', age > 0 ? 'the message is too old' : 'the message comes from the future', 'answer 401 and do nothing: it may be an old message that somebody sends again; check the clock of this server');
}

function parsed(bytes) {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw malformed('the body is not JSON', cause);
  }
}

function decoded(base64) {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

function joined(head, body) {
  const whole = new Uint8Array(head.length + body.length);
  whole.set(head);
  whole.set(body, head.length);
  return whole;
}

const malformed = (message, cause) => new TresenWebhookError('webhook.malformed', message, 'answer 400; this is not a message of the service', { cause });
