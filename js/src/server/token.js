// Checking a decision token (JWS, EdDSA over Ed25519) on the shop's server. Browsers never do this.

import { TresenTokenError } from './errors.js';
import { cartHash } from './cart.js';

/** A decision token is a few hundred bytes; anything much longer is not one. */
const TOKEN_LENGTH_MAX = 8192;
/** Clocks of two servers differ a little. */
const LEEWAY_S = 30;

/** The claims of a token that may be trusted; throws `TresenTokenError` on every other one. */
export async function verifyDecision(token, { jwks, keys = jwks?.keys, tenant, now = Date.now(), ...expected }) {
  if (!Array.isArray(keys)) throw new TypeError('verifyDecision needs `jwks` or `keys`');
  if (typeof tenant !== 'string' || tenant === '') throw new TypeError('verifyDecision needs `tenant`');
  const { header, claims, signed, signature } = parse(token);
  const key = choose(header, keys);
  if (!(await isSignedBy(key, signature, signed))) {
    throw new TresenTokenError('token.signature', 'the signature does not fit the token', 'do not ship; the token was changed or was not issued by this service');
  }
  checkTime(claims, Number(now) / 1000);
  checkClaim('tenant', claims.tenant, tenant);
  await checkExpected(claims, expected);
  return claims;
}

function parse(token) {
  if (typeof token !== 'string' || token.length > TOKEN_LENGTH_MAX) throw malformed();
  const parts = token.split('.');
  if (parts.length !== 3) throw malformed();
  return {
    header: object(parts[0]),
    claims: object(parts[1]),
    signed: new TextEncoder().encode(`${parts[0]}.${parts[1]}`),
    signature: bytes(parts[2]),
  };
}

function object(part) {
  let value;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes(part)));
  } catch (cause) {
    throw malformed(cause);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed();
  return value;
}

function bytes(part) {
  if (!/^[A-Za-z0-9_-]+$/.test(part) || part.length % 4 === 1) throw malformed();
  const binary = atob(part.replaceAll('-', '+').replaceAll('_', '/'));
  const value = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  // Unused bits at the end must be zero, else several texts would stand for one signature.
  const again = btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  if (again !== part) throw malformed();
  return value;
}

function choose(header, keys) {
  // The header is written by whoever sends the token: it selects among our keys, never how they are used.
  if (header.alg !== 'EdDSA') throw new TresenTokenError('token.algorithm', 'the token is not signed with EdDSA', 'do not ship; no other algorithm is accepted, `none` least of all');
  if ('crit' in header || 'b64' in header) throw new TresenTokenError('token.header', 'the token asks for extensions that are not supported', 'do not ship; the service sends no such token');
  const key = typeof header.kid === 'string' && keys.find((candidate) => candidate.kid === header.kid);
  if (!key) throw new TresenTokenError('token.key_unknown', 'the token names a key that is not published', 'read the published keys again; a rotated key stays published until its tokens have expired');
  const usable = key.kty === 'OKP' && key.crv === 'Ed25519' && (key.use ?? 'sig') === 'sig' && ['EdDSA', 'Ed25519'].includes(key.alg ?? 'EdDSA');
  if (!usable) throw unusable();
  return key;
}

async function isSignedBy(key, signature, signed) {
  const material = { kty: 'OKP', crv: 'Ed25519', x: key.x };
  let imported;
  try {
    imported = await crypto.subtle.importKey('jwk', material, { name: 'Ed25519' }, false, ['verify']);
  } catch (cause) {
    throw unusable(cause);
  }
  return crypto.subtle.verify({ name: 'Ed25519' }, imported, signature, signed);
}

function checkTime(claims, now) {
  const numbers = [claims.iat, claims.exp, now];
  if (!numbers.every(Number.isFinite)) throw new TresenTokenError('token.malformed', 'the token has no usable times', 'do not ship; ask for a new decision');
  if (now > claims.exp + LEEWAY_S) throw new TresenTokenError('token.expired', 'the token has expired', 'ask for a new decision; prices and balances may have changed');
  if (now < claims.iat - LEEWAY_S) throw new TresenTokenError('token.not_yet_valid', 'the token comes from the future', 'set the clock of this server');
}

async function checkExpected(claims, { session, order, method, amount, cart, cartHash: hash }) {
  for (const [name, value] of Object.entries({ session, order, method })) {
    if (value !== undefined) checkClaim(name, claims[name], value);
  }
  if (amount !== undefined) {
    const same = claims.amount?.minor === amount.minor && claims.amount?.currency === amount.currency;
    if (!same) throw mismatch('amount');
  }
  if (hash !== undefined) checkClaim('cart_hash', claims.cart_hash, hash);
  if (cart !== undefined) checkClaim('cart_hash', claims.cart_hash, await cartHash(cart.lines, cart.total));
}

function checkClaim(name, actual, wanted) {
  if (typeof actual !== 'string' || actual !== wanted) throw mismatch(name);
}

const unusable = (cause) => new TresenTokenError('token.key_unusable', 'the published key of that id is not an Ed25519 signing key', 'check where the keys come from', { cause });

const mismatch = (name) => new TresenTokenError(`token.${name}`, `the token is for another ${name.replace('_', ' ')}`, 'do not ship on this token; confirm what is to be shipped');

const malformed = (cause) => new TresenTokenError('token.malformed', 'this is not a decision token', 'pass `decision_token` as the service sent it', { cause });
