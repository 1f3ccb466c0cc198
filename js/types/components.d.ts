// What the components of `tresen/react` and `tresen/vue` are given alike.

/** What elements share: where the service is, and the language. */
export interface TresenPlace {
  /** Where the service is on the page's own origin; `/tresen` if nothing is said. */
  api?: string;
  locale?: string;
  addressForm?: 'sie' | 'du';
  /** Custom properties by their short names: `{ accent: '#7a1f4b' }`. */
  appearance?: Record<string, string | null>;
}

export interface TresenSettings extends TresenPlace {
  /** Starts with `pk_`. */
  publicKey?: string;
  /** The shop's own names for its methods: `{ paypal: 'PayPal' }`. */
  names?: Record<string, string>;
}

/** Of `<tresen-hint>`. */
export interface TresenLine extends Omit<TresenSettings, 'names' | 'appearance'> {
  /** In whole minor units. */
  amount: number;
  currency: string;
  channel?: string;
  /** A file that `tresen policy hint` wrote, for a shop without a service. */
  src?: string;
}
