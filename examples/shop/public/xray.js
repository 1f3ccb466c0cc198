// The X-ray: the browser's decision beside the service's, and the button that cheats.
//
// It is a window into the demo, not something a shop would ship: the right side is read with the shop's secret key.

const page = JSON.parse(document.getElementById('page-data').textContent);
const words = page.xray;
const widget = document.getElementById('checkout');
const panel = document.getElementById('xray');
const toggle = document.getElementById('xray-toggle');
const cheat = document.getElementById('cheat');
const both = document.getElementById('xray-both');
const REMEMBERED = 'kiesel-xray';

let engine = null;
let loading = null;
let record = null;
let refused = null;
let honest = null;
/** What the browser believed when it ordered; shown beside the service's answer until something changes. */
let ordered = null;

function remembered(value) {
  // In-app browsers and private windows may forbid storage: then it is simply not remembered.
  try {
    if (value === undefined) return window.localStorage.getItem(REMEMBERED) === 'open';
    window.localStorage.setItem(REMEMBERED, value ? 'open' : 'closed');
  } catch {
    // nothing to do
  }
  return false;
}

function show(open) {
  panel.hidden = !open;
  toggle.setAttribute('aria-expanded', String(open));
  remembered(open);
  if (!open) return;
  // Only now: whoever does not look through the window does not pay for it.
  loading ??= loadOwnEngine().then((loaded) => {
    engine = loaded;
    if (ordered !== null) ordered = browserSide(ordered.facts);
    draw();
  }, () => {});
  changed();
}

toggle.addEventListener('click', () => show(panel.hidden));
document.getElementById('xray-close').addEventListener('click', () => {
  show(false);
  toggle.focus();
});

/* the browser's side */

/** The same engine with the same residual policy, beside the widget: to ask it often enough that the time can be told. */
async function loadOwnEngine() {
  if (page.engine === null) return null;
  const [{ loadEngine }, response] = await Promise.all([
    import(page.engine),
    fetch(`/tresen/v1/checkout/${encodeURIComponent(page.checkout.session)}`, { headers: { authorization: `Bearer ${widget.getAttribute('public-key')}` } }),
  ]);
  if (!response.ok) return null;
  const opened = await response.json();
  const policy = Uint8Array.from(atob(opened.residual), (character) => character.charCodeAt(0));
  return { engine: await loadEngine({ policy }), today: opened.today };
}

const ROUNDS = 200;

/** All that the browser reckons with: from the session, from the page, from what was typed. */
const factsNow = () => ({ ...page.facts, ...widget.facts, ...widget.selection?.facts });

function browserSide(facts = factsNow()) {
  // Until the engine is there, the methods stand without reasons.
  if (engine === null || !engine.engine.set(facts, engine.today)) return { facts, methods: widget.methods?.() ?? [], micros: null };
  const start = performance.now();
  for (let round = 0; round < ROUNDS; round += 1) engine.engine.decide(engine.today);
  const micros = ((performance.now() - start) * 1000) / ROUNDS;
  return { facts, methods: engine.engine.decision().methods, micros };
}

/* drawing */

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

const amount = (money) => new Intl.NumberFormat(page.tag, { style: 'currency', currency: money.currency }).format(money.minor / 100);
const isMoney = (value) => typeof value === 'object' && value !== null && 'minor' in value;
const written = (value) => (isMoney(value) ? amount(value) : Array.isArray(value) ? value.join(', ') : String(value));
const short = (hash) => (hash ? `${hash.slice(0, 12)}…` : '–');
const number = (value, digits) => new Intl.NumberFormat(page.tag, { maximumFractionDigits: digits }).format(value);

const rows = (pairs) => element('dl', {}, ...pairs.flatMap(([term, text, mark]) => [element('dt', {}, term), element('dd', mark ? { class: 'is-false' } : {}, text)]));

const methodRow = (method) =>
  element('li', { class: `is-${method.state}` }, element('b', {}, page.methods[method.kind] ?? method.id), element('span', {}, `${words[method.state]} `, element('code', {}, reasonText(method))));

const reasonText = (method) => [...(method.reasons ?? []).map((reason) => (reason.rule ? `${reason.code} (${reason.rule})` : reason.code)), ...(method.missing ?? [])].join(', ');

const factRows = (facts, truth) => rows(Object.keys(facts).sort().map((name) => [name, written(facts[name]), truth !== null && name in truth && written(truth[name]) !== written(facts[name])]));

