// The first step of the checkout.

import { html } from './html.js';
import { COUNTRIES } from '../address.js';
import { EXAMPLE } from '../people.js';

const AUTOCOMPLETE = { name: 'name', email: 'email', street: 'street-address', postcode: 'postal-code', city: 'address-level2', country: 'country' };

/** What stands on the form, from top to bottom. */
const ORDER = ['email', ...['', 'shipping_'].flatMap((scope) => ['name', 'street', 'postcode', 'city', 'country'].map((name) => scope + name))];

export function addressPage({ texts, person }, { address, errors = {} }) {
  const values = address ?? { kind: 'consumer', email: '', billing: {}, shipping: null };
  const differs = values.shipping !== null && values.shipping !== undefined && values.toBilling !== true;
  const wrong = ORDER.filter((key) => key in errors);
  const field = (name, value, scope = '') => {
    const key = scope === '' ? name : `shipping_${name}`;
    const error = errors[key];
    const attributes = html`id="f-${key}" name="${key}" autocomplete="${scope === '' ? '' : 'shipping '}${AUTOCOMPLETE[name]}"${error ? html` aria-invalid="true" aria-describedby="e-${key}"` : null}`;
    return html`<div class="field field--${name}"><label for="f-${key}">${name === 'name' ? texts.nameCompany : texts.fields[name]}</label>
      ${name === 'country'
        ? html`<select ${attributes}>${COUNTRIES.map((code) => html`<option value="${code}"${code === (value ?? 'DE') ? html` selected` : null}>${texts.countries[code]}</option>`)}</select>`
        : html`<input ${attributes} type="${name === 'email' ? 'email' : 'text'}" maxlength="120" value="${value ?? ''}">`}
      ${error ? html`<p class="field__error" id="e-${key}">${texts.errors[error]}</p>` : null}</div>`;
  };
  const place = (held, scope) => ['name', 'street', 'postcode', 'city', 'country'].map((name) => field(name, held?.[name], scope));
  return {
    name: 'page-address',
    title: texts.addressTitle,
    body: html`<div class="narrow"><h1>${texts.addressTitle}</h1><p class="soft">${texts.step(1)}</p>
${wrong.length === 0 ? null : html`<div class="wrong" role="alert" tabindex="-1" id="wrong"><p><b>${texts.errors.title}</b></p><ul>${wrong.map((key) => html`<li><a href="#f-${key}">${texts.fields[key.replace('shipping_', '')]}</a></li>`)}</ul></div>`}
${person.reference === null && address === null ? html`<form method="post" action="/checkout/example"><button class="quiet">${texts.example}: ${EXAMPLE.name}, ${EXAMPLE.city}</button></form>` : null}
<form method="post" action="/checkout/address" class="form" novalidate>
  <fieldset class="choice"><legend>${texts.kind}</legend>
    ${['consumer', 'company'].map((kind) => html`<label><input type="radio" name="kind" value="${kind}"${values.kind === kind ? html` checked` : null}> ${texts[kind]}</label>`)}
  </fieldset>
  ${field('email', values.email)}
  <fieldset class="place"><legend>${texts.billingAddress}</legend>${place(values.billing, '')}</fieldset>
  <label class="check"><input type="checkbox" name="differs" value="yes" id="differs"${differs ? html` checked` : null}> ${texts.differs}</label>
  <fieldset class="place place--shipping"><legend>${texts.shippingAddress}</legend>${place(values.shipping, 'shipping')}</fieldset>
  <button class="button button--wide">${texts.toPayment}</button>
</form></div>`,
  };
}
