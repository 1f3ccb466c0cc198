// Generated from src/core/facts.toml by `cargo run -p tresen-tests --bin generate`; do not edit.

import { amount, country, count, dayIn, finish, list, put, text, whole } from './slots.js';

/** The names of the catalogue's facts, by their numbers */
export const NAMES = ['cart.total', 'cart.item_count', 'cart.categories', 'cart.digital_only', 'customer.kind', 'customer.birth_date', 'billing.country', 'billing.region', 'shipping.country', 'shipping.same_as_billing', 'shipping.method', 'order.origin_channel', 'order.expected_delivery', 'customer.signed_in', 'customer.known', 'customer.since', 'history.orders_paid', 'history.paid_on_time', 'history.paid_total', 'history.dunning_level_max', 'history.declines_30_days', 'history.orders_7_days', 'history.amount_7_days', 'history.address_changed_on', 'account.open_balance', 'account.overdue_balance', 'account.overdue_count', 'account.overdue_days_max', 'shop.providers', 'customer.age', 'customer.tenure_days', 'history.address_age_days', 'account.exposure_after', 'history.amount_7_days_after', 'risk.class', 'risk.points', 'value.class'];

const LOWEST = -99999;
const C4 = new Map([['consumer', 0], ['company', 1]]);
const C7 = new Map([['BB', 0], ['BE', 1], ['BW', 2], ['BY', 3], ['HB', 4], ['HE', 5], ['HH', 6], ['MV', 7], ['NI', 8], ['NW', 9], ['RP', 10], ['SH', 11], ['SL', 12], ['SN', 13], ['ST', 14], ['TH', 15]]);
const C10 = new Map([['home', 0], ['pickup_point', 1], ['parcel_locker', 2], ['store', 3]]);
const C11 = new Map([['web_shop', 0], ['app', 1], ['instagram', 2], ['facebook', 3], ['tiktok', 4], ['pinterest', 5], ['whatsapp', 6], ['marketplace', 7], ['telephone', 8], ['point_of_sale', 9], ['other', 10]]);

/**
 * Writes facts into the slots; false if one of them is not as the catalogue says, and then nothing is written.
 *
 * @param {Record<string, any>} f
 * @param {import('./slots.js').Slots} s
 */
