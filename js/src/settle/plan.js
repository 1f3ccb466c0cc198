// A plan as it would be: every rate with its day, and what all of them come to.

import { make } from '../more/dom.js';
import { icon } from '../element/page.js';

/** @param {{ total: number, cost: number, rates: { due: string, minor: number }[] }} plan as the core reckoned it */
export function schedule(settling, { total, cost, rates }) {
  const { words } = settling;
  const head = ['plan.number', 'plan.due', 'plan.amount'].map((key) => make('th', { scope: 'col' }, words.text(key)));
  const rows = rates.map(({ due, minor }, at) => make('tr', {}, make('th', { scope: 'row' }, `${at + 1}.`), make('td', {}, words.date(due)), make('td.num', {}, settling.money(minor))));
  const sum = (key, minor, kind = 'tr') => make(kind, {}, make('th', { scope: 'row', colspan: 2 }, words.text(key)), make('td.num', {}, settling.money(minor)));
  const table = make(
    'table.plan',
    {},
    make('caption.vh', {}, words.text('plan.schedule')),
    make('thead.vh', {}, make('tr', {}, ...head)),
    make('tbody', {}, ...rows),
    make('tfoot', {}, sum('plan.open', total - cost), sum('plan.cost', cost), sum('plan.total', total, 'tr.all')),
  );
  const facts = ['cost', 'early', 'fail'].map((fact) => make('li', {}, icon('check'), make('span', {}, words.text(`plan.fact.${fact}`))));
  return [make('h3.h2', {}, words.text('plan.schedule')), make('div.box', {}, table), make('ul.facts s', {}, ...facts)];
}
