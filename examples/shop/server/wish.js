// What the browser asks for when it orders: taken apart and checked before anything is done with it.

import { Refusal } from './http.js';

const text = (value, length) => typeof value === 'string' && value !== '' && value.length <= length;
const isMoney = (value) => Number.isSafeInteger(value?.minor) && value.minor >= 0 && typeof value.currency === 'string' && /^[A-Z]{3}$/.test(value.currency);
const isDate = (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
const isPlan = (value) =>
  text(value?.annual_rate_percent, 16) && Array.isArray(value.instalments) && value.instalments.length <= 60 && value.instalments.every((rate) => isDate(rate?.due_date) && isMoney(rate.amount));
const isConsent = (value) => text(value?.id, 64) && text(value.version, 32) && text(value.text_hash, 64) && text(value.accepted_at, 40);

export function readWish(body) {
  const { method, amount, facts = {}, consents = [], account = null, plan = null, browser_record: record = null } = body;
  if (!text(method, 64)) throw wrong('method');
  if (!isMoney(amount)) throw wrong('amount');
  if (typeof facts !== 'object' || facts === null) throw wrong('facts');
  if (!Array.isArray(consents) || consents.length > 8 || !consents.every(isConsent)) throw wrong('consents');
  if (account !== null && !(text(account.iban, 42) && text(account.holder, 120))) throw wrong('account');
  if (plan !== null && !isPlan(plan)) throw wrong('plan');
  if (record !== null && !text(record, 16384)) throw wrong('browser_record');
  return {
    method,
    amount: { minor: amount.minor, currency: amount.currency },
    facts,
    consents: consents.map(({ id, version, text_hash, accepted_at }) => ({ id, version, text_hash, accepted_at })),
    account: account && { iban: account.iban, holder: account.holder },
    plan: plan && {
      instalments: plan.instalments.map(({ due_date, amount: rate }) => ({ due_date, amount: { minor: rate.minor, currency: rate.currency } })),
      annual_rate_percent: plan.annual_rate_percent,
    },
    browser_record: record,
  };
}

const wrong = (name) => new Refusal(400, 'order.malformed', `\`${name}\` is missing or malformed`);
