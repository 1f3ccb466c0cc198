// The X-ray's other half: why it was decided so, as the person may read it, and a review that somebody at the shop answers.
//
// Like the X-ray itself it is a window into the demo: a shop's own people do this in their back office, with the secret key.

const page = JSON.parse(document.getElementById('page-data').textContent);
const words = page.xray;
const why = document.getElementById('xray-why');
const reviews = document.getElementById('xray-reviews');
const toggle = document.getElementById('xray-toggle');

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/* why */

const section = ({ heading, paragraphs }) =>
  element('section', {}, element('h4', {}, heading), ...paragraphs.flatMap(({ text, items }) => [element('p', {}, text), ...(items.length > 0 ? [element('ul', { class: 'xray__list' }, ...items.map((item) => element('li', {}, item)))] : [])]));

async function explain(decision) {
  const response = await fetch(`/api/why/${encodeURIComponent(decision)}`);
  if (!response.ok) return why.replaceChildren(element('p', {}, words.noWhy));
  const { text, file } = await response.json();
  const download = element('a', { href: `data:application/json,${encodeURIComponent(JSON.stringify(file, null, 2))}`, download: `${decision}.json` }, words.whyFile);
  return why.replaceChildren(element('h3', {}, text.title), ...text.sections.map(section), element('p', {}, download));
}

document.addEventListener('shop-answer', ({ detail }) => {
  if (detail.decision_id) explain(detail.decision_id);
});

/* reviews */

async function answer(review, outcome) {
  const response = await fetch(`/api/review/${encodeURIComponent(review)}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ outcome }) });
  return response.ok ? show() : reviews.append(element('p', { role: 'status' }, words.down));
}

function button(review, outcome, label) {
  const made = element('button', { type: 'button' }, label);
  made.addEventListener('click', () => answer(review, outcome));
  return made;
}

const row = ({ review, method, state, message, answer: given }) =>
  element(
    'li',
    {},
    element('b', {}, `${page.names[method] ?? page.methods[method] ?? method}: ${words.reviewStates[state]}`),
    element('span', {}, given?.words ?? message ?? ''),
    ...(state === 'open' ? [element('span', {}, button(review, 'upheld', words.uphold), ' ', button(review, 'changed', words.change))] : []),
  );

async function show() {
  if (toggle.getAttribute('aria-expanded') !== 'true') return;
  const response = await fetch('/api/reviews');
  const found = response.ok ? (await response.json()).reviews : [];
  reviews.replaceChildren(element('h3', {}, words.reviews), found.length === 0 ? element('p', {}, words.noReviews) : element('ul', { class: 'xray__list' }, ...found.map(row)));
}

toggle.addEventListener('click', () => queueMicrotask(show));
document.getElementById('checkout').addEventListener('tresen-change', show);
document.getElementById('xray-refresh').addEventListener('click', show);
