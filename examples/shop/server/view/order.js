// What was ordered, and how it stands.

import { html } from './html.js';
import { amount, day } from '../format.js';

/** The transfer as a code for a banking app and as fields; nothing where there is nothing to transfer. */
const transferSection = (texts, order, { due_date: due, transfer }) => html`
<section class="transfer" aria-labelledby="transfer">
<h2 id="transfer">${texts.transfer.title}</h2>
<div class="transfer__scan">
  ${transfer.code ? html`<svg class="transfer__code" viewBox="0 0 ${transfer.code.side} ${transfer.code.side}" role="img" aria-label="${texts.transfer.code}" shape-rendering="crispEdges"><path d="${transfer.code.path}"/></svg>` : null}
  <p class="soft">${texts.transfer.scan}</p>
</div>
<dl class="transfer__fields">
  <div><dt>${texts.transfer.holder}</dt><dd>${transfer.holder}</dd></div>
  <div><dt>IBAN</dt><dd>${transfer.iban.replace(/.{4}(?=.)/g, '$& ')}</dd></div>
  <div><dt>${texts.transfer.amount}</dt><dd>${amount(transfer.amount, texts.tag)}</dd></div>
  <div><dt>${texts.reference}</dt><dd>${transfer.reference}</dd></div>
</dl>
${due ? html`<p><a class="quiet transfer__day" href="/calendar/${order.number}" download>${texts.transfer.calendar}</a></p>` : null}
</section>`;

/** `owed` is what the service says of the claim, where there is one. */
export function orderPage({ texts }, order, owed = null) {
  const done = order.state !== 'declined' && order.state !== 'open';
  return {
    name: 'page-order',
    title: texts.orderNumber(order.number),
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
${done && owed?.transfer ? transferSection(texts, order, owed) : null}
<p class="next">${done ? html`<a class="button" href="/">${texts.onward}</a>` : html`<a class="button" href="/checkout/payment">${texts.tryAgain}</a>`}</p>
</div>`,
  };
}

export function problemPage({ texts }, { title, text }) {
  return { name: 'page-problem', title: title ?? texts.problem, body: html`<div class="narrow"><h1>${title ?? texts.problem}</h1><p class="soft">${text}</p><p><a class="button" href="/">${texts.browse}</a></p></div>` };
}
