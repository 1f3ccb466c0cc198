// How orders move between the classes of two policies.

import { Sum, shareOf } from './sum.js';

export class Movements {
  #tried;
  #cells; // the old policy's classes in turn, each with all of the new one's

  /** @param {import('./difference.js').Sides<import('./tried.js').Tried>} tried */
  constructor(tried) {
    this.#tried = tried;
    const cell = () => ({ orders: 0, onCredit: { old: 0, new: 0 }, claims: { old: new Sum(), new: new Sum() } });
    this.#cells = tried.old.classes.map(() => tried.new.classes.map(cell));
  }

  /** One order more, which both decided last, with the fee of what is taken under each policy, null if nothing is. */
  add(total, fees) {
    const cell = this.#cells[this.#tried.old.class][this.#tried.new.class];
    cell.orders += 1;
    for (const side of ['old', 'new']) {
      if (fees[side] === null) continue;
      cell.onCredit[side] += 1;
      cell.claims[side].add(total);
      cell.claims[side].add(fees[side]);
    }
  }

  /** How many orders are on credit under each policy. */
  onCredit() {
    const all = (side) => this.#cells.flat().reduce((sum, { onCredit }) => sum + onCredit[side], 0);
    return { old: all('old'), new: all('new') };
  }

  /** What would be owed in each class of each policy. */
  claims() {
    const sum = (cells, side) => cells.reduce((all, { claims }) => all + claims[side].value, 0n);
    return {
      old: this.#cells.map((row) => sum(row, 'old')),
      new: this.#tried.new.classes.map((_, place) => sum(this.#cells.map((row) => row[place]), 'new')),
    };
  }

  /** Null if neither policy has classes. */
  report(all, money) {
    const { old, new: next } = this.#tried;
    if (!old.hasClasses && !next.hasClasses) return null;
    const owed = ({ onCredit, claims }, side) => ({ orders: onCredit[side], amount: money(claims[side].value) });
    const moves = [];
    let moved = 0;
    this.#cells.forEach((row, from) =>
      row.forEach((cell, to) => {
        if (cell.orders === 0) return;
        const ids = [old.classes[from].id, next.classes[to].id];
        if (ids[0] !== ids[1]) moved += cell.orders;
        moves.push({
          class: { old: ids[0] || null, new: ids[1] || null },
          ...shareOf(cell.orders, all),
          on_credit: { old: owed(cell, 'old'), new: owed(cell, 'new') },
        });
      }),
    );
    return { moved: shareOf(moved, all), moves };
  }
}
