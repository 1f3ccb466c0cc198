// Orders as shops see them, the same ones in every run.

const CHANNELS = ['web_shop', 'app', 'instagram', 'tiktok'];
const CATEGORIES = [['vase'], ['cup', 'linen'], ['gift_card'], []];

/** A small generator with a fixed beginning (Numerical Recipes' constants). */
function chance(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
}

const date = (year, next) => `${year}-${String(1 + next(12)).padStart(2, '0')}-${String(1 + next(28)).padStart(2, '0')}`;

/** @returns {Record<string, unknown>[]} sets of facts */
export function orders(count) {
  const next = chance(20261121);
  const amount = (below) => ({ minor: next(below), currency: 'EUR' });
  return Array.from({ length: count }, () => {
    const facts = {
      'cart.total': { minor: 500 + next(60_000), currency: 'EUR' },
      'cart.item_count': 1 + next(6),
      'cart.categories': CATEGORIES[next(16) % 4],
      'customer.kind': next(10) === 0 ? 'company' : 'consumer',
      'billing.country': next(12) === 0 ? 'AT' : 'DE',
      'shipping.same_as_billing': next(5) > 0,
      'order.origin_channel': CHANNELS[next(4)],
      'shop.providers': ['sandbox'],
    };
    if (next(4) > 0) facts['customer.birth_date'] = date(1945 + next(66), next);
    if (next(3) > 0) {
      facts['customer.known'] = true;
      facts['history.paid_on_time'] = next(15);
      facts['history.paid_total'] = amount(200_000);
      facts['history.orders_7_days'] = next(5);
      facts['history.amount_7_days'] = amount(90_000);
      facts['history.declines_30_days'] = next(10) === 0 ? next(6) : 0;
      facts['account.open_balance'] = amount(40_000);
      facts['account.overdue_count'] = next(12) === 0 ? 1 : 0;
      if (next(3) === 0) facts['history.address_changed_on'] = date(2026, next);
    }
    return facts;
  });
}
