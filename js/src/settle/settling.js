// An account of a customer who may do more than pay: what is open, what can be done about it, and what became of it.
//
// The service says what there is room for and decides what is asked; the core says what would come of it. Nothing is sent twice: a request keeps its
// key until what it says changes.

import styles from '#settle-styles';
import more from '#more-styles';
import { settle as textsOf } from '#locales';
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
  #place;
  #base;
  #tell;
  #screen = 'overview';
  #about;
  #languageOf;

  /**
   * @param {ShadowRoot} root
   * @param {Element} place where it stands
   * @param {{ api: string | null, token: string, tell: (type: string, detail: object) => void }} service
   */
  constructor(root, place, { api, token, tell }) {
    this.token = token;
    this.#place = place;
    this.#base = join(api, `accounts/${encodeURIComponent(token)}`);
    this.#tell = tell;
    // Another token of the same element wears what is worn already.
    if (dressed.has(root)) return;
    dressed.add(root);
    wear(root, more, () => new URL('./more.CSS', import.meta.url));
    wear(root, styles, () => new URL('./settle.CSS', import.meta.url));
  }

  /** How it stands, in a language; `languageOf` says in which where the page does not. What comes when it is not wanted any more is not shown. */
  async open(languageOf, isWanted = () => true) {
    const [made, answer] = await Promise.all([load().then((make) => make()), this.call('')]);
    this.#languageOf = languageOf;
    this.previews ??= new Previews(made);
    const language = languageOf(answer.body);
    this.words = new Words(await textsOf(language), language);
    if (!isWanted()) return;
    this.#place.lang = language.slice(0, 2);
    if (answer.body) this.#take(answer.body);
    else this.#stand(answer.isOver ? 'over' : 'failed');
  }

  /** What the service answers: `{ body }`; `{ isOver }` where the access is no longer one; `{ isRefused }` where it is not taken; or nothing of these. */
  async call(path, init) {
    const answer = await fetch(this.#base + path, init).catch(() => null);
    if (answer?.ok) return { body: await answer.json().catch(() => undefined) };
    const status = answer?.status ?? 0;
    return { isOver: !path && [401, 404, 409, 410].includes(status), isRefused: status >= 400 && status < 500 && status !== 429 };
  }

  /** A key for a request of its own. */
  newKey() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (octet) => octet.toString(16).padStart(2, '0')).join('');
  }

  /** Asks for something; whether it was answered, by what came of it or by how it stands now. */
  async request(body, key) {
    const headers = { 'content-type': 'application/json', 'idempotency-key': key };
    const { body: said, isRefused } = await this.call('/requests', { method: 'POST', headers, body: JSON.stringify(body) });
    if (!said) return isRefused && this.#lookAgain();
    this.#take(said.view, body.kind === 'take_back' && said.outcome !== 'refused' ? 'taken_back' : said.outcome);
    return true;
  }

  /** Opens a door, about something. */
  go(screen, about) {
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

  /** Where a document is, as the service names it. */
  address(url) {
    return url.startsWith('/') ? this.#base.replace(/\/v1\/.*/, '') + url : url;
  }

  /** A document as text; nothing where it could not be had. */
  async read(url) {
    const answer = await fetch(this.address(url)).catch(() => null);
    return answer?.ok ? answer.text() : undefined;
  }

  /** Leaves for a provider's page, or shows why that cannot be; whether either was answered. */
  async leave(method, minor, chosen) {
    const body = { method, amount: { minor, currency: this.view.owed.currency }, ...(chosen.length > 0 && { receivables: chosen }), return_url: location.href };
    const { body: begun, isRefused } = await this.call('/payments', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (!begun?.redirect) return (begun !== undefined || isRefused) && this.#lookAgain();
    location.assign(begun.redirect);
    return true;
  }

  /** Something has changed since the page was drawn: how it stands by now; whether that was answered. */
  async #lookAgain() {
    const { body: view, isOver } = await this.call('');
    if (view) this.#take(view, 'refused');
    else if (isOver) this.#stand('over');
    return view !== undefined || isOver;
  }

  money(minor) {
    return this.words.money({ minor, currency: this.view.owed.currency });
  }

  #take(view, outcome) {
    this.view = view;
    this.isPreviewed = this.previews.tell(view.situation);
    this.#screen = 'overview';
    this.#draw(outcome);
    if (outcome) this.#place.querySelector('[data-news]')?.focus();
    this.#tell('tresen-account', { state: view.owed.minor > 0 ? 'open' : 'paid' });
  }

  #draw(outcome) {
    const page = this.#screen === 'overview' ? overview(this, outcome) : [DOORS[this.#screen](this, this.#about)];
    this.#place.replaceChildren(...page);
  }

  #stand(what) {
    const again = make('button.btn quiet', { type: 'button' }, this.words.text('again'));
    again.addEventListener('click', () => this.open(this.#languageOf));
    this.#place.replaceChildren(make('section.card', { part: 'card' }, make('div.sec stack', {}, make('p', { role: 'status' }, this.words.text(what)), ...(what === 'failed' ? [again] : []))));
    this.#tell('tresen-account', { state: what === 'over' ? 'expired' : 'unavailable' });
  }
}
