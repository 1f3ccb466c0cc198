// Types of `tresen/react`.

import type { CSSProperties, ForwardRefExoticComponent, ReactElement, ReactNode, RefAttributes } from 'react';
import type { TresenAccount as AccountElement } from './account.js';
import type { TresenHint as HintElement } from './hint.js';
import type { TresenLine, TresenPlace, TresenSettings } from './components.js';
import type { Answer, Facts, Method, SubmitDetail, TresenCheckout as CheckoutElement, TresenEventMap } from './pure.js';

export type { Answer, Facts, Method, SubmitDetail, TresenPlace, TresenSettings };

interface Placed {
  id?: string;
  className?: string;
  style?: CSSProperties;
  children?: ReactNode;
}

type Detail<Type extends keyof TresenEventMap> = TresenEventMap[Type]['detail'];

export interface TresenCheckoutProps extends TresenSettings, Placed {
  /** Of `sessions.create` of `tresen/server`. */
  session: string;
  /** What the shop knows of cart and address; where it says something new, it is decided again at once. */
  facts?: Facts;
  onReady?(detail: Detail<'tresen-ready'>, event: TresenEventMap['tresen-ready']): void;
  onChange?(detail: Detail<'tresen-change'>, event: TresenEventMap['tresen-change']): void;
  onSelect?(detail: Detail<'tresen-select'>, event: TresenEventMap['tresen-select']): void;
  /** What it returns, the answer of the shop's own server or a promise of it, is shown. */
  onSubmit?(detail: SubmitDetail, event: TresenEventMap['tresen-submit']): Promise<Answer> | Answer | void;
  /** `event.preventDefault()` if the shop takes the request itself. */
  onReview?(detail: Detail<'tresen-review'>, event: TresenEventMap['tresen-review']): void;
  onUnavailable?(detail: Detail<'tresen-unavailable'>, event: TresenEventMap['tresen-unavailable']): void;
  /** After an order that was confirmed with an access. */
  onAccount?(detail: Detail<'tresen-account'>, event: TresenEventMap['tresen-account']): void;
}

export interface TresenAccountProps extends TresenPlace, Placed {
  /** Of a pay link. */
  token: string;
  onAccount?(detail: { state: string }, event: CustomEvent<{ state: string }>): void;
  onUnavailable?(detail: { reason: string }, event: CustomEvent<{ reason: string }>): void;
}

export interface TresenHintProps extends TresenLine, Omit<Placed, 'children'> {}

export const TresenCheckout: ForwardRefExoticComponent<TresenCheckoutProps & RefAttributes<CheckoutElement>>;
export const TresenAccount: ForwardRefExoticComponent<TresenAccountProps & RefAttributes<AccountElement>>;
export const TresenHint: ForwardRefExoticComponent<TresenHintProps & RefAttributes<HintElement>>;

/** What all elements below it share; what an element is given itself comes first. */
export function TresenProvider(props: TresenSettings & { children?: ReactNode }): ReactElement;

/** The checkout below the same provider once it is there, and `order()`, which places the order as its button does. */
export function useTresen(): { checkout: CheckoutElement | null; order(): boolean };

/** The methods as the checkout below the same provider has decided last; none before it has. */
export function useMethods(): Method[];
