// What is sold here, and what the shop knows of whoever buys it.

export const total = { minor: 4990, currency: 'EUR' };

export const facts = {
  'cart.total': total,
  'billing.country': 'DE',
  'shipping.country': 'DE',
  'shipping.same_as_billing': true,
  'order.origin_channel': 'web_shop',
  'customer.birth_date': '1985-03-27',
};
