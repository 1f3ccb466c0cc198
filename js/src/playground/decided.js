// The decision in words, and what is wrong with what was written.

import { language, money, say } from './language.js';

const WORDS = { offered: 'offered', incomplete: 'something is missing', withheld: 'withheld' };

const STEPS = {
  ship_to_billing_address: 'deliver to the billing address',
  settle_overdue: 'pay what is overdue, {amount}',
  reduce_total: 'bring the total down to {to}, by {by}',
  raise_total: 'bring the total up to {to}, by {by}',
};

const step = ({ kind, ...amounts }) => say(STEPS[kind], Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, money(amount)])));

const element = (name, attributes = {}, ...content) => {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...content);
  return made;
};

const code = (text) => element('code', {}, text);

/** What stands between backticks is the user's own text. */
const quoted = (text) => text.split('`').map((part, place) => (place % 2 ? code(part) : part));

const between = (nodes, text) => nodes.flatMap((node, place) => (place ? [text, node] : [node]));

function why({ state, missing, reasons, change, due_date: due, limit }) {
  if (state === 'incomplete') return [say('asks for '), ...between(missing.map(code), ', ')];
  if (state === 'offered') return [[due && say('due {day}', { day: due }), limit && say('up to {limit}', { limit: money(limit) })].filter(Boolean).join(', ') || say('at once')];
  const because = reasons.map(({ code: reason, rule }) => element('span', {}, code(reason), ...(rule ? [say(' by rule '), code(rule)] : [])));
  const way = element('span', { class: 'way' }, change ? say('Back at once: {steps}.', { steps: change.steps.map(step).join(say(' and ')) }) : say('No single change brings it back.'));
  return [...between(because, ', '), way];
}

/** Writes the decision; what is written again is the same to a screen reader only if it is told that it changed. */
export function showDecision(decision) {
  const { risk, value_class: value, exposure, methods } = decision;
  const rows = methods.map((method) => element('tr', { 'data-state': method.state }, element('th', { scope: 'row' }, method.id), element('td', {}, element('span', { class: 'state' }, say(WORDS[method.state]))), element('td', {}, ...why(method))));
  document.querySelector('#methods tbody').replaceChildren(...rows);
  const facts = { 'Risk class': risk.class ?? '–', 'Value class': value ?? '–', 'May owe in all': exposure.limit ? money(exposure.limit) : '–', 'Of that still free': exposure.available ? money(exposure.available) : '–' };
  document.querySelector('#about').replaceChildren(...Object.entries(facts).map(([name, said]) => element('div', {}, element('dt', {}, say(name)), element('dd', {}, said))));
  const offered = methods.filter(({ state }) => state !== 'withheld').map(({ id }) => id);
  const said = offered.length === 0 ? say('Nothing is offered.') : say('Offered: {methods}.', { methods: offered.join(', ') });
  const status = document.querySelector('#status');
  if (status.textContent !== said) status.textContent = said;
}

/** Writes what is wrong; each can be shown in the policy. */
export function showProblems(diagnostics, problems, select) {
  const item = (found, isOfThePolicy) => {
    const { severity = 'error', code: name, message, help, at } = found;
    // The compiler speaks English, the page itself does not always.
    const spoken = { lang: name.startsWith('playground.') ? language : 'en' };
    const head = element('p', {}, element('b', {}, say(severity)), ' ', element('span', spoken, ...quoted(message)));
    const more = element('p', { class: 'help', ...spoken }, ...quoted(help));
    const place = isOfThePolicy ? element('button', { type: 'button', class: 'link' }, at === '' ? say('show the place') : at) : code(at || 'facts');
    if (isOfThePolicy) place.addEventListener('click', () => select(found));
    return element('li', { 'data-severity': severity }, head, more, element('p', { class: 'at' }, code(name), ' ', place));
  };
  const list = [...diagnostics.map((found) => item(found, true)), ...problems.map((found) => item(found, false))];
  document.querySelector('#problems').replaceChildren(...list);
  const wrong = [...diagnostics, ...problems].filter(({ severity = 'error' }) => severity === 'error').length;
  const rest = list.length - wrong;
  const count = (number, word) => say(`{count} ${word}${number === 1 ? '' : 's'}`, { count: number });
  document.querySelector('#verdict').textContent = list.length === 0 ? say('Nothing is wrong with it.') : [wrong && count(wrong, 'problem'), rest && count(rest, 'remark')].filter(Boolean).join(', ');
}
