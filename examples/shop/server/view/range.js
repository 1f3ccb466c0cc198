// The range and one product.

import { html } from './html.js';
import { PRODUCTS } from '../catalogue.js';
import { QUANTITY_MAX, money } from '../cart.js';
import { amount } from '../format.js';
import { hint, hintScripts } from './hint.js';

const picture = (product, assets, eager) =>
  html`<img src="${assets.url('shop', `img/${product.slug}.svg`)}" alt="" width="400" height="400"${eager ? null : html` loading="lazy"`}>`;

export function rangePage({ session, texts, assets }, category) {
  const shown = category === null ? PRODUCTS : PRODUCTS.filter((product) => product.category === category);
  return {
    name: 'page-range',
    title: category === null ? texts.claim : texts.categories[category],
    category,
    body: html`
<div class="hero"><h1>${category === null ? texts.claim : texts.categories[category]}</h1>
${category === null ? html`<p>${texts.lead}</p>` : html`<p><a href="/">${texts.back}</a></p>`}</div>
<ul class="grid">
${shown.map((product, index) => {
      const { name, line } = product.text[session.language];
      return html`<li class="card${category === null && index === 0 ? ' card--wide' : ''}"><a href="/p/${product.slug}">
  <span class="card__picture tint-${product.tint}">${picture(product, assets, index < 4)}</span>
  <span class="card__name">${name}</span><span class="card__price">${amount(money(product.minor), texts.tag)}</span>
  <span class="card__line">${line}</span></a></li>`;
    })}
</ul>`,
  };
}

/** As many as one takes at once. */
const PIECES = 10;
const pieces = Array.from({ length: PIECES }, (_, index) => index + 1);

export function productPage(context, product) {
  const { session, texts, assets } = context;
  const { name, line, made, size } = product.text[session.language];
  return {
    name: 'page-product',
    title: name,
    category: product.category,
    scripts: hintScripts(assets),
    body: html`
<p class="crumb"><a href="/">${texts.back}</a></p>
<div class="product">
  <div class="product__picture tint-${product.tint}">${picture(product, assets, true)}</div>
  <div class="product__text">
    <h1>${name}</h1>
    <p class="product__line">${line}</p>
    <p class="product__price">${amount(money(product.minor), texts.tag)} <small>${texts.inclVat}</small></p>
    ${hint(context, { [product.sku]: 1 }, pieces.map((quantity) => ({ [product.sku]: quantity })))}
    <p>${made}</p>
    <form method="post" action="/cart/add" class="buy">
      <input type="hidden" name="sku" value="${product.sku}">
      <label class="field field--small"><span>${texts.quantity}</span>${quantitySelect(1, PIECES)}</label>
      <button class="button">${texts.add}</button>
    </form>
    <dl class="facts"><div><dt>${texts.size}</dt><dd>${size}</dd></div></dl>
    <p class="soft">${texts.delivery}</p>
  </div>
</div>`,
  };
}

export const quantitySelect = (chosen, until = QUANTITY_MAX) =>
  html`<select name="quantity">${Array.from({ length: Math.max(until, chosen) }, (_, index) => index + 1).map((count) => html`<option${count === chosen ? html` selected` : null}>${count}</option>`)}</select>`;