export function writeFacts(f, s) {
  if (typeof f !== 'object' || f === null || Array.isArray(f)) return false;
  const { scratch: d, policy } = s;
  const { currency } = policy;
  let [seen, p0, p1, p2, p3] = [0, 0, 0, 0, 0];
  let v;
  s.used = 0;
  s.unknown = null;
  if ((v = f['cart.total']) !== undefined) {
    if (!amount(v, currency, 0, 9007199254740991)) return false;
    put(d, 0, v.minor);
    p0 |= 1;
    seen += 1;
  }
  if ((v = f['cart.item_count']) !== undefined) {
    if (!whole(v, 0, 100000)) return false;
    put(d, 1, v);
    p0 |= 2;
    seen += 1;
  }
  if ((v = f['cart.categories']) !== undefined) {
    if ((v = list(v, s)) < 0) return false;
    put(d, 2, v);
    p0 |= 4;
    seen += 1;
  }
  if ((v = f['cart.digital_only']) !== undefined) {
    if (v !== true && v !== false) return false;
    put(d, 3, +v);
    p0 |= 8;
    seen += 1;
  }
  if ((v = f['customer.kind']) !== undefined) {
    if ((v = C4.get(v)) === undefined) return false;
    put(d, 4, v);
    p0 |= 16;
    seen += 1;
  }
  if ((v = f['customer.birth_date']) !== undefined) {
    if (!((v = dayIn(v)) > LOWEST) || !(s.youngest >= v && v >= s.oldest)) return false;
    put(d, 5, v);
    p0 |= 32;
    seen += 1;
  }
  if ((v = f['billing.country']) !== undefined) {
    if ((v = country(v)) < 0) return false;
    put(d, 6, v);
    p0 |= 64;
    seen += 1;
  }
  if ((v = f['billing.region']) !== undefined) {
    if ((v = C7.get(v)) === undefined) return false;
    put(d, 7, v);
    p0 |= 128;
    seen += 1;
  }
  if ((v = f['shipping.country']) !== undefined) {
    if ((v = country(v)) < 0) return false;
    put(d, 8, v);
    p0 |= 256;
    seen += 1;
  }
  if ((v = f['shipping.same_as_billing']) !== undefined) {
    if (v !== true && v !== false) return false;
    put(d, 9, +v);
    p0 |= 512;
    seen += 1;
  }
  if ((v = f['shipping.method']) !== undefined) {
    if ((v = C10.get(v)) === undefined) return false;
    put(d, 10, v);
    p0 |= 1024;
    seen += 1;
  }
  if ((v = f['order.origin_channel']) !== undefined) {
    if ((v = C11.get(v)) === undefined) return false;
    put(d, 11, v);
    p0 |= 2048;
    seen += 1;
  }
  if ((v = f['order.expected_delivery']) !== undefined) {
    if (!((v = dayIn(v)) > LOWEST)) return false;
    put(d, 12, v);
    p0 |= 4096;
    seen += 1;
  }
  if (!policy.residual) {
    if ((v = f['customer.signed_in']) !== undefined) {
      if (v !== true && v !== false) return false;
      put(d, 13, +v);
      p0 |= 8192;
      seen += 1;
    }
    if ((v = f['customer.known']) !== undefined) {
      if (v !== true && v !== false) return false;
      put(d, 14, +v);
      p0 |= 16384;
      seen += 1;
    }
    if ((v = f['customer.since']) !== undefined) {
      if (!((v = dayIn(v)) > LOWEST)) return false;
      put(d, 15, v);
      p0 |= 32768;
      seen += 1;
    }
    if ((v = f['history.orders_paid']) !== undefined) {
      if (!whole(v, 0, 1000000)) return false;
      put(d, 16, v);
      p0 |= 65536;
      seen += 1;
    }
    if ((v = f['history.paid_on_time']) !== undefined) {
      if (!whole(v, 0, 1000000)) return false;
      put(d, 17, v);
      p0 |= 131072;
      seen += 1;
    }
    if ((v = f['history.paid_total']) !== undefined) {
      if (!amount(v, currency, 0, 9007199254740991)) return false;
      put(d, 18, v.minor);
      p0 |= 262144;
      seen += 1;
    }
    if ((v = f['history.dunning_level_max']) !== undefined) {
      if (!whole(v, 0, 9)) return false;
      put(d, 19, v);
      p0 |= 524288;
      seen += 1;
    }
    if ((v = f['history.declines_30_days']) !== undefined) {
      if (!whole(v, 0, 1000000)) return false;
      put(d, 20, v);
      p0 |= 1048576;
      seen += 1;
    }
    if ((v = f['history.orders_7_days']) !== undefined) {
      if (!whole(v, 0, 1000000)) return false;
      put(d, 21, v);
      p0 |= 2097152;
      seen += 1;
    }
    if ((v = f['history.amount_7_days']) !== undefined) {
      if (!amount(v, currency, 0, 9007199254740991)) return false;
      put(d, 22, v.minor);
      p0 |= 4194304;
      seen += 1;
    }
    if ((v = f['history.address_changed_on']) !== undefined) {
      if (!((v = dayIn(v)) > LOWEST)) return false;
      put(d, 23, v);
      p0 |= 8388608;
      seen += 1;
    }
    if ((v = f['account.open_balance']) !== undefined) {
      if (!amount(v, currency, 0, 9007199254740991)) return false;
      put(d, 24, v.minor);
      p0 |= 16777216;
      seen += 1;
    }
    if ((v = f['account.overdue_balance']) !== undefined) {
      if (!amount(v, currency, 0, 9007199254740991)) return false;
      put(d, 25, v.minor);
      p0 |= 33554432;
      seen += 1;
    }
    if ((v = f['account.overdue_count']) !== undefined) {
      if (!whole(v, 0, 1000000)) return false;
      put(d, 26, v);
      p0 |= 67108864;
      seen += 1;
    }
    if ((v = f['account.overdue_days_max']) !== undefined) {
      if (!whole(v, 0, 100000)) return false;
      put(d, 27, v);
      p0 |= 134217728;
      seen += 1;
    }
    if ((v = f['shop.providers']) !== undefined) {
      if ((v = list(v, s)) < 0) return false;
      put(d, 28, v);
      p0 |= 268435456;
      seen += 1;
    }
  }
  for (const { index, name, kind, client } of policy.custom) {
    if ((v = f[name]) === undefined) continue;
    if (!client && policy.residual) return false;
    if (kind === 'boolean') {
      if (v !== true && v !== false) return false;
      put(d, index, +v);
    } else if (kind === 'integer') {
      if (!whole(v, -9007199254740991, 9007199254740991)) return false;
      put(d, index, v);
    } else if (kind === 'amount') {
      if (!amount(v, currency, -9007199254740991, 9007199254740991)) return false;
      put(d, index, v.minor);
    } else {
      const n = kind === 'date' ? dayIn(v) : kind === 'text' ? text(v, s) : list(v, s);
      if (n < LOWEST) return false;
      put(d, index, n);
    }
    // Custom facts start at 96, the fourth word.
    p3 |= 1 << (index & 31);
    seen += 1;
  }
  if (count(f) !== seen) return false;
  finish(s, p0, p1, p2, p3);
  return true;
}
