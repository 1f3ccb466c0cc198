// Paying in instalments, in the row of its method: how many rates, what they come to, all about the credit, what is agreed to.
//
// Nothing is chosen and nothing is ticked in advance. What was agreed to is the plan that was shown: where it changes, the tick is gone,
// and that is said.

import { agreement } from './agreement.js';
import { make, note } from './dom.js';
import { inform, warned } from './information.js';
import { schedule } from './schedule.js';
import { icon, say } from '../element/page.js';

const warning = (kind, attributes, tag) => make(kind, { ...attributes, hidden: '' }, icon('info'), make(tag));

/** The amount that most rates have. */
function mostCommon(amounts) {
  const times = ({ minor }) => amounts.filter((other) => other.minor === minor).length;
  return amounts.reduce((best, amount) => (times(amount) > times(best) ? amount : best));
}

export class Instalments {
  #method;
  #agrees; // whether the text that is agreed to is that of a plan
  #row;
  #bar;
  #about;
  #plans = [];
  #rates; // how many were chosen
  #shown = ''; // the plan that was shown last
  #agreed; // what the box says of it
  #panel;
  #told;
  #choice;
  #choices = make('div.seg');
  #missing;
  #star = make('p.xs soft');
  #news = warning('div.note', { role: 'status' }, 'div');
  #box = make('div.box');
  #summary = make('p.s', { 'aria-live': 'polite', part: 'summary' });

  /**
   * @param {{ id: string, consent: string | null }} method
   * @param {number} place
   * @param {object} page the elements of the counter by place and letter
   * @param {import('./rows.js').About} about
   */
  constructor({ id: method, consent }, place, page, about) {
    this.#method = method;
    this.#agrees = consent === 'instalments';
    this.#row = page.places[place + 1];
    this.#bar = page.places[0].y;
    this.#about = about;
    const { words } = about;
    const id = `rates${place}`;
    this.#missing = warning('p.error', { id }, 'span');
    this.#choice = make('fieldset', { 'aria-describedby': id }, make('legend.h2', {}, words.text('plan.question')), this.#missing, this.#choices);
    this.#box.hidden = true;
    this.#told = warned(words, () => this.#inform(this.#panel));
    this.#panel = make('div.stack', {}, this.#choice, this.#star, this.#news, this.#box, this.#told.node);
    if (consent) this.#row.c.before(this.#panel);
    else this.#row.b.append(this.#panel);
    this.#bar.after(this.#summary);
    this.#choice.addEventListener('change', ({ target }) => this.#choose(+target.value));
  }

  get id() {
    return this.#method;
  }

