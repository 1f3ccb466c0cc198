// <tresen-hint>: one calm line for product and cart pages, or nothing.

import { pickLanguage } from '../element/language.js';
import { getHint } from '../element/api.js';
import { lineOf } from './line.js';
import languages from '#hints';

// The page's own type and colour, unless the shop says otherwise, as for the checkout. The line has its place before it has its words,
// so that nothing jumps.
const STYLE = `:host{display:block;min-height:1.5em;font-family:var(--tresen-font,inherit);font-size:var(--tresen-text-s,.875rem);line-height:1.5;color:var(--tresen-text-soft,inherit)}:host([hidden]){display:none}`;

// On a server there is no HTMLElement to extend; importing must work there all the same.
const Base = globalThis.HTMLElement ?? class {};

/** What was asked for already: a page of twenty products asks once. A failed attempt is forgotten. */
const asked = new Map();

function once(where, ask) {
  if (!asked.has(where)) {
    asked.set(
      where,
      ask().catch(() => {
        asked.delete(where);
      }),
    );
  }
  return asked.get(where);
}

let sheet;

export class TresenHint extends Base {
  static observedAttributes = ['src', 'api', 'public-key', 'channel', 'amount', 'currency', 'locale', 'address-form'];

  #line;
  #hint;
  #turn = 0;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    // Old web views without constructable sheets show the line in the page's type.
    if ('adoptedStyleSheets' in root && 'replaceSync' in CSSStyleSheet.prototype) {
      if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
    }
    this.#line = document.createElement('span');
    this.#line.setAttribute('part', 'line');
    root.append(this.#line);
  }

  connectedCallback() {
    this.#ask();
  }

  attributeChangedCallback(name, before, after) {
    if (before === after || !this.isConnected) return;
    if (TresenHint.observedAttributes.indexOf(name) < 4) this.#ask();
    else this.#say();
  }

  async #ask() {
    const turn = ++this.#turn;
    const [src, api, key, channel] = ['src', 'api', 'public-key', 'channel'].map((name) => this.getAttribute(name));
    // While a page is being put together, the one who may be asked may still be missing.
    const hint = src || key ? await once([src, api, key, channel].join(), async () => (await (src ? fetch(src) : getHint(api, key, channel))).json()) : undefined;
    if (turn !== this.#turn) return;
    this.#hint = hint;
    this.#say();
  }

  #say() {
    const language = pickLanguage(this.getAttribute('locale') ?? document.documentElement.lang, this.getAttribute('address-form'));
    const locale = language.slice(0, 2);
    const amount = this.getAttribute('amount');
    const now = new Date();
    let line = '';
    // A half-written amount is none, and what somebody else's file says may be anything: a shop's page never breaks because of a hint.
    if (this.#hint && /^\d*$/.test(amount ?? '')) {
      try {
        line = lineOf(this.#hint, { ...languages.de, ...languages[language] }, { amount: amount ? +amount : null, currency: this.getAttribute('currency'), today: isoOfDay(now), locale });
      } catch {
        // nothing is said
      }
    }
    this.#line.lang = locale;
    if (this.#line.textContent !== line) this.#line.textContent = line;
  }
}

/** The local day */
const isoOfDay = (date) => [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => `${part}`.padStart(2, '0')).join('-');
