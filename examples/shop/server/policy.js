// The policy of this shop: the ready-made German one, which bears its name, a credit bureau for those who are new here, a step-up, more time to
// pay than is free, and direct debits for what is owed.

/**
 * Whoever has debts elsewhere buys nothing on account, and about whom no answer comes is treated as in class C. Whoever once had to be reminded
 * confirms their e-mail address for an invoice above 100 EUR.
 */
export const ofThisShop = (policy) => ({
  ...policy,
  // Who signs for a direct debit is told of it five days before; the shop hands it to its bank. Behind a pay link the shop's name leads to this shop.
  merchant: { ...policy.merchant, debit_notice_days: 5, pay_page: { ...policy.merchant.pay_page, home: '/' } },
  settlement: { ...policy.settlement, methods: [{ id: 'card', provider: 'sandbox' }, { id: 'sepa_debit', provider: 'sepa' }] },
  bureau: { adapter: 'sandbox', name: 'Auskunft Muster', timeout_ms: 600, valid_days: 1, legal_basis: 'GDPR Art. 6(1)(f)', fallback_class: 'C' },
  // Sixty days are more than the fifty that a small seller may grant outside of consumer credit: shoppers see what that asks for.
  methods: policy.methods.map((method) => (method.id === 'pay_later' ? { ...method, term: { ...method.term, days: 60 } } : method)),
  rules: [
    ...policy.rules,
    {
      id: 'bureau_negative',
      description: 'The credit bureau knows of debts unpaid for long.',
      when: { fact: 'bureau.negative', operator: 'equal', value: true },
      withhold: 'credit',
      reason: 'risk.class',
    },
    {
      id: 'email_after_reminder',
      description: 'An invoice had to be reminded of; the next reminder should find its way.',
      when: {
        all: [
          { fact: 'history.dunning_level_max', operator: 'greaterThanInclusive', value: 1 },
          { fact: 'account.overdue_count', operator: 'equal', value: 0 },
          { fact: 'cart.total', operator: 'greaterThan', value: '100.00 EUR' },
          { fact: 'customer.confirmed', operator: 'doesNotContain', value: 'email' },
        ],
      },
      withhold: ['invoice'],
      reason: 'identity.unconfirmed',
    },
  ],
});
