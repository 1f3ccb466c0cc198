// What a step asks for: its fields, and what is sent of what was typed. What was typed stays when the fields are drawn again.

import { here } from '../account/away.js';
import { make } from './dom.js';

const ADDRESS = { street: 'address-line1', house_number: 'off', postal_code: 'postal-code', city: 'address-level2' };

export class Asked {
  #id;
  #row;
  #birth;
  #about;
  #fields = {};

  /**
   * @param {string} id begins the ids of the fields
   * @param {Record<string, HTMLElement>} row the method's, whose own question for a date of birth is lent out
   * @param {{ words: import('./words.js').Words, country: () => string }} about
   */
  constructor(id, row, about) {
    this.#id = id;
    this.#row = row;
    const [question, why] = row.a.children;
    this.#birth = [question, why];
    this.#about = about;
  }

  /** The fields of a step, as nodes; `needed` says that the service wants to know what the shop mostly knows. */
  of(step, needed) {
    const { words } = this.#about;
    const hint = `${this.#id}-hint`;
    if (step === 'email') return needed ? [this.field('email', { type: 'email', autocomplete: 'email' })] : [];
    if (step === 'phone') {
      const field = this.field('phone', { type: 'tel', autocomplete: 'tel', 'aria-describedby': hint });
      field.firstChild.after(make('p.s soft', { id: hint }, words.text('step.phone.hint')));
      return [field];
    }
    if (step === 'birth_date') return this.#birth;
    if (step === 'address') {
      const [street, number, code, city] = Object.entries(ADDRESS).map(([name, autocomplete]) => this.field(name, { autocomplete }));
      return [make('div.two', {}, street, number), make('div.two after', {}, code, city)];
    }
    return [];
  }

  /** A field with its label; what was typed there before is still there. */
  field(name, attributes) {
    const id = `${this.#id}-${name}`;
    this.#fields[name] ??= make('input.input', { id, ...attributes });
    return make('div', {}, make('label.label', { for: id }, this.#about.words.text(`step.${name}.label`)), this.#fields[name]);
  }

  /** The widget's own question is the widget's again. */
  giveBack() {
    if (!this.#row.a.contains(this.#birth[0])) this.#row.a.prepend(...this.#birth);
  }

  /** What is sent of what was typed; nothing where the widget has found a mistake and said so. */
  read(step) {
    if (step === 'identity') return { return_url: here() };
    if (step === 'address') return { address: { ...Object.fromEntries(Object.keys(ADDRESS).map((name) => [name, this.#typed(name)])), country: this.#about.country() } };
    if (step === 'birth_date') return this.#readBirth();
    const value = this.#typed(step);
    return value ? { [step]: value } : {};
  }

  /** Has the widget look at the date as if it had asked for it: one place knows which dates there are and how to say it. */
  #readBirth() {
    const { g: go, e: mistake } = this.#row;
    go.click();
    const [day, month, year] = [1, 2, 3].map((field) => this.#row[field].value.trim().padStart(2, '0'));
    return mistake.hidden ? { birth_date: `${year}-${month}-${day}` } : undefined;
  }

  #typed(name) {
    return this.#fields[name]?.value.trim() ?? '';
  }
}
