// A page of any kind around `tresen/slim`, with the files that it is handed.

import { open, order, TOTAL } from './shop.js';

export async function start(loadTresen, files) {
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
}
