// The customers' mailbox: what was written on the left, and one of it as it looks on the right.

import { html } from './html.js';
import { day, dayOf, shortDay, timeOf } from '../format.js';
import { BRAND } from './layout.js';

const address = ({ id }) => `/mailbox?message=${encodeURIComponent(id)}#mail`;

/** What the frame shows stays in it, but for a link that somebody presses. */
const FRAME = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const entry = ({ texts }, message, chosen) => html`<li><a href="${address(message)}"${message === chosen ? html` aria-current="true"` : null}>
<b>${message.subject ?? texts.mailbox.kinds[message.channel]}</b><span class="mails__to">${message.to}</span>
<span class="soft">${message.channel === 'email' ? null : `${texts.mailbox.kinds[message.channel]}, `}<time datetime="${message.sent_at}">${shortDay(dayOf(message.sent_at), texts.tag)}, ${timeOf(message.sent_at, texts.tag)}</time></span></a></li>`;

function shown({ texts }, message) {
  const words = texts.mailbox;
  const has = (form) => message.forms.includes(form);
  const source = (form) => `/tresen/sandbox/mailbox/${encodeURIComponent(message.id)}/${form}`;
  return html`<article class="mails__one" id="mail" tabindex="-1" lang="${message.locale}" data-message="${message.id}">
<p class="mails__all"><a href="/mailbox" lang="${texts.tag}">${words.all}</a></p>
<dl class="mails__head" lang="${texts.tag}"><div><dt>${words.from}</dt><dd>${BRAND}</dd></div><div><dt>${words.to}</dt><dd>${message.to}</dd></div>${message.subject ? html`<div><dt>${words.subject}</dt><dd><b>${message.subject}</b></dd></div>` : null}<div><dt>${words.sent}</dt><dd>${day(dayOf(message.sent_at), texts.tag)}, ${timeOf(message.sent_at, texts.tag)}</dd></div></dl>
${has('pdf') ? html`<p><a class="button" href="${source('pdf')}" lang="${texts.tag}">${words.letter}</a></p>` : null}
${has('html') ? html`<iframe class="mails__frame" sandbox="allow-top-navigation-by-user-activation" title="${message.subject ?? words.kinds[message.channel]}" src="${source('html')}"></iframe>` : html`<p class="mails__text${message.channel === 'text_message' ? ' mails__text--bubble' : ''}">${message.text}</p>`}</article>`;
}

/** `wanted` is the id that was asked for, null where none was: then the newest is open where there is room beside the list. */
export function mailboxPage(context, messages, wanted) {
  const { texts } = context;
  const words = texts.mailbox;
  const chosen = messages.find(({ id }) => id === wanted) ?? messages[0] ?? null;
  return {
    name: 'page-mailbox',
    title: words.title,
    styles: [context.assets.url('shop', 'mailbox.css')],
    headers: { 'content-security-policy': FRAME },
    body: html`<div class="mails${chosen !== null && chosen.id === wanted ? ' mails--reading' : ''}">
<div class="mails__top"><h1>${words.title}</h1><p class="soft">${words.lead}</p></div>
${chosen === null ? html`<p class="mails__none">${words.none}</p>` : html`<nav class="mails__list" aria-label="${words.title}"><ul>${messages.map((message) => entry(context, message, chosen))}</ul></nav>${shown(context, chosen)}`}
</div>`,
  };
}
