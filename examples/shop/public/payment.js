// Between the page and the widget: the shop's side of `<tresen-checkout>`, as a merchant would write it.

const page = JSON.parse(document.getElementById('page-data').textContent);
const widget = document.getElementById('checkout');
const safe = document.getElementById('safe');

async function post(path, body) {
  const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.error.code), { code: answer.error.code, answer });
  return answer;
}

/** What needs no decision: shown when nothing else can be. */
function showSafe() {
  safe.hidden = false;
  widget.hidden = true;
}

widget.names = page.names;
widget.addEventListener('tresen-unavailable', showSafe);

widget.addEventListener('tresen-submit', (event) => {
  event.detail.respondWith(order(event.detail));
});

async function order({ method, amount, facts, consents, account, plan, browser_record }) {
  const answer = await post('/api/order', { method, amount, facts, consents, account, plan, browser_record });
  document.dispatchEvent(new CustomEvent('shop-answer', { detail: answer }));
  if (answer.outcome === 'confirmed') finish(answer);
  else setFacts(answer.facts);
  return answer;
}

function finish(answer) {
  // With a payment the widget goes on to the provider's page by itself.
  if (answer.payment) return;
  document.body.classList.add('is-done');
  document.getElementById('pay-title').textContent = page.thanks;
  document.getElementById('pay-step').textContent = answer.order_text;
  document.title = `${answer.order_text} · Kiesel & Lein`;
  document.querySelector('[data-count]').textContent = '0';
  // The same page, under the address where it can be found again: from there a payment provider leads back to it, in whichever browser.
  window.history.replaceState(null, '', answer.address);
  return showTransfer(answer.order);
}

/** Whoever wants to pay now, or to remember the day, finds the transfer below. Without an answer the page says the rest. */
async function showTransfer(order) {
  const response = await fetch(`/api/transfer/${encodeURIComponent(order)}`).catch(() => null);
  const words = response?.ok ? await response.json() : null;
  if (words === null) return;
  const section = document.getElementById('transfer-section');
  for (const place of section.querySelectorAll('[data-transfer]')) place.textContent = words[place.dataset.transfer];
  const code = section.querySelector('svg');
  code.setAttribute('viewBox', `0 0 ${words.code?.side ?? 1} ${words.code?.side ?? 1}`);
  code.firstElementChild.setAttribute('d', words.code?.path ?? '');
  code.toggleAttribute('hidden', words.code === null);
  const day = section.querySelector('.transfer__day');
  day.href = words.calendar ?? '';
  day.hidden = words.calendar === null;
  section.hidden = false;
}

/** The cart on the server first, then the widget: it never sees a cart that the server does not have. */
async function setQuantity(sku, quantity) {
  const answer = await post('/api/cart', { sku, quantity });
  if (answer.count === 0) return window.location.assign('/cart');
  for (const row of document.querySelectorAll('[data-line]')) {
    const line = answer.lines[row.dataset.line];
    if (!line) {
      moveFocusFrom(row);
      row.remove();
      continue;
    }
    row.querySelector('[data-line-sum]').textContent = line.sum;
    row.querySelector('[data-line-quantity]').textContent = line.quantity;
    for (const button of row.querySelectorAll('[data-step]')) button.value = line.quantity + Number(button.dataset.step);
  }
  for (const [name, text] of Object.entries(answer.sums)) {
    for (const place of document.querySelectorAll(`[data-sum="${name}"]`)) place.textContent = text;
  }
  const count = document.querySelector('[data-count]');
  count.textContent = answer.count;
  count.setAttribute('aria-label', answer.count_text);
  setFacts(answer.facts);
  document.dispatchEvent(new CustomEvent('shop-facts'));
}

/** What the shop knows is handed over whole; what the shopper typed stays in the widget. */
let known = page.facts;
function setFacts(facts) {
  known = { ...known, ...facts };
  widget.facts = known;
}

function moveFocusFrom(row) {
  if (!row.contains(document.activeElement)) return;
  const next = row.nextElementSibling ?? row.previousElementSibling;
  next?.querySelector('button')?.focus();
}

let queue = Promise.resolve();
/** One change after the other, so that quick clicks add up; where a change fails, the page tells the truth again. */
const inTurn = (change) => {
  queue = queue.then(change).catch(() => window.location.reload());
};

document.getElementById('summary').addEventListener('click', (event) => {
  const button = event.target.closest('[data-step]');
  if (!button) return;
  event.preventDefault();
  const row = button.closest('[data-line]');
  inTurn(() => setQuantity(row.dataset.line, Number(row.querySelector('[data-line-quantity]').textContent) + Number(button.dataset.step)));
});

document.getElementById('deliver')?.form.addEventListener('submit', (event) => {
  event.preventDefault();
  const { form } = event.submitter;
  inTurn(async () => {
    const answer = await post('/api/deliver', { to: form.elements.to.value });
    form.elements.to.value = answer.to;
    event.submitter.textContent = answer.label;
    const place = document.querySelector('[data-delivered-to]');
    place.replaceChildren(...answer.place.flatMap((line, index) => (index === 0 ? [line] : [document.createElement('br'), line])));
    setFacts(answer.facts);
    document.dispatchEvent(new CustomEvent('shop-facts'));
  });
});

const toggle = document.getElementById('summary-toggle');
toggle.hidden = false;
toggle.setAttribute('aria-expanded', 'false');
toggle.addEventListener('click', () => toggle.setAttribute('aria-expanded', String(toggle.getAttribute('aria-expanded') !== 'true')));

import(page.element).catch(showSafe);
