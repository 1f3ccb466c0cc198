// The shop's own sessions: an id in a signed cookie, the contents in memory. A tampered cookie is simply no cookie.

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const NAME = 'kl_session';
const LIFETIME_MS = 12 * 60 * 60 * 1000;
const SESSIONS_MAX = 10000;

export function createSessions(secret) {
  const held = new Map();
  const sign = (id) => createHmac('sha256', secret).update(id).digest('base64url');

  const read = (request) => {
    const value = cookie(request, NAME);
    const [id, signature] = value?.split('.') ?? [];
    if (!id || !signature) return null;
    const expected = Buffer.from(sign(id));
    const given = Buffer.from(signature);
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null;
    const entry = held.get(id);
    if (!entry || Date.now() - entry.usedAt > LIFETIME_MS) return null;
    entry.usedAt = Date.now();
    return entry.session;
  };

  const start = (language) => {
    if (held.size >= SESSIONS_MAX) held.delete(held.keys().next().value); // the oldest; Map keeps the order of insertion
    const id = randomBytes(18).toString('base64url');
    const session = fresh(id, language);
    held.set(id, { session, usedAt: Date.now() });
    return session;
  };

  return {
    /** The session of a request, and the header that starts it if there was none. */
    of(request) {
      const known = read(request);
      if (known) return { session: known, header: null };
      const session = start(/^en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'de');
      return { session, header: `${NAME}=${session.id}.${sign(session.id)}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${LIFETIME_MS / 1000}` };
    },
  };
}

const fresh = (id, language) => ({
  id,
  // A guest's exposure is that of this reference: known to nobody but this browser and the service.
  guestReference: `gst_${randomBytes(12).toString('base64url')}`,
  person: 'gast',
  language,
  addressForm: 'sie',
  cart: {},
  address: null,
  checkout: null,
  orders: [],
});

function cookie(request, name) {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}
