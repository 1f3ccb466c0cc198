// A question, and its answer at once. What is asked stays on this device, unless it is sent to a human as a message.

import { rich } from '../element/page.js';
import { make } from '../more/dom.js';
import { isAsked } from './stands.js';
import { minorOf } from './amount.js';
import { paidBy } from './doors.js';
import { schedule } from './plan.js';

/** Questions that are put into somebody's mouth. */
const SUGGESTED = 4;

/** The questions that fit, the most likely first. */
function suggested(settling) {
  const { view, words } = settling;
  const { menu, claims } = view;
  const open = claims.filter(({ open: { minor } }) => minor > 0);
  const isLate = open.some(({ late }) => late);
  const say = (key, blanks) => words.text(`ask.${key}`, blanks);
  const all = [
    open.length > 0 && say('why', { amount: settling.money(view.owed.minor) }),
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

/** The box; what was answered stays in it while nothing changes. */
export function askBox(settling) {
  const { words } = settling;
  // A log speaks when something is added, and only then.
  settling.log ??= make('div.stack', { role: 'log', 'aria-label': words.text('ask.log') });
  const input = make('input.input', { id: 'ask', type: 'text', maxlength: 500, autocomplete: 'off', 'aria-describedby': 'ask-hint' });
  const button = make('button.btn quiet', { type: 'submit', part: 'button' }, words.text('ask.send'));
  let isBusy = false;
  const ask = async (question) => {
    if (!question || isBusy) return;
    isBusy = true;
    button.setAttribute('aria-disabled', 'true');
    const found = await settling.asking().catch(() => {});
    isBusy = false;
    button.removeAttribute('aria-disabled');
    // Where nobody answers, a human does.
    if (!found) return void settling.go('message', { text: question });
    input.value = '';
    const told = make('div.asked tight', {}, make('p.s', {}, make('b', {}, question)), make('div.said tight s', {}, ...drawn(settling, found, question)));
    settling.log.append(told);
    told.scrollIntoView?.({ block: 'nearest' });
  };
  const chips = suggested(settling).map((question) => {
    const chip = make('button.chip', { type: 'button' }, question);
    chip.addEventListener('click', () => ask(question));
    return make('li', {}, chip);
  });
  // Who is about to ask does not wait for it afterwards.
  input.addEventListener('focus', () => settling.asking().catch(() => {}), { once: true });
  const node = make(
    'form.card gap',
    { novalidate: '', part: 'card' },
    make(
      'div.sec stack',
      {},
      make('h3.h2', {}, make('label', { for: 'ask' }, words.text('ask'))),
      settling.log,
      make('div.row', {}, input, button),
      make('ul.chips', { 'aria-label': words.text('ask.chips') }, ...chips),
      make('p.s soft', { id: 'ask-hint' }, words.text('ask.hint')),
    ),
  );
  node.addEventListener('submit', (event) => {
    event.preventDefault();
    ask(input.value.trim());
  });
  return node;
}

function drawn(settling, { understand, answer, words }, question) {
  const { view, previews, isPreviewed } = settling;
  const money = (minor) => settling.money(minor);
  const known = { view, words, minorOf: (typed) => minorOf(typed, view.owed.currency), isMonthFirst: words.text('read.month_first') === 'yes' };
  const { lines, lists, paid, plan, more, links, doors, isHuman } = answer({ view, words, previews, isPreviewed, money }, understand(question, known));
  const row = ([name, value, ground]) => make('div', {}, make('dt', {}, name, ...(ground ? [make('small', {}, ground)] : [])), make('dd.num', {}, value));
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
