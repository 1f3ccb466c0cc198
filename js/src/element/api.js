// The requests that a browser makes itself. Everything else goes through the shop's own server.

/** An error with the reason that `tresen-unavailable` tells, and for whoever builds the page what it was */
export const failure = (reason, cause, what = '') => Object.assign(new Error(`tresen: ${reason}${what}`, { cause }), { reason });

async function call(url, key, init) {
  const response = await fetch(url, { ...init, headers: { ...init?.headers, authorization: `Bearer ${key}` } });
  // Where the address is not passed on, it is a page of the shop's own that answers.
  const isOurs = /json/.test(response.headers.get('content-type'));
  if (response.ok && isOurs) return response;
  const isOver = isOurs && (response.status === 404 || response.status === 410);
  throw failure(isOver ? 'session' : 'service', null, `, ${response.status}${isOurs ? '' : ' not by the service'} from ${url}`);
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
