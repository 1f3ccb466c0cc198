// A native shell, say: one script, and everything else out of its own store. Each kind of source once.

import { loadTresen } from '/slim.js';
import { start } from '/slimmed.js';

const stored = (name) => fetch(`/store/${name}`);
const texts = async (name) => [`locales/${name}.json`, await (await stored(name.replaceAll('/', '-'))).json()];

const files = {
  'checkout.wasm': await WebAssembly.compile(await (await stored('checkout')).arrayBuffer()),
  'plan.wasm': await (await stored('plan')).arrayBuffer(),
  'engine.wasm': await stored('engine'),
  ...Object.fromEntries(await Promise.all(['de', 'more/de', 'steps/de'].map(texts))),
};

await start(loadTresen, files);
