// What `loadTresen` gives: the elements as objects, for who builds a page by program.

import { attributesOf, EVENTS, hear, LOADERS, PROPERTIES } from './components.js';
import { TresenError } from './engine/error.js';
import { define, loadModule } from './widget.js';

/** What was asked for before is the same object, as with a script that is loaded twice. */
const given = new Map();

/**
 * The elements as objects; on a server: null. The module is on its way then. Where it cannot be had, the element tells: a page is never without its
 * own way because of us.
 *
 * @param {string} [publicKey]
 * @param {import('../types/handle.js').TresenOptions} [options]
 */
export async function loadTresen(publicKey, options = {}) {
  if (typeof document === 'undefined') return null;
  // The key itself is not repeated in the message: messages end up in logs.
  if (publicKey?.startsWith('sk_')) throw new TresenError('key.secret', 'this is a secret key', 'keep it on your server, and replace it if a browser has seen it: `loadTresen` needs the key that starts with `pk_`');
  if (publicKey !== undefined && !publicKey.startsWith('pk_')) throw new TresenError('key.malformed', 'this is not a publishable key', '`loadTresen` needs the key that starts with `pk_`');
  define();
  loadModule().catch(() => {});
  const asked = JSON.stringify([publicKey, options]);
  if (!given.has(asked)) given.set(asked, made({ ...options, publicKey }));
  return given.get(asked);
}

const made = (shop) => {
  const element = (kind, required) => (own = {}) => {
    const all = { ...shop, ...own };
    const missing = required.find((name) => !all[name]);
    if (missing) throw new TresenError(`${kind}.incomplete`, `a ${kind} needs \`${missing}\``, WHENCE[missing]);
    return new Placed(kind, all);
  };
  return Object.freeze({ checkout: element('checkout', ['publicKey', 'session']), account: element('account', ['token']), hint: element('hint', ['publicKey', 'amount', 'currency']) });
};

const WHENCE = {
  publicKey: 'give it to `loadTresen`; it starts with `pk_`',
  session: 'your server opens one: `sessions.create` of `tresen/server`',
  token: 'your server has it made: `receivables.paylink` of `tresen/server`',
  amount: 'in whole minor units',
  currency: 'three capitals, such as EUR',
};

/** One element, before and while it stands on the page. */
class Placed {
  #kind;
  #element;
  /** For each listener what takes it back */
  #heard = new Map();

  constructor(kind, all) {
    this.#kind = kind;
    this.#element = document.createElement(`tresen-${kind}`);
    // Where it cannot be loaded the page keeps what stands inside the element.
    LOADERS[kind]().catch(() => {});
    this.#give(all);
  }

  /** The element itself, for whatever is not named here */
  get element() {
    if (!this.#element) throw new TresenError('handle.destroyed', `this ${this.#kind} was destroyed`, 'make a new one');
    return this.#element;
  }

  /** Puts it as the last into an element, a shadow root, or what a selector finds first */
  mount(place) {
    const found = typeof place === 'string' ? document.querySelector(place) : place;
    if (!found?.append) throw new TresenError('mount.place_missing', `there is no \`${place}\` on this page`, 'call `mount` once it is there, with an element, a shadow root or a selector');
    found.append(this.element);
    return this;
  }

  /** Takes it off the page; mounted again later it begins anew, at once it was moved and keeps what it knows */
  unmount() {
    this.element.remove();
    return this;
  }

  /** Takes it off the page for good, with all that listened to it */
  destroy() {
    if (!this.#element) return;
    this.off();
    this.unmount();
    this.#element = null;
  }

  /** Hands in what changed; resolves to what is wrong with it */
  async update(changed) {
    const { facts, ...rest } = changed;
    this.#give(rest);
    return facts ? this.element.update({ facts }) : [];
  }

  /** Listens; what a listener of `submit` returns is the answer to the order */
  on(name, listener) {
    const known = EVENTS[this.#kind];
    if (!known.includes(name)) throw new TresenError('event.unknown', `a ${this.#kind} does not tell \`${name}\``, known.length > 0 ? `listen to ${known.join(', ')}` : 'it tells nothing');
    this.off(name, listener);
    const unhear = hear(this.element, this.#kind, (told, event) => {
      if (told !== name) return;
      const answer = listener(event.detail, event);
      if (name === 'submit' && answer !== undefined) event.detail.respondWith(answer);
    });
    this.#heard.set(listener, { ...this.#heard.get(listener), [name]: unhear });
    return this;
  }

  once(name, listener) {
    const first = (...told) => {
      this.off(name, first);
      return listener(...told);
    };
    return this.on(name, first);
  }

  /** Stops listening: one listener to one event, all to one, or all */
  off(name, listener) {
    for (const [one, unhear] of this.#heard) {
      if (listener && one !== listener) continue;
      for (const told of Object.keys(unhear)) {
        if (name && told !== name) continue;
        unhear[told]();
        delete unhear[told];
      }
    }
    return this;
  }

  /** Tries once more, where it stands, after it has told that it is not available */
  retry() {
    const { parentNode, nextSibling } = this.element;
    this.unmount();
    // An element that comes back at once was moved, and keeps what it knows.
    if (parentNode) setTimeout(() => this.#element && parentNode.insertBefore(this.#element, nextSibling?.parentNode === parentNode ? nextSibling : null));
    return this;
  }

  methods() {
    return this.element.methods?.() ?? [];
  }

  get selection() {
    return this.element.selection ?? null;
  }

  async decision() {
    return this.element.decision();
  }

  /** Places the order as its button does; false if something is missing, and the shopper is shown what */
  order() {
    return this.element.order?.() ?? false;
  }

  /** An account: how it stands now */
  async refresh() {
    return this.element.refresh?.();
  }

  #give(all) {
    for (const [name, value] of Object.entries(attributesOf(this.#kind, all))) this.element.setAttribute(name, value);
    for (const name of PROPERTIES[this.#kind]) if (all[name] !== undefined) this.element[name] = all[name];
  }
}
