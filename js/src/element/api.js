// The requests that a browser makes itself. Everything else goes through the shop's own server.

/** An error with the reason that `tresen-unavailable` tells */
export const failure = (reason, cause) => Object.assign(new Error(`tresen: ${reason}`, { cause }), { reason });

async function call(url, key, init) {
  const response = await fetch(url, { ...init, headers: { ...init?.headers, authorization: `Bearer ${key}` } });
  if (!response.ok) throw failure(response.status === 404 || response.status === 410 ? 'session' : 'service');
  return response;
}

export const join = (api, path) => `${(api || '/tresen').replace(/\/$/, '')}/v1/${path}`;

/** The session as the service tells it, and `now`, the service's clock in milliseconds: devices are often wrong about the time. */
export async function getCheckout(api, key, session) {
  const response = await call(join(api, `checkout/${encodeURIComponent(session)}`), key);
  return { ...(await response.json()), now: Date.parse(response.headers.get('date')) || Date.now() };
}

/** What may be said to everybody, before there is a session */
export const getHint = (api, key, channel) => call(join(api, channel ? `hint?channel=${channel}` : 'hint'), key);

export const postReview = (api, key, review) =>
  call(join(api, 'reviews'), key, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(review) });

/** Base64 as bytes */
export const bytes = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

export const toBase64 = (octets) => btoa(Array.from(octets, (octet) => String.fromCharCode(octet)).join(''));
