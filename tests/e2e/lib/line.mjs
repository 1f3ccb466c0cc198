// The line between a browser and the shop, as TCP: it breaks in the middle of what a test says, stands still, or is down. Beside the shop's own pages it
// has a page of a merchant's that shows an account.

import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { after, before } from 'node:test';

const PAGE = (token) => `<!doctype html><html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Bestellung</title><link rel="icon" href="data:,"><script type="module" src="/pay/account.js"></script></head><body><tresen-account api="/tresen" token="${token}"></tresen-account></body></html>`;

/** @param {{ url: string }} shop where it leads to, once that is open */
export function useLine(shop) {
  const line = { seen: [] };
  const sockets = new Set();
  let trouble = null;
  const waiting = [];

  const server = createServer((browser) => {
    const { port, hostname } = new URL(shop.url);
    const upstream = connect(port, hostname);
    for (const socket of [browser, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => (sockets.delete(socket), browser.destroy(), upstream.destroy()));
    }
    let broken = null;
    browser.on('data', (data) => {
      const [asked] = data.toString('latin1').split('\r\n', 1);
      if (/^[A-Z]+ \S+ HTTP\/1\.1$/.test(asked)) {
        line.seen.push(asked);
        const [, token] = /^GET \/order\?([^&\s]+)/.exec(asked) ?? [];
        if (token) return void browser.end(`HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\nconnection: close\r\n\r\n${PAGE(token)}`);
        broken = trouble?.pattern.test(asked) ? trouble.where : null;
      }
      if (broken === 'before') return void browser.destroy();
      return void upstream.write(data);
    });
    upstream.on('data', (data) => {
      if (broken === 'after') return void browser.destroy();
      if (broken === 'held' && trouble !== null) return void waiting.push(() => browser.write(data));
      if (broken !== 'midway') return void browser.write(data);
      // Of what it says, the half; of what is said about it, all.
      const head = data.indexOf('\r\n\r\n') + 4;
      if (head >= data.length) return void browser.write(data);
      return void browser.write(data.subarray(0, Math.floor((Math.max(head, 0) + data.length) / 2)), () => browser.destroy());
    });
  });

  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    line.url = `http://127.0.0.1:${server.address().port}`;
  });
  after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  /** From now on requests like that break: `before` they arrive, `after` that and before there is an answer, `midway` in the answer; or the answer is `held`. */
  line.breaks = (pattern, where) => {
    trouble = { pattern, where };
    line.seen = [];
  };
  /** All is well again; what was held goes on. */
  line.mends = () => {
    trouble = null;
    for (const goes of waiting.splice(0)) goes();
  };
  line.asked = (pattern) => line.seen.filter((asked) => pattern.test(asked)).length;
  return line;
}
