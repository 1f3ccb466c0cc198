// A native shell, say: one script, and everything else out of its own store. Each kind of source once.

import { loadTresen } from '/slim.js';
import { open, order, TOTAL } from '/shop.js';

const stored = (name) => fetch(`/store/${name}`);
const texts = async (name) => [`locales/${name}.json`, await (await stored(name.replaceAll('/', '-'))).json()];

const files = {
  'checkout.wasm': await WebAssembly.compile(await (await stored('checkout')).arrayBuffer()),
  'plan.wasm': await (await stored('plan')).arrayBuffer(),
  'engine.wasm': await stored('engine'),
  ...Object.fromEntries(await Promise.all(['de', 'more/de', 'steps/de'].map(texts))),
};

const opened = await open();
const tresen = await loadTresen(opened.public_key, { files, api: '/tresen', locale: 'de' });
const root = document.getElementById('root');
const said = (id) => root.appendChild(Object.assign(document.createElement('p'), { id }));
const [offered, done] = [said('offered'), said('done')];
const show = ({ methods }) => (offered.textContent = methods.filter(({ state }) => state === 'offered').map(({ id }) => id).join(' '));
const checkout = tresen
  .checkout({ session: opened.session, facts: opened.facts, appearance: { accent: '#7a1f4b' } })
  .on('ready', show)
  .on('change', show)
  .on('submit', (detail) => order(opened.session, detail).then((answer) => ((done.textContent = answer.outcome), answer)));
tresen.hint({ amount: TOTAL, currency: 'EUR' }).mount(root);
checkout.mount(root);
const button = Object.assign(document.createElement('button'), { id: 'place', textContent: 'Bestellen' });
button.addEventListener('click', () => checkout.order());
root.append(button);
// The decision comes from the engine that was handed in.
checkout.on('select', async () => {
  const decision = await checkout.decision();
  document.title = decision.methods.some(({ id, state }) => id === 'invoice' && state === 'offered') ? 'Decided' : 'Not decided';
});
