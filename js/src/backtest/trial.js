// One policy, tried on the orders of the past: src/wire/backtest/trial.rs again.

import { Paying } from './paying.js';
import { Sum, millionths, rounded, roundedParts, shareOf } from './sum.js';
import { EIGHTS, WITHHELD } from './tried.js';

/** The place of the lowest bit. */
export const lowest = (bits) => 31 - Math.clz32(bits & -bits);

export class Trial {
  #tried;
  #orders = 0;
  #waiting = 0; // none is offered on credit, though one would be if the shopper told what is missing
  #methods;
  #classes;
  #valueClasses;
  #earned = new Sum();
  #earnedShares = new Sum(); // in millionths
  #withMargin = 0;
  #paying = { onCredit: new Paying(), other: new Paying() };
  #outcomesNotOnCredit = 0;

  /** @param {import('./tried.js').Tried} tried */
  constructor(tried) {
    this.#tried = tried;
    this.#methods = tried.methods.map((_, place) => ({ states: [0, 0, 0], reasons: tried.reasons(place).map((reason) => ({ ...reason, orders: 0 })) }));
    this.#classes = tried.classes.map(() => ({ orders: 0, onCredit: 0, claims: new Sum(), paying: new Paying() }));
    this.#valueClasses = tried.valueClasses.map(() => ({ orders: 0, onCredit: 0 }));
  }

  /** One order more, which was decided last. @param {import('./order.js').Order} order @param {number} total */
  add(order, total) {
    const tried = this.#tried;
    const taken = tried.taken();
    const wasOnCredit = tried.wasOnCredit(order);
    this.#orders += 1;
    for (let place = 0; place < this.#methods.length; place += 1) {
      const { states, reasons } = this.#methods[place];
      const state = tried.state(place);
      states[state] += 1;
      if (state !== WITHHELD) continue;
      for (let eight = 0; eight < EIGHTS; eight += 1) {
        for (let bits = tried.because(place, eight); bits !== 0; bits &= bits - 1) reasons[eight * 8 + lowest(bits)].orders += 1;
      }
    }
    const ofClass = this.#classes[tried.class];
    ofClass.orders += 1;
    ofClass.paying.add(order, wasOnCredit, total);
    const valueClass = this.#valueClasses[tried.valueClass];
    if (valueClass) valueClass.orders += 1;
    this.#paying[taken < 0 ? 'other' : 'onCredit'].add(order, wasOnCredit, total);
    if (order.outcome && wasOnCredit !== true) this.#outcomesNotOnCredit += 1;
    if (taken < 0) {
      if (tried.taken(true) >= 0) this.#waiting += 1;
      return;
    }
    ofClass.onCredit += 1;
    ofClass.claims.add(total);
    ofClass.claims.add(tried.fee(taken));
    if (valueClass) valueClass.onCredit += 1;
    this.#earn(order.margin, total);
  }

  #earn(margin, total) {
    if (margin === null) return;
    if (margin.ppm === undefined) this.#earned.add(margin.minor);
    else this.#earnedShares.addProduct(total, margin.ppm);
    this.#withMargin += 1;
  }

  /** @param {(minor: bigint) => object} money */
  report(money) {
    const { classes, hasClasses } = this.#tried;
    const all = this.#orders;
    const losses = roundedParts(this.#classes.map(({ claims }, place) => claims.value * BigInt(classes[place].ppm)));
    const onCredit = this.#classes.reduce((sum, found) => sum + found.onCredit, 0);
    const amount = this.#classes.reduce((sum, { claims }) => sum + claims.value, 0n);
    const margin = { orders: this.#withMargin, amount: money(rounded(millionths(this.#earned) + this.#earnedShares.value)) };
    return {
      orders: all,
      on_credit: {
        ...shareOf(onCredit, all),
        amount: money(amount),
        expected_loss: hasClasses ? money(losses.whole) : null,
        margin: this.#withMargin > 0 ? margin : null,
        observed: this.#paying.onCredit.observed(money),
      },
      not_on_credit: { ...shareOf(all - onCredit, all), observed: this.#paying.other.observed(money) },
      incomplete_on_credit: shareOf(this.#waiting, all),
      outcomes_not_on_credit: this.#outcomesNotOnCredit,
      methods: this.#methods.map((method, place) => this.#method(method, place)),
      classes: this.#classes.map(({ orders, onCredit: number, claims, paying }, place) => ({
        id: hasClasses ? classes[place].id : null,
        ...shareOf(orders, all),
        default_probability_ppm: hasClasses ? classes[place].ppm : null,
        basis: hasClasses ? (classes[place].ownData ? 'own_data' : 'assumed') : null,
        on_credit: number,
        amount: money(claims.value),
        expected_loss: hasClasses ? money(losses.parts[place]) : null,
        observed: paying.observed(money),
      })),
      value_classes: this.#valueClasses.map(({ orders, onCredit: number }, place) => ({
        id: this.#tried.valueClasses[place],
        ...shareOf(orders, all),
        on_credit: number,
      })),
    };
  }

  #method({ states: [withheld, incomplete, offered], reasons }, place) {
    const { id, kind } = this.#tried.methods[place];
    const all = this.#orders;
    const found = reasons.filter(({ orders }) => orders > 0).sort((one, other) => other.orders - one.orders);
    return {
      id,
      kind,
      offered: shareOf(offered, all),
      incomplete: shareOf(incomplete, all),
      withheld: shareOf(withheld, all),
      reasons: found.map(({ code, rule, orders }) => ({ code, rule, ...shareOf(orders, all) })),
    };
  }
}
