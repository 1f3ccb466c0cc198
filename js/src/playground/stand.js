// The counter beside the policy: the element as a shop has it, and here in the page what a service would answer it.

import { clientFacts } from './order.js';

const ADDRESS = '/v1/checkout/cs_playground';
const network = globalThis.fetch;

let session = null;

const json = (value, status = 200) => new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } });

// What the element asks of a service is answered here and goes nowhere; its own files come from where they lie.
globalThis.fetch = async (input, init) => {
  const url = String(input);
  if (url.endsWith(ADDRESS)) return json(session);
  if (url.endsWith('/v1/reviews')) return json({ review: 'rev_playground' }, 201);
  return network(input, init);
};

const base64 = (hexadecimal) => btoa(hexadecimal.replace(/../g, (pair) => String.fromCharCode(parseInt(pair, 16))));

const LOOKS = {
  plain: {},
  atelier: { font: 'Georgia, "Iowan Old Style", "Palatino Linotype", serif', radius: '0px', accent: '#7a1f4b', 'accent-hover': '#5f1539', 'accent-soft': '#f8eef2', 'accent-line': '#dfb9c9' },
  round: { radius: '24px', accent: '#3b4cca', 'accent-hover': '#2f3da6', 'accent-soft': '#eef0ff', 'accent-line': '#c3c9f5' },
};
const THEMES = { atelier: 'light', round: 'light', dark: 'dark' };

export class Stand {
  #place;
  #decide;
  #element;
  #shown;

  /** @param {HTMLElement} place @param {(facts: object) => object} decide the whole decision, as a service makes it */
  constructor(place, decide) {
    this.#place = place;
    this.#decide = decide;
    import('../element.js');
  }

  /** A new element where there is another session; else the one that is there hears what is new, as in a shop. */
  show({ built, facts, today, language, look }) {
    const [locale, form = 'sie'] = language.split(' ');
    const wanted = JSON.stringify([built, language, look]);
    const told = clientFacts(facts);
    if (this.#shown === wanted) {
      this.#element.facts = told;
      return;
    }
    this.#shown = wanted;
    const credit = built.credit;
    session = {
      session: 'cs_playground',
      residual: base64(built.residual),
      settled_residual: built.settled && base64(built.settled.residual),
      settle_amount: built.settled?.amount ?? null,
      today,
      locale,
      address_form: form,
      merchant: { name: built.merchant, ...(built.creditor_id && { creditor_id: built.creditor_id }) },
      facts: {},
      steps: [],
      credit,
      reviews: [],
      has_more: Object.values(credit).some(({ regime, plans }) => plans?.length || regime === 'consumer_credit'),
      fallback: [],
    };
    this.#element = this.#made(told, locale, form, look);
    this.#place.replaceChildren(this.#element);
  }

  #made(facts, locale, form, look) {
    const element = document.createElement('tresen-checkout');
    for (const [name, value] of Object.entries({ session: 'cs_playground', 'public-key': 'pk_test_playground', locale, 'address-form': form })) element.setAttribute(name, value);
    if (THEMES[look]) element.dataset.theme = THEMES[look];
    element.facts = facts;
    element.appearance = LOOKS[look] ?? {};
    element.addEventListener('tresen-submit', ({ detail }) => detail.respondWith(this.#answer(detail)));
    return element;
  }

  /** What a service would say to the order: it decides by the whole policy. */
  #answer({ method, amount, facts }) {
    this.#shown = null; // whatever comes next is another order
    const decision = this.#decide({ ...this.#known, ...facts });
    const found = decision.methods.find(({ id }) => id === method);
    if (found.state !== 'offered') return { outcome: 'refused', decision };
    return { outcome: 'confirmed', receivable: { id: 'rcv_playground', due_date: found.due_date, amount, reference: 'RF18PLAY' }, payment: null };
  }

  /** All facts of the order as it stands. */
  set known(facts) {
    this.#known = facts;
  }

  #known = {};
}
