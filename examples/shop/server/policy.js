// The policy of this shop: the ready-made German one, which bears its name, and a credit bureau for those who are new here.

/** Whoever has debts elsewhere buys nothing on account; about whom no answer comes is treated as in class C. */
export const withBureau = (policy) => ({
  ...policy,
  bureau: { adapter: 'sandbox', name: 'Auskunft Muster', timeout_ms: 600, valid_days: 1, legal_basis: 'GDPR Art. 6(1)(f)', fallback_class: 'C' },
  rules: [
    ...policy.rules,
    {
      id: 'bureau_negative',
      description: 'The credit bureau knows of debts unpaid for long.',
      when: { fact: 'bureau.negative', operator: 'equal', value: true },
      withhold: 'credit',
      reason: 'risk.class',
    },
  ],
});
