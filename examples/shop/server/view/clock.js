// The time machine in the demo's bar, and the way to what happens behind the counter.

import { html } from './html.js';
import { day, shortDay } from '../format.js';

export const BEHIND = ['account', 'merchant', 'bank', 'mailbox'];
const ADDRESS = { account: '/account', merchant: '/merchant', bank: '/bank', mailbox: '/mailbox' };

const links = ({ texts, url }, only) => only.map((name) => html`<a href="${ADDRESS[name]}"${url.pathname === ADDRESS[name] ? html` aria-current="page"` : null}>${texts.clock.links[name]}</a>`);

export const behindLinks = (context) => html`<nav class="demo__links" aria-label="${context.texts.clock.behind}">${links(context, BEHIND)}</nav>`;

/** Nothing while the service does not answer: then there is no time to move. */
export function clockMenu(context) {
  const { clockState, texts, path } = context;
  if (clockState === null) return null;
  const words = texts.clock;
  return html`
  <details class="menu menu--small menu--clock">
    <summary aria-label="${words.title}: ${day(clockState.today, texts.tag)}"><time datetime="${clockState.today}">${shortDay(clockState.today, texts.tag)}</time></summary>
    <form method="post" action="/clock" class="menu__list">
      <p class="menu__title">${words.title}</p>
      <input type="hidden" name="back" value="${path}">
      ${['day', 'week', 'event'].map((step) => html`<button name="to" value="${step}"><b>${words.steps[step]}</b></button>`)}
      <p class="menu__title menu__behind">${words.behind}</p>
      ${links(context, BEHIND).map((link) => html`<span class="menu__behind">${link}</span>`)}
    </form>
  </details>`;
}
