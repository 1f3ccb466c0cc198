// Why a method is decided on as it is, in full, as far as a browser may know: asked of the service when somebody wants it.

import { join } from '../element/api.js';
import { open } from './dialog.js';
import { make } from './dom.js';

const section = ({ heading, paragraphs }) =>
  make('section.tight', {}, make('h3.h2', {}, heading), ...paragraphs.flatMap(({ text, items }) => [make('p', {}, text), ...(items.length ? [make('ul.items', {}, ...items.map((item) => make('li', {}, item)))] : [])]));

/** The button that opens it. */
export function door(host, page, words, { method, name, merchant, known }) {
  const button = make('button.link', { type: 'button' }, words.text('explain.open', { name }));
  let isAsking = false;
  button.addEventListener('click', async () => {
    if (isAsking) return;
    isAsking = true;
    const told = await ask(host, method, known()).catch(() => null);
    isAsking = false;
    const title = make('h2.h', {}, told?.text?.title ?? words.text('explain.open', { name }));
    const plain = (key) => make('p', {}, words.text(key, { merchant }));
    const nodes = told?.text ? [...told.text.sections.map(section), plain('explain.rest')] : [plain(told ? 'explain.guest' : 'explain.lost')];
    if (button.isConnected) open(page.places[0].c, words, [title, ...nodes]);
  });
  return button;
}

async function ask(host, method, facts) {
  // What was confirmed the service has seen itself, and takes from nobody.
  const { 'customer.confirmed': _, ...said } = facts;
  const response = await fetch(join(host.getAttribute('api'), `checkout/${encodeURIComponent(host.getAttribute('session'))}/explanation`), {
    method: 'POST',
    headers: { authorization: `Bearer ${host.getAttribute('public-key')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ method, facts: said }),
  });
  if (!response.ok) throw new Error('tresen: there is no explanation');
  return response.json();
}
