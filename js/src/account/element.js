// <tresen-account>: what is to be paid, where to, and what else can be done. What is shown is said by the module (src/account of the Rust code).

import styles from '#account-styles';
import { account as textsOf } from '#locales';
import { join } from '../element/api.js';
import { pickLanguage } from '../element/language.js';
import { dress, wear } from '../element/sheet.js';
import { followTheme, unfollowTheme } from '../element/theme.js';
import { maker, moduleOf } from '../module.js';
import { busy, depart, isNotNow, isRefusal, patience, whenOnline } from './away.js';
import { drawCode, pictureOf } from './code.js';
import { Desk } from './desk.js';
import { drawEntry } from './entry.js';
import { handsOff } from './hands.js';
import { drawMethods } from './methods.js';
import { AccountPage } from './page.js';

// What the module is told, and what follows: the numbers of `happened` and `next` in view.rs.
const SHOW = 1;
const NAME_DAY = 2;
const UNSENT = 3;
const REFUSED = 4;
const COPIED = 5;
const UNCOPIED = 6;
const FAILED = 7;

const SEND = 1;
const STOP = 2;

const FIELDS = 'FGHIJ';

/** What the token of an access begins with; everything else is a pay link's. */
const ACCESS = 'acc_';

// Who has waited for so long keeps what the page itself says.
const PATIENCE_MS = 20_000;

// On a server there is no HTMLElement to extend; importing must work there all the same.
const Base = globalThis.HTMLElement ?? class {};

let loading = null;

