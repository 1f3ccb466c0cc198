// The playground: a policy that is being written, one order, and what follows, by the real engine in the real widget. Nothing leaves the page.

import { loadEngine } from './engine.js';
import { showDecision, showProblems } from './playground/decided.js';
import { draft } from './playground/draft.js';
import { say, translate } from './playground/language.js';
import { offsetOf } from './playground/places.js';
import { factsOf, fill, PEOPLE } from './playground/order.js';
import { read, remember } from './playground/share.js';
import { Stand } from './playground/stand.js';

const PAUSE_MS = 120;

translate(document);

const form = document.querySelector('form');
const policy = document.querySelector('#policy');
const [ready, person, language, look] = ['ready', 'person', 'language', 'look'].map((name) => form.elements[name]);
const stand = new Stand(document.querySelector('#counter'), decideAgain);

const policies = await (await fetch(new URL('./playground/policies.json', import.meta.url))).json();
const textOf = (name) => policies.find((one) => one.name === name)?.text;

let engine; // of the policy that stands there
let held = ''; // the same policy, in hexadecimal

const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(new Date());
const bytes = (hexadecimal) => Uint8Array.from(hexadecimal.match(/../g), (pair) => parseInt(pair, 16));

/** The whole decision for facts, by the policy as it stands. */
function decideAgain(facts) {
  engine.set(facts, today);
  engine.decide();
  return engine.decision();
}

async function lookAt() {
  const { facts, problem } = factsOf(form);
  const answer = problem ? { diagnostics: [], problems: [problem], built: null } : await draft(policy.value, { today, facts });
  const error = answer.error && { ...answer.error, severity: 'error', at: '' };
  showProblems(error ? [error] : answer.diagnostics, answer.problems ?? [], (found) => select(found));
  document.querySelector('#facts').textContent = JSON.stringify(facts ?? {}, null, 2);
  const { built } = answer;
  document.body.classList.toggle('stale', !built);
  if (!built) return;
  if (held !== built.policy) {
    engine?.free();
    engine = await loadEngine({ policy: bytes(built.policy), today });
    held = built.policy;
  }
  showDecision(decideAgain(facts));
  stand.known = facts;
  stand.show({ built, facts, today, language: language.value, look: look.value });
}

/** Shows where in the policy something stands. */
function select({ at, message }) {
  const [from, to] = offsetOf(policy.value, at, message);
  policy.focus();
  policy.setSelectionRange(from, to);
  // The line is brought into the middle: a text area scrolls by itself only when something is typed.
  const line = policy.value.slice(0, from).split('\n').length;
  policy.scrollTop = (line - 4) * parseFloat(getComputedStyle(policy).lineHeight);
}

let waiting;
let turn = Promise.resolve();
let heard = 0;

/** What was typed is looked at once it rests, one after the other; the page says up to which change it has followed. */
function changed(event) {
  // What is typed at the counter is the customer's.
  if (event?.target.closest('#counter')) return;
  document.body.dataset.heard = heard += 1;
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const upTo = heard;
    turn = turn.then(lookAt).catch((error) => console.error('playground', error));
    turn.then(() => (document.body.dataset.told = upTo));
    remember({ form, policy: policy.value, ready: textOf(ready.value) === policy.value ? ready.value : null });
  }, PAUSE_MS);
}

ready.append(...policies.map(({ name, title }) => new Option(say(title), name)));
person.append(...Object.keys(PEOPLE).map((name) => new Option(say(name), name)));
ready.addEventListener('change', () => {
  policy.value = textOf(ready.value);
});
person.addEventListener('change', () => fill(form, PEOPLE[person.value]));
for (const [one, other] of [['total', 'slide'], ['slide', 'total']]) form.elements[one].addEventListener('input', () => (form.elements[other].value = form.elements[one].value));
form.addEventListener('input', changed);
form.addEventListener('change', changed);
form.addEventListener('submit', (event) => event.preventDefault());
document.querySelector('#copy').addEventListener('click', async ({ currentTarget }) => {
  const said = document.querySelector('#copied');
  try {
    await navigator.clipboard.writeText(location.href);
    said.textContent = say('The link is copied. Whoever opens it sees the same.');
  } catch {
    said.textContent = say('The link stands in the address bar.');
  }
  currentTarget.focus();
});

const shared = await read();
ready.value = shared?.ready ?? 'de-own-invoice';
policy.value = shared?.policy ?? textOf(ready.value) ?? policies[0].text;
person.value = Object.keys(PEOPLE)[0];
fill(form, shared?.form ?? PEOPLE[person.value]);
changed();
