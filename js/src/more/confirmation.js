// The row of a method that a customer can bring back by confirming something: what, why, and the one thing to do next.
//
// The widget hides a method that is withheld; here its row stands in its place all the same, for there is a way. What is confirmed is
// the service's affair: its answer is taken over and decided on anew.

import { icon, say } from '../element/page.js';
import { Asked } from './asked.js';
import { make, note } from './dom.js';

const POLL_MS = 3000;

const message = (classes, sign) => make(`div.${classes}`, { role: 'status', hidden: '' }, icon(sign), make('div'));

export class Confirmation {
  #row;
  #about;
  #asked;
  #step; // the one that is asked for now
  #drawn; // what stands in the panel
  #panel = make('div.stack step');
  #tag = make('span.tag');
  #why = make('p.s soft');
  #passed = message('note good', 'check');
  #mistake = message('note', 'info');
  #form = make('div.stack');
  #busy = false;
  #timer;

  /**
   * @param {number} place
   * @param {object} page
   * @param {{ words: import('./words.js').Words, states: Map<string, object>, send: Function, took: Function, address: (url?: string) => string, country: () => string }} about
   *   `states` is how far each step is; `send` asks the service, `took` decides on its answer
   */
  constructor(place, page, about) {
    this.#row = page.places[place + 1];
    this.#about = about;
    this.#asked = new Asked(`step${place}`, this.#row, about);
    this.#row.t.after(this.#tag);
    this.#tag.hidden = true;
    say(this.#why, about.words.text('step.why'));
    this.#panel.append(this.#passed, this.#why, this.#mistake, this.#form);
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
  draw(name, steps) {
    const { words, states } = this.#about;
    const { r: root, b: body, i: radio, n: heading, l: line, R: apart } = this.#row;
    const before = this.#step;
    this.#step = steps?.[0];
    this.#tag.hidden = !this.#step;
    body.classList.toggle('confirming', !!this.#step);
    if (before !== this.#step) note(this.#passed, this.#step && states.get(before)?.state === 'passed' ? words.text('step.passed') : '');
    if (this.#step !== 'birth_date') this.#asked.giveBack();
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
    say(line, this.#whatFor(steps));
    if (!this.#panel.isConnected) body.append(this.#panel);
    this.#render();
  }

  /** What is to be confirmed, in the order in which it is asked for */
  #whatFor([step, ...later]) {
    const { words } = this.#about;
    const what = (one) => words.text(`step.${one}.what`);
    if (!later.length) return words.text(`step.${step}.line`);
    return words.text('step.several.line', { first: what(step), then: later.map((one) => words.text('step.then', { what: what(one) })).join('') });
  }

  /** Draws what there is to do; what stands there already, with what was typed, stays. */
  #render() {
    const { words, states } = this.#about;
    const step = this.#step;
    const state = states.get(step) ?? {};
    // A wrong code takes a try away and nothing that was typed.
    const drawn = JSON.stringify([step, { ...state, attempts_left: 0 }]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    // The question for a date of birth says itself why it is asked.
    this.#why.hidden = step === 'birth_date';
    const failed = step === 'address' ? 'step.address.failed' : 'step.failed';
    note(this.#mistake, state.state === 'failed' ? words.text(failed) : state.expired ? words.text('step.expired') : '');
    this.#form.replaceChildren(...(state.state === 'started' ? this.#started(step, state) : this.#open(step, state)));
  }

  #open(step, { needed }) {
    return [...this.#asked.of(step, needed), this.#button('btn', `step.${step}.go`, () => this.#begin())];
  }

  #started(step, { sent_to: to, url, suggestion }) {
    const { words, address, states } = this.#about;
    const answer = (read) => () => this.#ask(`/${step}/answer`, read());
    const again = (key) =>
      this.#button('link', key, () => {
        states.set(step, {});
        this.#render();
        this.#caret();
      });
    if (step === 'identity') {
      this.#poll();
      return [make('a.btn', { href: address(url), target: '_blank', rel: 'noopener' }, words.text('step.identity.open')), make('p.s soft', {}, words.text('step.identity.waiting'))];
    }
    if (suggestion) {
      const { street, house_number: number, postal_code: code, city } = suggestion;
      const found = make('b', {}, `${street} ${number}, ${code} ${city}`);
      return [make('p', {}, ...words.nodes('step.suggestion', { address: found })), this.#button('btn', 'step.accept', answer(() => ({ accept: true }))), again('step.address.change')];
    }
    const field = this.#asked.field('code', { autocomplete: 'one-time-code', inputmode: 'numeric', maxlength: 6 });
    const code = field.lastChild;
    code.value = '';
    const resend = step === 'phone' ? again('step.again') : this.#button('link', 'step.again', () => this.#begin());
    const read = () => ({ code: code.value.replace(/\D/g, '') });
    return [make('p.s', { role: 'status' }, ...words.nodes('step.sent', { to: make('span.num', {}, to) })), field, this.#button('btn', 'step.check', answer(read)), resend];
  }

  #button(classes, key, act) {
    const button = make(`button.${classes}`, { type: 'button' }, this.#about.words.text(key));
    button.addEventListener('click', act);
    return button;
  }

  #begin() {
    const body = this.#asked.read(this.#step);
    if (body) this.#ask(`/${this.#step}`, body);
  }

  /** Asks the service, once at a time. */
  async #ask(path, body) {
    if (this.#busy) return;
    this.#busy = true;
    await this.#send(path, body);
    this.#busy = false;
    // What comes next in this row, be it another step: the button that was pressed may be gone. A method that is back has a focus of its own.
    if (this.isOpen) this.#caret();
  }

  /** What the service answers is taken over, and what was wrong is said calmly. */
  async #send(path, body) {
    const { words, send, took } = this.#about;
    try {
      const state = await send(path, body);
      const left = state.attempts_left;
      took(state);
      if (path.endsWith('/answer') && state.state === 'started' && left) note(this.#mistake, words.text(left > 1 ? 'step.wrong' : 'step.wrong_last', { count: left }));
    } catch (error) {
      await this.#refused(error, path);
    }
  }

  /** The service did not take it: what is missing is asked for, what no longer waits begins anew, and the rest is said. */
  async #refused({ code = '', status }, path) {
    const { words, states, send, took } = this.#about;
    const step = this.#step;
    // The session leads back to another site than this page's, or to none: so does whoever checks.
    if (code === 'return_url.foreign') return this.#send(path, {});
    if (code === 'step.field_missing' && step === 'email' && !states.get(step).needed) {
      states.set(step, { needed: true });
      return this.#render();
    }
    if (status === 409) {
      const list = await send('').catch(() => {});
      const state = list?.steps.find((one) => one.step === step);
      if (state) return took({ ...state, expired: state.state === 'open', facts: list.facts });
    }
    const malformed = status === 422 || status === 400;
    const key = code.startsWith('step.too_many') ? 'step.enough' : !malformed ? 'step.lost' : path === '/phone' ? 'step.phone.problem' : 'step.problem';
    return note(this.#mistake, words.text(key));
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
      const { send, took } = this.#about;
      const list = await send('').catch(() => {});
      const state = list?.steps.find(({ step }) => step === this.#step);
      if (!state || state.state === 'started') return this.#poll();
      const isHere = this.#panel.contains(this.#panel.getRootNode().activeElement);
      took({ ...state, facts: list.facts });
      if (isHere && this.isOpen) this.#caret();
    }, POLL_MS);
  }
}
