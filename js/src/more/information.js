// All about a credit on one page, before anything is agreed to: a dialog on the page, and the same as a page to print.

import printStyles from '#print-styles';
import { open } from './dialog.js';
import { make } from './dom.js';

/** The sentence that says where debt advice is to be had in the market, as nodes. */
export function adviceOf(words, advice) {
  if (!advice) return [words.text('credit.advice', { advice: words.text('credit.advice_none') })];
  const { name, web, phone } = advice;
  const link = make('a.link', { href: web, target: '_blank', rel: 'noopener' }, web.replace(/^https:\/\/|\/$/g, ''));
  return words.nodes('credit.advice', { advice: make('span', {}, `${name}, `, link, ...(phone ? [`, ${phone}`] : [])) });
}

// What of the disclosures stands in the row; the others stand on the page behind its door.
const IN_ROW = ['credit.warning', 'credit.precontractual', 'credit.withdrawal', 'credit.early_repayment'];

/**
 * What stands beside a choice that is credit: the warning, what the law wants told first, and the door to all of it.
 *
 * @returns {{ node: Element, tell: (disclosures?: string[]) => void }} what is told follows from what the service says is owed
 */
export function warned(words, opens) {
  const sentences = make('p.xs');
  const door = make('button.link', { type: 'button' }, words.text('credit.open'));
  door.addEventListener('click', opens);
  const node = make('div.tight', {}, sentences, door);
  const tell = (disclosures = IN_ROW) => {
    const told = IN_ROW.filter((id) => disclosures.includes(id));
    node.hidden = told.length === 0;
    if (sentences.childElementCount === told.length) return;
    sentences.replaceChildren(...told.flatMap((id) => [make(id === 'credit.warning' ? 'b' : 'span', {}, words.text(id)), ' ']));
  };
  return { node, tell };
}

/** What stands on the page: a heading, the warning, and a list of what the law wants told. */
function content(words, { plan, merchant, amount, advice }) {
  const last = words.date(plan.instalments.slice(-1)[0].due_date);
  const rates = plan.instalments.map((rate) => words.text('plan.entry', { amount: words.amount(rate.amount), date: words.date(rate.due_date) }));
  const inOne = plan.rates === 1;
  const rows = [
    ['sheet.creditor', merchant],
    ['sheet.kind', inOne ? words.text('sheet.kind_deferral') : words.text('sheet.kind_value', { rates: plan.rates })],
    ['sheet.amount', words.amount(amount)],
    ['sheet.duration', inOne ? words.text('sheet.duration_deferral', { last }) : words.text('sheet.duration_value', { rates: plan.rates, last })],
    ...(inOne ? [] : [['sheet.rates', make('ol', {}, ...rates.map((rate) => make('li.num', {}, rate)))]]),
    ['sheet.cost', words.amount(plan.cost)],
    ['sheet.total', make('b', {}, words.amount(plan.total))],
    ['plan.interest_rate', words.rate(plan.interest_percent)],
    ['plan.annual_rate', make('b', {}, words.rate(plan.annual_rate_percent))],
    ['sheet.late', words.text('sheet.late_value')],
    ['sheet.withdrawal', words.text('credit.withdrawal')],
    ['sheet.early', words.text('credit.early_repayment')],
    ['sheet.human', words.text('credit.human_review')],
    ['sheet.advice', make('span', {}, words.text('credit.refusal_notice'), ' ', ...adviceOf(words, advice))],
  ];
  return [
    make('h2.h', {}, words.text('credit.title')),
    make('p', {}, make('b', {}, words.text('credit.warning'))),
    make('p', {}, words.text('credit.personalised'), ' ', words.text('credit.nothing_ticked')),
    make('dl.sheet', {}, ...rows.map(([key, value]) => make('div', {}, make('dt', {}, words.text(key)), make('dd', {}, value)))),
  ];
}

/** Prints the page alone: not the shop around it. A frame of the same page keeps to its content policy. */
function print(nodes, lang) {
  const frame = make('iframe', { 'aria-hidden': 'true', tabindex: -1 });
  // Out of sight, but there: what is not displayed some browsers do not print.
  for (const [name, value] of [['position', 'fixed'], ['inset', '100% auto auto 100%'], ['width', '1px'], ['height', '1px'], ['border', '0']]) frame.style.setProperty(name, value);
  document.body.append(frame);
  const { contentDocument: page, contentWindow: view } = frame;
  page.documentElement.lang = lang;
  page.title = nodes[0].textContent;
  page.body.append(...nodes.map((node) => page.importNode(node, true)));
  try {
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(printStyles);
    page.adoptedStyleSheets = [sheet];
  } catch {
    // Old web views print it in the type of their own.
  }
  view.addEventListener('afterprint', () => frame.remove());
  view.focus();
  view.print();
}

/**
 * Opens the page about a plan.
 *
 * @param {Element} place where the dialog lies
 * @param {import('./words.js').Words} words
 * @param {{ plan: import('../plan.js').Plan, merchant: string, advice?: object }} about
 * @param {string} lang
 */
export function inform(place, words, { plan, ...about }, lang) {
  const printer = make('button.btn', { type: 'button' }, words.text('credit.print'));
  const amount = { minor: plan.total.minor - plan.cost.minor, currency: plan.total.currency };
  const nodes = content(words, { plan, amount, ...about });
  // Some web views inside of apps cannot print.
  printer.hidden = !window.print;
  printer.addEventListener('click', () => print(nodes, lang));
  open(place, words, nodes, printer);
}
