// One thing that a customer does, on a page of its own: what it is, what it needs, what comes of it, and one button.

import { busy } from '../account/away.js';
import { make, note } from '../more/dom.js';
import { icon } from '../element/page.js';

const SPOKEN = { role: 'status' };

/**
 * @param {import('./settling.js').Settling} settling
 * @param {object} what
 * @param {string} what.title
 * @param {(string | Node)[]} what.lead
 * @param {object[]} what.fields
 * @param {() => Node[]} [what.preview] what comes of what stands in the fields, or nothing while that is not known
 * @param {(string | Node)[]} [what.after]
 * @param {string} what.send
 * @param {() => object} what.ask the request
 * @param {Record<string, string>} [given] what stands in the fields already, by their names
 */
export function form(settling, { title, lead, fields, preview, after, send, ask }, given = {}) {
  const { words } = settling;
  const shown = make('div.stack', SPOKEN);
  const unsent = make('p.error', { role: 'alert', hidden: '' }, icon('info'), make('span'));
  const button = make('button.btn', { type: 'submit', part: 'button' }, send);
  const node = make(
    'form.card',
    { novalidate: '', part: 'card' },
    make('div.sec stack', {}, settling.heading(title, lead), ...fields.map((field) => field.node)),
    make('div.sec sunk stack', {}, shown, unsent, button, ...(after ? [make('p.s soft', {}, ...after)] : [])),
  );
  let key = settling.newKey();
  const draw = () => {
    // Another wish is another request.
    key = settling.newKey();
    note(unsent, '');
    if (preview) shown.replaceChildren(...preview());
    shown.hidden = !shown.childElementCount;
  };
  node.addEventListener('input', draw);
  node.addEventListener('submit', (event) => {
    event.preventDefault();
    const wrong = fields.filter((field) => !field.check());
    if (wrong.length > 0) {
      wrong[0].focus();
      return;
    }
    busy(button, words.text('sending'), async () => {
      const brought = await Promise.all(fields.map((field) => field.brings?.()));
      if (brought.includes(false)) return;
      const sent = await settling.request(Object.assign(ask(), ...brought), key, (at) => fields.some(({ name, refuse }) => refuse && at === `/${name}`));
      if (!sent) note(unsent, words.text('unsent'));
      // Only the service knows what an address is.
      const refused = fields.find(({ name }) => sent === `/${name}`);
      refused?.refuse();
      refused?.focus();
    });
  });
  for (const field of fields) if (given[field.name] !== undefined) field.value = given[field.name];
  draw();
  return node;
}
