import type { AgreedPlan, ChosenPlan } from './decision.js';
import type { Change, ChangeStep, Decision, Facts, Method, Money, Problem, Reason } from './engine.js';

export type { AgreedPlan, Change, ChangeStep, ChosenPlan, Decision, Facts, Method, Money, Problem, Reason };

/** What was agreed to, word for word: the hash is over the text that was shown */
export interface Consent {
  id: string;
  version: string;
  /** SHA-256 of the exact text, in hexadecimal */
  text_hash: string;
  /** When the box was ticked, in UTC */
  accepted_at: string;
}

/** What the shopper has chosen so far */
export interface Selection {
  method: string;
  /** Cart total and fee; null while the shop has not named a total */
  amount: Money | null;
  facts: Facts;
  consents: Omit<Consent, 'text_hash'>[];
  /** The plan of instalments as it is shown, once a number of rates is chosen */
  plan?: ChosenPlan;
}

/** What the shop's server answers to an order, as `confirm` of `tresen/server` gives it */
export type Answer =
  | {
      outcome: 'confirmed';
      receivable?: { id: string; due_date: string | null; amount: Money; reference: string } | null;
      /** Of a method that is paid in instalments: its rates stand where the counter stood */
      plan?: AgreedPlan;
      payment?: { id: string; redirect_url: string } | null;
      /** The element goes on as the account that it opens; without it, it stays at what was ordered */
      access?: { token: string } | null;
    }
  | {
      outcome: 'refused';
      decision?: Decision;
      /** The total of the cart as the server knows it: the element decides on it from now on, whatever the page has said */
      total?: Money;
    };

export interface SubmitDetail {
  method: string;
  amount: Money | null;
  facts: Facts;
  consents: Consent[];
  /** Of a method that is paid in instalments: the plan that was shown, for `confirm` */
  plan?: ChosenPlan;
  /** For a direct debit only: it goes to the shop's own server and nowhere else */
  account?: { iban: string; holder: string };
  /** The browser's answer in canonical bytes, base64; the server keeps it beside its own */
  browser_record: string;
  /** Hands in the answer of the shop's server; the widget shows it */
  respondWith(answer: Promise<Answer> | Answer): void;
}

export interface TresenEventMap {
  'tresen-ready': CustomEvent<{ methods: Method[] }>;
  'tresen-change': CustomEvent<{ methods: Method[] }>;
  'tresen-select': CustomEvent<{ method: string }>;
  'tresen-submit': CustomEvent<SubmitDetail>;
  /** `preventDefault()` if the shop takes the request itself */
  'tresen-review': CustomEvent<{ method: string; message?: string; contact?: string }>;
  'tresen-unavailable': CustomEvent<{ reason: 'session' | 'service' | 'network' | 'timeout' | 'engine' | 'texts' | 'facts'; fallback: string[] }>;
  /** After an order that was confirmed with an access: how the account stands, and each time it changed */
  'tresen-account': CustomEvent<{ state: string }>;
}

/** `<tresen-checkout session public-key api locale address-form>` */
export class TresenCheckout extends HTMLElement {
  /** What the shop knows of cart and address; setting it decides again at once */
  facts: Facts;
  /** Custom properties by their short names: `{ accent: '#7a1f4b', radius: '2px' }` */
  set appearance(values: Record<string, string | null>);
  /** The shop's own names for its methods: `{ paypal: 'PayPal' }` */
  names: Record<string, string>;
  readonly selection: Selection | null;
  /** As `facts`, and resolves to what is wrong with them; where something is, nothing changes */
  update(change: { facts: Facts }): Promise<Problem[]>;
  methods(): Method[];
  /** The last decision, whole; what tells it (`decision.js`, `engine.js` and the engine) is loaded only now */
  decision(): Promise<Decision | null>;
  /** Places the order as the button does; false if something is missing, and the shopper is shown what */
  order(): boolean;
  addEventListener<K extends keyof TresenEventMap>(type: K, listener: (event: TresenEventMap[K]) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

/** Defines the custom element, once */
export function define(name?: string): void;

declare global {
  interface HTMLElementTagNameMap {
    'tresen-checkout': TresenCheckout;
  }
}
