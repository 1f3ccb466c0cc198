// What a customer can do, each on a page of its own. What there is no room for has no door.

import { make, note } from '../more/dom.js';
import { readIban } from '../element/iban.js';
import { icon, rich } from '../element/page.js';
import { amount, choice, day, text, tick } from './fields.js';
import { document } from './document.js';
import { form } from './form.js';
import { picked } from './items.js';
import { pay } from './pay.js';
import { schedule } from './plan.js';
import { proofs } from './proofs.js';
import { free, hoursOf } from './stands.js';

const strong = (words) => rich(words.replaceAll('*', '\x02'));
const openOf = (view) => view.claims.filter(({ open, state }) => open.minor > 0 && state !== 'elsewhere');

/** Claims to choose from, as the options of a choice. */
const claims = (settling, all) => all.map((claim) => [claim.receivable, settling.words.text('order', { order: claim.order.replaceAll('-', '\u2011') }), settling.money(claim.open.minor)]);

/** The doors: `[screen, line, about]`, those that stand there at once and those that do when asked. */
export function doorsOf({ view, words }) {
  const { menu } = view;
  const isOpen = openOf(view).length > 0;
  const withdrawal = menu.withdrawal?.receivables[0];
  const line = (screen, blanks, key = `door.${screen}.line`) => [screen, words.text(key, blanks)];
  const first = [
    menu.plan && line('plan'),
    menu.deferral && line('deferral', { date: words.day(menu.deferral.until) }),
    menu.promise && !menu.deferral && line('promise', { date: words.day(menu.promise.until) }),
    menu.dispute && line('dispute'),
    menu.hardship && line('hardship'),
    ['message', hoursOf(view, words) ?? words.text('door.message.line')],
  ];
  const rest = [
    menu.promise && menu.deferral && line('promise', { date: words.day(menu.promise.until) }),
    isOpen && line('paid_already'),
    menu.return && line('return'),
    withdrawal && (withdrawal.until ? line('withdrawal', { date: words.day(withdrawal.until) }) : line('withdrawal', {}, 'door.withdrawal.open')),
    isOpen && line('representative'),
    view.reach.languages.length > 0 && line('contact'),
  ];
  return [first.filter(Boolean), rest.filter(Boolean)];
}

const between = (words, { from, until }) => ({ from: from && words.day(from), until: words.day(until) });

function part(settling, { amount: given = '' }) {
  const { view, words } = settling;
  const { from, to } = view.menu.part;
  const blanks = { from: words.money(from), to: words.money(to) };
  const field = amount(words, { name: 'amount', label: words.text('part.amount'), from, to, hint: words.text('part.hint', blanks), wrong: words.text('part.empty', blanks) });
  field.value = given;
  const shown = make('div.stack', { role: 'status' });
  // What is due first is paid first, as the transfer will say.
  const order = free(view).map(({ receivable }) => receivable);
  const draw = () => shown.replaceChildren(...(settling.isPreviewed && field.minor ? paidBy(settling, settling.previews.part(field.minor, order)) : []));
  const button = make('button.btn', { type: 'submit', part: 'button' }, words.text('part.title'));
  const node = make('form.card', { novalidate: '', part: 'card' }, make('div.sec stack', {}, settling.heading(words.text('part.title'), [words.text('part.lead')]), field.node), make('div.sec sunk stack', {}, shown, button));
  node.addEventListener('input', draw);
  node.addEventListener('submit', (event) => {
    event.preventDefault();
    if (field.check()) settling.go('pay', { minor: field.minor, chosen: [] });
    else field.focus();
  });
  draw();
  return node;
}

/** What so much money would pay, claim by claim, and what stays open. */
export function paidBy(settling, { why, lines, rest }) {
  if (why) return [];
  const { view, words } = settling;
  const sums = new Map();
  for (const { receivable, minor } of lines) sums.set(receivable, (sums.get(receivable) ?? 0) + minor);
  const row = (name, minor, kind = 'div') => make(kind, {}, make('dt', {}, name), make('dd.num', {}, settling.money(minor)));
  const nameOf = (id) => words.text('order', { order: view.claims.find(({ receivable }) => receivable === id)?.order ?? '' });
  const rows = [...sums].map(([id, minor]) => row(nameOf(id), minor));
  return [make('h3.h2', {}, words.text('part.preview')), make('dl.sum s', {}, ...rows, row(words.text('part.rest'), rest, 'div.all'))];
}

