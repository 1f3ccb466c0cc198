// A bank: the form of a transfer, filled from an open claim, and what became of the last one.

import { html } from './html.js';
import { KINDS } from '../bank.js';
import { amount, day } from '../format.js';
import { BRAND } from './layout.js';

/** A number as one types it: without the sign of the currency. */
const typed = (minor, tag) => new Intl.NumberFormat(tag, { minimumFractionDigits: 2, useGrouping: false }).format(minor / 100);

const address = (claim, kind) => `/bank?${new URLSearchParams({ ...(claim ? { claim: claim.id } : {}), kind })}`;

const choose = ({ texts }, claims, claim, kind) => html`
<form class="bank__choose" method="get" action="/bank" data-autosubmit>
  <div class="field"><label for="claim">${texts.bank.claim}</label>
    <select id="claim" name="claim">${claims.map((one) => html`<option value="${one.id}"${one === claim ? html` selected` : null}>${one.order} · ${one.who ?? texts.demo.guest} · ${amount(one.open, texts.tag)}</option>`)}</select></div>
  <input type="hidden" name="kind" value="${kind}"><button class="quiet" data-update>${texts.update}</button>
</form>
<nav class="bank__kinds" aria-label="${texts.bank.kind}">${KINDS.map((one) => html`<a href="${address(claim, one)}"${one === kind ? html` aria-current="true"` : null}>${texts.bank.kinds[one]}</a>`)}</nav>`;

const outcome = ({ texts }, sent, { state, lines, left }) => {
  const words = texts.bank.outcome;
  const told = (minor) => amount(minor, texts.tag);
  const sentences = [
    ...lines.map(({ order, paid, open }) => (open.minor === 0 ? words.paid(order, told(paid)) : words.partly(order, told(paid), told(open)))),
    ...(state === 'unmatched' ? [words.unmatched] : left.minor > 0 ? [words.left(told(left))] : []),
  ];
  return html`<section class="bank__done" id="sent" tabindex="-1" data-state="${state}" role="status"><h2>${words.title(told(sent.amount))}</h2>${sentences.map((sentence) => html`<p>${sentence}</p>`)}
  <p><a href="/merchant">${words.see}</a></p></section>`;
};

const statement = ({ texts }, transfers) => html`<section class="bank__past"><h2>${texts.bank.past}</h2><ul>${transfers.map((transfer) => html`
  <li><span>${day(transfer.on, texts.tag)}<br><span class="soft">${transfer.remittance || texts.bank.noReference}</span></span><span class="bank__sum">−${amount(transfer.amount, texts.tag)}</span></li>`)}</ul></section>`;

/** What the bank of a payer can do about a debit, as one that has it plays. */
const deeds = { submitted: ['settled', 'returned'], settled: ['returned'] };

const debitList = ({ texts }, debits) => {
  const words = texts.bank.debits;
  const button = (what, debit) => html`<button class="quiet" name="do" value="${what}" aria-describedby="${debit}">${words[what]}</button>`;
  const row = ({ debit, amount: sum, state, from, collected_on: on }) => html`
  <li data-state="${state}"><span id="${debit}">${words.states[state]} <span class="soft">${day(on ?? from, texts.tag)} · ${debit}</span></span><span class="bank__sum">${amount(sum, texts.tag)}</span>
  ${deeds[state] ? html`<form method="post" action="/bank/debits"><input type="hidden" name="debit" value="${debit}">${deeds[state].map((what) => button(what, debit))}</form>` : null}</li>`;
  return html`<section class="bank__past bank__debits" id="debits"><h2>${words.title}</h2><p class="soft">${words.lead}</p><ul>${debits.map(row)}</ul>
  ${debits.some(({ state }) => state === 'announced') ? html`<form method="post" action="/bank/debits"><button class="quiet" name="do" value="hand_in">${words.hand_in}</button></form>` : null}</section>`;
};

export function bankPage(context, { claims, claim, kind, filled, sent, became, transfers, debits, wrong }) {
  const { texts } = context;
  const words = texts.bank;
  const { account } = context.config;
  return {
    name: 'page-bank',
    title: words.title,
    styles: [context.assets.url('shop', 'bank.css')],
    body: html`<div class="bank">
<h1>${words.title}</h1><p class="soft">${words.lead}</p>
${sent ? outcome(context, sent, became) : null}
${claims.length === 0 ? html`<p class="bank__none">${words.none}</p>` : choose(context, claims, claim, kind)}
<form class="bank__form" method="post" action="/bank/transfer">
  <input type="hidden" name="claim" value="${claim?.id ?? ''}"><input type="hidden" name="kind" value="${kind}">
  <dl class="bank__to"><div><dt>${words.to}</dt><dd>${account?.holder ?? BRAND}</dd></div>${account ? html`<div><dt>IBAN</dt><dd>${account.iban}</dd></div>` : null}</dl>
  <div class="field"><label for="payer">${words.payer}</label><input id="payer" name="payer" maxlength="70" value="${filled.payer}"></div>
  <div class="bank__two">
    <div class="field"><label for="amount">${words.amount}</label><input id="amount" name="amount" inputmode="decimal" autocomplete="off" required value="${filled.amount ?? (filled.minor === null ? '' : typed(filled.minor, texts.tag))}"${wrong ? html` aria-invalid="true" aria-describedby="amount-wrong"` : null}>
      ${wrong ? html`<p class="field__error" id="amount-wrong">${words.wrongAmount}</p>` : null}</div>
    <div class="field"><label for="remittance">${words.remittance}</label><input id="remittance" name="remittance" maxlength="140" autocomplete="off" value="${filled.remittance}"></div>
  </div>
  <button class="button">${words.send}</button>
</form>
${debits.length === 0 ? null : debitList(context, debits)}
${transfers.length === 0 ? null : statement(context, transfers)}
</div>`,
  };
}
