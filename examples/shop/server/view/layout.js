// What stands around every page: demo bar, shop's head, foot.

import { html } from './html.js';
import { behindLinks, clockMenu } from './clock.js';
import { CATEGORIES } from '../catalogue.js';
import { priced } from '../cart.js';
import { PEOPLE } from '../people.js';

export const BRAND = 'Kiesel & Lein';

export const nameOf = (person, texts) => (person.reference === null ? texts.demo.guest : person.name);

const peopleMenu = ({ session, person, texts, path }) => html`
  <details class="menu">
    <summary><span class="menu__mark" aria-hidden="true">${person.initials}</span><span class="menu__name">${nameOf(person, texts)}</span></summary>
    <form method="post" action="/as" class="menu__list">
      <p class="menu__title">${texts.demo.as}</p>
      <input type="hidden" name="back" value="${path}">
      ${PEOPLE.map((other) => html`<button name="person" value="${other.id}"${other.id === session.person ? html` aria-current="true"` : null}>
        <b>${nameOf(other, texts)}</b><span>${other.story[session.language]}</span></button>`)}
      <a href="/people">${texts.demo.people}</a>
    </form>
  </details>`;

const current = (session) => (session.language === 'en' ? 'en' : `de-${session.addressForm}`);

const languageMenu = ({ session, texts, path }) => html`
  <details class="menu menu--small">
    <summary aria-label="${texts.language}: ${texts.languages[current(session)]}">${session.language === 'en' ? 'EN' : `DE · ${session.addressForm === 'du' ? 'du' : 'Sie'}`}</summary>
    <form method="post" action="/language" class="menu__list">
      <input type="hidden" name="back" value="${path}">
      ${Object.entries(texts.languages).map(([key, name]) => html`<button name="to" value="${key}" lang="${key.slice(0, 2)}"${key === current(session) ? html` aria-current="true"` : null}><b>${name}</b></button>`)}
    </form>
  </details>`;

/** A whole page. `page.xray` puts the toggle into the bar; `page.scripts` are modules beside the shop's own. */
export function layout(context, page) {
  const { session, texts, assets, path } = context;
  const { pieces } = priced(session.cart);
  return html`<!doctype html>
<html lang="${session.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.title} · ${BRAND}</title>
<link rel="icon" href="${assets.url('shop', 'favicon.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${assets.url('shop', 'shop.css')}">
${(page.styles ?? []).map((url) => html`<link rel="stylesheet" href="${url}">`)}
${(page.preloads ?? []).map(({ url, as }) => (as === 'module' ? html`<link rel="modulepreload" href="${url}">` : html`<link rel="preload" href="${url}" as="fetch" crossorigin>`))}
<script type="module" src="${assets.url('shop', 'shop.js')}"></script>
${(page.scripts ?? []).map((url) => html`<script type="module" src="${url}"></script>`)}
</head>
<body class="${page.name}">
<a class="skip" href="#main">${texts.skip}</a>
<aside class="demo" aria-label="${texts.demo.title}">
  <div class="demo__in">
    <b class="demo__title">${texts.demo.title}</b>
    ${behindLinks(context)}
    ${clockMenu(context)}
    ${peopleMenu(context)}
    ${page.xray ? html`<button type="button" class="demo__xray" id="xray-toggle" aria-expanded="false" aria-controls="xray">${texts.demo.xray}</button>` : null}
    ${languageMenu(context)}
  </div>
</aside>
<header class="top">
  <div class="top__in">
    <a class="mark" href="/">${BRAND}</a>
    <nav class="top__nav" aria-label="${texts.nav}">
      ${CATEGORIES.map((category) => html`<a href="/?category=${category}"${page.category === category ? html` aria-current="page"` : null}>${texts.categories[category]}</a>`)}
    </nav>
    <a class="top__cart" href="/cart"><span>${texts.cart}</span><span class="top__count" data-count aria-label="${texts.cartCount(pieces)}">${pieces}</span></a>
  </div>
</header>
<main id="main" class="main" tabindex="-1">
${page.body}
</main>
<footer class="foot"><p>${texts.foot}</p>${context.variants ? html`<p><a href="/before">${texts.before.title}</a></p>` : null}<p><a href="/playground">${texts.playground}</a></p></footer>
${page.after ?? null}
</body>
</html>`;
}
