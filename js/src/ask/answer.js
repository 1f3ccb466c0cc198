// What is answered. Every amount and every day is the view's or a preview's; what they do not hold is for a human to say.

import { nameOf } from '../settle/items.js';
import { became, hoursOf, isAsked, stands, sums } from '../settle/stands.js';

/** More claims than these are not read to the end in an answer. */
const FEW = 3;

/** Where nothing is open, what these ask for is answered by that. */
const ABOUT_OPEN = ['why', 'fee', 'due', 'unpaid', 'part', 'later', 'rates', 'how', 'hardship'];

/**
 * @param {object} settling `view`, `words` of the account and of answers, `previews`, `isPreviewed`, `money`
 * @param {object} asked as `understand` found it
 * @returns `lines`; `lists`, each of them rows of a name, what stands behind it and its ground; `paid` and `plan`, as previewed; `more` lines; `links`;
 *   `doors`, each a screen, what stands in its fields and its name; `isHuman`, where a human has to answer
 */
export function answer(settling, asked) {
  const { view } = settling;
  const open = view.claims.filter(({ open: { minor } }) => minor > 0);
  const about = asked.claim ? [asked.claim] : open.slice(0, FEW);
  const said = { lines: [], lists: [], more: [], links: [], doors: [] };
  if (open.length === 0 && ABOUT_OPEN.includes(asked.intent)) said.lines.push(settling.words.text('none'));
  else (ANSWERS[asked.intent] ?? human)({ ...settling, open, about, payable: open.filter(isAsked) }, asked, said);
  return said;
}

/** A door where there is one, or that there is none. */
function door({ words, view }, said, screen, given = {}, isThere = view.menu[screen]) {
  if (isThere) said.doors.push([screen, given, words.text(`door.${screen}`)]);
  return isThere;
}

/** That there is no room, why of each wish where that is known, and that a human helps. */
function closed({ words, view }, said, ...wishes) {
  const known = wishes.map((wish) => `not.${view.menu.why_not[wish]}`).filter((key) => words.has(key));
  said.lines.push(...known.map((key) => words.text(key)), words.text('say.closed'));
  said.isHuman = true;
}

function human({ words }, { intent }, said) {
  said.lines.push(words.text(intent === 'other' ? 'say.other' : 'say.unknown'));
  said.isHuman = true;
}

function person({ words, view }, asked, said) {
  const { phone } = view.human;
  said.lines.push(words.text('message.lead'), ...[hoursOf(view, words), phone && `${words.text('call')}: ${phone}`].filter(Boolean));
  said.isHuman = true;
}

/** How each claim stands; of a plan, which rate is next. */
function due(it, asked, said) {
  const { words, money, about, view, payable } = it;
  for (const claim of about) {
    if (about.length > 1) said.lines.push(`*${words.text('order', claim)}*`);
    said.lines.push(...(claim.open.minor > 0 ? stands(it, claim) : [words.text('none')]));
    const rate = claim.plan?.find(({ amount, paid }) => paid.minor < amount.minor);
    if (rate) said.lines.push(words.text('say.rate', { amount: money(rate.amount.minor - rate.paid.minor), date: words.day(rate.due) }));
  }
  if (payable.length > 0 && view.asked.minor > 0) said.doors.push(['pay', { minor: view.asked.minor, chosen: [] }, words.text('pay', { amount: money(view.asked.minor) })]);
}

/** The amount part by part, each with its ground. */
function why(it, { intent, amount }, said) {
  const { words, money, about, view } = it;
  const known = JSON.stringify([view.owed, view.asked, view.claims]);
  if (amount !== undefined && !known.includes(`"minor":${amount},`)) said.lines.push(words.text('say.unknown_amount'));
  if (intent === 'fee' && about.every(({ extra }) => extra.length === 0)) said.lines.push(words.text('extra.none'));
  for (const claim of about) {
    const ground = (kind) => (words.has(`say.${kind}`) ? words.text(`say.${kind}`, { date: words.date(claim.ordered_on) }) : undefined);
    // What is bought is named by its order, as nothing else here is.
    const name = (kind) => words.text(kind === 'principal' ? 'order' : `part.${kind}`, claim);
    said.lists.push([...sums(claim).map(([kind, minor]) => [name(kind), money(minor), ground(kind)]), [words.text('part.open'), money(claim.open.minor)]]);
    said.lists.push(claim.items.map((item) => [nameOf(item), money(item.amount.minor)]));
  }
  door(it, said, 'dispute', { reason: 'wrong_amount', receivable: about[0]?.receivable });
}

