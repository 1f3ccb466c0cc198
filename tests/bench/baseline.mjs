// examples/policies/de-own-invoice.json as a developer would write it by hand: one function, no policy, no reasons, no due
// dates. The bench checks first that it agrees with the engine on every order.

const TODAY = '2026-11-21';
const YOUNGEST_ADULT = '2008-11-21';
const THIRTY_DAYS_AGO = '2026-10-22';
const SOCIAL = new Set(['instagram', 'facebook', 'tiktok', 'pinterest', 'whatsapp']);
const [WITHHELD, INCOMPLETE, OFFERED] = [0, 1, 2];

/** Two bits a method from the lowest up, in the policy's order. */
export function decide(facts) {
  const total = facts['cart.total']?.minor;
  const onTime = facts['history.paid_on_time'];
  const declines = facts['history.declines_30_days'];
  const overdue = facts['account.overdue_count'];
  const moved = facts['history.address_changed_on'];
  const birth = facts['customer.birth_date'];
  const company = facts['customer.kind'] === 'company';
  const german = facts['billing.country'] === 'DE';

  const elsewhere = moved !== undefined && moved > THIRTY_DAYS_AGO && moved <= TODAY && facts['shipping.same_as_billing'] === false;
  const often = facts['history.orders_7_days'] >= 3;
  const week = (facts['history.amount_7_days']?.minor ?? 0) + total;
  let risk = 2;
  if (facts['customer.known'] === true && onTime >= 3 && (overdue === undefined || overdue === 0)) risk = 0;
  else if (declines === undefined || declines < 2) risk = 1;
  if (elsewhere || (often && week > 40_000)) risk = 2;

  let exposure = 30_000;
  if (onTime >= 12) exposure = 200_000;
  else if (onTime >= 5) exposure = 100_000;
  else if (onTime >= 2) exposure = 50_000;
  const available = Math.max(0, exposure - (facts['account.open_balance']?.minor ?? 0));

  const credit =
    !(birth !== undefined && birth > YOUNGEST_ADULT) &&
    !(overdue > 0) &&
    !(declines >= 4) &&
    !(often && week > 80_000) &&
    !facts['cart.categories']?.includes('gift_card') &&
    total !== undefined &&
    total <= available;
  const toldOrNot = birth === undefined ? INCOMPLETE : OFFERED;
  const provider = facts['shop.providers']?.includes('sandbox') ?? false;

  let limit = 25_000;
  if (risk === 2) limit = 10_000;
  else if (SOCIAL.has(facts['order.origin_channel'])) limit = 15_000;
  else if (risk === 0) limit = 100_000;
  else if (facts['history.paid_total']?.minor >= 100_000) limit = 50_000;

  const invoice = credit && !elsewhere && !company && german && total >= 1_000 && total <= limit ? toldOrNot : WITHHELD;
  const payLater = credit && !elsewhere && !company && risk !== 2 && german && total >= 2_000 && total <= 15_000 ? toldOrNot : WITHHELD;
  const instalments = credit && !elsewhere && !company && risk === 0 && german && total >= 6_000 && total <= 80_000 ? toldOrNot : WITHHELD;
  const debit = credit && provider && total <= (risk === 0 ? 100_000 : risk === 2 ? 10_000 : 30_000) ? OFFERED : WITHHELD;
  const online = provider ? OFFERED : WITHHELD;
  const forCompanies = credit && !elsewhere && company && german && total >= 1_000 && total <= (risk === 0 ? 200_000 : risk === 2 ? 10_000 : 30_000) ? OFFERED : WITHHELD;
  return invoice | (payLater << 2) | (instalments << 4) | (debit << 6) | (online << 8) | (online << 10) | (OFFERED << 12) | (forCompanies << 14);
}
