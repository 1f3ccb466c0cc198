// The corrected offer as the shopper may see it: the service's answer carries its whole trace, and that is not for a browser.

/** Reasons that name only what the shopper has in hand: this cart, these addresses, their own account with the shop. */
const SAID = new Set([
  'account.overdue', 'address.changed_recently', 'address.differs', 'amount.maximum', 'amount.minimum', 'channel.not_served', 'country.not_served',
  'customer.company_only', 'customer.consumer_only', 'customer.minor', 'delivery.method', 'exposure.exceeded', 'goods.excluded',
]);

export const forShopper = (decision) => ({
  methods: decision.methods.map(({ id, state, reasons, change }) => ({
    id,
    state,
    reasons: reasons.map(({ code }) => ({ code: SAID.has(code) ? code : 'general' })),
    change,
  })),
});
