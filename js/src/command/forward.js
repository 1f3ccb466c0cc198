// The service under /tresen/ of the page's own address, as a shop's server or web server would have it.

export const PREFIX = '/tresen';

/** What of the service belongs to browsers: the requests of the elements, a review, the pages behind a pay link, an access to an account, and the pages of the sandbox. */
const OPEN = /^\/tresen\/(v1\/(checkout\/[\w-]+(\/explanation|\/steps(\/\w+(\/answer)?)?)?|hint|reviews|paylinks\/\w+(\/(access|code|payments|promise))?|accounts\/\w+(\/(transfer|payments|requests|documents\/\w+|proofs(\/\w+)?))?)|(pay|m)\/[\w.]+|sandbox\/[\w/.-]+)$/;

const REQUEST_HEADERS = ['accept-language', 'authorization', 'content-type', 'file-name', 'idempotency-key', 'user-agent'];
const RESPONSE_HEADERS = ['cache-control', 'content-security-policy', 'content-type', 'date', 'location', 'referrer-policy', 'vary'];

export const isForService = (pathname) => OPEN.test(pathname);

export async function forward(service, request, body) {
  const headers = Object.fromEntries(REQUEST_HEADERS.filter((name) => request.headers[name]).map((name) => [name, request.headers[name]]));
  const { method, url } = request;
  const answer = await fetch(service + url.slice(PREFIX.length), { method, headers, redirect: 'manual', ...(body.length > 0 && { body }) });
  const kept = RESPONSE_HEADERS.filter((name) => answer.headers.has(name)).map((name) => [name, answer.headers.get(name)]);
  return { status: answer.status, headers: Object.fromEntries(kept), body: Buffer.from(await answer.arrayBuffer()) };
}
