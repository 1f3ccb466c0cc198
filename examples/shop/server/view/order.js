// What was ordered, and how it stands.

import { html } from './html.js';
import { amount, day } from '../format.js';
import { accountElement, accountFiles } from './account.js';
import { transferSection, transferWords } from './transfer.js';

/** `owed` is what the service says of the claim, `access` leads to the account, each where there is one. */
export function orderPage({ texts, assets, session }, order, { owed = null, access = null } = {}) {
  const done = order.state !== 'declined' && order.state !== 'open';
  return {
    name: 'page-order',
    title: texts.orderNumber(order.number),
    ...accountFiles({ assets, session }, access),
    body: html`<div class="narrow">
<h1>${done ? texts.thanks : texts.orderNumber(order.number)}</h1>
<p class="soft">${texts.orderNumber(order.number)} · <span data-state="${order.state}">${texts.states[order.state]}</span></p>
<ul class="summary__lines summary__lines--plain">${order.cart.lines.map((line) => html`<li><span class="summary__name">${line.quantity} × ${line.name}</span><span class="summary__sum">${amount(line.amount, texts.tag)}</span></li>`)}</ul>
<dl class="sums">
  <div class="sums__total"><dt>${texts.total}</dt><dd>${amount(order.amount, texts.tag)}</dd></div>
  <div><dt>${texts.paidWith}</dt><dd>${texts.methods[order.kind] ?? order.method}</dd></div>
  ${order.receivable?.due_date ? html`<div><dt>${texts.due}</dt><dd>${day(order.receivable.due_date, texts.tag)}</dd></div>` : null}
  ${order.receivable?.reference ? html`<div><dt>${texts.reference}</dt><dd>${order.receivable.reference}</dd></div>` : null}
</dl>
${access === null ? null : accountElement(session, access)}
${done && owed?.transfer ? transferSection(texts, transferWords(texts, order, owed)) : null}
<p class="next">${done ? html`<a class="button" href="/">${texts.onward}</a>` : html`<a class="button" href="/checkout/payment">${texts.tryAgain}</a>`}</p>
</div>`,
  };
}

export function problemPage({ texts }, { title, text }) {
  return { name: 'page-problem', title: title ?? texts.problem, body: html`<div class="narrow"><h1>${title ?? texts.problem}</h1><p class="soft">${text}</p><p><a class="button" href="/">${texts.browse}</a></p></div>` };
}
