// The merchant's open items: what is to do, what comes next of each and why not today, and the story of one.

import { html } from './html.js';
import { levelOf, standing, story, sums } from '../office.js';
import { amount, day, shortDay } from '../format.js';
import { BRAND } from './layout.js';

const address = (id) => `/merchant?claim=${encodeURIComponent(id)}#case`;

const card = (title, figure, more, urgent = false) => html`<div class="office__card${urgent ? ' office__card--todo' : ''}"><dt>${title}</dt><dd class="office__figure">${figure}</dd><dd class="soft">${more}</dd></div>`;

function cards({ texts, today }, claims, unmatched, tasks) {
  const words = texts.office;
  const { open, early, late } = sums(claims, today);
  const told = ({ minor }) => amount({ minor, currency: 'EUR' }, texts.tag);
  const count = unmatched.length + tasks.length;
  const todo = unmatched.length > 0 ? html`<a href="#assign">${words.toAssign(unmatched.length)}</a>` : tasks.length > 0 ? html`<a href="#tasks">${words.toDecide(tasks.length)}</a>` : words.nothingToDo;
  return html`<dl class="office__cards">
${card(words.cards.todo, count, todo, count > 0)}
${card(words.cards.open, told(open), words.invoices(open.count))}
${card(words.cards.early, told(early), words.invoices(early.count))}
${card(words.cards.late, told(late), [words.invoices(late.count), words.held(late.held)].filter(Boolean).join(', '))}</dl>`;
}

function tag({ texts, today }, claim) {
  const words = texts.office.standing;
  const { key, tag: look, days, date } = standing(claim, today);
  return html`<span class="tag tag--${look}">${(words[key] ?? words.held)({ days, date: date && shortDay(date, texts.tag) })}</span>`;
}

