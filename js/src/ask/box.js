// The box in which somebody asks: what is asked stays on this device, unless it is sent to a human as a message.

import { isAsked } from '../settle/stands.js';
import { answer } from './answer.js';
import { understand } from './understand.js';

/** Questions that are put into somebody's mouth. */
const SUGGESTED = 4;

/** The questions that fit, the most likely first. */
function suggested({ view, money }, words) {
  const { menu, claims } = view;
  const open = claims.filter(({ open: { minor } }) => minor > 0);
  const isLate = open.some(({ late }) => late);
  const say = (key, blanks) => words.text(`ask.${key}`, blanks);
  const all = [
    open.length > 0 && say('why', { amount: money(view.owed.minor) }),
    isLate && say('unpaid'),
    menu.part && say('part'),
    menu.plan && isLate && say('rates', { count: menu.plan.rates.from }),
    (menu.deferral || menu.promise) && say('later'),
    open.some(isAsked) && say('how'),
    say('received'),
    say('receipt'),
  ];
  return all.filter(Boolean).slice(0, SUGGESTED);
}

/**
 * @param {object} settling the account
 * @param {import('../more/words.js').Words} words its own and those of answers
 * @param {object} tools what the account draws with: `make`, `rich`, `minorOf`, `paidBy`, `schedule`
 * @returns what stands in the box, anew each time it is drawn; what was answered stays in it while nothing changes
 */
export function box(settling, words, tools) {
  const { make } = tools;
  const { view, previews, isPreviewed } = settling;
  const account = { view, words, previews, isPreviewed, money: settling.money };
  // A log speaks when something is added, and only then.
  settling.log ??= make('div.stack', { role: 'log', 'aria-label': words.text('ask.log') });
  const input = make('input.input', { type: 'text', maxlength: 500, autocomplete: 'off', 'aria-label': words.text('ask'), 'aria-describedby': 'ask-hint' });
  const ask = (question) => {
    if (!question) return;
    input.value = '';
    const asked = make('div.asked tight', {}, make('p.s', {}, make('b', {}, question)), make('div.said tight s', {}, ...drawn(settling, account, question, tools)));
    settling.log.append(asked);
    asked.scrollIntoView?.({ block: 'nearest' });
  };
  const chips = suggested(account, words).map((question) => {
    const chip = make('button.chip', { type: 'button' }, question);
    chip.addEventListener('click', () => ask(question));
    return make('li', {}, chip);
  });
  const form = make('form.row', { novalidate: '' }, input, make('button.btn quiet', { type: 'submit', part: 'button' }, words.text('ask.send')));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    ask(input.value.trim());
  });
  return [settling.log, form, make('ul.chips', { 'aria-label': words.text('ask.chips') }, ...chips), make('p.s soft', { id: 'ask-hint' }, words.text('ask.hint'))];
}

function drawn(settling, account, question, { make, rich, minorOf, paidBy, schedule }) {
  const { view, words } = account;
  const known = { view, words, minorOf: (typed) => minorOf(typed, view.owed.currency), isMonthFirst: words.text('read.month_first') === 'yes' };
  const { lines, lists, paid, plan, more, links, doors, isHuman } = answer(account, understand(question, known));
  // A sum stands below a line.
  const kind = (name) => (name === words.text('part.open') ? 'div.all' : 'div');
  const row = ([name, value, ground]) => make(kind(name), {}, make('dt', {}, name, ...(ground ? [make('small', {}, ground)] : [])), make('dd.num', {}, value));
  const line = (sentence) => make('p', {}, ...rich(sentence.replaceAll('*', '\x02')));
  const way = (kind) => ([screen, given, name]) => {
    const button = make(kind, { type: 'button' }, name);
    button.addEventListener('click', () => settling.go(screen, given));
    return button;
  };
  // Whoever meant something else is not left alone with it.
  const asHuman = ['message', { text: question }, words.text(isHuman ? 'door.message' : 'ask.else')];
  return [
    ...lines.map(line),
    ...lists.filter((rows) => rows.length > 0).map((rows) => make('dl.sum', {}, ...rows.map(row))),
    ...(paid ? paidBy(settling, paid).slice(1) : []),
    ...(plan ? schedule(settling, plan).slice(1, 2) : []),
    ...more.map(line),
    ...(links.length > 0 ? [make('ul', {}, ...links.map(([name, url]) => make('li', {}, make('a.link', { href: url, target: '_blank', rel: 'noopener' }, name))))] : []),
    ...doors.map(way('button.btn quiet')),
    way(isHuman && doors.length === 0 ? 'button.btn quiet' : 'button.link')(asHuman),
  ];
}