/** More numbers of rates than these are not all shown. */
const FEW = 6;
const USUAL = [2, 3, 4, 6, 9, 12, 18, 24];

function plan(settling, given) {
  const { view, words } = settling;
  const room = view.menu.plan;
  const blanks = between(words, room.first);
  const all = Array.from({ length: room.rates.to - room.rates.from + 1 }, (_, at) => room.rates.from + at).filter((count) => Math.floor(room.total.minor / count) >= room.rate_minimum.minor);
  // A choice that is seen at a glance; who wants another number talks to a person.
  const counts = all.length > FEW ? all.filter((count) => USUAL.includes(count) || count === all[all.length - 1]) : all;
  const each = (count) => words.text(room.total.minor % count === 0 ? 'plan.rates.each' : 'plan.rates.about', { amount: settling.money(Math.round(room.total.minor / count)) });
  const rates = choice({ name: 'rates', label: words.text('plan.rates'), options: counts.map((count) => [`${count}`, words.text('plan.rates.count', { count }), each(count)]), wrong: words.text('plan.rates') });
  const first = day(words, { name: 'first', label: words.text('plan.first'), ...room.first, hint: words.text('plan.first.hint', blanks), wrong: words.text('plan.first.wrong', blanks) });
  const agreed = tick({ name: 'agreed', label: words.text('plan.agree', { amount: words.money(room.total) }), wrong: words.text('plan.agree.missing') });
  return form(settling, {
    title: words.text('plan.title', { amount: words.money(room.total) }),
    lead: [words.text('plan.lead')],
    fields: [rates, first, agreed],
    preview: () => {
      const found = settling.isPreviewed && rates.value && first.value ? settling.previews.plan(+rates.value, first.value) : { why: '' };
      return found.why === undefined ? schedule(settling, found) : [];
    },
    after: [words.text('plan.after')],
    send: words.text('plan.send'),
    ask: () => ({ kind: 'plan', rates: +rates.value, first: first.value }),
  }, given);
}

function deferral(settling, given) {
  const { view, words } = settling;
  const room = view.menu.deferral;
  const blanks = between(words, room);
  const field = day(words, { name: 'until', label: words.text('deferral.day'), ...room, hint: words.text('deferral.hint', blanks), wrong: words.text('deferral.wrong', blanks) });
  const claim = view.claims.find(({ receivable }) => receivable === room.receivable);
  return form(settling, {
    title: words.text('deferral.title'),
    lead: [words.text('deferral.lead')],
    fields: [field],
    preview: () => {
      const found = settling.isPreviewed && field.value ? settling.previews.deferral(room.receivable, field.value) : { why: '' };
      return found.why === undefined ? [told(strong(words.text('deferral.preview', { date: words.day(found.until), amount: settling.money(claim.open.minor) })))] : [];
    },
    send: words.text('deferral.send'),
    ask: () => ({ kind: 'deferral', receivable: room.receivable, until: field.value }),
  }, given);
}

function promise(settling, given) {
  const { view, words } = settling;
  const room = { from: view.today, ...view.menu.promise };
  const blanks = between(words, room);
  const field = day(words, { name: 'date', label: words.text('promise.day'), ...room, hint: words.text('promise.hint', blanks), wrong: words.text('promise.wrong', blanks) });
  return form(settling, {
    title: words.text('promise.title'),
    lead: [words.text('promise.lead')],
    fields: [field],
    preview: () => {
      const found = settling.isPreviewed && field.value ? settling.previews.promise(field.value) : { why: '' };
      return found.why === undefined ? [told(strong(words.text('promise.preview', { date: words.day(found.date), grace: words.day(found.grace) })))] : [];
    },
    send: words.text('promise.send'),
    ask: () => ({ kind: 'promise', date: field.value }),
  }, given);
}

const told = (content) => make('div.note calm', {}, icon('check'), make('div', {}, ...content));

/** Some lines of the claim that is chosen. */
const some = (settling, label, all, which) => picked(settling, { label: settling.words.text(label), hint: settling.words.text('items.hint'), of: () => all.find(({ receivable }) => receivable === which.value) });

const REASONS = ['not_received', 'defective', 'not_as_ordered', 'returned', 'wrong_amount', 'not_mine', 'other'];