function unpaid(it, asked, said) {
  const { words, about, view } = it;
  for (const claim of about) {
    const { next, state } = claim;
    if (about.length > 1) said.lines.push(`*${words.text('order', claim)}*`);
    const isKnown = next && words.has(`time.${next.what}`);
    said.lines.push(...stands(it, claim));
    if (isKnown) said.lines.push(words.text('say.next', { what: words.text(`time.${next.what}`), date: words.day(next.from) }));
    else if (state === 'open' && !claim.why) said.lines.push(words.text('say.no_next'));
  }
  const ways = ['plan', 'deferral', 'promise', 'hardship'].filter((screen) => view.menu[screen]);
  if (ways.length > 0) said.lines.push(words.text('say.before'));
  for (const screen of ways.slice(0, FEW)) door(it, said, screen);
}

/** So much now: what it pays, and what stays open. */
function part(it, { amount, share }, said) {
  const { words, money, view, payable } = it;
  const room = view.menu.part;
  if (!room) return closed(it, said);
  const minor = amount ?? (share && Math.round(room.to.minor * share));
  if (!(minor > 0 && minor <= room.to.minor)) said.lines.push(words.text('say.part', { to: words.money(room.to) }));
  else if (minor === room.to.minor) said.doors.push(['pay', { minor, chosen: [] }, words.text('pay', { amount: money(minor) })]);
  else if (it.isPreviewed) {
    const found = it.previews.part(minor, payable.map(({ receivable }) => receivable));
    if (!found.why) said.paid = found;
  }
  said.lines.push(words.text(said.paid ? 'part.preview' : 'part.lead'));
  if (minor !== room.to.minor) said.doors.push(['part', minor > 0 && minor < room.to.minor ? { amount: plain(it, minor) } : {}, words.text('part.title')]);
  return undefined;
}

/** An amount as it stands in a field: without its sign. */
const plain = ({ money }, minor) => money(minor).replace(/[^\d.,]/g, '');

/** Another day: a due date that is moved, or a day that is named. A day that can be had is one answer; without one, each way says how far it goes. */
function later(it, { date }, said) {
  const { words, view, money } = it;
  const openOf = (id) => view.claims.find(({ receivable }) => receivable === id).open.minor;
  const all = [
    ['deferral', 'until', ({ receivable }) => it.previews.deferral(receivable, date), ({ until }, { receivable }) => ({ date: words.day(until), amount: money(openOf(receivable)) })],
    ['promise', 'date', () => it.previews.promise(date), (found) => ({ date: words.day(found.date), grace: words.day(found.grace) })],
  ].filter(([screen]) => view.menu[screen]);
  if (all.length === 0) return closed(it, said, 'deferral', 'promise');
  for (const [screen, field, preview, blanks] of date && it.isPreviewed ? all : []) {
    const room = view.menu[screen];
    const found = preview(room);
    if (found.why === undefined) {
      said.lines.push(words.text(`${screen}.preview`, blanks(found, room)));
      return door(it, said, screen, { [field]: date });
    }
  }
  if (date) said.lines.push(words.text('say.not_that'));
  for (const [screen] of all) {
    said.lines.push(`*${words.text(`door.${screen}`)}:* ${words.text(`door.${screen}.line`, { date: words.day(view.menu[screen].until) })}`);
    door(it, said, screen);
  }
  return undefined;
}

function rates(it, { rates: count, date }, said) {
  const { words, view, about } = it;
  const room = view.menu.plan;
  if (!room) {
    if (about.some(({ plan }) => plan)) return due(it, {}, said);
    return closed(it, said, 'plan');
  }
  const first = date ?? room.first.from;
  const found = count && it.isPreviewed ? it.previews.plan(count, first) : { why: '' };
  if (found.why === undefined) {
    said.lines.push(words.text('say.rates_are', { count, date: words.day(found.rates[0].due) }));
    said.plan = found;
  } else {
    if (count) said.lines.push(words.text('say.not_that'));
    said.lines.push(words.text('say.rates', { from: room.rates.from, to: room.rates.to, first: words.day(room.first.from), until: words.day(room.first.until) }));
  }
  door(it, said, 'plan', found.why === undefined ? { rates: `${count}`, first } : {});
  return undefined;
}

function hardship(it, asked, said) {
  const { words, view } = it;
  const room = view.menu.hardship;
  if (!door(it, said, 'hardship')) return closed(it, said);
  said.lines.push(room.pause_until ? words.text('hardship.lead', { date: words.day(room.pause_until) }) : words.text('hardship.lead.no_pause'));
  door(it, said, 'plan');
  return undefined;
}

