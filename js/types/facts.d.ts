// Generated from src/core/facts.toml by `cargo run -p tresen-tests --bin generate`; do not edit.

/** An amount: whole minor units (cents) of an ISO 4217 currency */
export interface Money {
  minor: number;
  currency: string;
}

/** A local calendar date, `2026-11-21` */
export type LocalDate = string;

/** What the browser may say about an order */
export interface ClientFacts {
  /** What the order costs in all, after discounts, with shipping and tax, before any fee of a payment method */
  'cart.total'?: Money;
  /** How many pieces are in the cart (pieces) */
  'cart.item_count'?: number;
  /** The shop's own category keys of the goods in the cart */
  'cart.categories'?: string[];
  /** Whether nothing in the cart has to be shipped */
  'cart.digital_only'?: boolean;
  /** Whether the buyer acts as a consumer or as a company */
  'customer.kind'?: 'consumer' | 'company';
  /** Date of birth; used to keep credit from minors and for nothing else */
  'customer.birth_date'?: LocalDate;
  /** Country of the billing address */
  'billing.country'?: string;
  /** German state of the billing address (ISO 3166-2 without `DE-`); decides which public holidays move a due date */
  'billing.region'?: 'BB' | 'BE' | 'BW' | 'BY' | 'HB' | 'HE' | 'HH' | 'MV' | 'NI' | 'NW' | 'RP' | 'SH' | 'SL' | 'SN' | 'ST' | 'TH';
  /** Country of the delivery address */
  'shipping.country'?: string;
  /** Whether the goods go to the billing address */
  'shipping.same_as_billing'?: boolean;
  /** Where the parcel is handed over */
  'shipping.method'?: 'home' | 'pickup_point' | 'parcel_locker' | 'store';
  /** Where the order came from */
  'order.origin_channel'?: 'web_shop' | 'app' | 'instagram' | 'facebook' | 'tiktok' | 'pinterest' | 'whatsapp' | 'marketplace' | 'telephone' | 'point_of_sale' | 'other';
  /** Day on which the goods are expected to arrive */
  'order.expected_delivery'?: LocalDate;
  /** A fact that the policy declares */
  [custom: `custom.${string}`]: FactValue | undefined;
}

/** What only the shop's server may say */
export interface ServerFacts {
  /** Whether the shop has authenticated the person in this session */
  'customer.signed_in'?: boolean;
  /** Whether the shop knows earlier orders of this authenticated person */
  'customer.known'?: boolean;
  /** Day of the first order */
  'customer.since'?: LocalDate;
  /** Orders that were paid in full (orders) */
  'history.orders_paid'?: number;
  /** Orders on account that were paid by their due date (orders) */
  'history.paid_on_time'?: number;
  /** What this customer has paid in all, less refunds */
  'history.paid_total'?: Money;
  /** Highest reminder level an order of this customer ever reached; 0 is none (level) */
  'history.dunning_level_max'?: number;
  /** Payments of this customer that failed or were refused in the last 30 days (payments) */
  'history.declines_30_days'?: number;
  /** Orders of this customer in the last 7 days, without this one (orders) */
  'history.orders_7_days'?: number;
  /** Sum of this customer's orders in the last 7 days, without this one */
  'history.amount_7_days'?: Money;
  /** Day on which the delivery address was last changed */
  'history.address_changed_on'?: LocalDate;
  /** What this customer owes the merchant today, due or not, reservations included */
  'account.open_balance'?: Money;
  /** The part of the open balance whose due date has passed */
  'account.overdue_balance'?: Money;
  /** Invoices of this customer whose due date has passed (invoices) */
  'account.overdue_count'?: number;
  /** Days since the due date of the oldest overdue invoice (days) */
  'account.overdue_days_max'?: number;
  /** Keys of the payment providers that are connected */
  'shop.providers'?: string[];
  /** What came of asking the credit bureau; missing where it was not asked */
  'bureau.outcome'?: 'found' | 'not_found' | 'unavailable';
  /** The credit bureau's score, on its own scale (points) */
  'bureau.score'?: number;
  /** Whether the credit bureau knows of debts unpaid for long, insolvency or the like */
  'bureau.negative'?: boolean;
  /** A fact that the policy declares */
  [custom: `custom.${string}`]: FactValue | undefined;
}

/** What the service alone records, and the browser is told */
export interface RecordedFacts {
  /** What the service has seen confirmed in this session, by the keys of the steps: `birth_date`, `email`, `phone`, `address`, `identity` */
  'customer.confirmed'?: string[];
}

export type Facts = ClientFacts & ServerFacts & RecordedFacts;
export type FactValue = boolean | number | string | string[] | Money;
