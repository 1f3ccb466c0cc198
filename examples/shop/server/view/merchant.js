// The merchant's open items: what is to do, what comes next of each and why not today, and the story of one.

import { html } from './html.js';
import { standing, story, sums } from '../office.js';
import { amount, day, shortDay } from '../format.js';
import { BRAND } from './layout.js';

const address = (id) => `/merchant?claim=${encodeURIComponent(id)}#case`;

const card = (title, figure, more, urgent = false) => html`<div class="office__card${urgent ? ' office__card--todo' : ''}"><dt>${title}</dt><dd class="office__figure">${figure}</dd><dd class="soft">${more}</dd></div>`;

function cards({ texts, today }, claims, unmatched) {
  const words = texts.office;
  const { open, early, late } = sums(claims, today);
  const told = ({ minor }) => amount({ minor, currency: 'EUR' }, texts.tag);
  const todo = unmatched.length === 0 ? words.nothingToDo : html`<a href="#assign">${words.toAssign(unmatched.length)}</a>`;
  return html`<dl class="office__cards">
${card(words.cards.todo, unmatched.length, todo, unmatched.length > 0)}
${card(words.cards.open, told(open), words.invoices(open.count))}
${card(words.cards.early, told(early), words.invoices(early.count))}
${card(words.cards.late, told(late), [words.invoices(late.count), words.held(late.held)].filter(Boolean).join(', '))}</dl>`;
}

function tag({ texts, today }, claim) {
  const words = texts.office.standing;
  const { key, tag: look, days, date } = standing(claim, today);
  return html`<span class="tag tag--${look}">${(words[key] ?? words.held)({ days, date: date && shortDay(date, texts.tag) })}</span>`;
}

function step({ texts, today }, { next, why }) {
  const words = texts.office;
  const from = next?.from ?? why?.until;
  const [what, ways] = next === null ? [words.steps.wait(), []] : [words.steps[next.what](next.level), next.channel ? [words.channels[next.channel]] : []];
  const when = from ? [from === today ? words.today : shortDay(from, texts.tag)] : [];
  return html`<b>${what}</b><span class="soft">${[...ways, ...when].join(', ')}</span>`;
}

function whyNot({ texts }, { why }) {
  const words = texts.office;
  const sentence = words.whyHeld[why.hold] ?? words.why[why.code] ?? why.code;
  return why.hold && why.until ? `${sentence} ${words.until(shortDay(why.until, texts.tag))}` : sentence;
}

const row = (context, claim, chosen) => {
  const { columns } = context.texts.office;
  return html`<tr${claim === chosen ? html` class="is-chosen"` : null}>
<th scope="row"><a href="${address(claim.id)}"${claim === chosen ? html` aria-current="true"` : null}>${claim.order}</a><span class="soft">${claim.who ?? context.texts.demo.guest}</span></th>
<td data-l="${columns.standing}">${tag(context, claim)}</td><td class="office__sum">${amount(claim.open, context.texts.tag)}</td>
<td data-l="${columns.next}">${step(context, claim)}</td><td class="soft">${claim.why === null ? null : html`<span class="office__label">${columns.why} </span>${whyNot(context, claim)}`}</td></tr>`;
};

const table = (context, claims, chosen) => {
  const { columns, title, none } = context.texts.office;
  if (claims.length === 0) return html`<p class="office__panel office__none">${none}</p>`;
  return html`<div class="office__panel"><table class="office__table"><caption class="hidden">${title}</caption><thead><tr><th scope="col">${columns.invoice}</th><th scope="col">${columns.standing}</th><th scope="col" class="office__sum">${columns.open}</th><th scope="col">${columns.next}</th><th scope="col">${columns.why}</th></tr></thead>
<tbody>${claims.map((claim) => row(context, claim, chosen))}</tbody></table></div>`;
};

function assign(context, claims, unmatched) {
  const { texts } = context;
  const words = texts.office.assign;
  return html`<section class="office__panel office__assign" id="assign"><h2>${words.title}</h2>${unmatched.map((payment) => html`
<form method="post" action="/merchant/assign"><input type="hidden" name="payment" value="${payment.id}">
  <p><b class="office__num">${amount(payment.amount, texts.tag)}</b> · ${payment.remittance ? html`„${payment.remittance}“` : words.noReference}<br><span class="soft">${words.from(day(payment.value_date, texts.tag))}</span></p>
  ${claims.length === 0 ? html`<p class="soft">${words.nothingOpen}</p>` : html`<div class="field"><label for="to-${payment.id}">${words.to}</label><select id="to-${payment.id}" name="claim">${claims.map((claim) => html`<option value="${claim.id}">${claim.order} · ${claim.who ?? texts.demo.guest} · ${amount(claim.open, texts.tag)}</option>`)}</select></div>
  <button class="button">${words.set}<span class="hidden">: ${amount(payment.amount, texts.tag)}</span></button>`}</form>`)}</section>`;
}

function file({ texts }, record) {
  const words = texts.office.case;
  if (record === null) return html`<section class="office__panel office__case" id="case"><p class="soft">${words.pick}</p></section>`;
  const isOpen = record.balance.minor > 0;
  return html`<section class="office__panel office__case" id="case" tabindex="-1" aria-labelledby="case-title" data-ending="${record.ending ?? ''}">
<h2 id="case-title">${words.of(record.order)}</h2>
<p class="soft">${isOpen ? words.open(amount(record.balance, texts.tag)) : record.ending === 'paid' ? words.paid : words.closed}</p>
${isOpen ? html`<p><a href="/bank?claim=${record.id}">${words.bank}</a></p>` : null}
<h3>${words.story}</h3>
<ol class="story">${story(record).map(({ type, date, amount: sum }) => html`<li><p class="story__what">${texts.office.happened[type] ?? type}</p>${sum ? html`<p class="story__sum">${amount(sum, texts.tag)}</p>` : null}<p class="soft story__day">${day(date, texts.tag)}</p></li>`)}</ol></section>`;
}

export function merchantPage(context, { claims, unmatched, chosen, record }) {
  const { texts, today } = context;
  return {
    name: 'page-merchant',
    title: texts.office.title,
    styles: [context.assets.url('shop', 'merchant.css')],
    body: html`<div class="office">
<div><p class="soft">${BRAND} · ${day(today, texts.tag)}</p><h1>${texts.office.title}</h1></div>
${cards(context, claims, unmatched)}
<div class="office__grid"><div class="office__main">${unmatched.length > 0 ? assign(context, claims, unmatched) : null}${table(context, claims, chosen)}</div>${file(context, record)}</div>
</div>`,
  };
}
