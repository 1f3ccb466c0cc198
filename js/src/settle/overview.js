// What is open and why, what comes next and what it costs, what can be done about it; what was paid, and what there is to keep.

import { busy } from '../account/away.js';
import { make, note } from '../more/dom.js';
import { icon, rich } from '../element/page.js';
import { askBox } from './ask.js';
import { doorsOf } from './doors.js';
import { nameOf, summand } from './items.js';
import { became, free, isAsked, stands, sums } from './stands.js';

const STRONG = '\x02';
const strong = (text) => rich(text.replaceAll('*', STRONG));

/** The page: cards, the first of which says what to do. Right after an order only what was owed before it is told anew. */
export function overview(settling, outcome) {
  const { view, thanks, isDebited } = settling;
  const open = view.claims.filter(({ open: { minor } }) => minor > 0);
  const untold = thanks ? open.filter(({ receivable }) => receivable !== view.receivable) : open;
  const cards = !thanks || untold.length > 0 ? [head(settling, open, outcome), ...untold.map((claim) => about(settling, claim))] : [];
  const early = thanks && !isDebited && cards.length === 0 && open.some(isAsked) ? [['pay', settling.money(view.asked.minor), { minor: view.asked.minor, chosen: [] }]] : [];
  if (thanks) cards[0]?.classList.add('gap');
  const leave = make('div.center', {}, ...settling.wayBack('button.link', 'leave'));
  return [...cards, waysOut(settling, early), ...(view.claims.length > 0 ? [askBox(settling, turning())] : []), ...asked(settling), ...kept(settling), foot(settling), leave];
}

const total = (all) => all.reduce((sum, { amount }) => sum + amount.minor, 0);

const whole = (claims) => claims.reduce((minor, { payable }) => minor + payable.minor, 0);

/** What is to be paid now, of all or of some. */
function head(settling, open, outcome) {
  const { view, words } = settling;
  const asked = open.filter(isAsked);
  const waits = asked.filter((claim) => claim.under_way);
  // What is on its way as a whole is not asked for once more.
  const isWhole = total(view.payments.filter(({ state }) => state === 'pending')) >= whole(waits);
  const payable = isWhole ? free(view) : asked;
  const extra = total(open.flatMap((claim) => claim.parts).filter(({ kind }) => kind !== 'principal'));
  const title = open.length === 0 ? words.text('none.title') : open.length === 1 ? words.text('one') : words.text('many', { count: open.length });
  const news = outcome ? [make(`div.note ${outcome === 'refused' ? '' : 'good'}`, { role: 'status', tabindex: -1, 'data-news': '' }, icon(outcome === 'refused' ? 'info' : 'check'), make('div', {}, ...strong(words.text(`done.${outcome}`))))] : [];
  // Whoever comes back from a provider's page without having paid reads so.
  if (!outcome && open.length > 0 && view.payment?.state === 'closed') news.push(make('div.note', { role: 'status' }, icon('info'), make('div', {}, words.text('pay.failed'))));
  const left = make('p.s soft', {}, words.text(extra > 0 ? 'extra' : 'extra.none', { extra: settling.money(extra) }));
  const section = make('div.sec tight', {}, ...news, make('h2.s soft', { tabindex: -1, part: 'title' }, title));
  if (open.length > 0) section.append(make('p.amount', { part: 'amount' }, settling.money(view.owed.minor)), left);
  else section.append(make('div.note good', {}, icon('check'), make('div', {}, ...strong(words.text('none')))));
  if (open.length > 0 && payable.length === 0) section.append(make('p', {}, words.text('nothing_asked')));
  const card = make('section.card', { part: 'card', 'aria-label': title }, section);
  if (payable.length > 1) card.append(...chooser(settling, payable));
  else if (payable.length === 1) card.append(make('div.sec sunk tight', {}, payButton(settling, ...meant(settling, payable)), partButton(settling)));
  return card;
}

/** How much these claims come to, and which they are; of all that is asked for, what that is. */
function meant({ view }, claims) {
  const all = free(view);
  return claims.length === all.length && claims.every((claim) => all.includes(claim)) ? [view.asked.minor, []] : [whole(claims), claims.map(({ receivable }) => receivable)];
}

function payButton(settling, minor, chosen) {
  const button = make('button.btn', { type: 'button', part: 'button' }, settling.words.text('pay', { amount: settling.money(minor) }));
  button.addEventListener('click', () => settling.go('pay', { minor, chosen }));
  return button;
}

function partButton(settling) {
  if (!settling.view.menu.part) return '';
  const button = make('button.link', { type: 'button' }, settling.words.text('pay.part'));
  button.addEventListener('click', () => settling.go('part'));
  return make('div.center', {}, button);
}

