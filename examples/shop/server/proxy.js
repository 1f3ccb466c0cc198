// The service under /tresen/ of the shop's own address: the browser never talks to another origin. Bodies stream both ways.

import { request as send } from 'node:http';

export const PREFIX = '/tresen';
/** Of what the browser sends, only this goes on: not the shop's cookies. */
const REQUEST_HEADERS = ['accept', 'accept-language', 'authorization', 'content-length', 'content-type', 'file-name', 'idempotency-key', 'if-none-match', 'user-agent', 'webhook-id', 'webhook-signature', 'webhook-timestamp'];
const RESPONSE_HEADERS_DROPPED = new Set(['connection', 'keep-alive', 'proxy-authenticate', 'set-cookie', 'te', 'trailer', 'transfer-encoding', 'upgrade']);
const TIMEOUT_MS = 15000;

export function createProxy(service, headers) {
  const { hostname, port } = new URL(service);
  return (request, response) => {
    const onward = { host: `${hostname}:${port}` };
    for (const name of REQUEST_HEADERS) if (request.headers[name] !== undefined) onward[name] = request.headers[name];
    const path = request.url.slice(PREFIX.length) || '/';
    const upstream = send({ hostname, port, path, method: request.method, headers: onward, timeout: TIMEOUT_MS });
    upstream.on('response', (answer) => {
      const back = { ...headers };
      for (const [name, value] of Object.entries(answer.headers)) if (!RESPONSE_HEADERS_DROPPED.has(name)) back[name] = value;
      // What is relative to where the browser is stays so.
      if (/^(https?:|\/)/.test(back.location)) back.location = ownAddress(back.location, service);
      response.writeHead(answer.statusCode, back);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    upstream.on('timeout', () => upstream.destroy());
    upstream.on('error', () => {
      if (response.headersSent) return response.destroy();
      response.writeHead(502, { ...headers, 'content-type': 'application/json', 'cache-control': 'no-store' });
      return response.end('{"error":{"code":"service.unreachable","message":"the service does not answer","help":"try again in a moment"}}');
    });
    response.on('close', () => upstream.destroy());
    request.pipe(upstream);
  };
}

/** An address of the service as it looks from the browser. */
export function ownAddress(location, service) {
  const base = new URL(service);
  const url = new URL(location, base);
  if (url.origin !== base.origin) return location;
  const path = url.pathname.startsWith(`${PREFIX}/`) ? url.pathname : PREFIX + url.pathname;
  return path + url.search + url.hash;
}