function dispute(settling, given) {
  const { view, words } = settling;
  const which = choice({ name: 'receivable', label: words.text('dispute.which'), options: claims(settling, openOf(view)), wrong: words.text('pay.choose') });
  const items = some(settling, 'dispute.items', view.claims, which);
  const why = choice({ name: 'reason', label: words.text('dispute.why'), options: REASONS.map((reason) => [reason, words.text(`dispute.why.${reason}`)]), wrong: words.text('dispute.missing') });
  const said = text(words, { name: 'text', label: words.text('text'), lines: true, optional: true });
  return form(settling, {
    title: words.text('dispute.title'),
    lead: [words.text('dispute.lead')],
    fields: [which, items, why, said, proofs(settling)],
    preview: () => {
      items.draw();
      const found = settling.isPreviewed && which.value && why.value !== 'not_mine' ? settling.previews.objection(which.value, items.pieces) : { why: '' };
      if (found.why !== undefined) return [];
      const line = (key, minor) => make('p', {}, ...strong(words.text(key, { amount: settling.money(minor) })));
      return [told([line('dispute.preview', found.minor), ...(found.asked > 0 ? [line('dispute.rest', found.asked)] : [])])];
    },
    after: [words.text('dispute.after')],
    send: words.text('dispute.send'),
    ask: () => ({ ...(why.value === 'not_mine' ? { kind: 'not_mine' } : { kind: 'dispute', reason: why.value, ...items.asked }), receivable: which.value, ...(said.value && { text: said.value }) }),
  }, given);
}

function giveBack(settling, given) {
  const { view, words } = settling;
  const possible = view.claims.filter(({ receivable }) => view.menu.return.receivables.includes(receivable));
  const which = choice({ name: 'receivable', label: words.text('dispute.which'), options: claims(settling, possible), wrong: words.text('pay.choose') });
  const items = some(settling, 'return.what', possible, which);
  const said = text(words, { name: 'text', label: words.text('text'), lines: true, optional: true });
  return form(settling, {
    title: words.text('return.title'),
    lead: [words.text('return.lead')],
    fields: [which, items, said],
    preview: () => (items.draw(), []),
    send: words.text('return.send'),
    ask: () => ({ kind: 'return', receivable: which.value, ...items.asked, ...(said.value && { text: said.value }) }),
  }, given);
}

function withdrawal(settling, given) {
  const { view, words } = settling;
  const possible = view.claims.filter(({ receivable }) => view.menu.withdrawal.receivables.some((one) => one.receivable === receivable));
  const which = choice({ name: 'receivable', label: words.text('withdrawal.which'), options: claims(settling, possible), wrong: words.text('pay.choose') });
  const name = text(words, { name: 'name', label: words.text('withdrawal.name'), wrong: words.text('withdrawal.name.missing'), autocomplete: 'name' });
  return form(settling, {
    title: words.text('withdrawal.title'),
    lead: [words.text('withdrawal.lead')],
    fields: [which, name],
    send: words.text('withdrawal.send'),
    ask: () => ({ kind: 'withdrawal', receivable: which.value, name: name.value }),
  }, given);
}

function hardship(settling, given) {
  const { view, words } = settling;
  const room = view.menu.hardship;
  const said = text(words, { name: 'text', label: words.text('text'), lines: true, optional: true });
  const lead = room.pause_until ? words.text('hardship.lead', { date: words.day(room.pause_until) }) : words.text('hardship.lead.no_pause');
  return form(settling, {
    title: words.text('hardship.title'),
    lead: [lead],
    fields: [...(room.advice.length > 0 ? [advised(words, room.advice)] : []), said],
    after: room.plan ? [words.text('hardship.plan')] : undefined,
    send: words.text('hardship.send'),
    ask: () => ({ kind: 'hardship', ...(said.value && { text: said.value }) }),
  }, given);
}

/** Who advises for free, as something that stands among fields and asks nothing. */
function advised(words, advice) {
  const way = ({ name, url, phone }) => make('li', {}, make('a.link', { href: url, target: '_blank', rel: 'noopener' }, name), ...(phone ? [` ${phone}`] : []));
  const node = make('div.box', {}, make('p.h2', {}, words.text('hardship.advice')), make('p.s', {}, words.text('hardship.advice.line')), make('ul.s', {}, ...advice.map(way)));
  return { node, check: () => true, focus() {} };
}

