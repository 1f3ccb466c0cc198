// One method of <tresen-checkout> in the box of its gateway: the list of methods is WooCommerce's, what belongs to one of them is the widget's.

import { clothe, wear } from './clothes.js';

/** Nothing of the widget but what is named below: list, title and button are the page's own, and so are the type and what it stands on. */
const BARE = `
  :host { max-width: none; --tresen-surface: transparent; }
  .card { border: 0; border-radius: 0; box-shadow: none; background: none; --pad: 0px; overflow: visible; }
  .card > :not(dialog), .foot { display: none; }
  .card > * + * { border-top: 0; }
`;

const ROW = `${BARE}
  .card > fieldset { display: block; }
  .card > fieldset > legend, .pick, .method:not([data-one]) { display: none; }
  .card > .note:not([hidden]) { display: flex; margin-bottom: 12px; border-radius: var(--t-round); }
  .card > .sec:has(> .error:not([hidden])), .card > .sec:has(.no[data-one]:not([hidden])) { display: block; padding: 0; }
  .no:not([data-one]), [part="summary"], [part="bar"] [part="button"] { display: none; }
  .card .method.method[data-one] { border: 0; background: none; box-shadow: none; }
  .body { padding: 0; }
  /* On the page's own ground a note has no edge that it could keep away from. */
  .on .note { padding: 0; }
  .terms :is(summary, .more) { padding-inline-start: 0; }
  .wait { min-height: 160px; }
  /* One button of the page places the order; the one that goes on within the row does not compete with it. */
  .btn[data-do="continue"] { min-height: 44px; padding-block: 9px; background: transparent; border-color: var(--t-edge); color: var(--t-text); }
  .btn[data-do="continue"]:hover { background: var(--t-accent-soft); border-color: var(--t-accent); }
`;

/** Only why something is not offered, and what brings it back. */
const WHY = `${BARE}
  .card > .sec:has(.no:not([hidden], [data-other])):not([hidden]) { display: block; padding: 0; }
  .no[data-other], .wait { display: none; }
  :host([data-folded]) .sec:has(.no) > :first-child { display: none; }
  :host([data-folded]) .sec:has(.no) > :first-child + * { margin-top: 0; }
`;

/** So many that are not offered may stand open under the list; more are folded up behind their names. */
const OPEN_MAX = 1;

/** The widget, once a page. A browser that cannot be given a style sheet for a part of it does without. */
let defined = null;
const define = (widget) => {
  if (!('adoptedStyleSheets' in document)) return Promise.reject(new Error('no constructable style sheets'));
  return (defined ??= import(new URL('element.js', widget).href).catch((error) => {
    defined = null;
    throw error;
  }));
};

function elementFor(offer, place) {
  const element = document.createElement('tresen-checkout');
  clothe(element, place);
  element.names = offer.names ?? {};
  element.facts = offer.facts ?? {};
  const attributes = { session: offer.session, 'public-key': offer.publicKey, api: offer.api, locale: offer.locale, 'address-form': offer.addressForm };
  for (const [name, value] of Object.entries(attributes)) if (value) element.setAttribute(name, value);
  return element;
}

/** Takes the elements out of a place, but for one. */
function clear(place, kept) {
  for (const one of place?.querySelectorAll(':scope > tresen-checkout') ?? []) if (one !== kept) one.remove();
}

/**
 * The same session, newer facts: decided anew on the spot. Another session: an element for it takes the place of this one once it is there,
 * so that nothing jumps. What stands there from now on.
 */
function follow(element, offer, made) {
  if (element.getAttribute('session') === offer.session) {
    if (JSON.stringify(offer.facts ?? {}) !== JSON.stringify(element.facts)) element.facts = offer.facts ?? {};
    return element;
  }
  const next = made();
  next.hidden = true;
  const swap = () => {
    clear(next.parentNode, next);
    next.hidden = false;
  };
  for (const type of ['tresen-ready', 'tresen-unavailable']) next.addEventListener(type, swap, { once: true });
  element.after(next);
  return next;
}

