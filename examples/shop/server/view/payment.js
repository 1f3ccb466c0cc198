// The second step: the widget, the order beside it, the way without either, and the X-ray.

import { html, json } from './html.js';
import { amount } from '../format.js';
import { money, priced } from '../cart.js';
import { seventeenOn } from '../people.js';
import { summary } from './cart.js';
import { transferSection } from './transfer.js';

/** What always works: no script, no service, no decision needed, because nothing is sold on credit. */
const safeForm = (texts, total) => html`
<h2>${texts.safeTitle}</h2><p>${texts.safeText}</p>
<form method="post" action="/checkout/prepayment"><button class="button button--wide">${texts.safeOrder} · ${amount(money(total), texts.tag)}</button></form>`;

const mikaHint = ({ person, texts, today }) => (person.id === 'mika' ? html`<p class="hint">${texts.demo.mikaHint(seventeenOn(today))}</p>` : null);

export function paymentPage(context, { checkout, facts, address, delivery, publicKey }) {
  const { session, texts, assets } = context;
  const { total } = priced(session.cart);
  const usable = checkout !== null;
  return {
    name: 'page-payment',
    title: texts.paymentTitle,
    xray: usable,
    styles: usable ? [assets.url('shop', 'xray.css')] : [],
    scripts: usable ? [assets.url('shop', 'payment.js'), assets.url('shop', 'xray.js'), assets.url('shop', 'why.js')] : [],
    preloads: usable ? widgetFiles(assets) : [],
    body: html`
<div class="pay">
  <div class="pay__col">
    <h1 id="pay-title">${texts.paymentTitle}</h1>
    <p class="soft" id="pay-step">${texts.step(2)}</p>
    ${mikaHint(context)}
    ${usable
      ? html`<tresen-checkout id="checkout" session="${checkout.session}" public-key="${publicKey}" api="/tresen" locale="${session.language}" address-form="${session.addressForm}"></tresen-checkout>
    ${transferSection(texts)}
    <section class="safe" id="safe" hidden>${safeForm(texts, total)}</section>
    <noscript><section class="safe">${safeForm(texts, total)}</section></noscript>`
      : html`<section class="safe" id="safe">${safeForm(texts, total)}</section>`}
  </div>
  ${summary(context, { address, delivery })}
</div>`,
    after: usable ? xray(context, checkout, facts) : null,
  };
}

function widgetFiles(assets) {
  const known = (path, as) => (assets.has('tresen', path) ? [{ url: assets.url('tresen', path), as }] : []);
  return [...known('element.js', 'module'), ...known('widget.js', 'module'), ...known('checkout.wasm', 'fetch')];
}

function xray({ texts, assets }, checkout, facts) {
  const words = texts.xray;
  return html`
<section class="xray" id="xray" aria-labelledby="xray-title" hidden>
  <div class="xray__in">
    <header class="xray__head"><h2 id="xray-title">${words.title}</h2><button type="button" id="xray-close">${words.close}</button></header>
    <p class="xray__lead">${words.lead}</p>
    <div class="xray__cheat"><button type="button" id="cheat" aria-pressed="false">${words.cheat}</button><p id="cheat-text" role="status">${words.cheatText}</p></div>
    <div class="xray__both" id="xray-both"></div>
    <div class="xray__both"><div id="xray-why"><p>${words.whyLead}</p></div><div><div id="xray-reviews" role="status"></div><button type="button" id="xray-refresh">${words.refresh}</button></div></div>
  </div>
</section>
<script type="application/json" id="page-data">${json({
    tag: texts.tag,
    element: assets.url('tresen', 'element.js'),
    engine: assets.has('tresen', 'engine.js') ? assets.url('tresen', 'engine.js') : null,
    facts,
    checkout: { session: checkout.session, policy_hash: checkout.policy_hash, residual_hash: checkout.residual_hash },
    thanks: texts.thanks,
    xray: words,
    methods: texts.methods,
    names: texts.methodNames,
  })}</script>`;
}