  /** The chosen plan, if the order may have it. */
  get #plan() {
    return this.#plans.find(({ rates }) => rates === this.#rates);
  }

  /** Writes down what an order may have; `state` and `missing` are those of the method. */
  draw({ state, missing }, facts, today) {
    const { words, plans } = this.#about;
    const { 'cart.total': total, 'billing.region': region, 'billing.country': country } = facts;
    this.#plans = state === 'withheld' ? [] : plans.of(this.#method, { total, today, region, country });
    this.#row.i.disabled = this.#plans.length === 0;
    this.#panel.hidden = state !== 'offered';
    if (this.#plans.length) {
      const lacking = missing.length ? ` ${words.text(missing.includes('customer.birth_date') ? 'missing.birth_date' : 'missing.other')}` : '';
      say(this.#row.l, words.text('plan.line', { rates: words.either(this.#plans.map(({ rates }) => rates)) }) + lacking);
      this.#drawChoices();
    }
    this.#drawPlan(total);
    const credit = this.#about.credit(this.#method);
    this.#told.tell((credit?.plans?.find(({ rates }) => rates === this.#rates) ?? credit)?.disclosures);
    if (this.#agrees) this.#row.c.hidden = this.#panel.hidden || !this.#plan;
    const chosen = !this.#panel.hidden && this.#row.i.checked && this.#plan;
    this.#bar.hidden = !!chosen;
    say(this.#summary, chosen ? words.text('plan.today', { amount: `\x02${words.amount({ ...total, minor: 0 })}\x02`, date: words.day(chosen.instalments[0].due_date) }) : '');
  }

  /** What goes with the order: its place, version and text of what is agreed to, while the box is ticked, the plan. */
  agreed([place, ...asked]) {
    const plan = this.#panel.hidden ? undefined : this.#plan;
    const { version, text, terms } = this.#agreed ?? {};
    const own = plan && this.#row.x?.checked ? [version, `${text}\n${terms}`] : ['', ''];
    const chosen = plan && { instalments: plan.instalments.map(({ due_date, amount }) => ({ due_date, amount })), annual_rate_percent: plan.annual_rate_percent };
    return [place, ...(this.#agrees ? own : [asked[0], asked[1]]), chosen];
  }

  /** Whether the order can be placed; if not, what is missing is said, with the caret there. */
  get isComplete() {
    const { words } = this.#about;
    note(this.#missing, this.#plan ? '' : words.text('plan.choose'));
    if (!this.#plan) {
      this.#choices.querySelector('input').focus();
      return false;
    }
    const { x: box, z: mistake } = this.#row;
    if (!this.#agrees || box.checked) return true;
    note(mistake, words.text('consent.error'));
    box.setAttribute('aria-invalid', 'true');
    box.focus();
    return false;
  }

  /** The rates as they were agreed to, for what stands there after the order. */
  done(answer) {
    const { words } = this.#about;
    const agreed = words.text('plan.agreed');
    return make('div.sec stack', {}, make('h2.h2', {}, agreed), schedule(words, answer?.plan?.plan ?? this.#plan, agreed));
  }

  #choose(rates) {
    this.#rates = rates;
    note(this.#missing, '');
    note(this.#news, '');
    this.#untick();
    this.#about.redraw();
  }

  /** A tick for another plan is taken back and asked for again. */
  #untick() {
    if (!this.#agrees) return;
    const { x: box, z: mistake } = this.#row;
    note(mistake, box.checked ? this.#about.words.text('consent.changed') : '');
    box.checked = false;
  }

  /** One radio for each plan; those that stay keep their place, and so the focus. */
  #drawChoices() {
    const { words } = this.#about;
    const name = this.#missing.id;
    const labels = new Map(Array.from(this.#choices.children, (label) => [+label.firstChild.value, label]));
    let differs = false;
    const wanted = this.#plans.map(({ rates, instalments }) => {
      const label = labels.get(rates) ?? make('label', {}, make('input', { type: 'radio', name, value: rates }), make('b', {}, `${rates}`), make('small.num'));
      const amount = mostCommon(instalments.map((one) => one.amount));
      const about = instalments.some((one) => one.amount.minor !== amount.minor);
      differs ||= about;
      label.lastChild.textContent = words.text(about ? 'plan.each_about' : 'plan.each', { amount: words.amount(amount) });
      const chosen = rates === this.#rates;
      label.firstChild.checked = chosen;
      label.classList.toggle('on', chosen);
      return label;
    });
    if (wanted.length !== labels.size || wanted.some((label, place) => label !== this.#choices.children[place])) this.#choices.replaceChildren(...wanted);
    this.#star.hidden = !differs;
    this.#star.textContent = words.text('plan.star');
  }

  #drawPlan(total) {
    const plan = this.#plan;
    const shown = plan ? JSON.stringify(plan) : '';
    if (shown === this.#shown) return;
    const { words, merchant } = this.#about;
    const before = this.#shown && JSON.parse(this.#shown).rates;
    // The same number of rates, and another plan: it was the order that changed, or its day.
    if (before && before === this.#rates) {
      this.#untick();
      note(this.#news, words.text('plan.changed'));
    }
    this.#shown = shown;
    this.#box.hidden = !plan;
    if (!plan) {
      this.#rates = undefined;
      return;
    }
    this.#box.replaceChildren(schedule(words, plan, words.text('plan.schedule')));
    if (!plan.cost.minor) this.#box.prepend(make('p.s', {}, words.text('plan.free')));
    if (!this.#agrees) return;
    this.#agreed = agreement(words, 'instalments', plan, merchant, this.#about.bureau);
    const { text, title, terms } = this.#agreed;
    say(this.#row.y, text);
    say(this.#row.v, title);
    say(this.#row.w, terms, true);
  }

  #inform(place) {
    const { words, merchant, advice, lang } = this.#about;
    const plan = this.#plan ?? this.#plans[0];
    inform(place, words, { plan, merchant, advice }, lang);
  }
}