/** What makes an instance of the module, the same for everybody on the page. A failed attempt is forgotten. */
function load() {
  loading ??= maker(() => moduleOf(new URL('./account.wasm', import.meta.url)), () => import('#dist/account.fallback.js')).catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

export class TresenAccount extends Base {
  static observedAttributes = ['token', 'locale', 'address-form'];

  #root;
  #place;
  #desk;
  #page;
  #view;
  #settling;
  /** The token of the access that a code has opened: nowhere but here, and gone with the page. */
  #access;
  #turn = 0;
  /** Done once nobody is at what the page itself says. */
  #handsOff;

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: 'open' });
    dress(this.#root);
    wear(this.#root, styles, () => new URL('./account.CSS', import.meta.url));
    this.#place = document.createElement('div');
    this.#place.className = 't';
    // What the page itself says stands there until there is more, and stays if there never is.
    const slot = document.createElement('slot');
    this.#handsOff = handsOff(this, slot);
    this.#place.append(slot);
    this.#root.append(this.#place);
    this.#root.addEventListener('click', (event) => this.#clicked(event));
    this.#root.addEventListener('submit', (event) => {
      // What the page itself says passes by here too, and its forms lead where they say.
      if (!this.contains(event.target)) event.preventDefault();
      if (this.#page?.named.y.form === event.target) this.#name();
    });
  }

  connectedCallback() {
    // What a page set before the element was defined lies on the instance and hides the accessor: hand it in again.
    if (Object.prototype.hasOwnProperty.call(this, 'appearance')) {
      const { appearance } = this;
      delete this.appearance;
      this.appearance = appearance;
    }
    followTheme(this, this.#place);
    if (this.#turn === 0) this.#open();
  }

  disconnectedCallback() {
    unfollowTheme(this);
  }

  attributeChangedCallback(name, before, after) {
    // At birth each attribute is told once, before the element is connected: that opens nothing yet.
    if (before === after || this.#turn === 0) return;
    if (name === 'token') this.#access = undefined;
    this.#page = undefined;
    this.#open();
  }

  /** Custom properties by their short names: `{ accent: '#7a1f4b' }`, or null to take one back. */
  set appearance(values) {
    for (const [name, value] of Object.entries(values ?? {})) this.style.setProperty(`--tresen-${name}`, value);
  }

  /** Asks once more how it stands, as when the person comes back from their banking app */
  refresh() {
    return this.#open();
  }

  /** Shows how it stands; whether it could. */
  async #open() {
    const turn = ++this.#turn;
    const token = this.#access ?? this.getAttribute('token');
    if (!token) return false;
    const late = new Promise((_, failed) => setTimeout(failed, PATIENCE_MS, { reason: 'timeout' }));
    try {
      const shows = await Promise.race([late, token.startsWith(ACCESS) ? this.#settle(token, turn) : this.#pay(turn)]);
      await shows?.();
      return true;
    } catch (error) {
      if (turn !== this.#turn) return false;
      // Where the module cannot run, or nothing comes, what the page itself says is all there is, and enough; what comes later is not wanted any more.
      this.#turn += 1;
      this.#tell('tresen-unavailable', { reason: error.reason ?? 'engine' });
      return false;
    }
  }

  /** From the link to the account that a code has opened; whether that can be shown. */
  async #enter(token) {
    this.#access = token;
    const isShown = await this.#open();
    if (isShown) this.#place.querySelector('h2').focus();
    return isShown;
  }

  /** Back to what stands behind the link. */
  async #leave() {
    this.#access = undefined;
    if (await this.#open()) this.#page.named.c.focus();
  }

  /** What stands behind a pay link: what shows it. */
  async #pay(turn) {
    // What the page says of the language is mostly all that is said of it.
    const said = this.#languageFor();
    const [module, view, early] = await Promise.all([load().then((make) => make()), this.#ask().catch(() => {}), textsOf(said)]);
    const language = this.#languageFor(view);
    const texts = language === said ? early : await textsOf(language);
    return async () => {
      await this.#handsOff();
      if (turn !== this.#turn || !this.isConnected) return;
      this.#settling = undefined;
      this.#desk ??= new Desk(module);
      this.#page ??= new AccountPage(this.#place, texts);
      this.replaceChildren();
      this.#place.lang = language.slice(0, 2);
      this.#show(view, texts, language);
    };
  }

  /** An access of the customer's own: all that can be done comes with a script of its own. */
  async #settle(token, turn) {
    const { Settling } = await import('../settle.js');
    const isWanted = () => turn === this.#turn && this.isConnected;
    if (!isWanted()) return;
    this.#page = undefined;
    const tell = (type, detail) => this.#tell(type, detail);
    if (this.#settling?.token !== token) this.#settling = new Settling(this.#root, this.#place, { api: this.getAttribute('api'), token, tell, leave: this.#access && (() => this.#leave()) });
    await this.#settling.open((view) => this.#languageFor(view), isWanted);
    if (isWanted()) this.replaceChildren();
  }

  #languageFor(view) {
    return pickLanguage(this.getAttribute('locale') ?? view?.locale ?? document.documentElement.lang, this.getAttribute('address-form') ?? view?.address_form);
  }

  #show(view, texts, language) {
    this.#view = view;
    if (this.#hear(view ? SHOW : FAILED, 0, [texts, ...wordsOf(view, language)]) === STOP) throw Object.assign(new Error('tresen: texts'), { reason: 'texts' });
    drawMethods(this.#page.named.p, view, (key) => this.#page.sentence(key), (method) => this.#begin(method));
    if (!view) whenOnline(this.#page.named.b);
    this.#drawEntry(view?.codes ?? []);
    drawCode(this.#page.named.q, view?.transfer?.code, this.#page.sentence('qr'));
    this.#tell('tresen-account', { state: view?.state ?? 'unavailable' });
  }

  /** What is drawn once stays: somebody may be typing when it is asked once more how it stands. */
  #drawEntry(channels) {
    const { K: door, L: form } = this.#page.named;
    door.hidden = channels.length === 0;
    if (door.hidden || form.hasChildNodes()) return;
    const say = (key, blank) => this.#page.sentence(key, blank);
    drawEntry(form, { channels, say, ask: (path, body) => this.#call(path, body), enter: (token) => this.#enter(token), over: () => this.#leave() });
  }

  /** What the service answers about the link: a status, which is 0 where nobody answers, a body, and the seconds to wait. */
  async #call(path, body) {
    const address = join(this.getAttribute('api'), `paylinks/${encodeURIComponent(this.getAttribute('token'))}${path}`);
    const init = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const answer = await fetch(address, { ...init, ...patience() }).catch(() => null);
    return { status: answer?.status ?? 0, body: await answer?.json().catch(() => {}), wait: +answer?.headers.get('retry-after') || undefined };
  }

  /** How it stands; of a link that does not exist, that it does not; nothing where nobody answers */
  async #ask() {
    const { status, body: said } = await this.#call('');
    if (status >= 200 && status < 300) return said;
    return status === 404 ? { state: 'unknown', shop: {} } : undefined;
  }

  /** On to the provider's page, or to how it stands by now; otherwise the name of what is to be said. */
  async #begin(method) {
    const { status, body: begun } = await this.#call('/payments', { method, amount: this.#view.amount });
    if (begun?.redirect) return depart(begun.redirect, () => this.#open());
    if (!begun || (status !== 200 && !isRefusal(status))) return 'day.failed';
    if (isNotNow(begun)) return 'pay.not_now';
    if (await this.#open()) this.#page.named.c.focus();
    return undefined;
  }

  #hear(what, place, words = []) {
    const { follows, commands } = this.#desk.hear(what, place, words);
    this.#page.draw(commands);
    return follows;
  }

  #clicked(event) {
    const button = event.target.closest?.('[data-do]');
    const what = button?.dataset.do;
    if (what === 'copy') this.#copy(button);
    else if (what === 'share') this.#share();
    else if (what === 'again') this.#open();
  }

  async #copy(button) {
    const place = FIELDS.split('').findIndex((slot) => this.#page.named[slot] === button);
    const done = await navigator.clipboard?.writeText(button.value).then(() => true, () => false);
    this.#hear(done ? COPIED : UNCOPIED, place);
  }

  /** To another app on the same phone, or into its pictures */
  async #share() {
    const file = await pictureOf(this.#view.transfer.code);
    if (canShare()) return navigator.share({ files: [file] }).catch(() => {});
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = file.name;
    link.click();
    return setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  async #name() {
    const date = this.#page.named.y.value;
    if (this.#hear(NAME_DAY, 0, [date]) !== SEND) return;
    await busy(this.#page.named.y.form.querySelector('button'), this.#page.sentence('code.sending'), async () => {
      const { status } = await this.#call('/promise', { date });
      if (status !== 200) return this.#hear(isRefusal(status) ? REFUSED : UNSENT, 0);
      await this.#open();
      // The door is gone: what it came to stands at the top.
      return this.#page.named.c.focus();
    });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail }));
  }
}

const picture = () => new File([''], 'q.png', { type: 'image/png' });
const canShare = () => !!navigator.canShare?.({ files: [picture()] });

/** The words that the module reads, in the order of `Word` in told.rs, behind the texts */
function wordsOf(view, language) {
  if (!view) return [];
  const { shop, transfer, promise, next, receipt } = view;
  const minor = (money) => money?.minor;
  const amount = receipt?.amount ?? view.amount;
  return [
    language.slice(0, 2),
    amount?.currency,
    view.state,
    shop.name,
    shop.website,
    shop.hours?.said[language.slice(0, 2)],
    shop.phone,
    shop.email,
    view.today,
    minor(amount),
    minor(view.extra),
    minor(view.whole),
    receipt?.on ?? view.due_date,
    view.late && 1,
    view.under_way && 1,
    minor(view.beside),
    minor(view.disputed),
    next?.what,
    next?.from,
    promise?.until,
    promise?.made,
    transfer?.holder,
    transfer?.iban,
    transfer?.bic,
    transfer?.reference,
    transfer?.code && 1,
    canShare() && 1,
  ];
}
