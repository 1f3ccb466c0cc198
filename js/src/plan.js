// The plans of instalments that an order may have, without a service: `import { loadPlans } from 'tresen/plan'`.
//
// All that is reckoned is reckoned by the core (src/checkout/plan.rs), which the service asks too: what stands here is where numbers lie.

import { CATALOGUE } from './catalogue.js';
import { NO_DATE, dayOf, isoOf } from './engine/dates.js';
import { sellsIn } from './engine/market.js';
import { NAMES, namesOf } from './engine/names.js';
import { maker, moduleOf } from './module.js';

/** @type {Promise<() => Promise<object>> | null} */
let loading = null;

// What an offer costs, by its first letter in a compiled policy, as the module knows it.
const CHARGES = { '': 0, f: 1, r: 2 };

const REGIONS = CATALOGUE.find(([name]) => name === 'billing.region')[5];

const READERS = {
  ...NAMES,
  i({ offers }, [place, ...fields]) {
    const list = [];
    for (let at = 0; at < fields.length; at += 3) {
      const [rates, minimum, charge] = fields.slice(at, at + 3);
      list.push({ rates: +rates, minimum: +minimum, charge: CHARGES[charge.slice(0, 1)], cost: +charge.slice(1) });
    }
    offers.set(+place, list);
  },
};

/** Letters as one number, the first in the highest byte. */
const code = (letters) => [...letters].reduce((number, letter) => number * 256 + letter.charCodeAt(0), 0);

/** A rate in percent, with two decimals, or four where it has more. */
function percent(ppm) {
  const digits = `${ppm}`.padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4).replace(/00$/, '')}`;
}

/** The plans of one policy. */
export class Plans {
  #module;
  #policy;
  #market;
  #knowsHolidays;

  /**
   * @param {object} module the exports of an instance
   * @param {Uint8Array} bytes a compiled policy
   */
  constructor(module, bytes) {
    this.#module = module;
    this.#policy = namesOf(bytes, READERS, { offers: new Map() });
    ({ market: this.#market, knowsHolidays: this.#knowsHolidays } = sellsIn(bytes));
  }

  /** Country code of the policy's market */
  get market() {
    return this.#market;
  }

  /**
   * The plans that an order may have, in the policy's order; none for a method without plans, or for what is no total or no day.
   *
   * @param {string} method its id
   * @param {{ total: { minor: number, currency: string }, today: string, region?: string, country?: string }} order the facts `cart.total`,
   *   `billing.region` and `billing.country`
   */
  of(method, { total, today, region, country }) {
    const { methods, offers, currency } = this.#policy;
    const place = methods.findIndex(({ id }) => id === method);
    const minor = total?.currency === currency && Number.isSafeInteger(total.minor) ? total.minor : -1;
    const day = dayOf(today);
    const first = day + (methods[place]?.term?.days ?? 0);
    const where = this.#where(region, country);
    const made = (offers.get(place) ?? []).map((offer) => offer.minimum <= minor && this.#plan(offer, minor, day, first, where));
    return made.filter(Boolean);
  }

  /**
   * What a deferral comes to, as a plan of one rate; null where its day is not known, or for what is no total or no day.
   *
   * @param {string} method its id
   * @param {{ total: { minor: number, currency: string }, fee?: { minor: number }, today: string, delivery?: string, region?: string, country?: string }} order
   *   the facts `cart.total`, `order.expected_delivery`, `billing.region` and `billing.country`
   */
  deferral(method, { total, fee, today, delivery, region, country }) {
    const { methods, currency } = this.#policy;
    const term = methods.find(({ id }) => id === method)?.term;
    const minor = total?.currency === currency && Number.isSafeInteger(total.minor) ? total.minor : -1;
    const start = dayOf(today);
    const from = term?.from === 'delivery' ? dayOf(delivery) : start;
    if (!term || from === NO_DATE) return null;
    const cost = fee?.minor ?? 0;
    return this.#plan({ rates: 1, charge: cost ? CHARGES.f : CHARGES[''], cost }, minor, start, from + term.days, this.#where(region, country));
  }

  /**
   * An amount as a language writes it, in the way that legal texts and their hashes rest on: it never depends on the browser.
   *
   * @param {{ minor: number, currency: string }} amount of the policy's currency
   * @param {string} language such as `de`
   */
  amountText({ minor }, language) {
    const { currency, digits } = this.#policy;
    return this.#write(minor, digits, code(currency), language);
  }

  /**
   * A number of percent, such as `9.48`, as a language writes it, without its sign.
   *
   * @param {string} plain
   * @param {string} language
   */
  percentText(plain, language) {
    const [whole, decimals] = plain.split('.');
    return this.#write(+(whole + decimals), decimals.length, 0, language);
  }

  #plan({ rates, charge, cost }, principal, start, first, where) {
    const { plan, memory } = this.#module;
    const at = plan(principal, start, first, rates, charge, cost, ...where);
    const [count, annualRate, ...numbers] = new Float64Array(memory.buffer, at, 2 + 3 * rates);
    if (!count) return null;
    const { currency } = this.#policy;
    const money = (minor) => ({ minor, currency });
    const instalments = Array.from({ length: count }, (_, place) => {
      const [due, amount, own] = numbers.slice(3 * place);
      return { due_date: isoOf(due), amount: money(amount), principal: money(amount - own), cost: money(own) };
    });
    const sum = (of) => instalments.reduce((all, one) => all + one[of].minor, 0);
    return {
      rates,
      interest_percent: percent(charge === CHARGES.r ? cost : 0),
      instalments,
      total: money(sum('amount')),
      cost: money(sum('amount') - principal),
      annual_rate_percent: percent(annualRate * 100),
    };
  }

  /** Whose holidays move a due date, as the module is told. */
  #where(region, country) {
    return [code(this.#market), this.#knowsHolidays, code(country ?? ''), REGIONS.indexOf(region)];
  }

  #write(number, digits, currency, language) {
    const { write, memory } = this.#module;
    const at = write(number, digits, currency, code(language.slice(0, 2)));
    const octets = new Uint8Array(memory.buffer);
    return new TextDecoder().decode(octets.subarray(at, octets.indexOf(0, at)));
  }
}

/**
 * Loads the module, once a page, for the plans of a compiled policy.
 *
 * @param {{ policy: Uint8Array, wasm?: import('./engine.js').Source }} options `wasm` is the module itself, for hosts that cannot fetch what lies beside
 *   this file
 * @returns {Promise<Plans>}
 */
export async function loadPlans({ policy, wasm }) {
  loading ??= maker(
    () => moduleOf(wasm ?? new URL('./plan.wasm', import.meta.url)),
    () => import('#dist/plan.fallback.js'),
  );
  try {
    return new Plans(await (await loading)(), policy);
  } catch (error) {
    // A failed start must not stick: the next call tries again.
    loading = null;
    throw error;
  }
}
