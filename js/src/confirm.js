// Steps: what the customer could confirm so that a method comes back, loaded by more.js where a policy asks for steps. Where no step
// changes anything, nothing is shown.

import { steps as textsOf } from '#locales';
import { join } from './element/api.js';
import { Confirmation } from './more/confirmation.js';
import { trial } from './more/trial.js';
import { Words } from './more/words.js';
import { leastSteps } from './steps.js';

/**
 * @param {object} host the element
 * @param {object} page
 * @param {object} checkout the session as the service tells it; what is confirmed becomes part of its facts
 * @param {{ language: string, methods: { id: string, kind: string }[], known: () => Record<string, any>, decide: () => void,
 *   another: () => Promise<import('./element/counter.js').Counter> }} about
 * @returns {Promise<() => void>} what draws
 */
export async function steps(host, page, checkout, { language, methods, known, decide, another }) {
  const [sentences, counter] = await Promise.all([textsOf(language), another()]);
  const words = new Words(sentences, language);
  const engine = trial(counter);
  const possible = checkout.steps.map(({ step }) => step);
  const states = new Map(checkout.steps.map((state) => [state.step, state]));

  const send = async (path, body) => {
    const url = join(host.getAttribute('api'), `checkout/${encodeURIComponent(host.getAttribute('session'))}/steps${path}`);
    const headers = { authorization: `Bearer ${host.getAttribute('public-key')}`, ...(body && { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID?.() ?? `${Date.now()}${Math.random()}` }) };
    const response = await fetch(url, { headers, ...(body && { method: 'POST', body: JSON.stringify(body) }) });
    const answer = await response.json();
    if (!response.ok) throw Object.assign(new Error(`tresen: ${answer.error?.code}`), { code: answer.error?.code, status: response.status });
    return answer;
  };
  const took = ({ facts, ...state }) => {
    states.set(state.step, state);
    Object.assign(checkout.facts, facts);
    // What comes next in the row must be there for the focus, before the step is gone.
    for (const { b: body } of page.places) body?.classList.remove('confirming');
    decide();
  };
  /** A web address; one that begins with a slash lies behind the service's own address. Anything else (a script, say) leads nowhere. */
  const address = (url = '') => {
    const found = new URL(url.startsWith('/') ? `${host.getAttribute('api') || '/tresen'}${url}` : url, location.href);
    return /^https?:$/.test(found.protocol) ? found.href : '#';
  };
  const about = { words, states, send, took, address, country: () => known()['billing.country'] ?? 'DE' };
  const rows = methods.map((_, place) => new Confirmation(place, page, about));
  let [tried, least] = ['', {}];

  return () => {
    const facts = known();
    const key = JSON.stringify(facts);
    if (key !== tried) [tried, least] = [key, leastSteps(engine, facts, checkout.today, possible)];
    rows.forEach((row, place) => {
      const { id, kind } = methods[place];
      row.draw(host.names[id] ?? words.text(`method.${kind}.name`), least[id]);
    });
    const [top] = page.places;
    const told = page.places.some(({ R: apart }) => apart && !apart.hidden);
    if (!told) top.a.hidden = true;
    if (rows.some((row) => row.isOpen)) top.u.hidden = true;
  };
}