const BIRTH = '.date input';
const values = (inputs) => Array.from(inputs, ({ value }) => value);

/** What was typed of the date of birth in one row, and whether the widget has taken it: no other row of this page asks for it again. */
const birth = { typed: [], isTaken: false };

/** Somebody types a date of birth in a row. */
function noteBirth({ target }) {
  const place = target.closest('.date');
  if (place) Object.assign(birth, { typed: values(place.querySelectorAll('input')), isTaken: false });
}

/** A row that asks for the date of birth is told what was typed in another one, and goes on where that one went on; nobody is moved to it. */
function tellBirth(method) {
  const inputs = Array.from(method.querySelectorAll(BIRTH));
  const proceed = method.querySelector('[data-do="continue"]');
  if (birth.typed.length !== inputs.length || !proceed || proceed.closest('[hidden]')) return;
  inputs.forEach((input, place) => (input.value = birth.typed[place]));
  if (!birth.isTaken) return;
  const { activeElement } = document;
  proceed.click();
  if (document.activeElement !== activeElement) activeElement?.focus({ preventScroll: true });
}

/** A method in the box of its gateway. */
export class Row {
  #place;
  #offer;
  #gateway;
  #element = null;
  #opened = null;
  #pending = null;
  #answer = null;
  /** The element that was told what was typed elsewhere */
  #told = null;

  /**
   * @param {HTMLElement} place where it stands; what stands there already is shown where the widget cannot be
   * @param {object} offer as docs/frontend.md has it
   * @param {string} gateway
   */
  constructor(place, offer, gateway) {
    this.#place = place;
    this.#offer = offer;
    this.#gateway = gateway;
  }

