// Small things about HTTP: headers every page carries, bodies with a limit, answers.

/** No script but our own files, no styles but our own files, no connection but to here, no string that becomes markup. */
const contentPolicy = (trusted) => [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  `trusted-types ${trusted}`,
].join('; ');

export const SECURITY_HEADERS = Object.freeze({
  'content-security-policy': contentPolicy("'none'"),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
});

/** For a page whose script may have a worker: of our own files, whose address it says under that name. */
export const withWorker = (trusted) => ({ 'content-security-policy': `${contentPolicy(trusted)}; worker-src 'self'` });

const BODY_MAX = 64 * 1024;

/** A mistake of the caller that is told under a status and a code. */
export class Refusal extends Error {
  constructor(status, code, message, more = {}) {
    super(message);
    Object.assign(this, { status, code, more });
  }
}

export async function readText(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > BODY_MAX) throw new Refusal(413, 'body.too_large', `a body holds at most ${BODY_MAX} bytes`);
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new Refusal(400, 'body.not_utf8', 'the body is not valid UTF-8');
  }
}

export const readForm = async (request) => new URLSearchParams(await readText(request));

export async function readJson(request) {
  const text = await readText(request);
  try {
    const value = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // falls through to the one refusal below
  }
  throw new Refusal(400, 'body.not_json', 'the body is not a JSON object');
}

/** Whether a request that changes something comes from our own pages. */
export function isOwnOrigin(request) {
  const { origin, host } = request.headers;
  return origin === undefined ? request.headers['sec-fetch-site'] !== 'cross-site' : origin === `http://${host}` || origin === `https://${host}`;
}

export function send(response, status, type, body, headers = {}) {
  response.writeHead(status, { ...SECURITY_HEADERS, 'cache-control': 'no-store', 'content-type': type, 'content-length': Buffer.byteLength(body), ...headers });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

export const sendHtml = (response, page, status = 200, headers = {}) => send(response, status, 'text/html; charset=utf-8', String(page), headers);
export const sendJson = (response, value, status = 200) => send(response, status, 'application/json', JSON.stringify(value));
export const redirect = (response, to) => send(response, 303, 'text/plain; charset=utf-8', '', { location: to });

/** A path on this site, or `/`: never an open door to elsewhere. */
export const ownPath = (value) => (typeof value === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(value) ? value : '/');
