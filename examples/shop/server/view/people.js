// The people one can sign in as, each explained in one sentence.

import { html } from './html.js';
import { PEOPLE } from '../people.js';
import { nameOf } from './layout.js';

export function peoplePage({ session, texts }, behaviour) {
  return {
    name: 'page-people',
    title: texts.demo.people,
    body: html`<div class="hero"><h1>${texts.demo.people}</h1><p>${texts.demo.peopleLead}</p></div>
<ul class="people">${PEOPLE.map((person) => html`<li class="person${person.id === session.person ? ' person--here' : ''}">
  <span class="person__mark" aria-hidden="true">${person.initials}</span>
  <h2>${nameOf(person, texts)}</h2>
  <p>${person.story[session.language]}</p>
  <form method="post" action="/as"><input type="hidden" name="person" value="${person.id}"><input type="hidden" name="back" value="/">
    <button class="button" name="cart" value="fill">${texts.demo.shopAs}<span class="hidden">: ${nameOf(person, texts)}</span></button>
    <button class="quiet">${texts.demo.signIn}<span class="hidden">: ${nameOf(person, texts)}</span></button></form></li>`)}</ul>
${behaviour === null ? '' : html`${mailbox(texts.demo.mailbox)}${bureau(texts.demo.bureau, behaviour)}`}`,
  };
}

/** What was written to people. */
const mailbox = ({ title, lead, open }) => html`<section class="switch"><h2>${title}</h2><p>${lead}</p><p><a href="/mailbox">${open}</a></p></section>`;

/** The switch of the sandbox's credit bureau. */
const bureau = ({ title, lead, legend, states, set }, behaviour) => html`<section class="switch"><h2>${title}</h2><p>${lead}</p>
  <form method="post" action="/bureau"><fieldset><legend>${legend}</legend>${Object.entries(states).map(([state, text]) => html`
    <label><input type="radio" name="behaviour" value="${state}"${state === behaviour ? ' checked' : ''}> ${text}</label>`)}</fieldset>
    <button class="button">${set}</button></form></section>`;