  /** The method behind the gateway: a company may have another one than a consumer. */
  get #method() {
    return this.#offer.methods?.[this.#gateway]?.method ?? null;
  }

  async open() {
    if (!this.#offer.available || !this.#method) return;
    try {
      await define(this.#offer.widget);
    } catch {
      return;
    }
    if (!this.#place.isConnected || this.#element || !this.#offer.available) return;
    const element = this.#make();
    this.#element = element;
    this.#place.before(element);
    this.#place.hidden = true;
  }

  #make() {
    const element = elementFor(this.#offer, this.#place);
    wear(element, ROW);
    this.#opened = new Promise((resolve) => {
      for (const type of ['tresen-ready', 'tresen-unavailable']) element.addEventListener(type, resolve, { once: true });
    });
    const mine = (act) => (event) => this.#element === element && act(event);
    element.shadowRoot.addEventListener('input', noteBirth);
    element.addEventListener('tresen-change', mine(() => this.#noteTaken()));
    for (const type of ['tresen-ready', 'tresen-change']) element.addEventListener(type, mine(() => this.#choose()));
    element.addEventListener('tresen-submit', mine((event) => this.#submitted(event)));
    element.addEventListener('tresen-unavailable', mine(() => this.close()));
    return element;
  }

  update(offer) {
    this.#offer = offer;
    if (!offer.available) this.close();
    else if (this.#element) {
      this.#element = follow(this.#element, offer, () => this.#make());
      this.#choose();
    } else this.open();
  }

  /** The shopper has come back to it from another method. */
  chosenAgain() {
    this.#choose();
  }

  /** Whether the widget is there; without it a method that needs no consent can be ordered all the same. */
  get isThere() {
    return this.#element !== null;
  }

  close() {
    clear(this.#place.parentNode);
    this.#element = null;
    this.#place.hidden = false;
  }

  /** What the shopper agreed to, as JSON; null where something is missing, and the shopper is shown what. */
  async wish() {
    this.#answer?.reject(new Error('asked again'));
    this.#answer = null;
    await this.#opened;
    if (!this.#element) return null;
    this.#choose();
    const submitted = new Promise((resolve) => (this.#pending = resolve));
    if (!this.#element.order()) return null;
    return submitted;
  }

  /** The shop said no: the row is told so and can be asked again. */
  refused() {
    this.#answer?.resolve({ outcome: 'refused' });
    this.#answer = null;
  }

  #submitted({ detail }) {
    const { respondWith, ...wish } = detail;
    respondWith(new Promise((resolve, reject) => (this.#answer = { resolve, reject })));
    this.#pending?.(JSON.stringify(wish));
  }

  /** The one row is chosen and shown; of a plan that is still being loaded, as soon as it can be. */
  #choose() {
    const root = this.#element?.shadowRoot;
    const radio = root?.querySelector(`input[name="method"][value="${CSS.escape(this.#method)}"]`);
    if (!radio) return;
    const method = radio.closest('.method');
    for (const node of root.querySelectorAll('[data-m]')) node.toggleAttribute('data-one', node.dataset.m === method.dataset.m);
    if (radio.disabled) {
      new MutationObserver((_, observer) => {
        observer.disconnect();
        this.#choose();
      }).observe(radio, { attributeFilter: ['disabled'] });
      return;
    }
    if (!radio.checked) radio.click();
    tellBirth(method);
    this.#told = this.#element;
  }

  /** The widget has decided anew: with the date of birth that was typed, or, where the shopper wants to change it, without. */
  #noteTaken() {
    if (this.#told === this.#element) birth.isTaken = !!this.#element.selection?.facts['customer.birth_date'];
  }
}

/** Under the list: which methods are not offered, why, and what brings them back. Nothing where all are, or where the widget cannot be. */
export class Why {
  #place;
  #fold = null;
  #element = null;

  constructor(place) {
    this.#place = place;
  }

  async show(offer) {
    if (!offer?.available || !Object.values(offer.methods ?? {}).some(({ allowed }) => !allowed)) return this.close();
    if (this.#element) {
      this.#element = follow(this.#element, offer, () => this.#make(offer));
      return undefined;
    }
    try {
      await define(offer.widget);
    } catch {
      return undefined;
    }
    if (this.#element || !this.#place.isConnected) return undefined;
    this.#element = this.#make(offer);
    this.#fold = document.createElement('details');
    this.#fold.open = true;
    this.#fold.append(Object.assign(document.createElement('summary'), { hidden: true }), this.#element);
    this.#place.replaceChildren(this.#fold);
    return undefined;
  }

  #make(offer) {
    const element = elementFor(offer, this.#place);
    wear(element, WHY);
    element.addEventListener('tresen-unavailable', () => element === this.#element && this.close());
    for (const type of ['tresen-ready', 'tresen-change']) {
      element.addEventListener(type, () => {
        leaveOut(element, offer);
        if (element === this.#element) this.#foldUp();
      });
    }
    return element;
  }

  /** A long list begins folded up; what the shopper opens or reads stays open. */
  #foldUp() {
    const root = this.#element.shadowRoot;
    const names = Array.from(root.querySelectorAll('.no:not([hidden], [data-other]) > div > h3'), (name) => name.textContent);
    const summary = this.#fold.firstChild;
    const wasLong = !summary.hidden;
    const isLong = names.length > OPEN_MAX;
    summary.hidden = !isLong;
    this.#fold.hidden = names.length === 0;
    this.#element.toggleAttribute('data-folded', isLong);
    if (isLong) summary.textContent = `${root.querySelector('.sec:has(.no) > :first-child').textContent}: ${names.join(', ')}`;
    if (!isLong) this.#fold.open = true;
    else if (!wasLong && !root.activeElement) this.#fold.open = false;
  }

  close() {
    this.#place.replaceChildren();
    this.#element = null;
    this.#fold = null;
  }
}

/** A policy may speak of methods that this shop has no gateway for: nothing is said of them. */
function leaveOut({ shadowRoot }, offer) {
  const sold = Object.values(offer.methods).map(({ method }) => method);
  for (const radio of shadowRoot.querySelectorAll('input[name="method"]')) {
    if (sold.includes(radio.value)) continue;
    const { m: place } = radio.closest('.method').dataset;
    for (const node of shadowRoot.querySelectorAll(`.no[data-m="${place}"]`)) node.dataset.other = '';
  }
}