function paidAlready(settling, given) {
  const { view, words } = settling;
  const which = choice({ name: 'receivable', label: words.text('dispute.which'), options: claims(settling, openOf(view)), wrong: words.text('pay.choose') });
  const on = day(words, { name: 'on', label: words.text('paid_already.on'), until: view.today, wrong: words.text('paid_already.on.missing') });
  const said = text(words, { name: 'text', label: words.text('paid_already.text'), lines: true, optional: true });
  return form(settling, {
    title: words.text('paid_already.title'),
    lead: [words.text('paid_already.lead')],
    fields: [which, on, said, proofs(settling)],
    send: words.text('paid_already.send'),
    ask: () => ({ kind: 'paid_already', receivable: which.value, on: on.value, ...(said.value && { text: said.value }) }),
  }, given);
}

function message(settling, given) {
  const { view, words } = settling;
  const { phone, email } = view.human;
  const hours = hoursOf(view, words);
  const said = text(words, { name: 'text', label: words.text('message.text'), lines: true, wrong: words.text('message.missing') });
  const back = text(words, { name: 'phone', label: words.text('message.call'), type: 'tel', autocomplete: 'tel', optional: true });
  const link = (key, href, name) => make('a.link', { href }, `${words.text(key)}: ${name}`);
  const direct = [...(phone ? [link('call', `tel:${phone.replaceAll(' ', '')}`, phone)] : []), ...(email ? [link('write', `mailto:${email}`, email)] : [])];
  return form(settling, {
    title: words.text('message.title'),
    lead: [words.text('message.lead'), ...(hours ? [make('span', {}, ` ${hours}`)] : []), make('span.ways', {}, ...direct)],
    fields: [said, back, proofs(settling)],
    send: words.text('message.send'),
    ask: () => ({ kind: 'message', text: said.value, ...(back.value && { phone: back.value }) }),
  }, given);
}

/** A mandate for one direct debit: how much and when, from whose account, and what is signed. */
function debit(settling, { minor, chosen }) {
  const { view, words } = settling;
  const { from, until, mandate } = view.menu.debit;
  const sum = settling.money(minor);
  const holder = text(words, { name: 'holder', label: words.text('debit.holder'), wrong: words.text('debit.holder.missing'), autocomplete: 'name' });
  const iban = text(words, { name: 'iban', label: words.text('field.iban'), wrong: words.text('debit.iban.wrong'), fits: (value) => readIban(value)[1] < 0 });
  const signed = make('div.box', {}, make('p.h2', {}, words.text('debit.mandate')), make('p.s', {}, mandate));
  return form(settling, {
    title: words.text('debit.title', { amount: sum }),
    lead: [words.text('debit.lead', { from: words.day(from), until: words.day(until) })],
    fields: [holder, iban, { node: signed, check: () => true, focus() {} }, tick({ name: 'signed', label: words.text('debit.sign'), wrong: words.text('debit.sign.missing') })],
    after: [words.text('debit.after')],
    send: words.text('debit.send', { amount: sum }),
    ask: () => ({ kind: 'debit', amount: { minor, currency: view.owed.currency }, ...(chosen.length > 0 && { receivables: chosen }), holder: holder.value, iban: iban.value, from }),
  });
}

function representative(settling, given) {
  const { words } = settling;
  const name = text(words, { name: 'name', label: words.text('representative.name'), wrong: words.text('representative.name.missing') });
  const contact = text(words, { name: 'contact', label: words.text('representative.contact'), wrong: words.text('representative.name.missing') });
  return form(settling, {
    title: words.text('representative.title'),
    lead: [words.text('representative.lead')],
    fields: [name, contact],
    send: words.text('representative.send'),
    ask: () => ({ kind: 'representative', name: name.value, contact: contact.value }),
  }, given);
}

/** How somebody is reached: the form for it is fetched when the door is opened, for few open it. */
function contact(settling) {
  const { words } = settling;
  const [title, lead] = [words.text('door.contact'), [words.text('contact.lead')]];
  const node = make('section.card', { part: 'card', 'aria-busy': 'true' }, make('div.sec stack', {}, settling.heading(title, lead)));
  const comes = ({ contact: formOf, words: said }) => {
    const own = formOf(settling, said, { title, lead }, { choice, form, icon, make, note, text, tick });
    node.replaceWith(own);
    own.querySelector('h2').focus();
  };
  const stays = () => {
    node.removeAttribute('aria-busy');
    node.firstChild.append(make('p', { role: 'alert' }, words.text('unsent')));
  };
  settling.reaching().then(comes, stays);
  return node;
}

export const DOORS = { document, pay, part, debit, plan, deferral, promise, dispute, return: giveBack, withdrawal, hardship, paid_already: paidAlready, message, representative, contact };
