// <tresen-checkout>: owns the network, the clock and the events; what is shown and typed lives in the widget (Rust).

import { checkout as textsOf } from '#locales';
import { dayOf, isoOf } from '../engine/dates.js';
import { loadModule } from '../loader.js';
import { redirectUrl, sha256 } from './answer.js';
import { bytes, failure, getCheckout, postReview, toBase64 } from './api.js';
import { readBirth } from './birth.js';
import { BETWEEN, Counter } from './counter.js';
import { readIban } from './iban.js';
import { pickLanguage } from './language.js';
import { Page, showWait } from './page.js';
import { dress } from './sheet.js';
import { followTheme, unfollowTheme } from './theme.js';

// What the widget is told, and what it asks for: the numbers of `happened` and of `Next` in widget.rs.
const DECIDED = 0;
const CHANGED = 1;
const CHOOSE = 2;
const CONSENT = 3;
const CONTINUE = 4;
const BIRTH = 5;
const SUBMIT = 6;
const READY = 7;
const BUSY = 8;
const FAILED = 9;
const REFUSED = 10;
const CONFIRMED = 11;
const REVIEWED = 12;
const UNREVIEWED = 13;
const ASKED = 14;
const OPENED = 15;
const OVERRULED = 16;

const CHOSEN = 1;
const DECIDE = 2;
const AGREED = 3;
const ORDER = 4;
const STOP = 5;

const ACTS = { choose: CHOOSE, consent: CONSENT, continue: CONTINUE, birth: BIRTH };

// What a person may type into the row of a method, by the names in its outline: a date, an account.
const FIELDS = [1, 2, 3, 4, 5];

// Who has waited for so long gets the shop's own way.
const PATIENCE_MS = 20000;

const BIRTH_DATE = 'customer.birth_date';
const SAFE = ['prepayment'];

// On a server there is no HTMLElement to extend; importing must work there all the same.
const Base = globalThis.HTMLElement ?? class {};

/** An instance of the module, nobody else's */
const instance = async () => (await loadModule())();

/** A counter for a session */
const open = (module, { residual, today }) => new Counter(module, bytes(residual), today);

/** Words in one string */
const joined = (words) => words.map((word) => String(word).replace(/[\0-\x1f]/g, ' ')).join(BETWEEN);

/** The place of the method in which an element stands, or none */
const placeOf = (node) => +(node?.closest('[data-m]')?.dataset.m ?? -1);

export class TresenCheckout extends Base {
  static observedAttributes = ['session', 'locale', 'address-form'];

