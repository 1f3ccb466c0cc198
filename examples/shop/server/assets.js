// Static files, read once. Their address holds a hash of all of them, so they may be kept for ever: a new file is a new address. Where a policy names a
// file, its address stays.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { SECURITY_HEADERS } from './http.js';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.bin': 'application/octet-stream',
};
const FOREVER = 'public, max-age=31536000, immutable';

/** Serves folders under names: `{shop: '/…/public', tresen: '/…/js/dist'}`. */
export function loadAssets(folders) {
  const bases = new Map();
  for (const [name, folder] of Object.entries(folders)) {
    const files = readAll(folder);
    const hash = createHash('sha256');
    for (const [path, file] of files) hash.update(path).update('\0').update(file.body).update('\0');
    bases.set(name, { files, version: hash.digest('hex').slice(0, 12) });
  }
  return {
    has: (name, path) => bases.get(name)?.files.has(path) === true,
    url(name, path) {
      const base = bases.get(name);
      if (!base?.files.has(path)) throw new Error(`there is no asset ${name}/${path}`);
      return `/assets/${name}/${base.version}/${path}`;
    },
    /** Answers a request under /assets/; returns whether it could. */
    serve(request, response, pathname) {
      const [, , name, version, ...rest] = pathname.split('/');
      const base = bases.get(name);
      return sent(request, response, base?.version === version ? base.files.get(rest.join('/')) : undefined, FOREVER);
    },
    /** Answers for a file under an address that stays, and so for a while only; returns whether it could. */
    serveFile: (request, response, name, path) => sent(request, response, bases.get(name)?.files.get(path), 'public, max-age=600'),
  };
}

function sent(request, response, file, cacheControl) {
  if (!file) return false;
  const body = /\bbr\b/.test(request.headers['accept-encoding'] ?? '') ? smallest(file) : file.body;
  response.writeHead(200, {
    ...SECURITY_HEADERS,
    'cache-control': cacheControl,
    'content-type': file.type,
    'content-length': body.length,
    vary: 'accept-encoding',
    ...(body === file.body ? {} : { 'content-encoding': 'br' }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
  return true;
}

/** The file compressed, if that makes it smaller. Done when it is asked for first: some files hardly ever are. */
function smallest(file) {
  if (file.smallest === null) {
    const { body } = file;
    const brotli = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } });
    file.smallest = brotli.length < body.length ? brotli : body;
  }
  return file.smallest;
}

function readAll(folder) {
  const files = new Map();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name).toLowerCase()];
    if (!entry.isFile() || type === undefined) continue;
    const full = join(entry.parentPath ?? entry.path, entry.name);
    files.set(relative(folder, full).split(sep).join('/'), { type, body: readFileSync(full), smallest: null });
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}
