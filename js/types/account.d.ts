/**
 * `<tresen-account token api locale address-form>`: what is to be paid today, the bank transfer with its code, what happens next, and a day that
 * can be named
 *
 * `token` is that of a pay link (`tresen.receivables.paylink`). What stands inside the element is shown until it is there, and stays where it
 * cannot run. It tells `tresen-account` with the state of the link, and `tresen-unavailable` with a `reason`.
 */
export class TresenAccount extends HTMLElement {
  /** Custom properties by their short names: `{ accent: '#7a1f4b' }`, or null to take one back */
  set appearance(values: Record<string, string | null>);
  /** Asks once more how it stands */
  refresh(): Promise<void>;
}

declare global {
  interface HTMLElementTagNameMap {
    'tresen-account': TresenAccount;
  }
}
