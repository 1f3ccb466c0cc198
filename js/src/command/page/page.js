// The page of `tresen dev`: what a shop's own page does, in as few lines as it takes.

const form = document.querySelector('form');
const hint = document.querySelector('tresen-hint');
const log = document.querySelector('#log');

const post = async (path, value) => {
  const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) });
  if (!response.ok) throw new Error((await response.json()).error.code);
  return response.json();
};

const asked = () => {
  const { person, total, language } = Object.fromEntries(new FormData(form));
  const [locale, address_form = 'sie'] = language.split(' ');
  return { person, total: Number(total), locale, address_form, back: location.origin + location.pathname };
};

/** Opens a session with the shop's server and puts the element for it into the page. */
async function open() {
  const wish = asked();
  const { session, public_key, facts } = await post('/api/session', wish);
  const element = document.createElement('tresen-checkout');
  const attributes = { session, 'public-key': public_key, api: '/tresen', locale: wish.locale, 'address-form': wish.address_form };
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.facts = facts;
  const order = async (detail) => {
    const answer = await post('/api/order', { session, total: wish.total, ...detail });
    if (answer.paylink) await show(answer.paylink, wish);
    return answer;
  };
  element.addEventListener('tresen-submit', ({ detail }) => detail.respondWith(order(detail)));
  document.querySelector('#place').replaceChildren(element);
}

/** What the customer sees from now on, until it is paid. */
async function show({ token, url }, { locale, address_form }) {
  const element = document.createElement('tresen-account');
  for (const [name, value] of Object.entries({ token, api: '/tresen', locale, 'address-form': address_form })) element.setAttribute(name, value);
  document.querySelector('#account').replaceChildren(element);
  document.querySelector('#paylink').href = url;
  document.querySelector('#owed').hidden = false;
  await import('/tresen/dist/account.js');
}

/** The hint needs no session, and follows the amount at once. */
function follow() {
  const { total, locale, address_form } = asked();
  for (const [name, value] of Object.entries({ amount: total, locale, 'address-form': address_form })) hint.setAttribute(name, value);
}

for (const type of ['ready', 'change', 'select', 'submit', 'review', 'unavailable', 'account']) {
  document.addEventListener(`tresen-${type}`, ({ detail }) => {
    const line = document.createElement('li');
    line.textContent = `tresen-${type} ${JSON.stringify(detail).slice(0, 400)}`;
    log.prepend(line);
  });
}

const { references, currency, public_key } = await (await fetch('/api/world')).json();
form.elements.person.append(...references.map((reference) => new Option(reference)));
hint.setAttribute('currency', currency);
hint.setAttribute('public-key', public_key);
form.addEventListener('input', follow);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  open();
});
follow();
await open();
