// Node with `require`: every entry of the package, and the shop's server at work.

const { service, entries } = JSON.parse(process.argv[2]);
for (const entry of entries) require(entry);
const { define, loadTresen } = require('tresen');
const { readFileSync } = require('node:fs');
const { createElement } = require('react');
const { renderToString } = require('react-dom/server');
const { TresenCheckout } = require('tresen/react');

async function main() {
  define();
  if ((await loadTresen('pk_test_1')) !== null) throw new Error('on a server there is nothing to load');
  const drawn = renderToString(createElement(TresenCheckout, { session: 'cs_1', publicKey: 'pk_test_1' }));
  if (!/^<tresen-checkout [^>]*session="cs_1"/.test(drawn)) throw new Error(`drawn on the server: ${drawn}`);
  const { check, decides } = await import('./check.js');
  await check(require('tresen/server'), service);
  const wasm = readFileSync(require.resolve('tresen/engine.wasm'));
  await decides(require('tresen/slim/engine'), { wasm, policy: new Uint8Array(Buffer.from(service.policy, 'base64')) });
  console.log('done');
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
