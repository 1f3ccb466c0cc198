// An account of a customer who may do more than pay: what is open, what can be done about it, and what became of it.
//
// The service says what there is room for and decides what is asked; the core says what would come of it. Nothing is sent twice: a request keeps its
// key until what it says changes.

import styles from '#settle-styles';
import more from '#more-styles';
import { ask as answersOf, proof as proofsOf, reach as reachOf, settle as textsOf } from '#locales';
import { depart, here, isNotNow, isRefusal, patience, whenOnline } from '../account/away.js';
import { join } from '../element/api.js';
import { rich } from '../element/page.js';
import { wear } from '../element/sheet.js';
import { maker, moduleOf } from '../module.js';
import { make } from '../more/dom.js';
import { Words } from '../more/words.js';
import { DOORS } from './doors.js';
import { overview } from './overview.js';
import { Previews } from './previews.js';

let loading = null;
const dressed = new WeakSet();

/** What makes an instance of the module, the same for everybody on the page. A failed attempt is forgotten. */
function load() {
  loading ??= maker(() => moduleOf(new URL('./settle.wasm', import.meta.url)), () => import('#dist/settle.fallback.js')).catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

export class Settling {
  /** @type {Words} */
  words;
  /** @type {Previews} */
  previews;
  /** What the service said last. */
  view;
  /** What was just said of an order, while it stands first; and whether its money is collected. */
  thanks;
  isDebited;
  /** What was asked and answered of it. */
  log;
  #place;
  #api;
  #tell;
  #leave;
  #screen = 'overview';
  #about;
  #languageOf;
  #more = {};
  #language;

  /**
   * @param {ShadowRoot} root
   * @param {Element} place where it stands
   * @param {{ api: string | null, token: string, tell: (type: string, detail: object) => void, thanks?: HTMLElement, isDebited?: boolean, leave?: () => void }} service `leave` goes back to the pay link from which it was opened
   */
  constructor(root, place, { api, token, tell, thanks, isDebited, leave }) {
    this.token = token;
    this.#api = api;
    this.thanks = thanks;
    this.isDebited = isDebited;
    this.#place = place;
    this.#tell = tell;
    this.#leave = leave;
    // Another token of the same element wears what is worn already.
    if (dressed.has(root)) return;
    dressed.add(root);
    wear(root, more, () => new URL('./more.CSS', import.meta.url));
    wear(root, styles, () => new URL('./settle.CSS', import.meta.url));
  }

  get #base() {
    return join(this.#api, `accounts/${encodeURIComponent(this.token)}`);
  }

  /** On to what the same person owes under another of their numbers. */
  async enter(token) {
    this.token = token;
    await this.open(this.#languageOf);
    this.#place.querySelector('h2')?.focus();
  }

  /** How it stands, in a language; `languageOf` says in which where the page does not. What comes when it is not wanted any more is not shown. */
  async open(languageOf, isWanted = () => true) {
    // What the page says of the language is mostly all that is said of it: its texts come beside the rest.
    const [made, answer] = await Promise.all([load().then((make) => make()), this.call(''), textsOf(languageOf())]);
    this.#languageOf = languageOf;
    this.previews ??= new Previews(made);
    await this.#speak(answer.body);
    if (!isWanted()) return;
    // What was said stays said, and in its language.
    if (this.thanks) this.thanks.lang = this.#place.lang;
    if (answer.body) this.#take(answer.body);
    else if (!this.thanks) this.#stand(answer.isOver ? 'over' : 'failed');
  }

  /** In the language of the customer, as it is by now. */
  async #speak(view) {
    const language = this.#languageOf(view);
    if (language !== this.#language) this.words = new Words(await textsOf(language), language);
    this.#language = language;
  }

  /** What the service answers: `{ body }`; `{ isOver }` where the access is no longer one; `{ isRefused, at }` where it is not taken, for what stands there; or nothing of these. */
  async call(path, init) {
    const answer = await fetch(this.#base + path, { ...init, ...patience() }).catch(() => null);
    if (answer?.ok) return { body: await answer.json().catch(() => undefined) };
    const status = answer?.status ?? 0;
    const said = status === 422 ? await answer.json().catch(() => {}) : undefined;
    return { isOver: !path && [401, 404, 409, 410].includes(status), isRefused: isRefusal(status), at: said?.error?.at };
  }

  /** A key for a request of its own. */
  newKey() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (octet) => octet.toString(16).padStart(2, '0')).join('');
  }

  /** Asks for something; whether it was answered, by what came of it or by how it stands now. Of a field that is refused, where that is. */
  async request(body, key, isField = () => false) {
    const headers = { 'content-type': 'application/json', 'idempotency-key': key };
    const { body: said, isRefused, at } = await this.call('/requests', { method: 'POST', headers, body: JSON.stringify(body) });
    if (isField(at)) return at;
    if (!said) return isRefused && this.#lookAgain();
    await this.#speak(said.view);
    this.#take(said.view, body.kind === 'take_back' && said.outcome !== 'refused' ? 'taken_back' : said.outcome);
    return true;
  }

  /** What answers questions. */
  asking = () => this.#with('ask', () => import('../ask.js'), answersOf);

  /** What files are sent with. */
  proving = () => this.#with('proof', () => import('../proof.js'), proofsOf);

  /** What says how somebody is reached. */
  reaching = () => this.#with('reach', () => import('../reach.js'), reachOf);

  /** What only some load, with its sentences in the language of these words. A failed attempt is forgotten. */
  #with(name, load, sentencesOf) {
    const { words } = this;
    if (this.#more[name]?.words !== words) {
      const found = Promise.all([load(), sentencesOf(words.language)]).then(([how, sentences]) => ({ ...how, words: words.with(sentences) }));
      found.catch(() => (this.#more[name] = undefined));
      this.#more[name] = { words, found };
    }
    return this.#more[name].found;
  }

  /** Where files go. */
  get proofs() {
    return `${this.#base}/proofs`;
  }

  /** Opens a door, with what stands there already. */
  go(screen, about = {}) {
    this.#screen = screen;
    this.#about = about;
    this.#draw();
    this.#place.querySelector('h2').focus();
  }

  /** The heading of a page behind a door, with the way back. */
  heading(title, lead) {
    const back = make('button.link', { type: 'button' }, this.words.text('back'));
    back.addEventListener('click', () => this.go('overview'));
    return make('div', {}, back, make('h2.h', { tabindex: -1 }, ...rich(title.replaceAll('*', '\x02'))), make('p.s soft', {}, ...lead));
  }

  /** The way back to the pay link, where it was opened from one. */
  wayBack(kind, key) {
    if (!this.#leave) return [];
    const button = make(kind, { type: 'button' }, this.words.text(key));
    button.addEventListener('click', () => this.#leave());
    return [button];
  }

  /** Where a document is, as the service names it. */
  address(url) {
    return url.startsWith('/') ? this.#base.replace(/\/v1\/accounts\/.*/, '') + url : url;
  }

  /** A document as text; nothing where it could not be had. */
  async read(url) {
    const answer = await fetch(this.address(url), patience()).catch(() => null);
    return answer?.ok ? answer.text() : undefined;
  }

  /** Leaves for a provider's page, or shows how it stands by now; otherwise the name of what is to be said. */
  async leave(method, minor, chosen) {
    const body = { method, amount: { minor, currency: this.view.owed.currency }, ...(chosen.length > 0 && { receivables: chosen }), return_url: here() };
    const { body: begun, isRefused } = await this.call('/payments', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (begun?.redirect) return depart(begun.redirect, () => this.open(this.#languageOf));
    if (isNotNow(begun)) return 'pay.not_now';
    return (begun || isRefused) && (await this.#lookAgain()) ? undefined : 'unsent';
  }

  /** Something has changed since the page was drawn: how it stands by now; whether that was answered. */
  async #lookAgain() {
    const { body: view, isOver } = await this.call('');
    if (view) this.#take(view, 'refused');
    else if (isOver) this.#stand('over');
    return view !== undefined || isOver;
  }

  /** An amount; below zero with a sign. */
  money = (minor) => (minor < 0 ? '−' : '') + this.words.money({ minor: Math.abs(minor), currency: this.view.owed.currency });

  #take(view, outcome) {
    this.view = view;
    this.isPreviewed = this.previews.tell(view.situation);
    this.#screen = 'overview';
    // What was answered before may no longer be so.
    this.log = undefined;
    this.#draw(outcome);
    if (outcome) this.#place.querySelector('[data-news]')?.focus();
    this.#tell('tresen-account', { state: view.owed.minor > 0 ? 'open' : 'paid' });
  }

  #draw(outcome) {
    if (this.#screen !== 'overview' || outcome) this.thanks = undefined;
    this.#place.lang = this.#language.slice(0, 2);
    const page = this.#screen === 'overview' ? overview(this, outcome) : [DOORS[this.#screen](this, this.#about)];
    if (!this.thanks) return this.#place.replaceChildren(...page);
    // It is not touched: moving it would take the focus away.
    while (this.thanks.nextSibling) this.thanks.nextSibling.remove();
    for (const card of page) card.classList.add('come');
    return this.thanks.after(...page);
  }

  #stand(what) {
    this.#place.lang = this.#language.slice(0, 2);
    const again = make('button.btn quiet', { type: 'button' }, this.words.text('again'));
    again.addEventListener('click', () => this.open(this.#languageOf));
    if (what === 'failed') whenOnline(again);
    const back = this.wayBack('button.btn quiet', 'over.leave');
    const said = this.words.text(what === 'over' && this.#leave ? 'over.link' : what);
    const ways = [...(what === 'failed' ? [again] : []), ...back];
    this.#place.replaceChildren(make('section.card', { part: 'card' }, make('div.sec stack', {}, make('p', { role: 'status' }, said), ...ways)));
    this.#tell('tresen-account', { state: what === 'over' ? 'expired' : 'unavailable' });
  }
}
