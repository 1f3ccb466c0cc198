// The page asks by its address what is to be looked at; tests and screenshots use the same.
const query = new URLSearchParams(location.search);
for (const key of ['theme', 'brand']) if (query.has(key)) document.documentElement.dataset[key] = query.get(key);
const element = document.createElement('tresen-checkout');
const attributes = { session: 'cs_dev', 'public-key': 'pk_test_dev', api: '/tresen', locale: query.get('locale') ?? 'de', 'address-form': query.get('form') ?? 'sie' };
for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
const facts = { 'cart.total': { minor: Number(query.get('total') ?? 16840), currency: 'EUR' }, 'billing.country': 'DE', 'billing.region': 'BE' };
if (query.has('birth')) facts['customer.birth_date'] = query.get('birth');
if (query.has('ship')) facts['shipping.same_as_billing'] = query.get('ship') === '1';
element.facts = facts;
element.names = { paypal: 'PayPal' };
for (const type of ['ready', 'change', 'select', 'submit', 'review', 'unavailable']) {
  document.addEventListener(`tresen-${type}`, (event) => console.log(event.type, JSON.stringify(event.detail).slice(0, 300)));
}
document.addEventListener('tresen-submit', (event) => {
  const due = element.methods().find((method) => method.id === event.detail.method).due_date;
  const receivable = { id: 'rcv_1', due_date: due, amount: event.detail.amount, reference: 'RF03 2026 1184' };
  const refused = { outcome: 'refused', decision: { methods: [{ id: event.detail.method, state: 'withheld', reasons: [{ code: 'account.overdue' }], change: { steps: [{ kind: 'settle_overdue', amount: { minor: 4200, currency: 'EUR' } }] } }] } };
  event.detail.respondWith(query.has('refuse') ? Promise.resolve(refused) : Promise.resolve({ outcome: 'confirmed', receivable }));
});
document.addEventListener('tresen-ready', async () => {
  const root = element.shadowRoot;
  const press = (selector) => root.querySelector(selector)?.click();
  if (query.has('choose')) press(`input[value="${query.get('choose')}"]`);
  const on = root.querySelector('.method.on');
  const typed = (query.get('type') ?? '').split(',').filter(Boolean);
  typed.forEach((value, place) => (on.querySelectorAll('input[type="text"]')[place].value = value));
  if (typed.length === 3) on.querySelector('[data-do="continue"]').click();
  if (query.has('tick')) on.querySelector('[type="checkbox"]').click();
  if (query.has('why')) root.querySelectorAll('.no details').forEach((details) => (details.open = true));
  if (query.has('order')) element.order();
});
document.querySelector('main').append(element);
await import('/dist/element.js');
