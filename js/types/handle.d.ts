// Types of `loadTresen`: the elements as objects, for who builds a page by program.

import type { TresenAccount } from './account.js';
import type { Decision, Facts, Method, Problem } from './engine.js';
import type { TresenHint } from './hint.js';
import type { Answer, Selection, TresenCheckout, TresenEventMap } from './widget.js';

/** What all that is made of it share; what one of them is given itself comes first. */
export interface TresenOptions {
  /** Where the service is on the page's own origin; `/tresen` if nothing is said */
  api?: string;
  /** As BCP 47 has it; of `de-CH` there is `de`, and what is not there is English */
  locale?: string;
  addressForm?: 'sie' | 'du';
  /** Custom properties by their short names: `{ accent: '#7a1f4b' }` */
  appearance?: Record<string, string | null>;
  /** The shop's own names for its methods: `{ paypal: 'PayPal' }` */
  names?: Record<string, string>;
}

export interface CheckoutOptions extends TresenOptions {
  /** Of `sessions.create` of `tresen/server` */
  session: string;
  facts?: Facts;
}

export interface AccountOptions extends Omit<TresenOptions, 'names'> {
  /** Of `receivables.paylink` of `tresen/server` */
  token: string;
}

export interface HintOptions extends Omit<TresenOptions, 'names' | 'appearance'> {
  /** In whole minor units */
  amount: number;
  currency: string;
  channel?: string;
}

/** What an element tells, by the names of its events without their prefix */
type Told = { [Type in keyof TresenEventMap as Type extends `tresen-${infer Name}` ? Name : never]: TresenEventMap[Type] };

export type CheckoutListener<Name extends keyof Told> = (
  detail: Told[Name]['detail'],
  event: Told[Name],
) => Name extends 'submit' ? Promise<Answer> | Answer | void : void;

interface AccountTold {
  account: { state: string };
  unavailable: { reason: string };
}

interface Placed<Kind extends HTMLElement, Changed> {
  /** The element itself, for whatever is not named here */
  readonly element: Kind;
  /** Puts it as the last into an element, a shadow root, or what a selector finds first. Throws where there is no such place. */
  mount(place: string | ParentNode): this;
  /** Takes it off the page; mounted again later it begins anew, at once it was moved and keeps what it knows */
  unmount(): this;
  /** Takes it off the page for good, with all that listened to it */
  destroy(): void;
  /** Tries once more, where it stands, after it has told that it is not available */
  retry(): this;
  /** Hands in what changed; resolves to what is wrong with new facts. Where something is, they stay as they were. */
  update(changed: Partial<Changed>): Promise<Problem[]>;
}

export interface PlacedCheckout extends Placed<TresenCheckout, CheckoutOptions> {
  /** What a listener of `submit` returns, the answer of the shop's own server or a promise of it, is shown. */
  on<Name extends keyof Told>(name: Name, listener: CheckoutListener<Name>): this;
  once<Name extends keyof Told>(name: Name, listener: CheckoutListener<Name>): this;
  /** Stops listening: one listener to one event, all to one, or all */
  off<Name extends keyof Told>(name?: Name, listener?: CheckoutListener<Name>): this;
  methods(): Method[];
  readonly selection: Selection | null;
  /** The last decision, whole; what tells it is loaded only now */
  decision(): Promise<Decision | null>;
  /** Places the order as its button does; false if something is missing, and the shopper is shown what */
  order(): boolean;
}

export interface PlacedAccount extends Placed<TresenAccount, AccountOptions> {
  on<Name extends keyof AccountTold>(name: Name, listener: (detail: AccountTold[Name], event: CustomEvent<AccountTold[Name]>) => void): this;
  once<Name extends keyof AccountTold>(name: Name, listener: (detail: AccountTold[Name], event: CustomEvent<AccountTold[Name]>) => void): this;
  off<Name extends keyof AccountTold>(name?: Name, listener?: (detail: AccountTold[Name], event: CustomEvent<AccountTold[Name]>) => void): this;
  /** Asks once more how it stands */
  refresh(): Promise<void>;
}

export interface Tresen {
  checkout(options: CheckoutOptions): PlacedCheckout;
  account(options: AccountOptions): PlacedAccount;
  /** One line for product and cart pages, or nothing */
  hint(options: HintOptions): Placed<TresenHint, HintOptions>;
}

/**
 * The elements as objects; null on a server. Asked for the same once more it gives the same object, and everything is loaded once.
 *
 * It needs no nonce and no policy for Trusted Types: nothing here writes a style or a script into the page. Rejects with a `TresenError` where the
 * key is none for browsers. Where something cannot be loaded, `unavailable` tells.
 */
export function loadTresen(publicKey?: string, options?: TresenOptions): Promise<Tresen | null>;