function draw() {
  if (panel.hidden) return;
  const left = ordered ?? browserSide();
  const server = record?.decision ?? null;
  const column = (title, ...content) => element('div', {}, element('h3', {}, title), ...content);
  const browser = column(
    words.browser,
    rows([
      [words.policy, short(page.checkout.policy_hash)],
      [words.residual, short(page.checkout.residual_hash)],
      [words.class, words.hidden],
      [words.time, left.micros === null ? '–' : `${number(left.micros, 2)} ${words.micros}`],
    ]),
    element('h4', {}, words.method),
    element('ul', {}, ...left.methods.map(methodRow)),
    element('h4', {}, words.facts),
    factRows(left.facts, record?.facts ?? null),
  );
  both.replaceChildren(verdict(left, server), browser, server === null ? column(words.server, element('p', {}, words.down)) : column(words.server, ...serverSide(server)));
}

/** What the service says of the record that the widget sent with the order. */
const agreement = { true: words.sameAnswer, false: words.otherAnswer };

function serverSide(decision) {
  const { risk, exposure } = decision;
  return [
    rows([
      [words.policy, short(record.policy_hash)],
      [words.residual, short(record.residual_hash)],
      [words.factsHash, short(record.facts_hash)],
      [words.outcome, record.outcome === null ? words.pending : `${words[record.outcome] ?? record.outcome}${refused ? `: ${refused.join(', ')}` : ''}`],
      [words.browserAnswer, agreement[record.browser_agrees] ?? '–', record.browser_agrees === false],
      [words.class, [risk.class, decision.value_class].filter(Boolean).join(' · ') || '–'],
      [words.points, risk.points === null ? '–' : `${risk.points}${risk.scorecard ? ` (${risk.scorecard})` : ''}`],
      [words.probability, risk.default_probability_ppm === null ? '–' : `${number(risk.default_probability_ppm / 10000, 2)} %${risk.basis === 'assumed' ? ` (${words.assumed})` : ''}`],
      [words.exposure, exposure.limit === null ? '–' : `${amount(exposure.limit)}, ${amount(exposure.available)}`],
      [words.time, typeof record.elapsed_micros === 'number' ? `${number(record.elapsed_micros, 1)} ${words.micros}` : '–'],
    ]),
    element('h4', {}, words.method),
    element('ul', {}, ...decision.methods.map(methodRow)),
    element('h4', {}, words.facts),
    factRows(record.facts ?? {}, null),
  ];
}

/** Whether both would offer the same: states only, since the browser is told fewer reasons on purpose. */
function verdict(left, server) {
  if (server === null) return '';
  const state = (methods) => methods.map((method) => `${method.id}:${method.state}`).sort().join();
  const same = state(left.methods) === state(server.methods);
  return element('p', { class: `xray__verdict${same ? '' : ' xray__verdict--differ'}`, role: 'status' }, same ? words.agree : words.differ);
}

/* events */

/** What the service would say now, asked after every change while the panel is open. The last question asked wins. */
let asked = 0;
async function askService() {
  if (panel.hidden || ordered !== null) return;
  asked += 1;
  const question = asked;
  const response = await fetch('/api/xray', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ facts: factsNow() }) });
  if (question !== asked) return;
  record = response.ok ? await response.json() : null;
  refused = null;
  draw();
}

const changed = () => {
  draw();
  askService();
};

document.addEventListener('shop-answer', async (event) => {
  const { decision_id: id, outcome, reasons } = event.detail;
  if (!id) return;
  asked += 1;
  if (honest !== null) setHonest();
  refused = outcome === 'refused' ? reasons.map((reason) => reason.code) : null;
  const response = await fetch(`/api/xray/${encodeURIComponent(id)}`);
  record = response.ok ? await response.json() : null;
  draw();
});
widget.addEventListener('tresen-submit', () => {
  ordered = browserSide();
});
for (const name of ['tresen-ready', 'tresen-change', 'tresen-select']) widget.addEventListener(name, changed);
document.addEventListener('shop-facts', () => {
  ordered = null;
  if (honest !== null) setHonest();
  changed();
});

/* cheating */

function fortyYearsAgo() {
  const date = new Date();
  return `${date.getFullYear() - 40}-01-15`;
}

function setHonest() {
  honest = null;
  cheat.setAttribute('aria-pressed', 'false');
  cheat.textContent = words.cheat;
  document.getElementById('cheat-text').textContent = words.cheatText;
}

cheat.addEventListener('click', () => {
  ordered = null;
  if (honest !== null) {
    widget.facts = honest;
    setHonest();
    return changed();
  }
  honest = widget.facts;
  widget.facts = {
    ...factsNow(),
    'cart.total': { minor: 2500, currency: 'EUR' },
    'shipping.same_as_billing': true,
    'shipping.country': page.facts['billing.country'],
    'customer.birth_date': fortyYearsAgo(),
  };
  cheat.setAttribute('aria-pressed', 'true');
  cheat.textContent = words.honest;
  document.getElementById('cheat-text').textContent = words.cheated;
  return changed();
});

if (remembered()) show(true);