/** All open invoices with a box each: some or all are paid. */
function chooser(settling, payable) {
  const { words } = settling;
  const boxes = payable.map(() => make('input', { type: 'checkbox' }));
  const rows = payable.map((claim, at) => {
    boxes[at].checked = true;
    const sub = make('span.sub', {}, make('span', {}, words.text('ordered', { date: words.date(claim.ordered_on) })), tag(settling, claim));
    return make('li', {}, make('label.bill', {}, boxes[at], make('b', {}, ...strong(words.text('order', { order: `*${claim.order}*` }))), make('b.num', {}, settling.money(claim.payable.minor)), sub));
  });
  const count = make('span.soft');
  const sum = make('b.num');
  const button = make('button.btn', { type: 'button', part: 'button' }, words.text('pay.chosen'));
  const missing = make('p.error', { role: 'alert', hidden: '' }, icon('info'), make('span', {}, words.text('pay.choose')));
  const chosen = () => payable.filter((_, at) => boxes[at].checked);
  const draw = () => {
    const { length } = chosen();
    count.textContent = words.text(['sum.none', 'sum.one'][length] ?? 'sum.many', { count: length });
    sum.textContent = settling.money(whole(chosen()));
    missing.hidden = true;
  };
  const list = make('ul.bills', {}, ...rows);
  list.addEventListener('change', draw);
  button.addEventListener('click', () => {
    missing.hidden = chosen().length > 0;
    const [minor, ids] = meant(settling, chosen());
    if (missing.hidden) settling.go('pay', { minor, chosen: ids });
    else boxes[0].focus();
  });
  draw();
  return [
    make('fieldset', {}, make('legend.vh', {}, words.text('choose')), list),
    make('div.sec sunk tight', {}, make('p.sums', { 'aria-live': 'polite' }, count, sum), missing, button, partButton(settling)),
  ];
}

function tag(settling, { state, late, due_date: due }) {
  const { words } = settling;
  if (state !== 'open') return make('span.tag', {}, words.text(`tag.${state}`));
  if (!due) return '';
  return make(late ? 'span.tag warm' : 'span.tag', {}, words.text(late ? 'tag.late' : 'tag.until', { date: words.day(due) }));
}

/** One invoice: how it stands, what was and what comes, what it is made of. */
function about(settling, claim) {
  const { words } = settling;
  const sentences = stands(settling, claim).map((sentence) => make('p', {}, ...strong(sentence)));
  const title = words.text('order', { order: claim.order });
  return make(
    'section.card gap',
    { 'aria-label': title },
    make(
      'div.sec stack',
      {},
      make('div', {}, make('h3.h', {}, title), make('p.s soft', {}, words.text('ordered', { date: words.date(claim.ordered_on) }))),
      make(`div.note ${claim.late ? '' : 'calm'}`, {}, icon('info'), make('div', {}, ...sentences)),
      ...(claim.plan ? [rates(settling, claim)] : [times(settling, claim)]),
      items(settling, claim),
      parts(settling, claim),
    ),
  );
}

/** What was, what is, what comes. */
function times(settling, claim) {
  const { view, words } = settling;
  const { agreed, paid, open, due_date: due, ordered_on: ordered, next, state } = claim;
  const past = [[ordered, 'time.ordered', settling.money(agreed.minor)]];
  const received = view.payments.filter((payment) => payment.state === 'received');
  // Where all of it was put against this claim: of others the view does not say how much was.
  if (total(received) === paid.minor) received.forEach(({ on, amount }) => past.push([on, 'time.paid', settling.money(-amount.minor), 'good']));
  if (due && due < view.today) past.push([due, 'time.due', '']);
  const line = (kind, what, when, sum) => make(`li.${kind}`, {}, make('b', {}, what), make('span.num s', {}, sum), make('span.s soft', {}, when));
  const rows = byDay(past).map(([on, key, sum, kind = '']) => line(`past ${kind}`, words.text(key), words.day(on), sum));
  const toCome = [
    isAsked(claim) && due && due >= view.today && [due, 'time.due', words.day(due), ''],
    next && state === 'open' && words.has(`time.${next.what}`) && [next.from, `time.${next.what}`, words.text('time.next.line', { date: words.day(next.from) }), next.what === 'note' ? words.text('time.free') : ''],
  ];
  rows.push(line('now', words.text('time.now'), words.text('time.now.line', { date: words.day(view.today) }), settling.money(open.minor)));
  rows.push(...byDay(toCome.filter(Boolean)).map(([, key, when, sum]) => line('next', words.text(key), when, sum)));
  return make('div.tight', {}, make('h4.h2', {}, words.text('time')), make('ol.times', {}, ...rows));
}

const byDay = (rows) => rows.sort(([one], [other]) => (one < other ? -1 : 1));

/** The rates of a plan, and which of them are paid. */
function rates(settling, { plan }) {
  const { words } = settling;
  const rows = plan.map(({ due, amount, paid }, at) => {
    const done = paid.minor >= amount.minor ? words.text('rate.paid') : paid.minor > 0 ? words.text('rate.rest', { amount: settling.money(paid.minor) }) : '';
    return make('tr', {}, make('th', { scope: 'row' }, `${at + 1}.`), make('td', {}, words.date(due), ...(done ? [make('small', {}, done)] : [])), make('td.num', {}, settling.money(amount.minor)));
  });
  return make('div.tight', {}, make('h4.h2', {}, words.text('rates')), make('div.box', {}, make('table.plan', {}, make('caption.vh', {}, words.text('rates')), make('tbody', {}, ...rows))));
}

