// What is open between a customer and the shop, drawn by the widget.

import { html } from './html.js';

/** `access` is what the service opened, null for somebody who has never bought anything on account. */
export function accountPage({ texts, assets, session }, access) {
  const words = texts.account;
  return {
    name: 'page-account',
    title: words.title,
    ...accountFiles({ assets, session }, access),
    body: html`<div class="narrow">
<h1>${words.title}</h1>
${access === null ? html`<p class="soft">${words.none}</p><p><a class="button" href="/">${texts.browse}</a></p>` : html`<p class="soft">${words.lead}</p>
${accountElement(session, access)}`}
</div>`,
  };
}

export const accountElement = ({ language, addressForm }, { token }) => html`<tresen-account token="${token}" locale="${language}" address-form="${addressForm}"></tresen-account>`;

/** The element's script, and what it asks for first while it is still on its way. */
export function accountFiles({ assets, session: { language, addressForm } }, access) {
  if (access === null) return {};
  const texts = `locales/settle/${language === 'de' && addressForm === 'du' ? 'de-du' : language}.json`;
  const early = ['settle.wasm', texts].filter((path) => assets.has('tresen', path)).map((path) => ({ url: assets.url('tresen', path), as: 'fetch' }));
  return {
    scripts: [assets.url('tresen', 'account.js')],
    preloads: [{ url: assets.url('tresen', 'settle.js'), as: 'module' }, { url: `/tresen/v1/accounts/${access.token}`, as: 'fetch' }, ...early],
  };
}
