// A counter of its own on the shop's page, for a session that the test has opened.

import { readFileSync } from 'node:fs';

/** Puts it in the place of the one that is there; what is submitted is kept as `window.submitted`, and nothing is ordered. */
export const stand = (page, attributes) =>
  page.evaluate((given) => {
    const first = document.querySelector('tresen-checkout');
    const second = document.createElement('tresen-checkout');
    for (const name of ['public-key', 'api']) second.setAttribute(name, first.getAttribute(name));
    for (const [name, value] of Object.entries(given)) second.setAttribute(name, value);
    delete window.submitted;
    second.addEventListener('tresen-submit', (event) => {
      event.stopPropagation();
      const { method, amount, facts, consents, plan } = event.detail;
      window.submitted = { method, amount, facts, consents, plan };
      event.detail.respondWith(new Promise(() => {}));
    });
    first.replaceWith(second);
  }, attributes);

/** The shop's policy, in which invoice above 100.00 wants something confirmed; several things where several are named. */
export function confirming(...steps) {
  const own = JSON.parse(readFileSync(new URL('../../../examples/policies/de-own-invoice.json', import.meta.url), 'utf8'));
  const rule = {
    id: 'unconfirmed',
    when: {
      all: [
        { fact: 'cart.total', operator: 'greaterThan', value: '100.00 EUR' },
        { any: [{ fact: 'customer.confirmed', operator: 'isMissing' }, ...steps.map((step) => ({ fact: 'customer.confirmed', operator: 'doesNotContain', value: step }))] },
      ],
    },
    withhold: ['invoice'],
    reason: 'identity.unconfirmed',
  };
  return { ...own, rules: [...own.rules, rule] };
}
