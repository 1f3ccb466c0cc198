// Paying at one time, but so late or at such a cost that it is consumer credit: what it comes to, all about the credit, what is agreed to.
//
// The widget knows the method as a free deferral and draws it so; where the service says that it is credit, this stands in its row, and the text
// that is agreed to is another one. Where it is credit no longer, the widget's own text is back.

import { agreement } from './agreement.js';
import { make, note } from './dom.js';
import { inform, warned } from './information.js';
import { schedule } from './schedule.js';
import { say } from '../element/page.js';

export class Deferral {
  id;
  #row;
  #about;
  #plan; // what it comes to, while it is credit
  #shown = ''; // the plan that was shown last
  #agreed; // what the box says, while it is credit
  #widgets = new Map(); // what the widget had written, by the letter of its place
  #box = make('div.box');
  #told;
  #panel;

  /**
   * @param {{ id: string, consent: string | null }} method
   * @param {number} place
   * @param {object} page the elements of the counter by place and letter
   * @param {import('./rows.js').About} about
   */
  constructor({ id, consent }, place, page, about) {
    this.id = id;
    this.#row = page.places[place + 1];
    this.#about = about;
    this.#told = warned(about.words, () => this.#inform());
    this.#panel = make('div.stack', { hidden: '' }, this.#box, this.#told.node);
    if (consent) this.#row.c.before(this.#panel);
    else this.#row.b.append(this.#panel);
  }

  /** Writes down what it comes to; `state` and `fee` are those of the method. */
  draw({ state, fee }, facts, today) {
    const { words, plans, credit } = this.#about;
    const told = credit(this.id);
    const isCredit = told?.regime === 'consumer_credit' && state !== 'withheld';
    const { 'cart.total': total, 'order.expected_delivery': delivery, 'billing.region': region, 'billing.country': country } = facts;
    this.#plan = isCredit ? plans.deferral(this.id, { total, fee, today, delivery, region, country }) : null;
    this.#row.i.disabled = isCredit && !this.#plan;
    if (this.#row.i.disabled) say(this.#row.l, words.text('plan.no_date'));
    this.#panel.hidden = !this.#plan || state !== 'offered';
    this.#told.tell(told?.disclosures);
    this.#drawPlan();
    if (this.#row.c) this.#drawText();
  }

  /** What goes with the order: its place, version and text of what is agreed to, while the box is ticked. */
  agreed([place, ...asked]) {
    if (!this.#row.x?.checked) return [place, '', ''];
    return this.#agreed ? [place, this.#agreed.version, `${this.#agreed.text}\n${this.#agreed.terms}`] : [place, ...asked];
  }

  #drawPlan() {
    const shown = this.#plan ? JSON.stringify(this.#plan) : '';
    if (shown === this.#shown) return;
    this.#shown = shown;
    const { words, merchant, bureau } = this.#about;
    this.#untick();
    this.#agreed = this.#plan ? agreement(words, 'deferral', this.#plan, merchant, bureau) : undefined;
    if (!this.#plan) return;
    this.#box.replaceChildren(schedule(words, this.#plan, words.text('plan.payment')));
    if (!this.#plan.cost.minor) this.#box.prepend(make('p.s', {}, words.text('plan.free')));
  }

  /** A tick for another text is taken back and asked for again. */
  #untick() {
    const { x: box, z: mistake } = this.#row;
    if (!box?.checked) return;
    box.checked = false;
    note(mistake, this.#about.words.text('consent.changed'));
  }

  /** Puts the text about the credit where the widget's own stands, or that back. */
  #drawText() {
    const texts = { y: this.#agreed?.text, v: this.#agreed?.title, w: this.#agreed?.terms };
    for (const [letter, text] of Object.entries(texts)) {
      const place = this.#row[letter];
      const { own, theirs } = this.#widgets.get(letter) ?? {};
      // What stands there and was not written here is the widget's.
      const kept = own && place.firstChild === own ? theirs : [...place.childNodes];
      if (text) {
        say(place, text, letter === 'w');
        this.#widgets.set(letter, { own: place.firstChild, theirs: kept });
      } else if (own) {
        place.replaceChildren(...kept);
        this.#widgets.delete(letter);
      }
    }
  }

  #inform() {
    const { words, merchant, advice, lang } = this.#about;
    inform(this.#panel, words, { plan: this.#plan, merchant, advice }, lang);
  }
}
