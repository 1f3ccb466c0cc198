// What the components of `tresen/react` and `tresen/vue` have in common: the attributes, properties and events of each element, and what loads it.

const PLACE = { api: 'api', locale: 'locale', addressForm: 'address-form' };
const SHOP = { ...PLACE, publicKey: 'public-key' };

/** By the names of their properties */
export const ATTRIBUTES = {
  checkout: { ...SHOP, session: 'session' },
  account: { ...PLACE, token: 'token' },
  hint: { ...SHOP, amount: 'amount', currency: 'currency', channel: 'channel', src: 'src' },
};

/** What is more than a text */
export const PROPERTIES = { checkout: ['facts', 'names', 'appearance'], account: ['appearance'], hint: [] };

/** Defines an element, once; never on a server, where nothing is drawn. */
export const LOADERS = { checkout: () => import('./element.js'), account: () => import('./account.js'), hint: () => import('./hint.js') };

export const EVENTS = {
  checkout: ['ready', 'change', 'select', 'submit', 'review', 'unavailable', 'account'],
  account: ['account', 'unavailable'],
  hint: [],
};

export const attributesOf = (kind, given) =>
  Object.fromEntries(
    Object.entries(ATTRIBUTES[kind])
      .map(([name, attribute]) => [attribute, given[name]])
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([attribute, value]) => [attribute, String(value)]),
  );

export const attributeNames = (kind) => Object.keys(ATTRIBUTES[kind]);

/**
 * Hears what an element tells; what takes it back.
 *
 * @param {HTMLElement} element
 * @param {'checkout' | 'account' | 'hint'} kind
 * @param {(name: string, event: CustomEvent) => void} told by the name of the event without its prefix
 */
export function hear(element, kind, told) {
  const heard = EVENTS[kind].map((name) => [`tresen-${name}`, (event) => told(name, event)]);
  for (const [type, listener] of heard) element.addEventListener(type, listener);
  return () => {
    for (const [type, listener] of heard) element.removeEventListener(type, listener);
  };
}

/**
 * Whether something is new is seen by what it says: most objects are made anew each time a page is drawn, and a page that draws what has changed
 * would hand them in again, and again.
 */
export const said = (value) => JSON.stringify(value);
