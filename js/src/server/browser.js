// What of an answer of `confirm` a page may get. The answer carries the whole decision, with the customer's class and the names of the merchant's
// rules: that is for the shop's own people.

/** Reasons that name only what the shopper has in hand: this cart, these addresses, their own account with the shop. */
const SAID = new Set([
  'account.overdue', 'address.changed_recently', 'address.differs', 'amount.maximum', 'amount.minimum', 'channel.not_served', 'country.not_served',
  'customer.company_only', 'customer.consumer_only', 'customer.minor', 'delivery.method', 'exposure.exceeded', 'goods.excluded',
]);

/**
 * The answer as `respondWith` of the element takes it.
 *
 * @param {object} answer
 * @param {{ total: { minor: number, currency: string } }} [cart] the one that was confirmed: a page that has reckoned with another total takes this one over
 */
export function forBrowser(answer, cart) {
  if (answer.outcome === 'confirmed') {
    const { outcome, receivable, plan, payment, access } = answer;
    return { outcome, receivable, plan, payment, ...(access && { access }) };
  }
  const methods = answer.decision?.methods.map(({ id, state, reasons, change }) => ({
    id,
    state,
    reasons: reasons.map(({ code }) => ({ code: SAID.has(code) ? code : 'general' })),
    change,
  }));
  return { outcome: 'refused', ...(methods && { decision: { methods } }), ...(cart && { total: cart.total }) };
}
