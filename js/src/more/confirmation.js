// The row of a method that a customer can bring back by confirming something: what, why, and the one thing to do next.
//
// The widget hides a method that is withheld; here its row stands in its place all the same, for there is a way. What is confirmed is
// the service's affair: its answer is taken over and decided on anew.

import { make, note } from './dom.js';
import { icon, say } from '../element/page.js';

const POLL_MS = 3000;
const ADDRESS = ['street', 'house_number', 'postal_code', 'city'];
const AUTOCOMPLETE = { street: 'address-line1', house_number: 'off', postal_code: 'postal-code', city: 'address-level2' };

const message = (kind, role, sign) => make(kind, { role, hidden: '' }, icon(sign), make('div'));

export class Confirmation {
  #row;
  #id;
  #about;
  #step; // the one that is asked for now
  #drawn; // what stands in the panel
  #panel = make('div.stack step');
  #tag = make('span.tag');
  #mistake = message('div.note', 'status', 'info');
  #form = make('div.stack');
  #busy = false;
  #timer;

  /**
   * @param {number} place
   * @param {object} page
   * @param {{ words: import('./words.js').Words, send: Function, took: Function, address: (url?: string) => string, country: () => string }} about `send` asks the service, `took` decides on
   *   its answer
   */
  constructor(place, page, about) {
    this.#row = page.places[place + 1];
    this.#id = `step${place}`;
    this.#about = about;
    this.#row.t.after(this.#tag);
    this.#tag.hidden = true;
    // Enter in a field means this step and not the order.
    this.#panel.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.target.localName !== 'input') return;
      event.preventDefault();
      this.#form.querySelector('button')?.click();
    });
  }

  /** Whether this row is open: then there is nothing to order yet. */
  get isOpen() {
    return !!this.#step && this.#row.i.checked;
  }

  /** Shows the row with the first of the steps that bring the method back, as far as it is; without steps it is the widget's again. */
  draw(name, steps, states) {
    const { words } = this.#about;
    const { r: root, b: body, i: radio, n: heading, l: line, R: apart } = this.#row;
    this.#step = steps?.[0];
    this.#tag.hidden = !this.#step;
    body.classList.toggle('confirming', !!this.#step);
    if (!this.#step) {
      this.#panel.remove();
      this.#drawn = undefined;
      clearTimeout(this.#timer);
      return;
    }
    root.hidden = radio.disabled = false;
    apart.hidden = true;
    this.#row.t.hidden = true;
    body.hidden = !radio.checked;
    root.classList.toggle('on', radio.checked);
    say(heading, name);
    say(this.#tag, steps.length > 1 ? words.text('step.several', { count: steps.length }) : words.text('step.one'));
    say(line, words.text(`step.${this.#step}.line`));
    if (!this.#panel.isConnected) body.append(this.#panel);
    this.#render(states.get(this.#step) ?? { step: this.#step, state: 'open' });
  }

  /** Draws what there is to do; what stands there already, with what was typed, stays. */
  #render(state) {
    const { words } = this.#about;
    const drawn = JSON.stringify([state.step, state.state, state.sent_to, state.url, state.suggestion, state.needed]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    note(this.#mistake, state.state === 'failed' ? words.text('step.failed') : '');
    this.#form.replaceChildren(...(state.state === 'started' ? this.#started(state) : this.#open(state)));
    this.#panel.replaceChildren(make('p.s soft', {}, words.text('step.why')), this.#mistake, this.#form);
  }

  #open({ step, needed }) {
    const { words, country } = this.#about;
    const begin = (read) => this.#button('btn', `step.${step}.go`, () => this.#ask(`/${step}`, read()));
    const field = (name, attributes) => this.#field(`step.${name}.label`, name, attributes);
    const value = (name) => this.#form.querySelector(`[data-field=${name}]`)?.value.trim();
    if (step === 'email') {
      // The shop knows where the code is to go, mostly; the service says where it does not.
      return [...(needed ? [field('email', { type: 'email', autocomplete: 'email' })] : []), begin(() => (value('email') ? { email: value('email') } : {}))];
    }
    if (step === 'phone') return [field('phone', { type: 'tel', autocomplete: 'tel' }), begin(() => ({ phone: value('phone') }))];
    if (step === 'birth_date') return [field('birth_date', { type: 'date', autocomplete: 'bday' }), begin(() => ({ birth_date: value('birth_date') }))];
    if (step === 'address') {
      const fields = ADDRESS.map((name) => field(name, { autocomplete: AUTOCOMPLETE[name] }));
      return [...fields, begin(() => ({ address: { ...Object.fromEntries(ADDRESS.map((name) => [name, value(name)])), country: country() } }))];
    }
    return [begin(() => ({ return_url: location.href }))];
  }

  #started({ step, sent_to: to, url, suggestion }) {
    const { words } = this.#about;
    const answer = (read) => () => this.#ask(`/${step}/answer`, read());
    const again = (key) => this.#button('link', key, () => this.#render({ step, state: 'open', needed: !to }));
    if (step === 'identity') {
      this.#poll();
      return [make('a.link', { href: this.#about.address(url), target: '_blank', rel: 'noopener' }, words.text('step.identity.open')), make('p.s soft', {}, words.text('step.identity.waiting'))];
    }
    if (suggestion) {
      const { street, house_number: number, postal_code: code, city } = suggestion;
      const address = `${street} ${number}, ${code} ${city}`;
      return [make('p', {}, words.text('step.suggestion', { address })), this.#button('btn', 'step.accept', answer(() => ({ accept: true }))), again('step.address.go')];
    }
    const code = this.#field('step.code', 'code', { autocomplete: 'one-time-code', inputmode: 'numeric', maxlength: 6 });
    const read = () => ({ code: code.querySelector('input').value.replace(/\D/g, '') });
    const resend = step === 'phone' ? again('step.again') : this.#button('link', 'step.again', () => this.#ask(`/${step}`, {}));
    return [make('p.s', { role: 'status' }, ...words.nodes('step.sent', { to: make('span.num', {}, to) })), code, this.#button('btn', 'step.check', answer(read)), resend];
  }

  #field(key, name, attributes) {
    const id = `${this.#id}-${name}`;
    return make('div', {}, make('label.label', { for: id }, this.#about.words.text(key)), make('input.input', { id, 'data-field': name, ...attributes }));
  }

  #button(classes, key, act) {
    const button = make(`button.${classes}`, { type: 'button' }, this.#about.words.text(key));
    button.addEventListener('click', act);
    return button;
  }

  /** Asks the service; what it answers is taken over, and what was wrong is said calmly, with the caret where it is. */
  async #ask(path, body) {
    if (this.#busy) return;
    this.#busy = true;
    const { words, send, took } = this.#about;
    try {
      const state = await send(path, body);
      const left = state.attempts_left;
      took(state);
      if (path.endsWith('/answer') && state.state === 'started' && left) {
        note(this.#mistake, left > 1 ? words.text('step.wrong', { count: left }) : words.text('step.wrong_last'));
        this.#caret();
      } else if (state.state === 'started') this.#caret();
    } catch (error) {
      const missing = error.code === 'step.field_missing';
      if (missing) this.#render({ step: this.#step, state: 'open', needed: true });
      else note(this.#mistake, words.text(error.status === 422 || error.status === 400 ? 'step.problem' : 'step.lost'));
      this.#caret();
    } finally {
      this.#busy = false;
    }
  }

  #caret() {
    const field = this.#form.querySelector('input');
    field?.select();
    (field ?? this.#form.querySelector('button, a'))?.focus();
  }

  /** The identity is checked in another window: what comes of it is asked for until it is known. */
  #poll() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(async () => {
      if (!this.#panel.isConnected) return;
      const list = await this.#about.send('').catch(() => undefined);
      const state = list?.steps.find(({ step }) => step === this.#step);
      if (state && state.state !== 'started') this.#about.took({ ...state, facts: list.facts });
      else this.#poll();
    }, POLL_MS);
  }
}
