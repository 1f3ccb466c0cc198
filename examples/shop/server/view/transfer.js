// A transfer as a code for a banking app and as fields: on the page of an order, and below the widget as soon as it has been placed.

import { html } from './html.js';
import { amount } from '../format.js';
import { pageOf } from '../orders.js';

const inFours = (text) => text.replace(/.{4}(?=.)/g, '$& ');

/** What stands in the places of the section, as one reads it. */
export const transferWords = (texts, order, { due_date: due, transfer }) => ({
  code: transfer.code,
  holder: transfer.holder,
  iban: inFours(transfer.iban),
  amount: amount(transfer.amount, texts.tag),
  reference: inFours(transfer.reference),
  calendar: due ? pageOf(order).replace('order', 'calendar') : null,
});

const field = (name, title, words) => html`<div><dt>${title}</dt><dd data-transfer="${name}">${words?.[name]}</dd></div>`;

/** Without words it waits for them, unseen. */
export const transferSection = (texts, words = null) => html`
<section class="transfer" id="transfer-section" aria-labelledby="transfer"${words === null ? ' hidden' : ''}>
<h2 id="transfer">${texts.transfer.title}</h2>
<div class="transfer__scan">
  ${words === null || words.code ? html`<svg class="transfer__code" viewBox="0 0 ${words?.code.side ?? 1} ${words?.code.side ?? 1}" role="img" aria-label="${texts.transfer.code}" shape-rendering="crispEdges"><path d="${words?.code.path}"/></svg>` : null}
  <p class="soft">${texts.transfer.scan}</p>
</div>
<dl class="transfer__fields">
  ${field('holder', texts.transfer.holder, words)}${field('iban', 'IBAN', words)}${field('amount', texts.transfer.amount, words)}${field('reference', texts.reference, words)}
</dl>
${words === null || words.calendar ? html`<p><a class="quiet transfer__day" href="${words?.calendar ?? '#'}" download>${texts.transfer.calendar}</a></p>` : null}
</section>`;
