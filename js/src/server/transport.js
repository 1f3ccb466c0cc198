// One call to the service: key, time limit, errors, and repeats where a repeat cannot do anything twice.

import { TresenApiError, TresenConnectionError } from './errors.js';

const BUSY = new Set([429, 502, 503, 504]);
/** With what a file is handed on: to be kept under its name, and never shown as a page of the shop's. */
const OF_FILES = ['content-type', 'content-disposition', 'content-security-policy', 'x-content-type-options'];
const PAUSE_MS = 150;
const PAUSE_MAX_MS = 5000;

export function createTransport({ secretKey, api, fetch: send = globalThis.fetch, timeoutMs = 10000, repeats = 2, sleep = pause } = {}) {
  const base = checkedBase(api);
  checkSecret(secretKey);

  const once = async (method, path, body, call) => {
    const headers = { accept: 'application/json', authorization: `Bearer ${secretKey}`, ...call.headers };
    if (body !== undefined) headers['content-type'] = 'application/json';
    const limit = AbortSignal.timeout(timeoutMs);
    const signal = call.signal ? AbortSignal.any([call.signal, limit]) : limit;
    let response;
    try {
      // A redirect is never followed: it would carry the secret key to wherever it points.
      response = await send(base + path, { method, headers, body, signal, redirect: 'manual' });
      if (call.file && response.ok) return { response, content: new Uint8Array(await response.arrayBuffer()) };
      return { response, text: await response.text() };
    } catch (cause) {
      if (call.signal?.aborted) throw call.signal.reason;
      throw limit.aborted
        ? new TresenConnectionError('connection.timeout', `the service did not answer within ${timeoutMs} ms`, 'try again, or raise `timeoutMs`', { cause })
        : new TresenConnectionError('connection.failed', `the service at ${base} cannot be reached`, 'check `api`, and that the service runs', { cause });
    }
  };

  const exchange = async (method, path, body, call = {}) => {
    const attempts = call.repeat ? repeats + 1 : 1;
    for (let attempt = 1; ; attempt += 1) {
      let answer;
      try {
        answer = await once(method, path, body, call);
      } catch (error) {
        if (!(error instanceof TresenConnectionError) || attempt >= attempts) throw error;
        await sleep(pauseBefore(attempt));
        continue;
      }
      if (BUSY.has(answer.response.status) && attempt < attempts) {
        await sleep(pauseBefore(attempt, answer.response.headers.get('retry-after')));
        continue;
      }
      if (answer.content) return { content: answer.content, headers: Object.fromEntries(OF_FILES.map((name) => [name, answer.response.headers.get(name)])) };
      return call.plain && answer.response.ok ? answer.text : read(answer);
    }
  };

  return {
    get: (path, call) => exchange('GET', path, undefined, { ...call, repeat: true }),
    /** What is answered as it is, where it is no JSON. */
    text: (path, call) => exchange('GET', path, undefined, { ...call, repeat: true, plain: true }),
    file: (path, call) => exchange('GET', path, undefined, { ...call, repeat: true, file: true }),
    post: (path, body, call) => exchange('POST', path, JSON.stringify(body), call),
    // The same again changes nothing.
    put: (path, body, call) => exchange('PUT', path, JSON.stringify(body), { ...call, repeat: true }),
    remove: (path, call) => exchange('DELETE', path, undefined, { ...call, repeat: false }),
  };
}

function read({ response, text }) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw malformed(response.status, cause);
  }
  if (response.ok) return value;
  if (typeof value?.error?.code !== 'string' || typeof value.error.message !== 'string') throw malformed(response.status);
  throw new TresenApiError(response.status, value.error);
}

const malformed = (status, cause) =>
  new TresenConnectionError('answer.malformed', `the answer with status ${status} is not what the service sends`, 'check that `api` is the address of a Tresen service and not of something in front of it', { cause });

function checkedBase(api) {
  let url;
  try {
    url = new URL(api);
  } catch (cause) {
    throw new TypeError('createTresen needs `api`: the address of the service, such as `http://127.0.0.1:8788`', { cause });
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new TypeError(`\`api\` must be an http or https address, not \`${url.protocol}\``);
  return url.href.replace(/[?#].*$/, '').replace(/\/+$/, '');
}

function checkSecret(key) {
  if (typeof key === 'string' && /^sk_[\x21-\x7e]+$/.test(key)) return;
  // The key itself is not repeated in the message: messages end up in logs.
  const hint = typeof key === 'string' && key.startsWith('pk_') ? '; this one is publishable and belongs into the browser' : '';
  throw new TypeError(`createTresen needs \`secretKey\`: a key that starts with \`sk_\`${hint}`);
}

function pauseBefore(attempt, retryAfter = null) {
  const asked = /^\d+$/.test(retryAfter ?? '') ? Number(retryAfter) * 1000 : 0;
  const jittered = PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random());
  return Math.min(Math.max(asked, jittered), PAUSE_MAX_MS);
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
