// Orders of the past, made up, and the same ones for everybody: a shop that used to deliver on invoice to all, and knows how it ended.

const DAY_MS = 86_400_000;
const PRICES = [1600, 3400, 3900, 4250, 5800, 8900, 12900, 16800, 69000]; // the shop's own
const CATEGORIES = ['living', 'kitchen', 'textile'];
const CHANNELS = ['web_shop', 'web_shop', 'web_shop', 'app', 'instagram', 'tiktok'];

/** A small generator with a fixed beginning (Numerical Recipes' constants): a whole number from 0 to below the bound. */
function chance(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
}

/** How many of a thousand do not pay, and pay late: those least whom the shop knows best. */
const WILL = { regular: [4, 60], known: [15, 110], stranger: [30, 150], declined: [75, 260] };

/**
 * @param {number} count
 * @param {string} today the orders are of the year before it
 * @returns {import('tresen/backtest').PastOrder[]}
 */
export function madeUp(count, today) {
  const next = chance(20261121);
  const end = Date.parse(`${today}T00:00:00Z`);
  const dayBefore = (days) => new Date(end - days * DAY_MS).toISOString().slice(0, 10);
  const euros = (minor) => ({ minor, currency: 'EUR' });
  const total = () => Array.from({ length: 1 + Math.min(next(3), next(5)) }, () => PRICES[Math.min(next(9), next(9))] * (1 + next(2))).reduce((sum, price) => sum + price, 490);
  return Array.from({ length: count }, () => {
    const facts = {
      'cart.total': euros(total()),
      'cart.categories': [next(40) === 0 ? 'gift_card' : CATEGORIES[next(3)]],
      'customer.kind': next(14) === 0 ? 'company' : 'consumer',
      'billing.country': next(15) === 0 ? 'AT' : 'DE',
      'shipping.same_as_billing': next(6) > 0,
      'order.origin_channel': CHANNELS[next(6)],
      'shop.providers': ['sandbox'],
      'customer.birth_date': `${1948 + next(58)}-${String(1 + next(12)).padStart(2, '0')}-${String(1 + next(28)).padStart(2, '0')}`,
    };
    const ago = next(365);
    const isKnown = next(5) < 2;
    let will = 'stranger';
    if (isKnown) {
      const onTime = next(9);
      Object.assign(facts, {
        'customer.known': true,
        'history.paid_on_time': onTime,
        'history.paid_total': euros(onTime * (4000 + next(12_000))),
        'account.open_balance': euros(next(4) === 0 ? next(30_000) : 0),
        'account.overdue_count': next(25) === 0 ? 1 : 0,
        'history.declines_30_days': next(14) === 0 ? 1 + next(4) : 0,
      });
      will = facts['history.declines_30_days'] > 1 ? 'declined' : onTime > 2 ? 'regular' : 'known';
    } else {
      facts['history.declines_30_days'] = next(20) === 0 ? 2 + next(3) : 0;
      if (facts['history.declines_30_days'] > 1) will = 'declined';
    }
    const [unpaid, late] = WILL[will];
    const fate = next(1000);
    return { today: dayBefore(ago), facts, outcome: { method: 'invoice', paid: fate < unpaid ? 'unpaid' : fate < unpaid + late ? 'late' : 'on_time' } };
  });
}
