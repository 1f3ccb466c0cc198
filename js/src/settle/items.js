// The lines of an order: what they are called, and choosing some of them.

import { make } from '../more/dom.js';

/** `2 × Wolldecke` */
export const nameOf = ({ quantity, name }) => (quantity > 1 ? `${quantity} × ${name}` : name);

/** A row of a list of names and amounts. */
export const summand = (name, amount, kind = 'div') => make(kind, {}, make('dt', {}, name), make('dd.num', {}, amount));

/** A field of a form: some lines of a claim's order, or none for all of it; of a line with several pieces, how many. `of` says whose, whenever it is asked. */
export function picked(settling, { label, hint, of }) {
  const { words } = settling;
  const list = make('div.choices');
  const node = make('fieldset.tight', {}, make('legend.label', {}, label), list, make('p.s soft', {}, hint));
  let rows = [];
  let shown;
  const draw = () => {
    const claim = of();
    if (shown === claim) return;
    shown = claim;
    rows = (claim?.items ?? []).filter(({ amount }) => amount.minor > 0).map((item) => row(item));
    list.replaceChildren(...rows.map((one) => one.node));
    // Of one line there is nothing to choose.
    node.hidden = rows.length < 2 && !(rows[0]?.item.quantity > 1);
  };
  const chosen = () => (draw(), rows.filter(({ box }) => box.checked));
  draw();
  return {
    node,
    draw,
    /** As a request names them; nothing for all of it. */
    get asked() {
      const items = chosen().map(({ item: { id, quantity }, pieces }) => ({ id, ...(pieces() < quantity && { quantity: pieces() }) }));
      return items.length > 0 && { items };
    },
    /** As the core reckons them: what the line costs, how many, of how many. */
    get pieces() {
      return chosen().flatMap(({ item: { amount, quantity }, pieces }) => [amount.minor, pieces(), quantity]);
    },
    check: () => true,
    focus: () => rows[0].box.focus(),
  };

  function row(item) {
    const box = make('input', { type: 'checkbox' });
    const node = make('label.choice', {}, box, make('span', {}, nameOf(item)), make('span.num', {}, settling.money(item.amount.minor)));
    if (item.quantity === 1) return { item, box, node, pieces: () => 1 };
    const many = make('select.input', { 'aria-label': words.text('pieces', { name: item.name }) });
    many.append(...Array.from({ length: Math.min(item.quantity, 99) }, (_, at) => make('option', { value: at + 1 }, `${at + 1}`)));
    many.value = Math.min(item.quantity, 99);
    many.hidden = true;
    box.addEventListener('change', () => (many.hidden = !box.checked));
    return { item, box, node: make('div', {}, node, many), pieces: () => +many.value };
  }
}
