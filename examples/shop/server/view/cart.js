// The cart as a page, and as the summary beside the checkout.

import { html } from './html.js';
import { money, priced } from '../cart.js';
import { deliveredTo } from '../address.js';
import { amount, day } from '../format.js';
import { hint, hintScripts } from './hint.js';
import { quantitySelect } from './range.js';

const sums = (texts, { goods, shipping, total }) => html`
<dl class="sums">
  <div><dt>${texts.goods}</dt><dd data-sum="goods">${amount(money(goods), texts.tag)}</dd></div>
  <div><dt>${texts.shipping}</dt><dd data-sum="shipping">${shipping === 0 ? texts.free : amount(money(shipping), texts.tag)}</dd></div>
  <div class="sums__total"><dt>${texts.total}</dt><dd data-sum="total">${amount(money(total), texts.tag)}</dd></div>
</dl>`;

export function cartPage(context) {
  const { session, texts, assets } = context;
  const cart = priced(session.cart);
  if (cart.items.length === 0) {
    return { name: 'page-cart', title: texts.cart, body: html`<div class="narrow"><h1>${texts.cart}</h1><p class="soft">${texts.empty}</p><p><a class="button" href="/">${texts.browse}</a></p></div>` };
  }
  return {
    name: 'page-cart',
    title: texts.cart,
    scripts: hintScripts(assets),
    body: html`<div class="narrow"><h1>${texts.cart}</h1>
<ul class="lines">
${cart.items.map(({ product, quantity, minor }) => {
      const { name } = product.text[session.language];
      return html`<li class="line">
  <a class="line__picture tint-${product.tint}" href="/p/${product.slug}" tabindex="-1" aria-hidden="true"><img src="${assets.url('shop', `img/${product.slug}.svg`)}" alt="" width="400" height="400"></a>
  <div class="line__text"><a href="/p/${product.slug}">${name}</a><span class="soft">${texts.each} ${amount(money(product.minor), texts.tag)}</span></div>
  <span class="line__sum">${amount(money(minor), texts.tag)}</span>
  <form method="post" action="/cart/set" class="line__form" data-autosubmit>
    <input type="hidden" name="sku" value="${product.sku}">
    <label><span class="hidden">${texts.quantity}: ${name}</span>${quantitySelect(quantity)}</label>
    <button class="quiet" data-update>${texts.update}</button>
    <button class="quiet" name="remove" value="yes" aria-label="${texts.remove}: ${name}">${texts.remove}</button>
  </form></li>`;
    })}
</ul>
${sums(texts, cart)}
${hint(context, session.cart)}
<p class="next"><a class="button button--wide" href="/checkout">${texts.toCheckout}</a></p></div>`,
  };
}

const place = ({ name, street, postcode, city, country }, texts) => html`${name}<br>${street}<br>${postcode} ${city}${country === 'DE' ? null : html`<br>${texts.countries[country]}`}`;

/** The summary beside the payment methods; its numbers are kept up to date by payment.js. */
export function summary({ session, texts }, { address, delivery }) {
  const cart = priced(session.cart);
  const goesTo = deliveredTo(address);
  return html`
<section class="summary" id="summary" aria-labelledby="summary-title">
  <h2 id="summary-title" class="summary__title">${texts.yourOrder}</h2>
  <button type="button" class="summary__toggle" id="summary-toggle" aria-expanded="true" aria-controls="summary-body" hidden><span>${texts.showOrder}</span><b data-sum="total">${amount(money(cart.total), texts.tag)}</b></button>
  <div class="summary__body" id="summary-body">
  <ul class="summary__lines">
  ${cart.items.map(({ product, quantity, minor }) => {
    const { name } = product.text[session.language];
    return html`<li data-line="${product.sku}"><span class="summary__name">${name}</span><span class="summary__sum" data-line-sum>${amount(money(minor), texts.tag)}</span>
    <form class="stepper" method="post" action="/cart/set"><input type="hidden" name="sku" value="${product.sku}"><input type="hidden" name="back" value="/checkout/payment">
      <button name="quantity" value="${quantity - 1}" data-step="-1" aria-label="${texts.less(name)}">−</button><output data-line-quantity aria-label="${texts.quantity}">${quantity}</output><button name="quantity" value="${quantity + 1}" data-step="1" aria-label="${texts.more(name)}">+</button>
    </form></li>`;
  })}
  </ul>
  ${sums(texts, cart)}
  <div class="summary__address">
    <h3>${texts.deliverTo}</h3>
    <p data-delivered-to>${place(goesTo, texts)}</p>
    <p class="soft">${texts.expected(day(delivery, texts.tag))}</p>
    ${address.shipping === null ? null : html`<h3>${texts.billTo}</h3><p>${place(address.billing, texts)}</p>
    <form method="post" action="/checkout/deliver"><input type="hidden" name="to" value="${address.toBilling ? 'other' : 'billing'}"><button class="quiet" id="deliver">${address.toBilling ? texts.toOther : texts.toBilling}</button></form>`}
    <p><a href="/checkout/address">${texts.changeAddress}</a></p>
  </div>
  </div>
</section>`;
}
