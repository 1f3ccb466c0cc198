// A page of any kind around the bare elements.

import { open, order, TOTAL } from './shop.js';

export async function start() {
  const opened = await open();
  const hint = document.createElement('tresen-hint');
  const element = document.createElement('tresen-checkout');
  for (const one of [hint, element]) for (const [name, value] of Object.entries({ 'public-key': opened.public_key, api: '/tresen', locale: 'de' })) one.setAttribute(name, value);
  for (const [name, value] of Object.entries({ amount: TOTAL, currency: 'EUR' })) hint.setAttribute(name, value);
  element.setAttribute('session', opened.session);
  element.facts = opened.facts;
  element.appearance = { accent: '#7a1f4b' };
  const said = (id) => Object.assign(document.createElement('p'), { id });
  const [offered, done] = [said('offered'), said('done')];
  const button = Object.assign(document.createElement('button'), { id: 'place', textContent: 'Bestellen' });
  button.addEventListener('click', () => element.order());
  for (const type of ['tresen-ready', 'tresen-change']) element.addEventListener(type, ({ detail }) => (offered.textContent = detail.methods.filter(({ state }) => state === 'offered').map(({ id }) => id).join(' ')));
  element.addEventListener('tresen-submit', ({ detail }) => detail.respondWith(order(opened.session, detail).then((answer) => ((done.textContent = answer.outcome), answer))));
  document.getElementById('root').append(hint, offered, element, button, done);
}
