// Two policies, tried on the same orders: src/wire/backtest/difference.rs again.

import { Movements } from './movements.js';
import { Paying } from './paying.js';
import { Sum, roundedParts, shareOf } from './sum.js';
import { lowest } from './trial.js';
import { EIGHTS } from './tried.js';

/**
 * @template T
 * @typedef {{ old: T, new: T }} Sides of both policies
 */

export class Difference {
  #tried;
  #examplesMax;
  #orders = 0;
  #changed = 0;
  #movements;
  #gained = exposure();
  #lost = exposure();
  #methods;
  #examples = [];

  /** @param {Sides<import('./tried.js').Tried>} tried @param {number} examplesMax so many examples are kept */
  constructor(tried, examplesMax) {
    this.#tried = tried;
    this.#examplesMax = examplesMax;
    this.#movements = new Movements(tried);
    const ids = new Set([...tried.old.methods, ...tried.new.methods].map(({ id }) => id));
    this.#methods = [...ids].map((id) => methodOf(tried, id));
  }

  /** One order more, which both decided last. @param {import('./order.js').Order} order @param {number | undefined} total */
  add(order, total) {
    this.#orders += 1;
    let changed = false;
    for (const method of this.#methods) if (this.#count(method)) changed = true;
    if (changed) this.#changed += 1;
    if (changed && this.#examples.length < this.#examplesMax) this.#examples.push(this.#example(order, total));
    this.#addClaims(order, total ?? 0);
  }

  /** Whether a method is offered under one policy only. */
  #count(method) {
    const { old, new: next } = this.#tried;
    const { old: before, new: after } = method.places;
    if (before >= 0) method.states.old[old.state(before)] += 1;
    if (after >= 0) method.states.new[next.state(after)] += 1;
    if (method.alike) this.#countAlike(method);
    else this.#countReasons(method);
    const [was, is] = this.#offered(method);
    if (is && !was) method.gained += 1;
    if (was && !is) method.lost += 1;
    return was !== is;
  }

  #countReasons(method) {
    for (const reason of method.reasons) {
      const [was, is] = this.#holds(method, reason);
      if (is && !was) reason.came += 1;
      if (was && !is) reason.went += 1;
    }
  }

  /** The same where both policies count their reasons alike, as a policy and one with another limit do: eight at once. */
  #countAlike({ places, reasons }) {
    for (let eight = 0; eight < EIGHTS; eight += 1) {
      const [was, is] = [this.#tried.old.because(places.old, eight), this.#tried.new.because(places.new, eight)];
      for (let bits = is & ~was; bits !== 0; bits &= bits - 1) reasons[eight * 8 + lowest(bits)].came += 1;
      for (let bits = was & ~is; bits !== 0; bits &= bits - 1) reasons[eight * 8 + lowest(bits)].went += 1;
    }
  }

  #holds({ places }, { old, new: next }) {
    return [old >= 0 && this.#tried.old.holds(places.old, old), next >= 0 && this.#tried.new.holds(places.new, next)];
  }

  #offered({ places: { old, new: next } }) {
    return [old >= 0 && this.#tried.old.isOffered(old), next >= 0 && this.#tried.new.isOffered(next)];
  }

  #addClaims(order, total) {
    const { old, new: next } = this.#tried;
    const taken = { old: old.taken(), new: next.taken() };
    const fees = { old: taken.old < 0 ? null : old.fee(taken.old), new: taken.new < 0 ? null : next.fee(taken.new) };
    this.#movements.add(total, fees);
    if ((fees.old === null) === (fees.new === null)) return;
    const side = fees.old === null ? this.#gained : this.#lost;
    side.orders += 1;
    side.claims.add(total);
    side.claims.add(fees.old ?? fees.new);
    // What it was bought with, as the old policy knows it, or else the new one.
    side.paying.add(order, old.wasOnCredit(order) ?? next.wasOnCredit(order), total);
  }

  #example(order, total) {
    const { old, new: next } = this.#tried;
    const classOf = (tried) => tried.classes[tried.class].id || null;
    const example = {
      line: order.line,
      total: total === undefined ? null : { minor: total, currency: old.currency },
      class: { old: classOf(old), new: classOf(next) },
      gained: [],
      lost: [],
      reasons: [],
      paid: order.outcome?.paid ?? null,
    };
    for (const method of this.#methods) {
      const [was, is] = this.#offered(method);
      if (was === is) continue;
      example[is ? 'gained' : 'lost'].push(method.id);
      for (const reason of method.reasons) {
        const [held, holds] = this.#holds(method, reason);
        if (held !== holds) example.reasons.push({ method: method.id, code: reason.code, rule: reason.rule, came: holds });
      }
    }
    return example;
  }

  /** @param {(minor: bigint) => object} money */
  report(money) {
    const all = this.#orders;
    const [orders, claims] = [this.#movements.onCredit(), this.#movements.claims()];
    const side = (tried, number, sums) => ({
      ...shareOf(number, all),
      amount: money(sums.reduce((sum, claim) => sum + claim, 0n)),
      expected_loss: tried.hasClasses ? money(roundedParts(sums.map((claim, place) => claim * BigInt(tried.classes[place].ppm))).whole) : null,
    });
    const came = (tally) => ({ orders: tally.orders, amount: money(tally.claims.value), observed: tally.paying.observed(money) });
    const reasons = this.#methods.flatMap(({ id, reasons: tallies }) => tallies.map((reason) => ({ method: id, code: reason.code, rule: reason.rule, came: reason.came, went: reason.went })));
    return {
      orders: all,
      changed: shareOf(this.#changed, all),
      on_credit: {
        old: side(this.#tried.old, orders.old, claims.old),
        new: side(this.#tried.new, orders.new, claims.new),
        gained: came(this.#gained),
        lost: came(this.#lost),
      },
      classes: this.#movements.report(all, money),
      methods: this.#methods.map(({ id, places, states, gained, lost }) => ({
        id,
        old: places.old < 0 ? null : counted(states.old),
        new: places.new < 0 ? null : counted(states.new),
        gained,
        lost,
      })),
      reasons: reasons.filter(({ came: more, went }) => more + went > 0).sort((one, other) => other.came + other.went - one.came - one.went),
      examples: this.#examples,
    };
  }
}

const exposure = () => ({ orders: 0, claims: new Sum(), paying: new Paying() });

const counted = (states) => ({ offered: states[2], incomplete: states[1], withheld: states[0] });

/** A method that at least one of the policies has. */
function methodOf(tried, id) {
  const placeIn = ({ methods }) => methods.findIndex((method) => method.id === id);
  const places = { old: placeIn(tried.old), new: placeIn(tried.new) };
  const reasons = reasonsOf(tried, places);
  const alike = reasons.length > 0 && reasons.every((reason, number) => reason.old === number && reason.new === number);
  return { id, places, states: { old: [0, 0, 0], new: [0, 0, 0] }, gained: 0, lost: 0, reasons, alike };
}

/** The reasons that either policy can have against a method that both have, by their numbers in each; one is the same in both if code and rule are. */
function reasonsOf(tried, places) {
  if (places.old < 0 || places.new < 0) return [];
  const tally = ({ code, rule }) => ({ code, rule, old: -1, new: -1, came: 0, went: 0 });
  const reasons = tried.old.reasons(places.old).map((reason, number) => ({ ...tally(reason), old: number }));
  tried.new.reasons(places.new).forEach((reason, number) => {
    let known = reasons.find(({ code, rule }) => code === reason.code && rule === reason.rule);
    if (!known) reasons.push((known = tally(reason)));
    known.new = number;
  });
  return reasons;
}