function step({ texts, today }, { next, why }, isYours) {
  const words = texts.office;
  if (isYours) return html`<b><a href="#tasks">${words.yours}</a></b>`;
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

const row = (context, claim, chosen, tasks) => {
  const { columns } = context.texts.office;
  return html`<tr${claim === chosen ? html` class="is-chosen"` : null}>
<th scope="row"><a href="${address(claim.id)}"${claim === chosen ? html` aria-current="true"` : null}>${claim.order}</a><span class="soft">${claim.who ?? context.texts.demo.guest}</span></th>
<td data-l="${columns.standing}">${tag(context, claim)}</td><td class="office__sum">${amount(claim.open, context.texts.tag)}</td>
<td data-l="${columns.next}">${step(context, claim, tasks.some(({ receivable }) => receivable === claim.id))}</td><td class="soft">${claim.why === null ? null : html`<span class="office__label">${columns.why} </span>${whyNot(context, claim)}`}</td></tr>`;
};

const table = (context, claims, chosen, tasks) => {
  const { columns, title, none } = context.texts.office;
  if (claims.length === 0) return html`<p class="office__panel office__none">${none}</p>`;
  return html`<div class="office__panel"><table class="office__table"><caption class="hidden">${title}</caption><thead><tr><th scope="col">${columns.invoice}</th><th scope="col">${columns.standing}</th><th scope="col" class="office__sum">${columns.open}</th><th scope="col">${columns.next}</th><th scope="col">${columns.why}</th></tr></thead>
<tbody>${claims.map((claim) => row(context, claim, chosen, tasks))}</tbody></table></div>`;
};

function assign(context, claims, unmatched) {
  const { texts } = context;
  const words = texts.office.assign;
  return html`<section class="office__panel office__assign" id="assign"><h2>${words.title}</h2>${unmatched.map((payment) => html`
<form method="post" action="/merchant/assign"><input type="hidden" name="payment" value="${payment.id}">
  <p><b class="office__num">${amount(payment.amount, texts.tag)}</b> · ${payment.remittance ? html`${texts.quoted(payment.remittance)}` : words.noReference}<br><span class="soft">${words.from(day(payment.value_date, texts.tag))}</span></p>
  ${claims.length === 0 ? html`<p class="soft">${words.nothingOpen}</p>` : html`<div class="field"><label for="to-${payment.id}">${words.to}</label><select id="to-${payment.id}" name="claim">${claims.map((claim) => html`<option value="${claim.id}">${claim.order} · ${claim.who ?? texts.demo.guest} · ${amount(claim.open, texts.tag)}</option>`)}</select></div>
  <button class="button">${words.set}<span class="hidden">: ${amount(payment.amount, texts.tag)}</span></button>`}</form>`)}</section>`;
}

/** What only a human can decide, with the answers there are; where it is unknown whether a message left, both. */
function decide({ texts }, claims, tasks) {
  const words = texts.office.tasks;
  const about = ({ receivable, customer }) => claims.find(({ id, customer: whose }) => (receivable === null ? whose === customer : id === receivable));
  return html`<section class="office__panel office__tasks" id="tasks"><h2>${words.title}</h2><ul>${tasks.map((task) => {
    const claim = about(task);
    return html`<li><p><b>${words.kinds[task.kind]}${task.left ? `: ${amount(task.left, texts.tag)}` : null}</b><br><span class="soft">${claim ? html`<a href="${address(claim.id)}">${claim.order}</a> · ${claim.who ?? texts.demo.guest}` : task.order ? html`<a href="${address(task.receivable)}">${task.order}</a>` : null}</span></p><p class="soft">${words.help[task.kind]}</p>${task.items.length > 0 ? listed(texts, task.items) : null}${task.request?.text ? html`<p>${texts.quoted(task.request.text)}</p>` : null}${sentAlong(task.proofs)}
<form method="post" action="/merchant/task"><input type="hidden" name="task" value="${task.id}">${Object.entries(answers(words, task)).map(([outcome, word]) => html`<button class="quiet" name="outcome" value="${outcome}">${word}</button>`)}</form></li>`;
  })}</ul></section>`;
}

const answers = (words, { kind, left }) => (kind === 'unknown_delivery' ? words.unknown : kind === 'surplus' && left ? words.surplus : words.known);

function written({ texts }, claim, message) {
  const words = texts.office;
  const what = message.occasion === 'reminder' ? words.steps.reminder(levelOf(message, claim)) : words.occasions[message.occasion];
  const became = message.opened === 'person' ? words.opened : words.delivery[message.state];
  return { what: html`<a href="/mailbox?message=${message.id}#mail">${what}</a>`, more: [words.channels[message.channel], became].filter(Boolean).join(', ') };
}

const listed = (texts, items) => html`<ul class="office__items">${items.map((item) => html`<li><span>${pieces(item)}</span><span class="office__num">${amount(item.amount, texts.tag)}</span></li>`)}</ul>`;

const pieces = ({ quantity, name }) => (quantity > 1 ? `${quantity} × ${name}` : name);

/** What the customer sent beside their words; nothing where that is nothing. */
const sentAlong = (proofs) => (proofs.length === 0 ? null : html`<ul class="office__items">${proofs.map(({ proof, name }) => html`<li><a href="/merchant/proof/${proof}" download>${name}</a></li>`)}</ul>`);

/** What was in the order; nothing where that is not known. */
function ordered({ texts }, items) {
  if (items.length === 0) return null;
  return html`<h3>${texts.office.case.items}</h3>
${listed(texts, items)}
`;
}

function file(context, filed) {
  const { texts } = context;
  const words = texts.office.case;
  if (filed === null) return html`<section class="office__panel office__case" id="case"><p class="soft">${words.pick}</p></section>`;
  const { claim } = filed;
  const isOpen = claim.balance.minor > 0;
  return html`<section class="office__panel office__case" id="case" tabindex="-1" aria-labelledby="case-title" data-ending="${claim.ending ?? ''}">
<h2 id="case-title">${words.of(claim.order)}</h2>
<p class="soft">${isOpen ? words.open(amount(claim.balance, texts.tag)) : claim.ending === 'paid' ? words.paid : words.closed}</p>
<p class="office__ways">${isOpen ? html`<a href="/bank?claim=${claim.id}">${words.bank}</a>` : null}<a href="/merchant/file?claim=${claim.id}" target="_blank" rel="noopener">${words.file}</a></p>
${ordered(context, filed.order_items)}${filed.proofs.length > 0 ? html`<h3>${words.proofs}</h3>
${sentAlong(filed.proofs)}` : null}<h3>${words.story}</h3>
<ol class="story">${story(filed).map(({ words: said, date, amount: sum, fee, message }) => {
    const { what, more } = message === null ? { what: said, more: fee ? words.fee(amount(fee, texts.tag)) : null } : written(context, claim.id, message);
    return html`<li><p class="story__what">${what}</p>${sum ? html`<p class="story__sum">${amount(sum, texts.tag)}</p>` : null}<p class="soft story__day">${day(date, texts.tag)}${more ? html`<br>${more}` : null}</p></li>`;
  })}</ol></section>`;
}

export function merchantPage(context, { claims, unmatched, tasks, chosen, file: filed }) {
  const { texts, today } = context;
  return {
    name: 'page-merchant',
    title: texts.office.title,
    styles: [context.assets.url('shop', 'merchant.css')],
    body: html`<div class="office">
<div><p class="soft">${BRAND} · ${day(today, texts.tag)}</p><h1>${texts.office.title}</h1></div>
${cards(context, claims, unmatched, tasks)}
<div class="office__grid"><div class="office__main">${unmatched.length > 0 ? assign(context, claims, unmatched) : null}${tasks.length > 0 ? decide(context, claims, tasks) : null}${table(context, claims, chosen, tasks)}</div>${file(context, filed)}</div>
</div>`,
  };
}
