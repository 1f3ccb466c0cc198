// Before and after: both policies decide on the same made-up orders, here in the browser.

import { madeUp } from './made-up.js';

const ORDERS = 20_000;
const page = JSON.parse(document.getElementById('page-data').textContent);
const { words, tag } = page;
const form = document.getElementById('dials');
const progress = document.getElementById('progress');
const sentence = document.getElementById('sentence');
const tables = document.getElementById('tables');
const timing = document.getElementById('timing');

/* words and numbers */

const plural = new Intl.PluralRules(tag);
const whole = new Intl.NumberFormat(tag);
const seconds = new Intl.NumberFormat(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const change = new Intl.NumberFormat(tag, { signDisplay: 'exceptZero' });
const euros = (options) => new Intl.NumberFormat(tag, { style: 'currency', currency: 'EUR', ...options });
const [amounts, amountChange, round] = [euros({}), euros({ signDisplay: 'exceptZero' }), euros({ maximumFractionDigits: 0 })];
const amount = ({ minor }) => amounts.format(minor / 100);
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const counted = (forms, number, values = {}) => filled(forms[plural.select(number)] ?? forms.other, { n: whole.format(number), ...values });

const SPOKEN = { limit: (value) => round.format(value), on_time: (value) => counted(words.onTime, value) };

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/* what was found */

/** A table that can be scrolled where it does not fit, by keyboard too. */
function table(caption, heads, rows) {
  const head = element('tr', {}, ...heads.map((text) => element('th', { scope: 'col' }, text)));
  const body = rows.map(([name, ...cells]) => element('tr', {}, element('th', { scope: 'row' }, name), ...cells.map((text) => element('td', {}, text))));
  const made = element('table', {}, element('caption', {}, caption), element('thead', {}, head), element('tbody', {}, ...body));
  return element('div', { class: 'before__table', tabindex: '0', role: 'region', 'aria-label': caption }, made);
}

function says({ gained, lost }) {
  const told = [];
  for (const [forms, came] of [[words.more, gained], [words.fewer, lost]]) {
    if (came.orders > 0) told.push(counted(forms, came.orders, { amount: amount(came.amount), unpaid: whole.format(came.observed?.unpaid ?? 0), lost: came.observed ? amount(came.observed.lost) : amount({ minor: 0 }) }));
  }
  return told;
}

function show(report, ms) {
  const { on_credit: credit, changed, classes, methods } = report;
  const told = changed.orders === 0 ? [isMoved() ? words.same : words.asItIs] : [...says(credit), counted(words.changed, changed.orders)];
  sentence.replaceChildren(...told.map((text) => element('p', {}, text)));
  const side = (name, { orders, amount: exposure, expected_loss: loss }) => [name, whole.format(orders), amount(exposure), amount(loss)];
  const more = (pick) => amountChange.format((pick(credit.new).minor - pick(credit.old).minor) / 100);
  const name = (id) => page.names[id] ?? page.methods[id] ?? id;
  const moves = classes.moves.filter((move) => move.class.old !== move.class.new);
  tables.replaceChildren(
    table(words.invoices, [words.rules, words.orders, words.exposure, words.loss], [
      side(words.before, credit.old),
      side(words.after, credit.new),
      [words.difference, change.format(credit.new.orders - credit.old.orders), more((found) => found.amount), more((found) => found.expected_loss)],
    ]),
    table(words.methods, [words.method, words.before, words.after, words.gained, words.lost], methods.map(({ id, old, new: next, gained, lost }) => [name(id), whole.format(old.offered + old.incomplete), whole.format(next.offered + next.incomplete), change.format(gained), change.format(-lost)])),
    moves.length === 0
      ? element('p', { class: 'soft' }, words.noMoves)
      : table(words.classes, [words.move, words.orders, words.exposureBefore, words.exposureAfter], moves.map((move) => [`${move.class.old} → ${move.class.new}`, whole.format(move.orders), amount(move.on_credit.old.amount), amount(move.on_credit.new.amount)])),
  );
  timing.textContent = filled(words.timing, { n: whole.format(report.orders), seconds: seconds.format(ms / 1000) });
}

/* trying */

const policies = new Map();

/** The compiled policy with these dials. */
function compiled(dials) {
  const query = String(new URLSearchParams(dials));
  if (!policies.has(query)) {
    const got = fetch(`/api/variant?${query}`).then(async (response) => {
      if (!response.ok) throw new Error(`${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    });
    policies.set(query, got);
    got.catch(() => policies.delete(query));
  }
  return policies.get(query);
}

const moved = () => Object.fromEntries(Object.keys(page.dials).map((name) => [name, Number(form.elements[name].value)]));
const isMoved = () => Object.entries(moved()).some(([name, value]) => value !== page.dials[name]);

let orders;
let running = new AbortController();

async function run() {
  running.abort();
  const { signal } = (running = new AbortController());
  progress.hidden = false;
  progress.value = 0;
  tables.setAttribute('aria-busy', 'true');
  try {
    const [{ diffPolicies }, old, next] = await Promise.all([import(page.backtest), compiled(page.dials), compiled(moved())]);
    orders ??= madeUp(ORDERS, page.today);
    if (signal.aborted) return;
    const begin = performance.now();
    const onProgress = ({ share }) => (progress.value = share);
    // Everybody who may takes the invoice, and tells the date of birth that it asks for.
    const report = await diffPolicies({ policy: old }, { policy: next }, orders, { assume: 'invoice', complete: true, signal, onProgress });
    show(report, performance.now() - begin);
  } catch (error) {
    if (signal.aborted) return;
    sentence.replaceChildren(element('p', {}, words.failed));
    throw error;
  } finally {
    if (!signal.aborted) {
      progress.hidden = true;
      tables.removeAttribute('aria-busy');
    }
  }
}

function speak() {
  for (const [name, value] of Object.entries(moved())) {
    const text = SPOKEN[name](value);
    document.getElementById(`dial-${name}-text`).textContent = text;
    form.elements[name].setAttribute('aria-valuetext', text);
  }
}

form.addEventListener('input', speak);
form.addEventListener('change', run);
form.addEventListener('submit', (event) => event.preventDefault());
// The dials move back only after everybody has heard of it.
form.addEventListener('reset', () => setTimeout(() => {
  speak();
  run();
}));
speak();
run();
