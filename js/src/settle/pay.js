// Paying an amount: by a provider's page where there is one, by a direct debit, and by a transfer, with the code that banking apps scan.

import { busy } from '../account/away.js';
import { drawCode } from '../account/code.js';
import { learn } from '../account/icons.js';
import { icon, rich } from '../element/page.js';
import { make, note } from '../more/dom.js';
import { free } from './stands.js';

const FIELDS = ['holder', 'iban', 'bic', 'amount', 'reference'];

/** @param {{ minor: number, chosen: string[] }} what how much, and of which claims; of none, whatever the ledger puts first */
export function pay(settling, { minor, chosen }) {
  learn();
  const { view, words } = settling;
  const unsent = make('p.error', { role: 'alert', hidden: '' }, icon('info'), make('span'));
  const frees = free(view).map(({ receivable }) => receivable);
  const ids = chosen.length > 0 ? chosen : frees;
  // For what is on its way no other way is open but a transfer.
  const methods = (ids.every((id) => frees.includes(id)) ? view.menu.methods : []).map(({ id }, at) => {
    const name = words.has(`method.${id}`) ? words.text(`method.${id}`) : id;
    const button = make(at === 0 ? 'button.btn' : 'button.btn quiet', { type: 'button', part: 'button' }, `${words.text('pay.by')} ${name}`);
    const pays = async () => {
      note(unsent, '');
      const why = await settling.leave(id, minor, chosen);
      note(unsent, why && words.text(why));
    };
    button.addEventListener('click', () => busy(button, words.text('sending'), pays));
    return button;
  });
  if (view.menu.debit && ids.every((id) => view.menu.debit.receivables.includes(id))) {
    const button = make(methods.length === 0 ? 'button.btn' : 'button.btn quiet', { type: 'button', part: 'button' }, `${words.text('pay.by')} ${words.text('method.sepa_debit')}`);
    button.addEventListener('click', () => settling.go('debit', { minor, chosen }));
    methods.push(button);
  }
  const transfer = make('div.sec stack', { 'aria-busy': 'true' }, make('h3.h2', {}, words.text('pay.transfer')));
  settling.call(`/transfer?amount=${minor}${chosen.map((id) => `&receivable=${encodeURIComponent(id)}`).join('')}`).then(({ body }) => {
    transfer.removeAttribute('aria-busy');
    transfer.append(...(body?.transfer ? drawn(settling, body.transfer) : [make('p.s', {}, words.text('transfer.none'))]));
  });
  const ways = methods.length > 0 ? [make('div.sec stack', {}, ...methods, unsent)] : [];
  return make('section.card', { part: 'card' }, make('div.sec stack', {}, settling.heading(words.text('pay.title', { amount: settling.money(minor) }), [])), ...ways, transfer);
}

function drawn(settling, transfer) {
  const { words } = settling;
  const news = make('p.vh', { role: 'status' });
  const values = { ...transfer, amount: settling.money(transfer.amount.minor) };
  const plain = { ...transfer, amount: values.amount.replace(/[^\d.,]/g, '') };
  const rows = FIELDS.filter((field) => values[field]).map((field) => {
    const name = words.text(`field.${field}`);
    const button = make('button.icon', { type: 'button', 'aria-label': words.text('transfer.copy', { name }) }, icon('copy'));
    button.addEventListener('click', async () => {
      const done = await navigator.clipboard?.writeText(plain[field]).then(() => true, () => false);
      news.textContent = words.text(done ? 'transfer.copied' : 'transfer.uncopied', { name });
    });
    const grouped = field === 'iban' || field === 'reference' ? values[field].match(/\S{1,4} ?/g).map((group) => make('span', {}, group.replace(' ', ','))) : [values[field]];
    return make('div', {}, make('dt', {}, name), make(field === 'iban' || field === 'reference' ? 'dd.num groups' : 'dd', {}, ...grouped), make('dd', {}, button));
  });
  const code = make('div.code');
  drawCode(code, transfer.code, words.text('qr'));
  const scan = transfer.code ? [make('div.scan', {}, code, make('p.s', {}, ...rich(words.text('scan').replaceAll('*', '\x02'))))] : [];
  return [...scan, make('dl.copy', {}, ...rows), news];
}