  #root;
  #place;
  #facts = {};
  #names = {};
  #counter;
  #page;
  #checkout;
  #consentAt;
  #birth; // the day that was typed here
  #overruled = {}; // by its id, what the server withholds though it is offered here
  #more; // what only some checkouts need, once it is there
  #clock; // milliseconds between the service's clock and performance.now()
  #state = 'new'; // new · loading · ready · busy · done · unavailable
  #turn = 0;

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: 'open' });
    dress(this.#root);
    this.#place = document.createElement('div');
    this.#place.className = 't';
    showWait(this.#place);
    this.#root.append(this.#place);
    for (const type of ['change', 'click']) this.#root.addEventListener(type, (event) => this.#acted(event));
    this.#root.addEventListener('submit', (event) => {
      // What the page itself says passes by here too, and its forms lead where they say.
      if (this.contains(event.target)) return;
      event.preventDefault();
      this.order();
    });
  }

  connectedCallback() {
    // What a page set before the element was defined lies on the instance and hides the accessors: hand it in again.
    for (const name of ['facts', 'names', 'appearance']) {
      if (!Object.prototype.hasOwnProperty.call(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    followTheme(this, this.#place);
    if (this.#state === 'new') this.#open();
  }

  disconnectedCallback() {
    unfollowTheme(this);
    // An element that is moved is disconnected and connected again: its state is kept.
    queueMicrotask(() => {
      if (!this.isConnected) this.#close();
    });
  }

  attributeChangedCallback(name, before, after) {
    // At birth each attribute is told once, before the element is connected: that opens nothing yet.
    if (before !== after && this.isConnected && this.#state !== 'new' && this.#state !== 'done') {
      this.#close();
      this.#open();
    }
  }

  /** What the shop knows of cart and address; setting it decides again at once. Returns nothing, see `update`. */
  get facts() {
    return { ...this.#facts };
  }

  set facts(facts) {
    this.update({ facts });
  }

  /** Custom properties by their short names: `{ accent: '#7a1f4b', radius: '2px' }`, or null to take one back. */
  set appearance(values) {
    for (const [name, value] of Object.entries(values ?? {})) this.style.setProperty(`--tresen-${name}`, value);
  }

  /** The shop's own names for its methods: `{ paypal: 'PayPal' }`. To be set before the element is connected. */
  get names() {
    return { ...this.#names };
  }

  set names(names) {
    this.#names = { ...names };
  }

  /** Hands in what changed and decides at once; resolves to what is wrong with it. Where something is, nothing changes. */
  async update({ facts }) {
    const before = this.#facts;
    this.#facts = { ...facts };
    if (!this.#counter || this.#state === 'done' || this.#decide(true)) return [];
    const known = this.#known();
    this.#facts = before;
    return this.#report(known);
  }

  methods() {
    return this.#counter && this.#state !== 'done' ? this.#counter.methods().map((method) => ({ ...method, ...this.#overruled[method.id] })) : [];
  }

  /** The last decision, whole, or null before there is one. What tells it is loaded only now: no shopper needs it. */
  async decision() {
    if (!this.#counter) return null;
    const facts = this.#known();
    return (await import('../decision.js')).decisionOf(this.#checkout, facts);
  }

  get selection() {
    const [place, version, , plan] = this.#asked();
    if (!place) return null;
    const { id, consent } = this.#counter.policy.methods[place];
    const method = this.methods().find((one) => one.id === id);
    // What was confirmed the service has recorded itself, and takes from nobody.
    const { 'customer.confirmed': _, ...facts } = this.#known();
    const total = facts['cart.total'];
    return {
      method: id,
      amount: total ? { minor: total.minor + method.fee.minor, currency: total.currency } : null,
      facts,
      consents: version ? [{ id: consent, version, accepted_at: this.#consentAt }] : [],
      ...(plan && { plan }),
    };
  }

  /** Places the order, as the button does; false if something is missing, and the shopper is shown what */
  order() {
    if (this.#state !== 'ready') return false;
    const place = this.#page.places.findIndex(({ i }) => i?.checked) - 1;
    const complete = this.#typed(SUBMIT, place) === ORDER && this.#more?.isComplete(place) !== false;
    if (complete) this.#order();
    return complete;
  }

  /** What is known in all: from the session, from the shop's page, from what was typed here */
  #known() {
    const known = { ...this.#checkout?.facts, ...this.#facts };
    return this.#birth === undefined || known[BIRTH_DATE] ? known : { ...known, [BIRTH_DATE]: isoOf(this.#birth) };
  }

  async #open(isAgain) {
    const turn = ++this.#turn;
    this.#state = 'loading';
    setTimeout(() => turn === this.#turn && this.#state === 'loading' && this.#unavailable('timeout'), PATIENCE_MS);
    try {
      const session = this.getAttribute('session');
      if (!session) throw failure('session');
      // What the page says of the language is mostly all that is said of it: the texts come with the rest.
      const [said, form] = ['locale', 'address-form'].map((name) => this.getAttribute(name));
      const [module, checkout, early] = await Promise.all([
        instance().catch((error) => {
          throw failure('engine', error);
        }),
        getCheckout(this.getAttribute('api'), this.getAttribute('public-key'), session),
        said && textsOf(pickLanguage(said, form)),
      ]);
      const language = pickLanguage(said ?? checkout.locale, form ?? checkout.address_form);
      const texts = early && language === pickLanguage(said, form) ? early : await textsOf(language);
      if (turn !== this.#turn || !this.isConnected) return;
      this.#start(module, checkout, language.slice(0, 2), texts);
    } catch (error) {
      if (turn !== this.#turn) return;
      // What the network has lost is asked for once more.
      if (isAgain || error.reason) this.#unavailable(error.reason ?? 'network', error);
      else setTimeout(() => turn === this.#turn && this.#open(true), 1000);
    }
  }

  #start(module, checkout, lang, texts) {
    this.#checkout = checkout;
    this.#clock = checkout.now - performance.now();
    this.#counter = open(module, checkout);
    if (checkout.settled_residual) this.#counter.settleWith(bytes(checkout.settled_residual), checkout.settle_amount);
    const { name, creditor_id: creditor = '', bureau = '' } = checkout.merchant;
    const { methods, currency, digits } = this.#counter.policy;
    const labels = methods.flatMap(({ id, consent }) => [this.#names[id] ?? '', consent ?? '']);
    if (+this.#counter.hear(OPENED, -1, texts, joined([lang, name, creditor, currency, digits, bureau, ...labels])) === STOP) throw failure('texts');
    this.#place.lang = lang;
    this.#page = new Page(this.#place, methods, texts, name);
    if (!this.#decide(false)) {
      this.#report(this.#known());
      throw failure('facts');
    }
    this.#state = 'ready';
    this.#tell('tresen-ready', { methods: this.methods() });
  }

  /** What only some checkouts need is drawn behind, once something asks for it: credit, steps, why a method is withheld; without it everything else works on */
  #extend() {
    this.#more?.draw();
    if (this.#more !== undefined || (!this.#checkout.has_more && !this.#checkout.refused && this.#page.places[0].a.hidden)) return;
    const turn = this.#turn;
    this.#more = null;
    const another = async () => open(await instance(), this.#checkout);
    import('../more.js')
      .then(({ more }) => more(this, this.#page, this.#checkout, () => this.#known(), () => this.#decide(true), another))
      .then((made) => turn === this.#turn && (this.#more = made), () => {});
  }

  #close() {
    this.#turn += 1;
    this.#counter = this.#birth = this.#more = undefined;
    if (this.#state !== 'done') {
      showWait(this.#place);
      this.#state = 'new';
    }
  }

  /** Tells the shop's developer what is wrong with the facts */
  async #report(facts) {
    const { policy } = this.#counter;
    const { today } = this.#checkout;
    // Words that cannot be loaded change nothing: the facts stay refused.
    const problems = await import('../check.js').then(({ checkFacts }) => checkFacts(facts, policy, dayOf(today))).catch(() => [{ code: 'facts', message: 'the facts were refused', help: 'serve check.js beside element.js', at: '' }]);
    console.error('tresen-checkout: facts refused', problems);
    return problems;
  }

  /** Decides for all that is known and writes it down; false if something is wrong with the facts */
  #decide(tell) {
    if (!this.#counter.set(this.#known())) return false;
    this.#overruled = {};
    this.#act(tell ? CHANGED : DECIDED, placeOf(this.#root.activeElement));
    if (tell) this.#tell('tresen-change', { methods: this.methods() });
    return true;
  }

  #acted(event) {
    const target = event.target.closest?.('[data-do]');
    // Radios and boxes say `change`, buttons say `click`.
    if (!target || this.#state !== 'ready' || (event.type === 'click') !== (target.localName === 'button')) return;
    const place = placeOf(target);
    const { do: what } = target.dataset;
    if (what === 'review') this.#review(place);
    else this.#typed(ACTS[what], place);
  }

  /** What stands in the fields of a method */
  #fields(place) {
    const row = this.#page.places[place + 1] ?? {};
    return FIELDS.map((field) => row[field]?.value.trim().replace(/\s/g, ' ') ?? '');
  }

  /** Something was done in the row of a method: the widget hears what stands there and what is wrong with it */
  #typed(what, place) {
    const [day, month, year, typed, holder] = this.#fields(place);
    const [wrong, mistake, birth] = readBirth([day, month, year], dayOf(this.#checkout.today));
    const [iban, ibanMistake, length] = readIban(typed);
    const ticked = this.#page.places[place + 1]?.x?.checked ? 1 : '';
    const next = this.#act(what, place, [day, month, year, iban, holder, ticked, wrong, mistake, ibanMistake, length ?? '']);
    if (next === CHOSEN) this.#tell('tresen-select', { method: this.selection?.method });
    if (next === AGREED) this.#consentAt = new Date(this.#clock + performance.now()).toISOString();
    if (next === DECIDE) {
      this.#birth = what === BIRTH ? undefined : birth;
      this.#decide(true);
    }
    return next;
  }

  async #review(place) {
    const { 8: message, 9: contact } = this.#page.places[place + 1];
    const detail = { method: this.#counter.policy.methods[place].id, ...(message.value && { message: message.value }), ...(contact.value && { contact: contact.value }) };
    const sent = this.#tell('tresen-review', detail)
      ? postReview(this.getAttribute('api'), this.getAttribute('public-key'), { session: this.getAttribute('session'), ...detail })
      : Promise.resolve();
    const what = await sent.then(() => REVIEWED, () => UNREVIEWED);
    if (this.#counter) this.#act(what, place);
  }

  async #order() {
    const chosen = this.selection;
    const [place, , text] = this.#asked();
    const [, , , iban, holder] = this.#fields(+place);
    this.#state = 'busy';
    this.#act(BUSY);
    let answer;
    try {
      const consents = await Promise.all(chosen.consents.map(async ({ accepted_at, ...consent }) => ({ ...consent, text_hash: await sha256(text), accepted_at })));
      let pending;
      const detail = {
        ...chosen,
        consents,
        ...(iban && { account: { iban: readIban(iban)[0], holder } }),
        browser_record: toBase64(this.#counter.record()),
        respondWith: (promise) => (pending = promise),
      };
      this.#tell('tresen-submit', detail);
      answer = await pending;
    } catch (error) {
      if (this.#counter) this.#act(FAILED);
      this.#state = 'ready';
      console.error('tresen-checkout: the order got no answer', error);
      return;
    }
    // Words that cannot be loaded leave it at a no.
    const refused = answer?.outcome === 'refused' ? await import('../refused.js').then(({ overruled }) => overruled(answer.decision, this.#counter.policy.methods)).catch(() => []) : null;
    if (!this.#counter) return;
    this.#state = 'ready';
    this.#act(READY);
    this.#answered(answer, refused, chosen, place);
  }

  #answered(answer, refused, chosen, place) {
    if (refused) {
      // What was refused because it had not been told is told now.
      this.#checkout.refused = answer.decision;
      // A page that has reckoned with another total was wrong.
      if (answer.total) this.#facts['cart.total'] = answer.total;
      this.#decide(false);
      for (const [at, words, id] of refused) {
        this.#act(OVERRULED, at, words);
        this.#overruled[id] = { state: 'withheld', missing: [] };
      }
      this.#act(REFUSED);
      this.#tell('tresen-change', { methods: this.methods() });
    }
    if (answer?.outcome !== 'confirmed') return;
    const redirect = redirectUrl(answer, location.href);
    if (redirect) {
      this.#act(BUSY);
      location.assign(redirect);
      return;
    }
    const { amount = chosen.amount, due_date: due, reference = '' } = answer.receivable ?? {};
    this.#state = 'done';
    this.#act(CONFIRMED, place, [amount?.minor ?? 0, dayOf(due) || '', reference]);
    this.#more?.done(answer);
    // Without it what was said of the order is all there is.
    if (answer.access) import('../act.js').then(({ act }) => act(this, this.#place, this.#checkout, answer, this.#counter.policy.methods[place].kind)).catch(() => {});
  }

  /** Tells the widget what happened at a place and draws what follows; what it asks for next */
  #act(what, place = -1, words = []) {
    return this.#guard(() => {
      const answer = this.#counter.hear(what, place, joined(words));
      this.#page.draw(answer);
      this.#extend();
      return +answer[0];
    });
  }

  /** What is known: place of the chosen method, version and text of what is agreed to, the plan */
  #asked() {
    const asked = this.#counter ? this.#guard(() => this.#counter.hear(ASKED, -1)).slice(1).split(BETWEEN) : [];
    return this.#more?.agreed(asked) ?? asked;
  }

  /** A trap leaves memory behind that is not to be trusted: the shop's own methods take over. */
  #guard(step) {
    try {
      return step();
    } catch (error) {
      this.#counter = undefined;
      this.#unavailable('engine', error);
      throw error;
    }
  }

  #unavailable(reason, error) {
    this.#state = 'unavailable';
    this.#turn += 1;
    this.#place.replaceChildren(document.createElement('slot'));
    console.warn(`tresen-checkout: not available (${reason})`, error);
    this.#tell('tresen-unavailable', { reason, fallback: this.#checkout?.fallback ?? SAFE });
  }

  #tell(type, detail) {
    return this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, cancelable: type === 'tresen-submit' || type === 'tresen-review', detail }));
  }
}