/** What was in the order; nothing where that is not known. */
function items(settling, { items: lines }) {
  if (lines.length === 0) return '';
  return folded(settling.words.text('items'), lines.map((item) => summand(nameOf(item), settling.money(item.amount.minor))));
}

const folded = (title, rows) => make('details', {}, make('summary', {}, turning(), title), make('dl.sum s', {}, ...rows));

/** What the amount is made of. */
function parts(settling, claim) {
  const { words } = settling;
  const rows = [...sums(claim), ['open', claim.open.minor]].map(([key, minor]) => summand(words.text(`part.${key}`), settling.money(minor), key === 'open' ? 'div.all' : 'div'));
  return folded(words.text('parts'), rows);
}

function turning() {
  const chevron = icon('chevron');
  chevron.setAttribute('class', 'turn');
  return chevron;
}

/** What can be done, the most wanted first; the rest when asked. */
function waysOut(settling, early) {
  const { words } = settling;
  const [first, rest] = doorsOf(settling);
  const door = ([screen, line, about_]) => {
    const button = make('button', { type: 'button' }, make('span', {}, words.text(`door.${screen}`), make('small', {}, line)), icon('chevron'));
    button.addEventListener('click', () => settling.go(screen, about_));
    return make('li', {}, button);
  };
  const beside = (settling.view.same_person ?? []).map(({ token, owed }) => {
    const button = make('button', { type: 'button' }, make('span', {}, words.text('beside', { amount: words.money(owed) })), icon('chevron'));
    button.addEventListener('click', () => settling.enter(token));
    return make('li', {}, button);
  });
  const more = rest.length > 0 ? [make('details.rest', {}, make('summary', {}, turning(), words.text('more')), make('ul.doors', {}, ...rest.map(door)), ...whyNot(settling))] : [];
  return make('section.card gap', {}, make('ul.doors', {}, ...[...early, ...first].map(door), ...beside), ...more);
}

/** What there is no room for, where somebody may look for it: why, and who helps. What nobody offers, or what the page says already, is not named. */
function whyNot({ view, words }) {
  const known = ['plan', 'deferral', 'promise', 'withdrawal'].map((wish) => `not.${view.menu.why_not[wish]}`).filter((key) => words.has(key));
  const lines = [...known, ...(known.length > 0 ? ['not.human'] : [])].map((key) => make('p.s soft', {}, words.text(key)));
  return lines.length > 0 ? [make('div.sec tight', {}, make('h3.h2', {}, words.text('not')), ...lines)] : [];
}

/** What the customer has asked for, and what became of it. */
function asked(settling) {
  const { view, words } = settling;
  // What was taken back says so itself; what this build has no word for is not listed.
  const known = view.requests.filter(({ kind }) => words.has(`asked.${kind}`));
  if (known.length === 0) return [];
  const rows = known.map(({ request, kind, on, outcome, credited, take_back: canTakeBack }) => {
    const became = words.text(credited ? 'asked.credited' : `asked.${outcome}`, credited && { amount: settling.money(credited.minor) });
    const row = make('li', {}, make('span', {}, words.text(`asked.${kind}`), make('small', {}, `${words.day(on)} · ${became}`)));
    if (canTakeBack) {
      const button = make('button.link', { type: 'button' }, words.text('take_back'));
      const key = settling.newKey();
      const unsent = make('span.error', { role: 'alert', hidden: '' }, icon('info'), make('span'));
      const takesBack = async () => {
        note(unsent, '');
        if (!(await settling.request({ kind: 'take_back', request }, key))) note(unsent, words.text('unsent'));
      };
      button.addEventListener('click', () => busy(button, words.text('sending'), takesBack));
      row.firstChild.append(unsent);
      row.append(button);
    }
    return row;
  });
  return [listed(words.text('asked'), rows)];
}

/** Payments and documents. */
function kept(settling) {
  const { view, words } = settling;
  const payments = view.payments.map((payment) => {
    const { amount, on, state, method } = payment;
    const facts = [
      words.text(`paid.${state}`, { date: words.day(on) }),
      ...(words.has(`method.${method}`) ? [words.text(`method.${method}`)] : []),
      ...became(settling, payment),
    ];
    return make('li', {}, make('span', {}, settling.money(amount.minor), make('small', {}, facts.join(' · '))));
  });
  const documents = view.documents.map((one) => {
    const button = make('button.link', { type: 'button' }, one.name);
    button.addEventListener('click', () => settling.go('document', one));
    return make('li', {}, button);
  });
  return [...(payments.length > 0 ? [listed(words.text('paid'), payments)] : []), ...(documents.length > 0 ? [listed(words.text('documents'), documents)] : [])];
}

function listed(title, rows) {
  return make('section.card gap', { 'aria-label': title }, make('div.sec slim', {}, make('h3.h2', {}, title)), make('ul.list', {}, ...rows));
}

function foot({ view, words }) {
  return make('p.foot', {}, icon('lock'), make('span', {}, words.text('foot', { merchant: view.shop.creditor ?? view.shop.name })));
}
