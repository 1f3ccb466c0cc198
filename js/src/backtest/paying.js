// How orders on credit were paid in the end.

import { Sum, ppm, rounded, millionths } from './sum.js';

export class Paying {
  #paid = { on_time: 0, late: 0, unpaid: 0 };
  #lost = new Sum();

  /**
   * Counts an order if it says how it was paid and was on credit.
   *
   * @param {import('./order.js').Order} order @param {boolean | undefined} onCredit @param {number} total
   */
  add({ outcome }, onCredit, total) {
    if (outcome === null || onCredit !== true) return;
    const { paid, lost } = outcome;
    this.#paid[paid] += 1;
    if (paid !== 'on_time') this.#lost.add(lost ?? (paid === 'unpaid' ? total : 0));
  }

  /** The figures, or null if no order says how it was paid. @param {(minor: bigint) => object} money */
  observed(money) {
    const { on_time, late, unpaid } = this.#paid;
    const orders = on_time + late + unpaid;
    return orders === 0 ? null : { orders, on_time, late, unpaid, unpaid_ppm: ppm(unpaid, orders), lost: money(rounded(millionths(this.#lost))) };
  }
}
