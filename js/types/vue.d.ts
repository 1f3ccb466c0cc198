// Types of `tresen/vue`.

import type { DefineComponent, Plugin, ShallowRef } from 'vue';
import type { TresenLine, TresenPlace, TresenSettings } from './components.js';
import type { Answer, Facts, Method, SubmitDetail, TresenCheckout as CheckoutElement, TresenEventMap } from './pure.js';

export type { Answer, Facts, Method, SubmitDetail, TresenPlace, TresenSettings };

export interface TresenCheckoutProps extends TresenSettings {
  /** Of `sessions.create` of `tresen/server`. */
  session: string;
  /** What the shop knows of cart and address; where it says something new, it is decided again at once. */
  facts?: Facts;
  /** What it returns, the answer of the shop's own server or a promise of it, is shown. */
  placeOrder?: (detail: SubmitDetail) => Promise<Answer> | Answer;
  onReady?: (detail: TresenEventMap['tresen-ready']['detail']) => void;
  onChange?: (detail: TresenEventMap['tresen-change']['detail']) => void;
  onSelect?: (detail: TresenEventMap['tresen-select']['detail']) => void;
  onSubmit?: (detail: SubmitDetail) => void;
  onReview?: (detail: TresenEventMap['tresen-review']['detail'], event: TresenEventMap['tresen-review']) => void;
  onUnavailable?: (detail: TresenEventMap['tresen-unavailable']['detail']) => void;
  /** After an order that was confirmed with an access. */
  onAccount?: (detail: TresenEventMap['tresen-account']['detail']) => void;
}

export interface TresenAccountProps extends TresenPlace {
  /** Of a pay link. */
  token: string;
  onAccount?: (detail: { state: string }) => void;
  onUnavailable?: (detail: { reason: string }) => void;
}

export type TresenHintProps = TresenLine;

export const TresenCheckout: DefineComponent<TresenCheckoutProps>;
export const TresenAccount: DefineComponent<TresenAccountProps>;
export const TresenHint: DefineComponent<TresenHintProps>;

export interface Counter {
  /** The checkout below the same provider, once it is there. */
  checkout: ShallowRef<CheckoutElement | null>;
  /** The methods as it has decided last; none before it has. */
  methods: ShallowRef<Method[]>;
  /** Places the order as its button does; false if something is missing, and the shopper is shown what. */
  order(): boolean;
}

/** `app.use(tresen, { publicKey, api, locale })`: what all elements of the app share. */
export const tresen: Plugin<[TresenSettings?]>;

/** The same for what is below one component. */
export function provideTresen(settings?: TresenSettings): Counter;

export function useTresen(): Counter;