function distress({ words, view }, asked, said) {
  const { phone } = view.human;
  said.lines.push(words.text('say.distress'), ...[phone && `${words.text('call')}: ${phone}`, hoursOf(view, words)].filter(Boolean));
  said.links.push(...(view.menu.hardship?.advice ?? []).map(({ name, url }) => [name, url]));
  said.isHuman = true;
}

/** Where a transfer goes, and by which other ways it is paid. */
function how(it, asked, said) {
  const { words, view, money, payable } = it;
  if (payable.length === 0 || view.asked.minor === 0) return due(it, asked, said);
  const { transfer, menu } = view;
  if (transfer) {
    said.lines.push(words.text('pay.transfer'));
    const rows = { ...transfer, iban: transfer.iban.match(/\S{1,4}/g).join(' '), amount: money(transfer.amount.minor) };
    said.lists.push(['holder', 'iban', 'bic', 'amount', 'reference'].filter((field) => rows[field]).map((field) => [words.text(`field.${field}`), rows[field]]));
  } else said.lines.push(words.text('transfer.none'));
  const ways = [...menu.methods, ...(menu.debit ? [{ id: 'sepa_debit' }] : [])];
  for (const { id } of ways) if (words.has(`method.${id}`)) said.more.push(`${words.text('pay.by')} *${words.text(`method.${id}`)}*`);
  said.doors.push(['pay', { minor: view.asked.minor, chosen: [] }, words.text('pay', { amount: money(view.asked.minor) })]);
  return undefined;
}

function received(it, { intent, date }, said) {
  const { words, view, money, open, about } = it;
  if (view.payments.length === 0) said.lines.push(words.text('say.no_payment'));
  else said.lists.push(view.payments.slice(0, FEW).map((one) => [words.text(`paid.${one.state}`, { date: words.day(one.on) }), money(one.amount.minor), became(it, one).join(' · ') || undefined]));
  // What came is not always what was put against an order: some went back, or is the customer's own.
  for (const claim of about) if (claim.paid.minor > 0) said.more.push(`${words.text('order', claim)}: ${words.text('part.paid')} *${money(claim.paid.minor)}*`);
  if (open.length === 0) said.lines.push(words.text('none'));
  else {
    if (intent === 'paid') said.more.push(words.text('paid_already.lead'));
    door(it, said, 'paid_already', date <= view.today ? { on: date } : {}, true);
  }
}

/** Something is wrong: what it is, is the answer's own. */
const wrong = (reason) => (it, asked, said) => {
  const { words } = it;
  if (!door(it, said, 'dispute', { ...(reason && { reason }), receivable: it.about[0]?.receivable })) return closed(it, said);
  said.lines.push(words.text('dispute.lead'), words.text('dispute.after'));
  return undefined;
};

/** What has a door and a sentence of its own, and otherwise a human. */
const through = (screen, isThere) => (it, asked, said) => {
  if (!door(it, said, screen, {}, isThere?.(it))) return closed(it, said, screen);
  said.lines.push(it.words.text(`${screen}.lead`));
  return undefined;
};

function receipt({ words, view }, asked, said) {
  // The newest are what somebody looks for; the account lists the others.
  said.doors.push(...view.documents.slice(0, FEW).map((one) => ['document', one, one.name]));
  if (said.doors.length > 0) said.lines.push(words.text('documents'));
  else {
    said.lines.push(words.text('say.no_document'));
    said.isHuman = true;
  }
}

function genuine({ words, view, about }, asked, said) {
  const { shop } = view;
  said.lines.push(words.text('say.genuine', { merchant: shop.creditor ?? shop.name }));
  said.lists.push(about.map((claim) => [words.text('order', claim), words.text('ordered', { date: words.date(claim.ordered_on) })]));
  if (shop.website) said.more.push(words.text('say.website', { website: shop.website }));
  said.isHuman = true;
}

const ANSWERS = {
  distress,
  representative: through('representative', ({ open }) => open.length > 0),
  withdrawal: through('withdrawal'),
  not_mine: wrong('not_mine'),
  not_received: wrong('not_received'),
  defective: wrong('defective'),
  not_as_ordered: wrong('not_as_ordered'),
  wrong_amount: wrong('wrong_amount'),
  dispute: wrong(),
  return: through('return'),
  paid: received,
  received,
  receipt,
  rates,
  part,
  later,
  hardship,
  unpaid,
  fee: why,
  why,
  due,
  how,
  genuine,
  contact: through('contact', ({ view }) => view.reach.languages.length > 0),
  human: person,
};
