// What is open between a customer and the shop, drawn by the widget.

import { html } from './html.js';

/** `access` is what the service opened, null for somebody who has never bought anything on account. */
export function accountPage({ texts, assets, session }, access) {
  const words = texts.account;
  return {
    name: 'page-account',
    title: words.title,
    scripts: access === null ? [] : [assets.url('tresen', 'account.js')],
    body: html`<div class="narrow">
<h1>${words.title}</h1>
${access === null ? html`<p class="soft">${words.none}</p><p><a class="button" href="/">${texts.browse}</a></p>` : html`<p class="soft">${words.lead}</p>
${accountElement(session, access)}`}
</div>`,
  };
}

export const accountElement = ({ language, addressForm }, { token }) => html`<tresen-account token="${token}" locale="${language}" address-form="${addressForm}"></tresen-account>`;
